// A certifying signature is the first one, and says what may come after it.
import { changeIn } from '../changes/index.ts'
import { type Check, failed, passed } from '../check.ts'

export const certification: Check = {
  id: 'DOC_MDP',
  title: 'Nothing came later that the certification forbids',
  citation: 'ISO 32000-2 12.8.2.2 (DocMDP), Table 257',
  run({ embedded, kind }, evidence) {
    const { certification: level, covers } = embedded
    if (level === undefined) return undefined
    if (kind === 'timestamp') return failed('FORMAT_FAILURE', 'A time-stamp cannot certify a document.')
    if (![1, 2, 3].includes(level)) return failed('FORMAT_FAILURE', `The certification has the unknown level ${level}.`)
    const first = evidence.embedded.find(({ subFilter }) => subFilter !== 'ETSI.RFC3161')
    if (first !== embedded) return failed('FORMAT_FAILURE', 'A signature that certifies has to be the first one.')
    for (let index = (covers ?? 0) + 1; index < evidence.revisions.length; index += 1) {
      const { kind: change } = changeIn(evidence, index)
      // P=1: only validation data and document time-stamps; no level allows new visible fields or changed pages.
      if (change !== 'archiving' && (level === 1 || change !== 'signing')) {
        return failed('FORMAT_FAILURE', `Revision ${index} does what the certification (P=${level}) forbids.`)
      }
    }
    return passed()
  },
}
