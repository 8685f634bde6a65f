// The signature dictionary says what it is and nothing that PAdES forbids.
import { nameOf } from '../../pdf/index.ts'
import { type Check, notBaseline, passed } from '../check.ts'

export const signatureDictionary: Check = {
  id: 'SIGNATURE_DICTIONARY',
  title: 'The signature dictionary is one of PAdES',
  citation: 'EN 319 142-1 Table 1 (l), (m), (y); T22',
  run(signature, { file }) {
    const { embedded, kind, claimedTime, cms } = signature
    const wanted = kind === 'timestamp' ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached'
    if (embedded.subFilter !== wanted) {
      return notBaseline(signature, `The /SubFilter is ${embedded.subFilter ?? 'missing'}, not ${wanted}.`)
    }
    if (embedded.filter === undefined) return notBaseline(signature, 'There is no /Filter.')
    if (embedded.dict.has('Cert')) return notBaseline(signature, 'There is a /Cert.')
    const type = nameOf(file.resolve(embedded.dict.get('Type')))
    if (kind === 'timestamp') {
      return type === 'DocTimeStamp' ? passed() : notBaseline(signature, 'The /Type is not DocTimeStamp.')
    }
    if (type !== undefined && type !== 'Sig') return notBaseline(signature, `The /Type is ${type}, not Sig.`)
    if (
      embedded.dict.has('Reason') &&
      cms?.signerInfos.some(({ signedAttributes }) => signedAttributes.some(saysWhy))
    ) {
      return notBaseline(signature, 'There is a /Reason next to a commitment type or signature policy.')
    }
    return claimedTime === undefined ? notBaseline(signature, 'The /M is missing or no date.') : passed()
  },
}

/** commitment-type-indication and signature-policy-identifier (EN 319 122-1 5.2.3, 5.2.9). */
const saysWhy = ({ oid }: { readonly oid: string }): boolean =>
  ['1.2.840.113549.1.9.16.2.16', '1.2.840.113549.1.9.16.2.15'].includes(oid)
