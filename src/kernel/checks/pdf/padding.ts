// Behind the CMS in /Contents there are only zeros: the hole is not signed, so anything else in it would be unproven.
import { type Check, failed, passed } from '../check.ts'
import { derLength } from '../evidence.ts'

export const padding: Check = {
  id: 'CONTENTS_PADDING',
  title: 'The rest of /Contents is zeros',
  citation: 'ISO 32000-2 12.8.3.1',
  run({ embedded: { contents } }) {
    if (!contents) return failed('FORMAT_FAILURE', 'There is no /Contents.')
    const rest = contents.subarray(derLength(contents))
    return rest.every((byte) => byte === 0) ? passed() : failed('FORMAT_FAILURE', 'Something is hidden behind the CMS.')
  },
}
