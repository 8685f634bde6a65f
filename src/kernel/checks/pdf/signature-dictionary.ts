// The signature dictionary says what it is and nothing that PAdES forbids.
import { nameOf } from '../../pdf/index.ts'
import { type Check, failed, passed } from '../check.ts'

export const signatureDictionary: Check = {
  id: 'SIGNATURE_DICTIONARY',
  title: 'The signature dictionary is one of PAdES',
  citation: 'EN 319 142-1 Table 1 (l), (y); T22',
  run({ embedded, kind, claimedTime }, { file }) {
    const wanted = kind === 'timestamp' ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached'
    if (embedded.subFilter !== wanted) {
      return failed('FORMAT_FAILURE', `The /SubFilter is ${embedded.subFilter ?? 'missing'}, not ${wanted}.`)
    }
    if (embedded.dict.has('Cert')) return failed('FORMAT_FAILURE', 'There is a /Cert.')
    if (kind === 'timestamp') {
      const type = nameOf(file.resolve(embedded.dict.get('Type')))
      return type === 'DocTimeStamp' ? passed() : failed('FORMAT_FAILURE', 'The /Type is not DocTimeStamp.')
    }
    return claimedTime === undefined ? failed('FORMAT_FAILURE', 'The /M is missing or no date.') : passed()
  },
}
