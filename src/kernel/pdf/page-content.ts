// The content streams of a page (ISO 32000-2, 7.7.3.3), and whether every reader makes the same of them.

import { constants, inflateRawSync, inflateSync } from 'node:zlib'
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

/** What decoding may still cost, in bytes that come out. */
export type DecodingBudget = { bytes: number }

export type DecodedContent = {
  /** One character per byte; undefined when it was not decoded. */
  readonly text: string | undefined
  readonly fault: ContentFault | undefined
}

const largestContent = 16 << 20
const flate = new Set(['FlateDecode', 'Fl'])
/** Filters whose result can be content; abbreviations belong to inline images, and every reader that was asked takes them here too. */
const contentFilters = new Set(
  'FlateDecode LZWDecode ASCIIHexDecode ASCII85Decode RunLengthDecode Crypt Fl LZW AHx A85 RL'.split(' '),
)
/** Table 6, and the abbreviations of table 92. */
const imageFilters = new Set('CCITTFaxDecode JBIG2Decode DCTDecode JPXDecode CCF DCT'.split(' '))

/** Whether a stream has a filter that nobody knows; `content`: a stream whose data are operators. */
export function unknownFilter(file: PdfFile, dict: PdfStream['dict'], content: boolean): boolean {
  return filtersOf(file, dict).some(
    (filter) => filter === undefined || !(contentFilters.has(filter) || (!content && imageFilters.has(filter))),
  )
}

function filtersOf(file: PdfFile, dict: PdfStream['dict']): (string | undefined)[] {
  const value = file.resolve(dict.get('Filter'))
  if (value === null) return []
  return (isArray(value) ? value : [value]).map((item) => nameOf(file.resolve(item)))
}

/** The operators of a content stream or form XObject, as much of them as readers see. */
export function decodeContent(file: PdfFile, stream: PdfStream, budget: DecodingBudget): DecodedContent {
  const fault = (kind: ContentFault['kind'], agreed: boolean): DecodedContent => ({
    text: agreed ? '' : undefined,
    fault: { kind, agreed, offset: stream.start },
  })
  if (unknownFilter(file, stream.dict, true)) return fault('unknown-filter', false)
  if (stream.length === 0) return { text: '', fault: undefined }
  if (stream.length > largestContent || budget.bytes < 0) return { text: undefined, fault: undefined }
  const filters = filtersOf(file, stream.dict)
  const predicted = file.resolve(stream.dict.get('DecodeParms')) !== null
  const [only] = filters
  if (filters.length === 1 && only !== undefined && flate.has(only) && !predicted) {
    const limit = Math.min(largestContent, Math.max(budget.bytes, 1 << 16))
    const { data, ends } = inflateAsReadersDo(file.source.read(stream.start, stream.length), limit)
    budget.bytes -= data?.length ?? limit
    if (ends === 'no-header') return fault('undecodable', true)
    if (ends === 'damaged') return fault('damaged', false)
    const text = data === undefined ? undefined : Buffer.from(data).toString('latin1')
    return { text, fault: ends === 'cut' ? { kind: 'cut', agreed: true, offset: stream.start } : undefined }
  }
  try {
    const data = file.decode(stream)
    budget.bytes -= data.length
    return { text: Buffer.from(data).toString('latin1'), fault: undefined }
  } catch (error) {
    if (isSeglError(error, 'TOO_COMPLEX')) return { text: undefined, fault: undefined }
    // What readers make of damage in other filters was not asked, or the filter is one that is only read by them.
    if (isSeglError(error, 'MALFORMED_PDF')) return { text: undefined, fault: undefined }
    throw error
  }
}

type Inflated = {
  readonly data: Uint8Array | undefined
  readonly ends: 'well' | 'too-large' | 'no-header' | 'cut' | 'damaged'
}

/**
 * Readers pay no heed to a checksum that is wrong or missing, and show what comes before the end of a stream that was cut off; after
 * damage in the middle PDFium and poppler show what came before it, and mupdf nothing.
 */
function inflateAsReadersDo(data: Uint8Array, limit: number): Inflated {
  const options = { maxOutputLength: limit }
  try {
    return { data: inflateSync(data, options), ends: 'well' }
  } catch (error) {
    if (error instanceof RangeError) return { data: undefined, ends: 'too-large' }
  }
  const [method = 0, flags = 0] = data
  if ((method & 15) !== 8 || (method * 256 + flags) % 31 !== 0) return { data: undefined, ends: 'no-header' }
  const deflated = data.subarray(2)
  try {
    return { data: inflateRawSync(deflated, options), ends: 'well' }
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
