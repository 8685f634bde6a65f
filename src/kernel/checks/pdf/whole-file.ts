// The file ends with its last revision: readers that repair files would find objects behind it that no signature covers.
import { isWithoutStructure } from '../changes/bytes.ts'
import { type Check, failed, indeterminate, passed } from '../check.ts'

export const wholeFile: Check = {
  id: 'NOTHING_BEHIND',
  title: 'Nothing stands behind the last revision of the file',
  citation: 'ISO 32000-2 7.5.5; EN 319 142-1 Table 1 (k)',
  run(_, { source, revisions, origin }) {
    const end = revisions.at(-1)?.end ?? 0
    if (source.size === end) return passed()
    const rest = source.size - end
    const bytes = source.read(end, Math.min(rest, 1 << 20))
    const blank = rest === bytes.length && bytes.every((byte) => [0, 9, 10, 12, 13, 32].includes(byte))
    if (blank) return indeterminate('FORMAT_FAILURE', `${rest} bytes of white space stand behind the last revision.`)
    const detail = `${rest} bytes stand behind the last revision, which no signature covers.`
    // A portal may have added a line to what others signed; a file of Segl ends as Segl ended it.
    const harmless = origin === undefined && rest === bytes.length && isWithoutStructure(latin1(bytes))
    return harmless ? indeterminate('FORMAT_FAILURE', detail) : failed('FORMAT_FAILURE', detail)
  },
}

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
