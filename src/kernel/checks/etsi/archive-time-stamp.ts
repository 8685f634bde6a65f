// A document time-stamp over signature and validation data keeps the proof when certificates end (level B-LTA).
import { type Check, indeterminate, passed } from '../check.ts'

export const archiveTimeStamp: Check = {
  id: 'ARCHIVE_TIME_STAMP',
  title: 'A document time-stamp protects signature and validation data',
  citation: 'EN 319 142-1 Table 1 (x), (y)',
  run({ kind, embedded, proofs }, { embedded: all }) {
    if (kind === 'timestamp') return undefined
    const last = all.at(-1)
    const good = proofs.some((proof) => proof.kind === 'document-time-stamp' && proof.verdict === 'PASSED')
    if (!good) return indeterminate('NO_POE', 'No valid document time-stamp covers this signature.')
    return last !== embedded && last?.subFilter === 'ETSI.RFC3161'
      ? passed()
      : indeterminate('NO_POE', 'The last signature in the file is no document time-stamp.')
  },
}
