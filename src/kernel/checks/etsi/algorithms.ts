// Algorithms that are still considered safe.
import { schemeOf, weakness } from '../../x509/index.ts'
import { type Check, indeterminate, passed } from '../check.ts'

export const algorithms: Check = {
  id: 'ALGORITHMS',
  title: 'The algorithms are strong enough',
  citation: 'ETSI TS 119 312',
  run({ cms, signer }) {
    const [info] = cms?.signerInfos ?? []
    if (!info || !signer?.certificate) return undefined
    const weak = weakness(schemeOf(info.signatureAlgorithm, info.digestAlgorithm), signer.certificate.publicKey)
    return weak === undefined ? passed() : indeterminate('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', `The signature ${weak}.`)
  },
}
