// The file ends with its last revision: readers that repair files would find objects behind it that no signature covers.
import { type Check, failed, indeterminate, passed } from '../check.ts'

export const wholeFile: Check = {
  id: 'NOTHING_BEHIND',
  title: 'Nothing stands behind the last revision of the file',
  citation: 'ISO 32000-2 7.5.5; EN 319 142-1 Table 1 (k)',
  run(_, { source, revisions }) {
    const end = revisions.at(-1)?.end ?? 0
    if (source.size === end) return passed()
    const rest = source.size - end
    const bytes = source.read(end, Math.min(rest, 1 << 20))
    const blank = rest === bytes.length && bytes.every((byte) => [0, 9, 10, 12, 13, 32].includes(byte))
    return blank
      ? indeterminate('FORMAT_FAILURE', `${rest} bytes of white space stand behind the last revision.`)
      : failed('FORMAT_FAILURE', `${rest} bytes stand behind the last revision, which no signature covers.`)
  },
}
