// The objects of a PDF file (ISO 32000-2, 7.3) as plain values, read ones and new ones in one model.

export type PdfName = { readonly kind: 'name'; readonly name: string }
export type PdfString = { readonly kind: 'string'; readonly bytes: Uint8Array }
export type PdfRef = { readonly kind: 'ref'; readonly number: number; readonly generation: number }
/** Refers to an object of the same bundle of new objects, which gets its real number when it is appended. */
export type LocalRef = { readonly kind: 'local'; readonly number: number }
export type PdfArray = readonly PdfObject[]
/** Keys without the slash, one character per byte. */
export type PdfDict = ReadonlyMap<string, PdfObject>
/** A stream of a file that was read: its (still encoded) data lie at [start, start + length) of the file. */
export type PdfStream = {
  readonly kind: 'stream'
  readonly dict: PdfDict
  readonly start: number
  readonly length: number
}
/** A stream to be written; `data` is encoded as `dict` says, and /Length is added. */
export type NewStream = { readonly kind: 'new-stream'; readonly dict: PdfDict; readonly data: Uint8Array }

export type PdfObject =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | LocalRef
  | PdfArray
  | PdfDict
  | PdfStream
  | NewStream

export const name = (value: string): PdfName => ({ kind: 'name', name: value })
export const ref = (number: number, generation = 0): PdfRef => ({ kind: 'ref', number, generation })
export const localRef = (number: number): LocalRef => ({ kind: 'local', number })
export const byteString = (bytes: Uint8Array): PdfString => ({ kind: 'string', bytes })
export const newStream = (dict: PdfDict, data: Uint8Array): NewStream => ({ kind: 'new-stream', dict, data })

/** Members that are undefined are left out. */
export function dict(entries: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
  const map = new Map<string, PdfObject>()
  for (const [key, value] of Object.entries(entries)) if (value !== undefined) map.set(key, value)
  return map
}

/** A copy of `original` with `changes` on top; a change to undefined removes the key. */
export function withEntries(original: PdfDict, changes: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
  const map = new Map(original)
  for (const [key, value] of Object.entries(changes)) {
    if (value === undefined) map.delete(key)
    else map.set(key, value)
  }
  return map
}

/** A text string (ISO 32000-2, 7.9.2.2): PDFDocEncoding where that equals ASCII, else UTF-16BE with a byte order mark. */
export function textString(text: string): PdfString {
  if (/^[\t\n\r\x20-\x7e]*$/.test(text)) return byteString(Buffer.from(text, 'latin1'))
  return byteString(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]))
}

/** The text of a text string; PDFDocEncoding is read as Latin-1, which differs only in rare signs. */
export function textOf(value: PdfString): string {
  const bytes = Buffer.from(value.bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le')
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString('utf8')
  return bytes.toString('latin1')
}

/** A date in UTC (ISO 32000-2, 7.9.4), to the second, as the text of a string. */
export function dateText(time: Date): string {
  const iso = time.toISOString()
  const day = `${iso.slice(0, 4)}${iso.slice(5, 7)}${iso.slice(8, 10)}`
  return `D:${day}${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`
}

const dateForm =
  /^(?:D:|(?=\d{8}))(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:[.,]\d{1,9})?(?:Z(?:00'?(?:00'?)?)?|([+-])(\d\d)'?(?:(\d\d)'?)?)?$/i

/** Whether a date string says its zone (ISO 32000-2, 7.9.4: else its relation to UTC is not known). */
export const saysZone = (value: PdfString): boolean => /(?:Z|[+-]\d\d).*$/i.test(textOf(value).trim().slice(2))

/** The time of a date string, or undefined when it is none; a date without zone is taken as UTC. A date is a text string, UTF-16 too. */
export function timeOf(value: PdfString): Date | undefined {
  const match = dateForm.exec(textOf(value).replace(/\0+$/, '').trim())
  if (match === null) return undefined
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    sign,
    hours = '0',
    minutes = '0',
  ] = match
  const utc = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (Number.isNaN(utc)) return undefined
  const shift = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * 60_000
  return new Date(sign === '-' ? utc + shift : utc - shift)
}

const tagged = (
  value: PdfObject | undefined,
): value is Exclude<PdfObject, null | boolean | number | PdfArray | PdfDict> =>
  typeof value === 'object' && value !== null && 'kind' in value

export const isDict = (value: PdfObject | undefined): value is PdfDict => value instanceof Map
export const isArray = (value: PdfObject | undefined): value is PdfArray => Array.isArray(value)
export const isName = (value: PdfObject | undefined): value is PdfName => tagged(value) && value.kind === 'name'
export const isString = (value: PdfObject | undefined): value is PdfString => tagged(value) && value.kind === 'string'
export const isRef = (value: PdfObject | undefined): value is PdfRef => tagged(value) && value.kind === 'ref'
export const isStream = (value: PdfObject | undefined): value is PdfStream => tagged(value) && value.kind === 'stream'
export const isNewStream = (value: PdfObject | undefined): value is NewStream =>
  tagged(value) && value.kind === 'new-stream'
/** The name as a string, or undefined when the value is no name. */
export const nameOf = (value: PdfObject | undefined): string | undefined => (isName(value) ? value.name : undefined)
