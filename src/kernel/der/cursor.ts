// Reads the fields of one SEQUENCE or SET in order, as its ASN.1 module lists them.
import { childrenOf, type Element, elementAt, malformedDer, Tag } from './read.ts'

/** A place between two fields of a constructed element. */
export type Cursor = {
  readonly source: Uint8Array
  position: number
  readonly end: number
  /** ASN.1 name of the structure, for errors. */
  readonly what: string
}

/** Begins to read the fields of `element`, which must carry `tag`. */
export function enter(element: Element, what: string, tag: number = Tag.sequence): Cursor {
  if (element.tag !== tag) throw wrongTag(element.start, what, tag, element.tag)
  return { source: element.source, position: element.contentStart, end: element.end, what }
}

/** Takes the next field, which must be there and carry `tag`. */
export function take(cursor: Cursor, tag: number, field: string): Element {
  const element = takeAny(cursor, field)
  if (element.tag !== tag) throw wrongTag(element.start, `${cursor.what}.${field}`, tag, element.tag)
  return element
}

/** Takes the next field whatever its tag; it must be there. */
export function takeAny(cursor: Cursor, field: string): Element {
  if (cursor.position >= cursor.end) throw malformedDer(cursor.position, `${cursor.what}.${field} is missing`)
  const element = elementAt(cursor.source, cursor.position, cursor.end)
  cursor.position = element.end
  return element
}

/** Takes the next field when it carries `tag`; else takes nothing. */
export function takeOptional(cursor: Cursor, tag: number): Element | undefined {
  if (cursor.position >= cursor.end || cursor.source[cursor.position] !== tag) return undefined
  const element = elementAt(cursor.source, cursor.position, cursor.end)
  cursor.position = element.end
  return element
}

/** The identifier octet of the next field, or undefined at the end. */
export function peekTag(cursor: Cursor): number | undefined {
  return cursor.position < cursor.end ? cursor.source[cursor.position] : undefined
}

/** Ends the reading: a field that nobody took is an error. */
export function leave(cursor: Cursor): void {
  if (cursor.position !== cursor.end) throw malformedDer(cursor.position, `${cursor.what} has a field too many`)
}

/** The one element inside an EXPLICIT tag. */
export function explicit(element: Element, what: string): Element {
  const [inner, ...others] = childrenOf(element)
  if (inner === undefined || others.length > 0) throw malformedDer(element.start, `${what} must hold one element`)
  return inner
}

/** The elements of a SEQUENCE OF or SET OF, all of `itemTag` when one is given. */
export function itemsOf(element: Element, what: string, tag: number, itemTag?: number): Element[] {
  if (element.tag !== tag) throw wrongTag(element.start, what, tag, element.tag)
  const items = childrenOf(element)
  if (itemTag !== undefined) {
    for (const item of items) if (item.tag !== itemTag) throw wrongTag(item.start, what, itemTag, item.tag)
  }
  return items
}

function wrongTag(offset: number, what: string, expected: number, found: number): Error {
  const hex = (tag: number) => tag.toString(16).padStart(2, '0')
  return malformedDer(offset, `${what} should have tag ${hex(expected)}, not ${hex(found)}`)
}
