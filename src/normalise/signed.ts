// A file that somebody has signed is never rewritten, wherever in it the signature lies (ISO 32000-2, 12.8.1).
import { SeglError } from '../errors.ts'
import {
  isArray,
  isDict,
  isRef,
  isStream,
  nameOf,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  placeOf,
} from '../kernel/pdf/index.ts'
import type { Scan } from './definitions.ts'

type Resolve = (value: PdfObject | undefined) => PdfObject

/** Every object of an opened file, those of the form or not. */
export function refuseSigned(file: PdfFile): void {
  const rights = rightsOf(file.trailer, file.resolve)
  file.each((reference, value, offset) => {
    if (!rights.has(reference.number) && holdsSignature(isStream(value) ? value.dict : value, file.resolve))
      throw alreadySigned(placeOf(file, reference) ?? offset)
  })
}

/** Every object that stands in the bytes, those of older revisions too. */
export function refuseSignedScan(scanned: Scan, trailer: PdfDict): void {
  const last = new Map(scanned.definitions.map((one) => [one.number, one]))
  const resolve: Resolve = (value) => {
    const found = isRef(value) ? last.get(value.number) : undefined
    if (!isRef(value)) return value ?? null
    return found === undefined || found.flaw !== undefined ? null : scanned.value(found)
  }
  const rights = rightsOf(trailer, resolve)
  for (const definition of scanned.definitions) {
    if (definition.flaw !== undefined || rights.has(definition.number)) continue
    if (holdsSignature(scanned.value(definition), resolve)) throw alreadySigned(definition.start)
  }
}

const alreadySigned = (offset: number): SeglError => {
  const detail = 'The PDF is signed, and rewriting it would end the signatures. Upload it without `normalise`.'
  return new SeglError('ALREADY_SIGNED', detail, { offset })
}

/** Usage rights are a signature of the reader's maker about its own functions (ISO 32000-2, 12.8.2.3), and nobody's will. */
function rightsOf(trailer: PdfDict, resolve: Resolve): ReadonlySet<number> {
  const catalog = resolve(trailer.get('Root'))
  const permissions = isDict(catalog) ? resolve(catalog.get('Perms')) : null
  const rights = isDict(permissions) ? [permissions.get('UR'), permissions.get('UR3')] : []
  return new Set(rights.filter(isRef).map(({ number }) => number))
}

/** A signature dictionary, or a field with one, in this object or anywhere directly inside it. */
function holdsSignature(value: PdfObject, resolve: Resolve): boolean {
  const open: PdfObject[] = [value]
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (isArray(item)) for (const one of item) open.push(one)
    if (!isDict(item)) continue
    const type = nameOf(item.get('Type'))
    if (item.has('ByteRange') || ((type === 'Sig' || type === 'DocTimeStamp') && item.has('Contents'))) return true
    if (nameOf(item.get('FT')) === 'Sig' && resolve(item.get('V')) !== null) return true
    for (const [key, one] of item) if (key !== 'UR' && key !== 'UR3') open.push(one)
  }
  return false
}
