// Ids: UUIDv7 (RFC 9562 § 5.7), so that they sort by time and a row has its name before it is stored.
import { randomBytes } from 'node:crypto'

/** A new id; `at` is the time it carries, to the millisecond. */
export function newId(at: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
