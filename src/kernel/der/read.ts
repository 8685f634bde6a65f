// Strict DER: finds the elements of a byte string without copying it and refuses everything X.690 clause 10 forbids.
import { SeglError } from '../../errors.ts'

/** One element (tag, length, content) of `source`; offsets are absolute in `source`, `end` is exclusive. */
export type Element = {
  readonly source: Uint8Array
  /** The identifier octet: class, constructed bit and number (always below 31). */
  readonly tag: number
  readonly start: number
  readonly contentStart: number
  readonly end: number
}

export type DerLimits = {
  /** How deep elements may nest; a CMS with a time-stamp inside needs about 25. */
  readonly maxDepth: number
  /** How many elements there may be; a CRL of 300 000 entries needs about a million. */
  readonly maxElements: number
}

const defaultLimits: DerLimits = { maxDepth: 64, maxElements: 4_000_000 }

/** Identifier octets of the universal types that X.509 and CMS use. */
export const Tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** Identifier octet of a context-specific tag that is primitive (IMPLICIT over a primitive type). */
export const contextTag = (number: number): number => 0x80 | number

/** Identifier octet of a context-specific tag that is constructed (EXPLICIT, or IMPLICIT over SEQUENCE and SET). */
export const contextConstructedTag = (number: number): number => 0xa0 | number

/** The error for bytes that are not DER, or not the structure asked for; `offset` is where. */
export function malformedDer(offset: number, detail: string): SeglError {
  return new SeglError(
    'MALFORMED_DER',
    `${detail} (at byte ${offset}). Send the structure DER-encoded and unchanged.`,
    {
      offset,
    },
  )
}

/**
 * Reads the one element that fills `bytes`, after checking every element inside it (X.690 clauses 8, 10 and 11).
 * Throws MALFORMED_DER with the offset of the first fault.
 */
export function readDer(bytes: Uint8Array, limits: DerLimits = defaultLimits): Element {
  const element = elementAt(bytes, 0, bytes.length)
  if (element.end !== bytes.length) throw malformedDer(element.end, 'Bytes follow the end of the structure')
  checkWithin(element, limits)
  return element
}

/**
 * Reads the DER structure that an OCTET STRING, or an IMPLICIT one, carries as its content. Offsets stay those of the
 * outer source, so errors point into the file at hand.
 */
export function readInside(wrapper: Element, limits: DerLimits = defaultLimits): Element {
  return readRange(wrapper.source, wrapper.contentStart, wrapper.end, limits)
}

/** Reads the one element that fills `source` from `start` to `end` (exclusive); offsets stay those of `source`. */
export function readRange(source: Uint8Array, start: number, end: number, limits: DerLimits = defaultLimits): Element {
  const element = elementAt(source, start, end)
  if (element.end !== end) throw malformedDer(element.end, 'Bytes follow the end of the structure')
  checkWithin(element, limits)
  return element
}

/** Reads the header at `position`; the element must end at or before `limit`. */
export function elementAt(source: Uint8Array, position: number, limit: number): Element {
  const contentStart = contentStartAt(source, position, limit)
  const end = contentStart + lengthAt(source, position, limit)
  return { source, tag: source[position] ?? 0, start: position, contentStart, end }
}

/** The content octets, as a view of the source. */
export function contentOf(element: Element): Uint8Array {
  return element.source.subarray(element.contentStart, element.end)
}

/** The whole element with tag and length, as a view of the source. */
export function encodingOf(element: Element): Uint8Array {
  return element.source.subarray(element.start, element.end)
}

/** The elements directly inside a constructed element. */
export function childrenOf(element: Element): Element[] {
  const children: Element[] = []
  for (let position = element.contentStart; position < element.end; ) {
    const child = elementAt(element.source, position, element.end)
    children.push(child)
    position = child.end
  }
  return children
}

function contentStartAt(source: Uint8Array, position: number, limit: number): number {
  if (position + 2 > limit) throw malformedDer(position, 'The structure ends where an element should begin')
  const tag = source[position] ?? 0
  if ((tag & 0x1f) === 0x1f) throw malformedDer(position, 'Tag numbers above 30 are not used in these structures')
  if (tag === 0) throw malformedDer(position, 'An end-of-contents octet is not DER')
  const first = source[position + 1] ?? 0
  if (first === 0x80) throw malformedDer(position + 1, 'An indefinite length is BER, not DER')
  return first < 0x80 ? position + 2 : position + 2 + (first & 0x7f)
}

