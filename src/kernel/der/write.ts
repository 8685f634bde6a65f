// Writes DER: each function returns one complete element.
import { SeglError } from '../../errors.ts'
import { Tag } from './read.ts'
import { compareBytes } from './values.ts'

const utf8 = new TextEncoder()
const none = new Uint8Array(0)

/** An element of `tag` whose content is `parts` one after the other. */
export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const element = new Uint8Array(encodedLength(length))
  let position = writeHeader(element, tag, length)
  for (const part of parts) {
    element.set(part, position)
    position += part.length
  }
  return element
}

/** Tag and length in front of `length` octets of content. */
export function headerOf(tag: number, length: number): Uint8Array {
  const octets = new Uint8Array(encodedLength(length) - length)
  writeHeader(octets, tag, length)
  return octets
}

/** Writes tag and length to the front of `element`; answers where the content begins. */
function writeHeader(element: Uint8Array, tag: number, length: number): number {
  const contentStart = encodedLength(length) - length
  element[0] = tag
  if (contentStart === 2) element[1] = length
  else {
    element[1] = 0x80 | (contentStart - 2)
    for (let i = contentStart - 1, rest = length; i > 1; i--, rest = Math.floor(rest / 256)) element[i] = rest % 256
  }
  return contentStart
}

/**
 * The pieces of an element of `tag` around `pieces`, not yet joined: large structures are copied once, by
 * `concatBytes` at the end, instead of once for each level.
 */
export function wrap(tag: number, pieces: readonly Uint8Array[]): Uint8Array[] {
  let length = 0
  for (const piece of pieces) length += piece.length
  return [headerOf(tag, length), ...pieces]
}

/** How many bytes an element with `length` bytes of content takes. */
export function encodedLength(length: number): number {
  return length + (length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x10000 ? 4 : length < 0x1000000 ? 5 : 6)
}

export const sequence = (...fields: readonly Uint8Array[]): Uint8Array => tlv(Tag.sequence, ...fields)

/** A SET OF in the order that DER demands (X.690 11.6). `tag` when it is implicitly tagged. */
export function setOf(items: readonly Uint8Array[], tag: number = Tag.set): Uint8Array {
  return concatBytes(wrap(tag, [...items].sort(compareBytes)))
}

/** EXPLICIT context tag around one element. */
export const explicitTag = (number: number, element: Uint8Array): Uint8Array => tlv(0xa0 | number, element)

/** IMPLICIT context tag in place of the tag of `element`. */
export function implicitTag(number: number, element: Uint8Array): Uint8Array {
  const tagged = element.slice()
  tagged[0] = 0x80 | ((element[0] ?? 0) & 0x20) | number
  return tagged
}

export const booleanValue = (value: boolean): Uint8Array => Uint8Array.of(Tag.boolean, 1, value ? 0xff : 0)

export const nullValue = (): Uint8Array => Uint8Array.of(Tag.null, 0)

/** An INTEGER (or ENUMERATED, by `tag`) in the fewest octets. */
export function integer(value: number | bigint, tag: number = Tag.integer): Uint8Array {
  if (typeof value === 'number' && value >= 0 && value < 0x80) return Uint8Array.of(tag, 1, value)
  const number = BigInt(value)
  const octets: number[] = []
  let rest = number
  do {
    octets.unshift(Number(rest & 0xffn))
    rest >>= 8n
  } while (!((rest === 0n && (octets[0] ?? 0) < 0x80) || (rest === -1n && (octets[0] ?? 0) >= 0x80)))
  return tlv(tag, Uint8Array.from(octets))
}

/** An INTEGER from the octets of a non-negative number, most significant first (serial numbers, nonces, moduli). */
export function unsignedInteger(octets: Uint8Array): Uint8Array {
  let start = 0
  while (start < octets.length - 1 && octets[start] === 0) start++
  const trimmed = octets.subarray(start)
  if (trimmed.length === 0) return integer(0)
  return (trimmed[0] ?? 0) >= 0x80 ? tlv(Tag.integer, Uint8Array.of(0), trimmed) : tlv(Tag.integer, trimmed)
}

const oids = new Map<string, Uint8Array>()

