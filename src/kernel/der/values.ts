// Values of primitive elements: integers, object identifiers, strings, bit strings and times.
import { contentOf, type Element, malformedDer, Tag } from './read.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })
const hexDigits = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal of bytes. */
export function toHex(bytes: Uint8Array): string {
  let hex = ''
  for (const octet of bytes) hex += hexDigits[octet]
  return hex
}

/** True when both hold the same bytes. Not in constant time: only for public values. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Order of a DER SET OF (X.690 11.6): octet by octet, the shorter one first when it is a prefix. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function expectTag(element: Element, tag: number, what: string): void {
  if (element.tag !== tag) throw malformedDer(element.start, `A${what} was expected here`)
}

/** A BOOLEAN. */
export function readBoolean(element: Element): boolean {
  expectTag(element, Tag.boolean, ' BOOLEAN')
  return element.source[element.contentStart] === 0xff
}

/** An INTEGER of any size; `tag` when it is implicitly tagged. */
export function readInteger(element: Element, tag: number = Tag.integer): bigint {
  expectTag(element, tag, 'n INTEGER')
  const bytes = contentOf(element)
  if (bytes.length === 0 || bytes.length > 4096) throw malformedDer(element.start, 'An INTEGER has a wrong size')
  const value = BigInt(`0x${toHex(bytes)}`)
  return (bytes[0] ?? 0) < 0x80 ? value : value - (1n << BigInt(8 * bytes.length))
}

/** An INTEGER or ENUMERATED between 0 and 2^31 − 1, such as a version, a count or a status. */
export function readSmallInteger(element: Element, tag: number = Tag.integer): number {
  expectTag(element, tag, 'n INTEGER')
  const length = element.end - element.contentStart
  const first = element.source[element.contentStart] ?? 0
  if (length === 0 || length > 4 || first >= 0x80) {
    throw malformedDer(element.start, 'An INTEGER here must lie between 0 and 2147483647')
  }
  let value = 0
  for (let i = element.contentStart; i < element.end; i++) value = value * 256 + (element.source[i] ?? 0)
  return value
}

/** An OCTET STRING as a view of the source. */
export function readOctetString(element: Element): Uint8Array {
  expectTag(element, Tag.octetString, 'n OCTET STRING')
  return contentOf(element)
}

/** A BIT STRING of whole octets (keys, signatures) as a view of the source; `tag` when it is implicitly tagged. */
export function readBitStringOctets(element: Element, tag: number = Tag.bitString): Uint8Array {
  expectTag(element, tag, ' BIT STRING')
  if (element.source[element.contentStart] !== 0 || element.contentStart === element.end) {
    throw malformedDer(element.start, 'A BIT STRING of whole octets was expected')
  }
  return element.source.subarray(element.contentStart + 1, element.end)
}

