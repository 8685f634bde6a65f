// After a signature only signatures, time-stamps and validation data may be added: nothing that changes what is shown.
import { type Check, failed, passed } from '../check.ts'
import type { Evidence } from '../evidence.ts'
import { type Change, changeOf } from './changes.ts'

const remembered = new WeakMap<Evidence, Map<number, Change>>()

/** What revision `index` does to the file before it; computed once per file. */
export function changeIn(evidence: Evidence, index: number): Change {
  const known = remembered.get(evidence) ?? new Map<number, Change>()
  remembered.set(evidence, known)
  const before = evidence.files[index - 1]
  const after = evidence.files[index]
  const revision = evidence.revisions[index]
  const change =
    known.get(index) ??
    (before && after && revision ? changeOf(before, after, revision) : { kind: 'other' as const, reasons: ['unknown'] })
  known.set(index, change)
  return change
}

export const laterChanges: Check = {
  id: 'LATER_CHANGES',
  title: 'Nothing but signatures and validation data came later',
  citation: 'ISO 32000-2 12.8.2.2; EN 319 142-1 § 5.5',
  run({ embedded }, evidence) {
    const { covers, certification } = embedded
    if (covers === undefined) return failed('FORMAT_FAILURE', 'The signature covers no revision.')
    for (let index = covers + 1; index < evidence.revisions.length; index += 1) {
      const { kind, reasons } = changeIn(evidence, index)
      if (kind === 'other') return failed('FORMAT_FAILURE', `Revision ${index}: ${reasons.slice(0, 3).join('; ')}.`)
      // DocMDP P=1 (ISO 32000-2 Table 257): only validation data and document time-stamps.
      if (kind === 'signing' && certification === 1) {
        return failed('FORMAT_FAILURE', `Revision ${index} signs a document that is certified against it.`)
      }
    }
    return passed()
  },
}
