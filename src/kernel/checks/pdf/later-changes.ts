// After a signature only signatures, time-stamps and validation data may be added: nothing that changes what is shown.
import { changeIn } from '../changes/index.ts'
import { type Check, failed, indeterminate, passed } from '../check.ts'
import { isFillingForeseen } from './permissions.ts'

export const laterChanges: Check = {
  id: 'LATER_CHANGES',
  title: 'Nothing but signatures and validation data came later',
  citation: 'ISO 32000-2 12.8.2.2; EN 319 142-1 § 5.5',
  run({ embedded }, evidence) {
    const { covers } = embedded
    if (covers === undefined) return failed('FORMAT_FAILURE', 'The signature covers no revision.')
    let doubt: string | undefined
    let told: string | undefined
    for (let index = covers + 1; index < evidence.revisions.length; index += 1) {
      const { kind, reasons, filled } = changeIn(evidence, index)
      const detail = `Revision ${index}: ${reasons.slice(0, 3).join('; ')}.`
      if (kind === 'other') return failed('FORMAT_FAILURE', detail)
      if (kind === 'doubtful' || kind === 'annotating') doubt ??= detail
      if (filled.length === 0) continue
      const foreseen = isFillingForeseen(embedded, evidence)
      // Nobody fills in a form that an order has signed, whatever its maker foresaw.
      const ours = (evidence.origin?.prepared ?? Number.POSITIVE_INFINITY) < index
      if (ours && !foreseen) return failed('FORMAT_FAILURE', detail)
      if (foreseen && !filled.some(({ readOnly }) => readOnly)) told ??= detail
      else doubt ??= detail
    }
    return doubt === undefined ? passed(told) : indeterminate('SIG_CONSTRAINTS_FAILURE', doubt)
  },
}
