// BER → DER (X.690 clause 8 to 11), for what other programs signed: they write indefinite lengths and strings in pieces. Nothing that
// Segl makes or asks for is read this way.
import { type Element, malformedDer, Tag } from './read.ts'
import { concatBytes, encodedLength, headerOf } from './write.ts'

/** A structure in DER that was BER before. */
export type FromBer = {
  readonly der: Uint8Array
  /** What was not DER, each kind once, with the byte of its first occurrence; empty when all of it was DER. */
  readonly deviations: readonly string[]
  /** The bytes of an element of `der` as they stood before. */
  readonly original: (element: Element) => Uint8Array
  /** How many bytes the structure took before. */
  readonly length: number
}

type Limits = { readonly maxDepth: number; readonly maxElements: number }

const defaultLimits: Limits = { maxDepth: 64, maxElements: 400_000 }

/** An element as it stands, with the content that DER gives it: octets, or what is inside. */
type Node = {
  readonly tag: number
  readonly start: number
  readonly end: number
  readonly octets: readonly Uint8Array[]
  readonly inside: readonly Node[]
  /** Length of the content in DER. */
  readonly length: number
}

type Reading = {
  readonly source: Uint8Array
  readonly limits: Limits
  readonly deviations: Map<string, number>
  elements: number
}

/**
 * Reads the first BER element of `source` and writes it again in DER; bytes behind it are not looked at. SETs keep the order in which
 * they stand. MALFORMED_DER for what is not even BER, with its place in `source`.
 */
export function fromBer(source: Uint8Array, limits: Limits = defaultLimits): FromBer {
  const reading: Reading = { source, limits, deviations: new Map(), elements: 0 }
  const root = readNode(reading, 0, source.length, 0)
  const pieces: Uint8Array[] = []
  const origins = new Map<number, Node>()
  let at = 0
  const write = (node: Node): void => {
    origins.set(at, node)
    const header = headerOf(node.tag, node.length)
    pieces.push(header)
    at += header.length
    for (const piece of node.octets) {
      pieces.push(piece)
      at += piece.length
    }
    for (const child of node.inside) write(child)
  }
  write(root)
  const der = concatBytes(pieces)
  return {
    der,
    deviations: [...reading.deviations].map(([what, place]) => `${what} (byte ${place})`),
    original: (found) => {
      const origin = found.source === der ? origins.get(found.start) : undefined
      if (origin === undefined) throw malformedDer(found.start, 'An element does not come from this structure')
      return source.subarray(origin.start, origin.end)
    },
    length: root.end,
  }
}

function deviates(reading: Reading, what: string, at: number): void {
  if (!reading.deviations.has(what)) reading.deviations.set(what, at)
}

function readNode(reading: Reading, start: number, limit: number, depth: number): Node {
  const { source, limits } = reading
  reading.elements += 1
  if (reading.elements > limits.maxElements) {
    throw malformedDer(start, `There are more than ${limits.maxElements} elements`)
  }
  if (depth > limits.maxDepth) throw malformedDer(start, `Elements nest deeper than ${limits.maxDepth}`)
  if (start + 2 > limit) throw malformedDer(start, 'The structure ends where an element should begin')
  const tag = source[start] ?? 0
  if ((tag & 0x1f) === 0x1f) throw malformedDer(start, 'Tag numbers above 30 are not used in these structures')
  if (tag === 0) throw malformedDer(start, 'End-of-contents octets stand where an element should begin')
  const { content, end } = lengthAt(reading, start, limit)
  if ((tag & 0x20) === 0) {
    if (end === undefined) throw malformedDer(start + 1, 'A primitive element has an indefinite length')
    const value = primitive(reading, tag, start, source.subarray(content, end))
    return { tag, start, end, octets: [value], inside: [], length: value.length }
  }
  const inside: Node[] = []
  let position = content
  while (end === undefined ? !isEnd(source, position, limit) : position < end) {
    const child = readNode(reading, position, end ?? limit, depth + 1)
    inside.push(child)
    position = child.end
  }
  const closed = end ?? position + 2
  if (tag < 0x40 && tag !== Tag.sequence && tag !== Tag.set) return joined(reading, tag & 0x1f, inside, start, closed)
  const length = inside.reduce((sum, child) => sum + encodedLength(child.length), 0)
  return { tag, start, end: closed, octets: [], inside, length }
}

const isEnd = (source: Uint8Array, position: number, limit: number): boolean =>
  position + 2 <= limit && source[position] === 0 && source[position + 1] === 0