/** A BIT STRING of named bits (KeyUsage, PKIFailureInfo): the numbers of the bits that are set, at most 64 bits. */
export function readNamedBits(element: Element, tag: number = Tag.bitString): Set<number> {
  expectTag(element, tag, ' BIT STRING')
  const octets = contentOf(element)
  if (octets.length === 0 || octets.length > 9) throw malformedDer(element.start, 'A BIT STRING has a wrong size')
  const set = new Set<number>()
  for (let bit = 0; bit < (octets.length - 1) * 8; bit++) {
    if ((octets[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) set.add(bit)
  }
  return set
}

/**
 * A serial number (RFC 5280 4.1.2.2) as lower-case hexadecimal without leading zeros; `tag` when it is implicitly tagged. Without
 * the way through a bigint, which takes longer than all else about it.
 */
export function readSerialNumber(element: Element, tag: number = Tag.integer): string {
  const first = element.source[element.contentStart] ?? 0
  if (first >= 0x80 || element.end - element.contentStart > 64) return readInteger(element, tag).toString(16)
  expectTag(element, tag, 'n INTEGER')
  const bytes = contentOf(element)
  if (bytes.length === 0) throw malformedDer(element.start, 'An INTEGER has a wrong size')
  const hex = toHex(first === 0 ? bytes.subarray(1) : bytes)
  return hex.startsWith('0') ? hex.slice(1) : hex === '' ? '0' : hex
}

/** OIDs read before, by a hash of their octets: structures name the same few dozen again and again. */
const oidsRead: ({ readonly octets: Uint8Array; readonly text: string } | undefined)[] = Array.from({ length: 256 })

/** An OBJECT IDENTIFIER in dotted form; `tag` when it is implicitly tagged. */
export function readOid(element: Element, tag: number = Tag.oid): string {
  expectTag(element, tag, 'n OBJECT IDENTIFIER')
  const { source, contentStart, end } = element
  if (contentStart === end) throw malformedDer(element.start, 'An OID has no octets')
  let place = 0
  for (let i = contentStart; i < end; i++) place = (place * 31 + (source[i] ?? 0)) & 0xff
  const before = oidsRead[place]
  if (before !== undefined && isAt(before.octets, source, contentStart, end)) return before.text
  const text = dotted(source, contentStart, end)
  oidsRead[place] = { octets: source.slice(contentStart, end), text }
  return text
}

function isAt(octets: Uint8Array, source: Uint8Array, start: number, end: number): boolean {
  if (octets.length !== end - start) return false
  for (let i = 0; i < octets.length; i++) if (octets[i] !== source[start + i]) return false
  return true
}

/** X.690 8.19. */
function dotted(source: Uint8Array, contentStart: number, end: number): string {
  let text = ''
  let arc = 0
  let large: bigint | undefined
  for (let i = contentStart; i < end; i++) {
    const octet = source[i] ?? 0
    if (large === undefined && arc >= 2 ** 45) large = BigInt(arc)
    if (large !== undefined) large = large * 128n + BigInt(octet & 0x7f)
    else arc = arc * 128 + (octet & 0x7f)
    if (octet >= 0x80) continue
    if (text !== '') text += `.${large ?? arc}`
    else if (large !== undefined) text = `2.${large - 80n}`
    else text = arc < 40 ? `0.${arc}` : arc < 80 ? `1.${arc - 40}` : `2.${arc - 80}`
    arc = 0
    large = undefined
  }
  return text
}

/** Any of the character string types of X.509 names. Teletex is read as Latin-1, as every other implementation does. */
export function readString(element: Element, tag: number = element.tag): string {
  const bytes = contentOf(element)
  switch (tag) {
    case Tag.utf8String:
      return decodeUtf8(bytes, element.start)
    case Tag.numericString:
    case Tag.printableString:
    case Tag.ia5String:
    case Tag.visibleString:
      for (const octet of bytes) if (octet >= 0x80) throw malformedDer(element.start, 'A string holds a foreign octet')
      return latin1(bytes)
    case Tag.teletexString:
      return latin1(bytes)
    case Tag.bmpString:
      return wide(bytes, 2, element.start)
    case Tag.universalString:
      return wide(bytes, 4, element.start)
    default:
      throw malformedDer(element.start, 'A character string was expected here')
  }
}

/** True for the tags that `readString` reads. */
export function isString(tag: number): boolean {
  return (
    tag === Tag.utf8String ||
    tag === Tag.printableString ||
    tag === Tag.ia5String ||
    tag === Tag.numericString ||
    tag === Tag.visibleString ||
    tag === Tag.teletexString ||
    tag === Tag.bmpString ||
    tag === Tag.universalString
  )
}

function decodeUtf8(bytes: Uint8Array, offset: number): string {
  // Nearly all of it is short and ASCII, where starting a TextDecoder costs more than the text.
  if (bytes.length <= 64 && bytes.every(isAscii)) return latin1(bytes)
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformedDer(offset, 'A UTF8String is not UTF-8')
  }
}

const isAscii = (octet: number): boolean => octet < 0x80

function latin1(bytes: Uint8Array): string {
  let text = ''
  for (const octet of bytes) text += String.fromCharCode(octet)
  return text
}

function wide(bytes: Uint8Array, width: 2 | 4, offset: number): string {
  if (bytes.length % width !== 0) throw malformedDer(offset, 'A string of wide characters is cut off')
  let text = ''
  for (let i = 0; i < bytes.length; i += width) {
    let point = 0
    for (let j = i; j < i + width; j++) point = point * 256 + (bytes[j] ?? 0)
    if (point > 0x10ffff) throw malformedDer(offset, 'A string holds a character that does not exist')
    text += width === 2 ? String.fromCharCode(point) : String.fromCodePoint(point)
  }
  return text
}

/** A UTCTime or GeneralizedTime in UTC, as milliseconds since 1970 (fractions of a millisecond are cut off). */
export function readTime(element: Element, tag: number = element.tag): number {
  const octets = contentOf(element)
  const length = octets.length
  if (tag === Tag.utcTime) {
    if (length !== 13 || octets[12] !== zulu) throw malformedDer(element.start, 'A UTCTime must read YYMMDDHHMMSSZ')
    const year = digits(octets, 0, 2, element)
    // RFC 5280 4.1.2.5.1: 50 to 99 are 19YY.
    return timeOf(octets, 2, year < 50 ? 2000 + year : 1900 + year, element)
  }
  if (tag !== Tag.generalizedTime) throw malformedDer(element.start, 'A time was expected here')
  // X.690 11.7: seconds present, a point before a fraction without trailing zeros, Z.
  const hasFraction = length > 16 && length <= 30 && octets[14] === point && octets[length - 2] !== zero
  if ((length !== 15 && !hasFraction) || octets[length - 1] !== zulu) {
    throw malformedDer(element.start, 'A GeneralizedTime must read YYYYMMDDHHMMSS[.f]Z')
  }
  const time = timeOf(octets, 4, digits(octets, 0, 4, element), element)
  if (!hasFraction) return time
  digits(octets, 15, length - 1, element)
  const places = Math.min(length - 16, 3)
  return time + digits(octets, 15, 15 + places, element) * 10 ** (3 - places)
}

const zulu = 0x5a
const point = 0x2e
const zero = 0x30

function digits(octets: Uint8Array, start: number, end: number, element: Element): number {
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = (octets[i] ?? 0) - zero
    if (digit < 0 || digit > 9) throw malformedDer(element.start, 'A time holds something else than digits')
    value = value * 10 + digit
  }
  return value
}

/** MMDDHHMMSS from `start` on, in `year`. */
function timeOf(octets: Uint8Array, start: number, year: number, element: Element): number {
  const part = (index: number) => digits(octets, start + 2 * index, start + 2 * index + 2, element)
  const [month, day, hour, minute, second] = [part(0), part(1), part(2), part(3), part(4)]
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  // Date.UTC lets a 31 February roll over, and takes the years 0 to 99 for 1900 to 1999.
  const isReal = month >= 1 && month <= 12 && day >= 1 && hour < 24 && minute < 60 && second < 60
  if (!isReal || year < 1000 || new Date(time).getUTCDate() !== day)
    throw malformedDer(element.start, 'A time does not exist')
  return time
}
