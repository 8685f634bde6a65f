// Distinguished names (RFC 5280 4.1.2.4): attributes, text (RFC 4514) and comparison (RFC 5280 7.1).
import {
  type Element,
  encodingOf,
  enter,
  equalBytes,
  ia5String,
  isString,
  itemsOf,
  leave,
  malformedDer,
  oid,
  printableString,
  readDer,
  readOid,
  readString,
  sequence,
  setOf,
  Tag,
  take,
  takeAny,
  toHex,
  utf8String,
} from '../der/index.ts'
import { type AttributeType, attributeTypes } from './oids.ts'

export type NameAttribute = {
  /** Attribute type in dotted form. */
  readonly oid: string
  /** The text, or `#` and the value's DER in hexadecimal when it is no character string (RFC 4514 2.4). */
  readonly value: string
  readonly isText: boolean
}

export type Name = {
  readonly der: Uint8Array
  /** Relative distinguished names in the order of the certificate; nearly always of one attribute each. */
  readonly rdns: readonly (readonly NameAttribute[])[]
}

export function readName(element: Element): Name {
  const rdns = itemsOf(element, 'Name', Tag.sequence, Tag.set).map((set) => {
    const attributes = itemsOf(set, 'RelativeDistinguishedName', Tag.set, Tag.sequence).map(readAttribute)
    if (attributes.length === 0) throw malformedDer(set.start, 'A relative distinguished name is empty')
    return attributes
  })
  return { der: encodingOf(element), rdns }
}

export const parseName = (der: Uint8Array): Name => readName(readDer(der))

function readAttribute(element: Element): NameAttribute {
  const cursor = enter(element, 'AttributeTypeAndValue')
  const type = readOid(take(cursor, Tag.oid, 'type'))
  const value = takeAny(cursor, 'value')
  leave(cursor)
  if (isString(value.tag)) return { oid: type, value: readString(value), isText: true }
  return { oid: type, value: `#${toHex(encodingOf(value))}`, isText: false }
}

/** The last (most specific) value of an attribute, by short name or dotted form; undefined when there is none. */
export function nameAttribute(name: Name, type: AttributeType | (string & {})): string | undefined {
  return nameAttributes(name, type).at(-1)
}

/** All values of an attribute, in the order of the certificate. */
export function nameAttributes(name: Name, type: AttributeType | (string & {})): string[] {
  const wanted: string = isAttributeType(type) ? attributeTypes[type] : type
  return name.rdns.flatMap((rdn) => rdn.filter((attribute) => attribute.oid === wanted).map(({ value }) => value))
}

const isAttributeType = (type: string): type is AttributeType => Object.hasOwn(attributeTypes, type)

const shortNames = new Map<string, string>(Object.entries(attributeTypes).map(([name, dotted]) => [dotted, name]))

/** The name as RFC 4514 writes it: most specific first. Types without a well-known short name stay dotted. */
export function distinguishedName(name: Name): string {
  return [...name.rdns]
    .reverse()
    .map((rdn) =>
      rdn
        .map(({ oid: type, value, isText }) => `${shortNames.get(type) ?? type}=${isText ? escapeValue(value) : value}`)
        .join('+'),
    )
    .join(',')
}

/** RFC 4514 2.4; control characters are written as hex pairs so that a name never breaks a line. */
function escapeValue(value: string): string {
  let text = ''
  const characters = [...value]
  characters.forEach((character, index) => {
    const atEdge = index === 0 || index === characters.length - 1
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20 || code === 0x7f) text += `\\${code.toString(16).padStart(2, '0')}`
    else if ('"+,;<>\\'.includes(character)) text += `\\${character}`
    else if ((character === ' ' && atEdge) || (character === '#' && index === 0)) text += `\\${character}`
    else text += character
  })
  return text
}

const canonicalNames = new WeakMap<Name, string>()

/** A form in which two names are equal when RFC 5280 7.1 calls them so (string preparation of RFC 4518, simplified). */
export function canonicalName(name: Name): string {
  let canonical = canonicalNames.get(name)
  if (canonical === undefined) {
    canonical = JSON.stringify(name.rdns.map(canonicalRdn))
    canonicalNames.set(name, canonical)
  }
  return canonical
}

/** One relative distinguished name in canonical form, independent of the order of its attributes. */
export function canonicalRdn(rdn: readonly NameAttribute[]): string {
  return JSON.stringify(rdn.map(({ oid: type, value, isText }) => [type, isText ? prepare(value) : value]).sort())
}

function prepare(value: string): string {
  return value.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ')
}

export function sameName(a: Name, b: Name): boolean {
  return equalBytes(a.der, b.der) || canonicalName(a) === canonicalName(b)
}

export type NameInput = readonly { readonly type: AttributeType; readonly value: string }[]

/** A Name, one attribute per RDN, in the order given; encoded as EN 319 412-2 4.2 and RFC 5280 demand. */
export function writeName(attributes: NameInput): Uint8Array {
  return sequence(
    ...attributes.map(({ type, value }) => setOf([sequence(oid(attributeTypes[type]), attributeValue(type, value))])),
  )
}

function attributeValue(type: AttributeType, value: string): Uint8Array {
  if (type === 'C' || type === 'serialNumber' || type === 'dnQualifier') return printableString(value)
  if (type === 'DC' || type === 'emailAddress') return ia5String(value)
  return utf8String(value)
}