function lengthAt(source: Uint8Array, position: number, limit: number): number {
  const first = source[position + 1] ?? 0
  if (first < 0x80) {
    if (position + 2 + first > limit) throw malformedDer(position, 'An element runs past the end of what holds it')
    return first
  }
  const octets = first & 0x7f
  if (octets > 4) throw malformedDer(position + 1, 'A length of more than 4 octets cannot be right here')
  const contentStart = position + 2 + octets
  if (contentStart > limit) throw malformedDer(position + 1, 'A length is cut off')
  let length = 0
  for (let i = position + 2; i < contentStart; i++) length = length * 256 + (source[i] ?? 0)
  if (source[position + 2] === 0 || length < 0x80) throw malformedDer(position + 1, 'A length is longer than needed')
  if (contentStart + length > limit) throw malformedDer(position, 'An element runs past the end of what holds it')
  return length
}

/** Walks everything below `root` once, by integers only: bounds, lengths, and the value rules that need no schema. */
function checkWithin(root: Element, { maxDepth, maxElements }: DerLimits): void {
  const { source } = root
  /** Where the elements end that hold the one at hand: the innermost, and those around it. */
  let holder = root.end
  const around: number[] = []
  let position = root.start
  let remaining = maxElements
  for (;;) {
    const tag = source[position] ?? 0
    const content = contentStartAt(source, position, holder)
    const end = content + lengthAt(source, position, holder)
    if (--remaining < 0) throw malformedDer(position, `There are more than ${maxElements} elements`)
    if ((tag & 0x20) === 0) {
      checkPrimitive(source, position, content, end, tag)
      position = end
    } else {
      // X.690 10.2: strings are primitive in DER, so SEQUENCE and SET are the only constructed universal types here.
      if (tag < 0x40 && tag !== Tag.sequence && tag !== Tag.set) {
        throw malformedDer(position, 'A constructed string is BER, not DER')
      }
      if (around.length >= maxDepth) throw malformedDer(position, `Elements nest deeper than ${maxDepth}`)
      around.push(holder)
      holder = end
      position = content
    }
    while (position === holder) {
      const outer = around.pop()
      if (outer === undefined) return
      holder = outer
    }
  }
}

function checkPrimitive(source: Uint8Array, position: number, contentStart: number, end: number, tag: number): void {
  const length = end - contentStart
  const first = source[contentStart] ?? 0
  switch (tag) {
    case Tag.boolean:
      if (length !== 1 || (first !== 0 && first !== 0xff)) throw malformedDer(position, 'A BOOLEAN must be 00 or FF')
      break
    case Tag.integer:
    case Tag.enumerated: {
      if (length === 0) throw malformedDer(position, 'An INTEGER has no octets')
      const second = source[contentStart + 1] ?? 0
      if (length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
        throw malformedDer(position, 'An INTEGER is longer than needed')
      }
      break
    }
    case Tag.bitString:
      if (length === 0 || first > 7 || (length === 1 && first !== 0)) {
        throw malformedDer(position, 'A BIT STRING has a wrong count of unused bits')
      }
      if (((source[end - 1] ?? 0) & ((1 << first) - 1)) !== 0 && length > 1) {
        throw malformedDer(position, 'The unused bits of a BIT STRING must be 0')
      }
      break
    case Tag.null:
      if (length !== 0) throw malformedDer(position, 'A NULL has content')
      break
    case Tag.oid:
      checkOid(source, position, contentStart, end)
      break
    case 0x10:
    case 0x11:
      throw malformedDer(position, 'A SEQUENCE or SET must be constructed')
    default:
  }
}

function checkOid(source: Uint8Array, position: number, contentStart: number, end: number): void {
  if (contentStart === end || (source[end - 1] ?? 0) >= 0x80) throw malformedDer(position, 'An OID is cut off')
  if (end - contentStart > 64) throw malformedDer(position, 'An OID is longer than 64 octets')
  let arcBegins = true
  for (let i = contentStart; i < end; i++) {
    const octet = source[i] ?? 0
    if (arcBegins && octet === 0x80) throw malformedDer(position, 'An OID has an arc that is longer than needed')
    arcBegins = octet < 0x80
  }
}
