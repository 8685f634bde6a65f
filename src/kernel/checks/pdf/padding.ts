// The hole of /Contents holds the CMS in hexadecimal and zeros: it is not signed, so anything else in it would be unproven.

import { derLength } from '../../der/index.ts'
import { type Check, failed, passed } from '../check.ts'

export const padding: Check = {
  id: 'CONTENTS_PADDING',
  title: 'The rest of /Contents is zeros',
  citation: 'ISO 32000-2 12.8.3.1; EN 319 142-1 Table 1 (h)',
  run({ embedded: { contents, contentsAt } }, { source }) {
    if (!contents) return failed('FORMAT_FAILURE', 'There is no /Contents.')
    const rest = contents.subarray(derLength(contents))
    if (rest.some((byte) => byte !== 0)) return failed('FORMAT_FAILURE', 'Something is hidden behind the CMS.')
    if (!contentsAt) return failed('FORMAT_FAILURE', 'The /Contents does not lie in the file as it is.')
    const [start, end] = contentsAt
    const text = Buffer.from(source.read(start, end - start)).toString('latin1')
    return /^<[0-9A-Fa-f]+>$/.test(text)
      ? passed()
      : failed('FORMAT_FAILURE', 'The /Contents is not written in hexadecimal digits alone.')
  },
}
