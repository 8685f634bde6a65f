// The ByteRange leaves out exactly the value of /Contents, nothing more: bytes in a wider gap could be exchanged unseen.
import type { EmbeddedSignature } from '../../pdf/index.ts'
import { type Check, failed, passed } from '../check.ts'

/** Why the range is not everything but /Contents, as a sentence; undefined when it is. */
export function byteRangeFault({ byteRange: range, contentsAt }: EmbeddedSignature): string | undefined {
  if (range?.length !== 4) return 'The ByteRange is not four whole numbers.'
  const [start = -1, before = 0, after = 0, rest = 0] = range
  if (start !== 0) return 'The ByteRange does not begin at the first byte.'
  if (before < 0 || rest < 0 || after < before) return 'The parts of the ByteRange overlap.'
  if (contentsAt === undefined || contentsAt[0] !== before || contentsAt[1] !== after) {
    return 'The gap in the ByteRange is not the value of /Contents.'
  }
  return undefined
}

export const byteRange: Check = {
  id: 'BYTE_RANGE',
  title: 'The ByteRange covers everything but /Contents',
  citation: 'EN 319 142-1 Table 1 (k); ISO 32000-2 12.8.1',
  run({ embedded }) {
    const fault = byteRangeFault(embedded)
    return fault === undefined ? passed() : failed('FORMAT_FAILURE', fault)
  },
}
