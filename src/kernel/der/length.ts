// How long the first DER element of some bytes is: the hole of a signature is longer than what lies in it.

/** Length of the first DER element: tag, length and contents. A length that makes no sense gives everything. */
export function derLength(bytes: Uint8Array): number {
  const first = bytes[1] ?? 0
  if (first < 0x80) return Math.min(bytes.length, 2 + first)
  const octets = first & 0x7f
  if (octets === 0 || octets > 4) return bytes.length
  let length = 0
  for (let index = 0; index < octets; index += 1) length = length * 256 + (bytes[2 + index] ?? 0)
  return Math.min(bytes.length, 2 + octets + length)
}
