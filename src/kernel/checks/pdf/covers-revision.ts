// What is signed is a whole revision, from the first byte to its last: a signature over less says nothing about the rest.
import { type Check, failed, passed } from '../check.ts'

export const coversRevision: Check = {
  id: 'COVERS_REVISION',
  title: 'The signature covers a whole revision',
  citation: 'EN 319 142-1 Table 1 (k); ISO 32000-2 12.8.1',
  run({ embedded }, { revisions }) {
    const { covers, revision } = embedded
    if (covers === undefined) return failed('FORMAT_FAILURE', 'The signed bytes do not end where a revision ends.')
    if (revision !== covers) {
      return failed('FORMAT_FAILURE', 'The signature dictionary was written again in a later revision.')
    }
    return passed(`Revision ${covers} of ${revisions.length - 1}.`)
  },
}
