// The seal ends the order: after it come validation data and time-stamps, no more signatures.
import { changeIn } from '../changes/index.ts'
import { type Check, failed, passed } from '../check.ts'

export const afterSeal: Check = {
  id: 'AFTER_SEAL',
  title: 'Nobody signed after the seal',
  citation: 'Segl DESIGN “A signed PDF, revision by revision” (seal)',
  run({ kind, embedded }, evidence) {
    if (kind !== 'seal' || embedded.covers === undefined) return undefined
    for (let index = embedded.covers + 1; index < evidence.revisions.length; index += 1) {
      if (changeIn(evidence, index).kind !== 'archiving') {
        return failed('FORMAT_FAILURE', `Revision ${index} adds more than validation data and time-stamps.`)
      }
    }
    return passed()
  },
}