/** An OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Uint8Array {
  let encoded = oids.get(dotted)
  if (encoded === undefined) {
    encoded = encodeOid(dotted)
    if (oids.size < 1000) oids.set(dotted, encoded)
  }
  return encoded
}

function encodeOid(dotted: string): Uint8Array {
  if (!/^[0-2](\.(0|[1-9]\d{0,40}))+$/.test(dotted)) throw invalid(`"${dotted}" is not an object identifier`)
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt)
  if (first < 2n && second > 39n) throw invalid(`"${dotted}" is not an object identifier`)
  const octets: number[] = []
  for (const arc of [first * 40n + second, ...rest]) {
    const groups = [Number(arc & 0x7fn)]
    for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 0x7fn) | 0x80)
    octets.push(...groups)
  }
  return tlv(Tag.oid, Uint8Array.from(octets))
}

export const octetString = (...octets: readonly Uint8Array[]): Uint8Array => tlv(Tag.octetString, ...octets)

/** A BIT STRING of whole octets. */
export const bitString = (octets: Uint8Array): Uint8Array => tlv(Tag.bitString, Uint8Array.of(0), octets)

/** A BIT STRING of named bits without trailing zero bits (X.690 11.2.2); bit 0 is the first. */
export function namedBits(bits: Iterable<number>): Uint8Array {
  const set = [...bits]
  if (set.length === 0) return tlv(Tag.bitString, Uint8Array.of(0))
  const last = Math.max(...set)
  const octets = new Uint8Array((last >> 3) + 2)
  octets[0] = 7 - (last & 7)
  for (const bit of set) octets[1 + (bit >> 3)] = (octets[1 + (bit >> 3)] ?? 0) | (0x80 >> (bit & 7))
  return tlv(Tag.bitString, octets)
}

export const utf8String = (text: string): Uint8Array => tlv(Tag.utf8String, utf8.encode(text))

/** A PrintableString; other characters than X.680 41.4 allows are an error. */
export function printableString(text: string): Uint8Array {
  if (!/^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text)) throw invalid('A PrintableString cannot hold these characters')
  return tlv(Tag.printableString, utf8.encode(text))
}

/** An IA5String: ASCII. `tag` when it is implicitly tagged (GeneralName). */
export function ia5String(text: string, tag: number = Tag.ia5String): Uint8Array {
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 0x7f) throw invalid('An IA5String cannot hold these characters')
  }
  return tlv(tag, utf8.encode(text))
}

/** UTCTime, in whole seconds; years 1950 to 2049. */
export function utcTime(time: number): Uint8Array {
  const text = digits(time)
  const year = Number(text.slice(0, 4))
  if (year < 1950 || year > 2049) throw invalid('A UTCTime lies between 1950 and 2049')
  return tlv(Tag.utcTime, utf8.encode(`${text.slice(2, 14)}Z`))
}

/** GeneralizedTime; milliseconds are written when there are any (X.690 11.7). */
export function generalizedTime(time: number): Uint8Array {
  const text = digits(time)
  const fraction = text.slice(14).replace(/0+$/, '')
  return tlv(Tag.generalizedTime, utf8.encode(`${text.slice(0, 14)}${fraction === '' ? '' : `.${fraction}`}Z`))
}

/** The Time of RFC 5280 4.1.2.5: UTCTime through 2049, then GeneralizedTime, in whole seconds. */
export function x509Time(time: number): Uint8Array {
  const whole = Math.floor(time / 1000) * 1000
  return new Date(whole).getUTCFullYear() < 2050 ? utcTime(whole) : generalizedTime(whole)
}

function digits(time: number): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1000 || date.getUTCFullYear() > 9999) {
    throw invalid('A time must lie between the years 1000 and 9999')
  }
  return date.toISOString().replace(/\D/g, '')
}

/** All of `parts` in one array. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  if (length === 0) return none
  const whole = new Uint8Array(length)
  let position = 0
  for (const part of parts) {
    whole.set(part, position)
    position += part.length
  }
  return whole
}

function invalid(detail: string): SeglError {
  return new SeglError('MALFORMED_DER', `${detail}. Give a value that the type can hold.`)
}
