// The form of the CMS, apart from its cryptography: PAdES demands DER, and other programs have written BER, which RFC 5652 allows.
import { type Check, notBaseline, passed } from '../check.ts'

export const cmsDer: Check = {
  id: 'CMS_DER',
  title: 'The CMS is in DER, its signed attributes in order',
  citation: 'EN 319 142-1 Table 1 (a); RFC 5652 5.3, 5.4',
  run(signature) {
    const { cms, signer } = signature
    const [info] = cms?.signerInfos ?? []
    // What cannot be read has its own check.
    if (!cms || !info) return undefined
    const wrong = [
      ...(cms.deviations.length > 0 ? [`it has ${cms.deviations.join(', ')}`] : []),
      ...(info.signedAttributesInOrder ? [] : ['its signed attributes are not in order']),
    ]
    if (wrong.length === 0) return passed()
    const over =
      signer?.signedForm === undefined ? '' : `; the signature is over the attributes ${inWords[signer.signedForm]}`
    return notBaseline(signature, `The CMS is not DER: ${wrong.join('; ')}${over}.`)
  },
}

const inWords = { DER: 'in DER', 'as they stand': 'as they stand' } as const