/** A string in pieces (X.690 8.6.4, 8.7.3, 8.23.6): of the string's own type, those of character strings may be octets. */
function joined(reading: Reading, tag: number, inside: readonly Node[], start: number, end: number): Node {
  if (!strings.has(tag)) throw malformedDer(start, 'A type that is no string is constructed')
  deviates(reading, 'a string in pieces', start)
  const octets: Uint8Array[] = []
  let unused = 0
  for (const [index, child] of inside.entries()) {
    if (child.tag !== tag && (child.tag !== Tag.octetString || tag === Tag.bitString)) {
      throw malformedDer(child.start, 'A string in pieces holds something else')
    }
    if (tag !== Tag.bitString) for (const piece of child.octets) octets.push(piece)
    else {
      const content = concatBytes(child.octets)
      unused = content[0] ?? 0
      if (unused !== 0 && index < inside.length - 1) {
        throw malformedDer(child.start, 'A BIT STRING has unused bits in its middle')
      }
      octets.push(content.subarray(1))
    }
  }
  if (tag === Tag.bitString) octets.unshift(Uint8Array.of(unused))
  const length = octets.reduce((sum, piece) => sum + piece.length, 0)
  return { tag, start, end, octets, inside: [], length }
}

const strings = new Set<number>([
  Tag.bitString,
  Tag.octetString,
  Tag.utf8String,
  Tag.numericString,
  Tag.printableString,
  Tag.teletexString,
  Tag.ia5String,
  Tag.visibleString,
  Tag.universalString,
  Tag.bmpString,
])

/** Where the content begins and ends (undefined: at end-of-contents octets). */
function lengthAt(reading: Reading, start: number, limit: number): { content: number; end: number | undefined } {
  const { source } = reading
  const first = source[start + 1] ?? 0
  if (first < 0x80) return within(start, start + 2, first, limit)
  if (first === 0x80) {
    deviates(reading, 'an indefinite length', start + 1)
    return { content: start + 2, end: undefined }
  }
  const octets = first & 0x7f
  const content = start + 2 + octets
  if (first === 0xff || content > limit) throw malformedDer(start + 1, 'A length is cut off')
  let length = 0
  for (let i = start + 2; i < content; i++) {
    length = length * 256 + (source[i] ?? 0)
    if (length > source.length) throw malformedDer(start, 'An element runs past the end of what holds it')
  }
  if (source[start + 2] === 0 || length < 0x80) deviates(reading, 'a length longer than needed', start + 1)
  return within(start, content, length, limit)
}

function within(start: number, content: number, length: number, limit: number): { content: number; end: number } {
  if (content + length > limit) throw malformedDer(start, 'An element runs past the end of what holds it')
  return { content, end: content + length }
}

/** The content of a primitive element as DER writes it (X.690 clause 11). */
function primitive(reading: Reading, tag: number, start: number, content: Uint8Array): Uint8Array {
  const changed = (what: string, value: Uint8Array): Uint8Array => {
    deviates(reading, what, start)
    return value
  }
  const [first = 0] = content
  switch (tag) {
    case Tag.boolean:
      if (content.length === 1 && first !== 0 && first !== 0xff)
        return changed('a BOOLEAN that is neither 00 nor FF', Uint8Array.of(0xff))
      break
    case Tag.integer:
    case Tag.enumerated: {
      const shortest = shortInteger(content)
      if (shortest.length < content.length) return changed('an INTEGER longer than needed', shortest)
      break
    }
    case Tag.bitString: {
      const unused = (1 << first) - 1
      const last = content.at(-1) ?? 0
      if (first > 0 && first < 8 && content.length > 1 && (last & unused) !== 0) {
        const cleared = Uint8Array.from(content)
        cleared[cleared.length - 1] = last & ~unused
        return changed('a BIT STRING whose unused bits are not 0', cleared)
      }
      break
    }
    case Tag.utcTime:
    case Tag.generalizedTime: {
      const time = timeInDer(Buffer.from(content).toString('latin1'), tag === Tag.utcTime)
      if (time !== undefined) return changed('a time that is not in UTC to the second', Buffer.from(time, 'latin1'))
      break
    }
    default:
  }
  return content
}

function shortInteger(content: Uint8Array): Uint8Array {
  let start = 0
  while (start < content.length - 1) {
    const [first = 0, second = 0] = content.subarray(start, start + 2)
    if (!((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) break
    start += 1
  }
  return content.subarray(start)
}

const utcForm = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?()(Z|[+-]\d{4})$/
const generalizedForm = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(?:[.,](\d{1,9}))?(Z|[+-]\d{4})$/

/** The time as DER has it (X.690 11.7, 11.8); undefined when it is so already, or is none. */
function timeInDer(text: string, isUtc: boolean): string | undefined {
  const parts = (isUtc ? utcForm : generalizedForm).exec(text)
  if (parts === null) return undefined
  const [, year = '', month = '', day = '', hour = '', minute = '00', second = '00', fraction = '', zone = ''] = parts
  const century = isUtc ? (Number(year) < 50 ? '20' : '19') : ''
  const local = Date.parse(`${century}${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(local)) return undefined
  const shift = zone === 'Z' ? 0 : (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))) * 60_000
  const iso = new Date(zone.startsWith('-') ? local + shift : local - shift).toISOString()
  const digits = iso
    .slice(0, 19)
    .replace(/\D/g, '')
    .slice(isUtc ? 2 : 0)
  const rest = fraction.replace(/0+$/, '')
  const der = `${digits}${rest === '' ? '' : `.${rest}`}Z`
  return der === text ? undefined : der
}
