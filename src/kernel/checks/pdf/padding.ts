// The hole of /Contents holds the CMS in hexadecimal and zeros: it is not signed, so anything else in it would be unproven.

import { type Check, failed, notBaseline, passed } from '../check.ts'
import { cmsLength } from '../cms-in-file.ts'

export const padding: Check = {
  id: 'CONTENTS_PADDING',
  title: 'The rest of /Contents is zeros',
  citation: 'ISO 32000-2 12.8.3.1; EN 319 142-1 Table 1 (h)',
  run(signature, { source }) {
    const { contents, contentsAt } = signature.embedded
    if (!contents) return failed('FORMAT_FAILURE', 'There is no /Contents.')
    const rest = contents.subarray(cmsLength(signature.embedded))
    if (rest.some((byte) => byte !== 0)) return failed('FORMAT_FAILURE', 'Something is hidden behind the CMS.')
    if (!contentsAt) return failed('FORMAT_FAILURE', 'The /Contents does not lie in the file as it is.')
    const [start, end] = contentsAt
    const text = Buffer.from(source.read(start, end - start)).toString('latin1')
    return /^<[0-9A-Fa-f]+>$/.test(text)
      ? passed()
      : notBaseline(signature, 'The /Contents is not written in hexadecimal digits alone.')
  },
}
