// The content streams of a page (ISO 32000-2, 7.7.3.3), and whether every reader makes the same of them.

import { constants, inflateRawSync } from 'node:zlib'
import { isSeglError } from '../../errors.ts'
import { type PdfFile, placeOf } from './file.ts'
import { isArray, isDict, isRef, isStream, nameOf, type PdfObject, type PdfStream } from './object.ts'
import type { Page } from './page-tree.ts'

/** Why readers may show different pages; `agreed`: those that were asked show the same nevertheless. */
export type ContentFault = {
  readonly kind: 'nested' | 'no-stream' | 'unknown-filter' | 'damaged' | 'cut' | 'undecodable'
  readonly agreed: boolean
  readonly offset: number | undefined
}

export type PageStreams = { readonly streams: readonly PdfStream[]; readonly fault: ContentFault | undefined }

/**
 * Measured: of an array that holds anything but streams, poppler draws nothing at all, PDFium and mupdf the streams in it, but not those
 * of an array within it.
 */
export function contentStreams(file: PdfFile, page: Page): PageStreams {
  const written = page.dict.get('Contents')
  const value = file.resolve(written)
  if (isStream(value)) return { streams: [value], fault: undefined }
  if (!isArray(value)) return { streams: [], fault: undefined }
  const streams: PdfStream[] = []
  let fault: ContentFault | undefined
  for (const item of value) {
    // A reference that leads to a reference is followed by none of them.
    const part = isRef(item) ? file.get(item) : item
    if (isStream(part)) {
      streams.push(part)
      continue
    }
    const offset = placeOf(file, item) ?? placeOf(file, written) ?? placeOf(file, page.ref)
    fault ??= { kind: isArray(file.resolve(item)) ? 'nested' : 'no-stream', agreed: false, offset }
  }
  return { streams, fault }
}

export type DecodedContent = {
  /** One character per byte; undefined when it was not decoded. */
  readonly text: string | undefined
  /** Whether `text` is all of it. */
  readonly whole: boolean
  readonly fault: ContentFault | undefined
}

/** Of streams that are not decoded to their end, so much is. */
const beginning = 256
const largestDecoded = 4 << 20

/** Filters whose result can be content; abbreviations belong to inline images, and every reader that was asked takes them here too. */
const contentFilters = new Set(
  'FlateDecode LZWDecode ASCIIHexDecode ASCII85Decode RunLengthDecode Crypt Fl LZW AHx A85 RL'.split(' '),
)
/** Table 6, and the abbreviations of table 92. */
const imageFilters = new Set('CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode CCF DCT'.split(' '))

/** Whether a stream has a filter that nobody knows; `content`: a stream whose data are operators. */
export function unknownFilter(file: PdfFile, dict: PdfStream['dict'], content: boolean): boolean {
  const known = (value: PdfObject): boolean => {
    const filter = nameOf(file.resolve(value))
    return filter !== undefined && (contentFilters.has(filter) || (!content && imageFilters.has(filter)))
  }
  const value = file.resolve(dict.get('Filter'))
  return !(value === null || (isArray(value) ? value.every(known) : known(value)))
}

function soleFilter(file: PdfFile, dict: PdfStream['dict']): string | undefined {
  const value = file.resolve(dict.get('Filter'))
  const [first, second] = isArray(value) ? value : [value]
  return second === undefined && file.resolve(dict.get('DecodeParms')) === null
    ? nameOf(file.resolve(first))
    : undefined
}

/** The operators of a content stream or form XObject, as much of them as readers see: all of them, or those at its beginning. */
export function decodeContent(file: PdfFile, stream: PdfStream, all: boolean): DecodedContent {
  const fault = (kind: ContentFault['kind'], agreed: boolean): DecodedContent => ({
    text: agreed ? '' : undefined,
    whole: true,
    fault: { kind, agreed, offset: stream.start },
  })
  if (unknownFilter(file, stream.dict, true)) return fault('unknown-filter', false)
  if (stream.length === 0) return { text: '', whole: true, fault: undefined }
  if (stream.length > largestDecoded) return { text: undefined, whole: false, fault: undefined }
  const filter = soleFilter(file, stream.dict)
  const whole = all || stream.length <= beginning
  if (filter === 'FlateDecode' || filter === 'Fl') {
    const { data, ends } = inflateAsReadersDo(file.source.read(stream.start, whole ? stream.length : beginning), !whole)
    if (ends === 'no-header') return fault('undecodable', true)
    if (ends === 'damaged') return fault('damaged', false)
    const cut: ContentFault = { kind: 'cut', agreed: true, offset: stream.start }
    return { text: data?.toString('latin1'), whole, fault: whole && ends === 'cut' ? cut : undefined }
  }
  if (!stream.dict.has('Filter')) {
    const data = file.source.read(stream.start, whole ? stream.length : beginning)
    return { text: Buffer.from(data).toString('latin1'), whole, fault: undefined }
  }
  try {
    return { text: Buffer.from(file.decode(stream)).toString('latin1'), whole: true, fault: undefined }
  } catch (error) {
    // What readers make of damage in other filters was not asked.
    if (isSeglError(error, 'TOO_COMPLEX', 'MALFORMED_PDF')) return { text: undefined, whole: false, fault: undefined }
    throw error
  }
}

type Inflated = {
  readonly data: Buffer | undefined
  readonly ends: 'well' | 'too-large' | 'no-header' | 'cut' | 'damaged'
}

/**
 * Readers pay no heed to a checksum that is wrong or missing, and show what comes before the end of a stream that was cut off; after
 * damage in the middle PDFium and poppler show what came before it, and mupdf nothing.
 */
function inflateAsReadersDo(data: Uint8Array, part: boolean): Inflated {
  const [method = 0, flags = 0] = data
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0) return { data: undefined, ends: 'no-header' }
  const deflated = data.subarray(2)
  const options = { maxOutputLength: largestDecoded, ...(part && { chunkSize: 4 * beginning }) }
  try {
    // The beginning of a stream ends nowhere.
    if (!part) return { data: inflateRawSync(deflated, options), ends: 'well' }
  } catch (error) {
    if (error instanceof RangeError) return { data: undefined, ends: 'too-large' }
  }
  try {
    return { data: inflateRawSync(deflated, { ...options, finishFlush: constants.Z_SYNC_FLUSH }), ends: 'cut' }
  } catch (error) {
    return { data: undefined, ends: error instanceof RangeError ? 'too-large' : 'damaged' }
  }
}

/** Every value that what the page shows is made of: contents, resources and appearances of annotations, not pages or actions. */
export function drawnValues(file: PdfFile, page: Page): PdfObject[] {
  const annotations = file.resolve(page.dict.get('Annots'))
  const appearances = (isArray(annotations) ? annotations : []).flatMap((item) => {
    const annotation = file.resolve(item)
    return isDict(annotation) ? [annotation.get('AP') ?? null] : annotation === null ? [item] : []
  })
  return [page.dict.get('Contents') ?? null, page.effective.get('Resources') ?? null, ...appearances]
}
