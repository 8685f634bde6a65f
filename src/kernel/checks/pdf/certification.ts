// A certifying signature is the first one, and says what may come after it; so may the lock of any signature's field.
import { type Change, changeIn } from '../changes/index.ts'
import { type Check, failed, passed } from '../check.ts'
import { permissionBy } from './permissions.ts'

export const certification: Check = {
  id: 'DOC_MDP',
  title: 'Nothing came later that the certification forbids',
  citation: 'ISO 32000-2 12.8.2.2 (DocMDP), Table 257',
  run({ embedded, kind }, evidence) {
    const level = permissionBy(embedded, evidence)
    if (level === undefined) return undefined
    if (![1, 2, 3].includes(level)) return failed('FORMAT_FAILURE', `The certification has the unknown level ${level}.`)
    if (embedded.certification !== undefined) {
      if (kind === 'timestamp') return failed('FORMAT_FAILURE', 'A time-stamp cannot certify a document.')
      const first = evidence.embedded.find(({ subFilter }) => subFilter !== 'ETSI.RFC3161')
      if (first !== embedded) return failed('FORMAT_FAILURE', 'A signature that certifies has to be the first one.')
    }
    for (let index = (embedded.covers ?? 0) + 1; index < evidence.revisions.length; index += 1) {
      const { kind: change, reasons } = changeIn(evidence, index)
      if (!allowed(level).includes(change)) {
        const what = reasons.length === 0 ? 'a signature was added' : reasons.slice(0, 3).join('; ')
        return failed('FORMAT_FAILURE', `Revision ${index} does what the certification (P=${level}) forbids: ${what}.`)
      }
    }
    return passed()
  },
}

/** P=1: only validation data and document time-stamps; no level allows new visible fields or changed pages. */
const allowed = (level: number): readonly Change['kind'][] => [
  'archiving',
  ...(level >= 2 ? (['signing', 'filling'] as const) : []),
  ...(level === 3 ? (['annotating'] as const) : []),
]
