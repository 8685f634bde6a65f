// The ByteRange leaves out exactly the value of /Contents, nothing more: bytes in a wider gap could be exchanged unseen.
import { type Check, failed, passed } from '../check.ts'

export const byteRange: Check = {
  id: 'BYTE_RANGE',
  title: 'The ByteRange covers everything but /Contents',
  citation: 'EN 319 142-1 Table 1 (k); ISO 32000-2 12.8.1',
  run({ embedded: { byteRange: range, contentsAt } }) {
    if (range?.length !== 4) return failed('FORMAT_FAILURE', 'The ByteRange is not four whole numbers.')
    const [start = -1, before = 0, after = 0, rest = 0] = range
    if (start !== 0) return failed('FORMAT_FAILURE', 'The ByteRange does not begin at the first byte.')
    if (before < 0 || rest < 0 || after < before) return failed('FORMAT_FAILURE', 'The parts of the ByteRange overlap.')
    if (contentsAt === undefined || contentsAt[0] !== before || contentsAt[1] !== after) {
      return failed('FORMAT_FAILURE', 'The gap in the ByteRange is not the value of /Contents.')
    }
    return passed()
  },
}
