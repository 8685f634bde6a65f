// What is known about an opened PDF file: its sections, its newest cross-reference, and its objects on demand.

import type { ByteSource } from './byte-source.ts'
import type { PdfDict, PdfObject, PdfRef } from './object.ts'

/** Bounds on what a file may ask of us; exceeding one is TOO_COMPLEX. */
export type Limits = {
  /** Highest object number; ISO 32000-1 Annex C and PDF/A know no larger one. */
  readonly objects: number
  /** Nesting of arrays and dictionaries. */
  readonly depth: number
  /** Values inside one indirect object. */
  readonly values: number
  /** Bytes of one indirect object, without stream data. */
  readonly objectBytes: number
  /** Bytes that one stream may inflate to (cross-reference, object and DSS streams). */
  readonly inflatedBytes: number
  /** Cross-reference sections, that is revisions. */
  readonly sections: number
  /** Entries of all cross-reference sections together. */
  readonly entries: number
  /** Bytes that may be parsed to answer all questions about one file, beside sixteen times its size: each counts again when read again. */
  readonly work: number
  /** Levels of the form's field tree and of number trees; the page tree may have any number. */
  readonly treeDepth: number
}

export const defaultLimits: Limits = {
  objects: 8_388_607,
  depth: 100,
  values: 1_000_000,
  objectBytes: 16 << 20,
  inflatedBytes: 64 << 20,
  sections: 1000,
  entries: 2 * 8_388_607,
  work: 256 << 20,
  treeDepth: 200,
}

export type XrefKind = 'table' | 'stream' | 'hybrid'

/** Where one object lies, as a cross-reference says it. */
export type XrefEntry =
  | { readonly type: 'free'; readonly generation: number }
  | { readonly type: 'offset'; readonly offset: number; readonly generation: number }
  | { readonly type: 'compressed'; readonly container: number; readonly index: number }

/** One cross-reference section with its trailer (ISO 32000-2, 7.5.4 to 7.5.8). */
export type XrefSection = {
  readonly kind: XrefKind
  /** Byte offset in the file of the word `xref` or of the stream's object. */
  readonly offset: number
  /** Byte after the section and its trailer. */
  readonly end: number
  readonly trailer: PdfDict
  readonly entries: XrefEntries
  /** Number of the stream's own object (kind stream), or of the /XRefStm (kind hybrid). */
  readonly streamObject?: number
  /** Where /XRefStm lies (kind hybrid). */
  readonly streamOffset?: number
  /** Dictionary of /XRefStm (kind hybrid). */
  readonly hiddenTrailer?: PdfDict
}

/** Entries in typed arrays: a million of them cost 11 MB. */
export type XrefEntries = {
  readonly count: number
  /** The largest number; −1 when there is none. */
  readonly highest: number
  get(number: number): XrefEntry | undefined
  /** Every entry once, in order of object number. */
  each(visit: (number: number, entry: XrefEntry) => void): void
}

export type PdfFile = {
  readonly source: ByteSource
  readonly limits: Limits
  /** Bytes before `%PDF-`. */
  readonly headerOffset: number
  /** What is added to every offset written in the file: `headerOffset` when they count from `%PDF-`, else 0. */
  readonly offsetBase: number
  /** The later of header and catalog /Version, such as `1.7`. */
  readonly version: string
  /** As written in the last `startxref`, without `offsetBase`. */
  readonly startxref: number
  /** Newest first, in the order in which /XRefStm and /Prev lead to them. */
  readonly sections: readonly XrefSection[]
  /** All sections together, the newest on top. */
  readonly xref: XrefEntries
  readonly xrefKind: XrefKind
  readonly trailer: PdfDict
  readonly encrypted: boolean
  readonly linearized: boolean
  /** The object that a reference leads to; null when there is none (ISO 32000-2, 7.3.10). */
  get(reference: PdfRef): PdfObject
  /** The value itself, or what it refers to. */
  resolve(value: PdfObject | undefined): PdfObject
  /**
   * Every object once, as it lies in the file and with its offset (of the object stream, for objects in one).
   * MALFORMED_PDF where objects overlap.
   */
  each(visit: (reference: PdfRef, value: PdfObject, offset: number) => void): void
  /** Decoded data of a stream (Flate with predictors, ASCIIHex, ASCII85; at most `limits.inflatedBytes`). */
  decode(value: PdfObject): Uint8Array
}

/** Where the object that a reference names lies: its own byte offset, or that of the object stream that holds it. */
export function placeOf(file: Pick<PdfFile, 'xref'>, value: PdfObject | undefined): number | undefined {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'ref') return undefined
  const entry = file.xref.get(value.number)
  const holder = entry?.type === 'compressed' ? file.xref.get(entry.container) : entry
  return holder?.type === 'offset' ? holder.offset : undefined
}

/** The same, or else where the catalog lies or its cross-reference: something to look at there is always. */
export const placeNear = (file: PdfFile, value?: PdfObject): number =>
  placeOf(file, value) ?? placeOf(file, file.trailer.get('Root')) ?? file.startxref
