// Opens a PDF file: header, last `startxref`, all sections; objects are read when they are asked for. Nothing is repaired.

import { SeglError } from '../../errors.ts'
import { type ByteSource, prefixSource } from './byte-source.ts'
import { defaultLimits, type Limits, type PdfFile, type XrefSection } from './file.ts'
import { malformed, skipSpace, takeKeyword } from './lexer.ts'
import { isDict, isRef, nameOf } from './object.ts'
import { objectReader } from './object-reader.ts'
import { readIndirectObject } from './parser.ts'
import { parseAt, type Window, windowOn } from './window.ts'
import { readSections, takeStartxref } from './xref.ts'
import { mergeEntries } from './xref-entries.ts'

/** PDF readers look for the header in the first 1024 bytes (ISO 32000-2, 7.5.2, and Annex I of part 1). */
const headerWithin = 1024
/** How far from the end `startxref` is looked for; more than this after it is no PDF any more. */
const startxrefWithin = 64 << 10

/**
 * Opens the file. Throws NOT_A_PDF, TRUNCATED, MALFORMED_PDF or TOO_COMPLEX (each with a byte offset) when it cannot be read
 * as it stands. An encrypted file opens, with `encrypted` set and its strings and streams unreadable.
 */
export function openPdf(source: ByteSource, limits: Limits = defaultLimits): PdfFile {
  const window = windowOn(source)
  const header = readHeader(source)
  const startxref = readStartxref(window)
  const offsetBase = findOffsetBase(window, startxref, header.offset, limits)
  if (startxref + offsetBase >= source.size)
    throw malformed('The cross-reference lies after the end of the file', source.size)
  const sections = readSections({ window, limits, offsetBase }, startxref)
  return fileOf({
    source,
    limits,
    header,
    offsetBase,
    startxref,
    sections,
    linearized: isLinearized(window, header.offset, limits),
  })
}

type Parts = {
  readonly source: ByteSource
  readonly limits: Limits
  readonly header: { readonly offset: number; readonly version: string }
  readonly offsetBase: number
  readonly startxref: number
  readonly sections: readonly XrefSection[]
  readonly linearized: boolean
}

function fileOf(parts: Parts): PdfFile {
  const { source, limits, header, offsetBase, startxref, sections, linearized } = parts
  const newest = sections[0]
  if (newest === undefined) throw malformed('The PDF has no cross-reference section', 0)
  const xref = mergeEntries(sections.map((section) => section.entries))
  const reader = objectReader(source, xref, limits)
  const root = newest.trailer.get('Root')
  if (!isRef(root)) throw malformed('The trailer does not name a catalog', newest.offset)
  const encrypted = sections.some((section) => section.trailer.has('Encrypt'))
  return {
    source,
    limits,
    headerOffset: header.offset,
    offsetBase,
    version: encrypted
      ? header.version
      : laterVersion(header.version, nameOf(catalogEntry(reader.get(root), 'Version'))),
    startxref,
    sections,
    xref,
    xrefKind: sections.some((section) => section.kind === 'hybrid') ? 'hybrid' : newest.kind,
    trailer: newest.trailer,
    encrypted,
    linearized,
    ...reader,
  }
}

const catalogEntry = (catalog: ReturnType<PdfFile['get']>, key: string) =>
  isDict(catalog) ? catalog.get(key) : undefined

/** The same file as it stood when `sections` (the older end of the list) was all there was; `end` is its size then. */
export function earlierFile(file: PdfFile, sections: readonly XrefSection[], end: number): PdfFile {
  const newest = sections[0]
  const header = readHeader(file.source)
  return fileOf({
    source: prefixSource(file.source, end),
    limits: file.limits,
    header,
    offsetBase: file.offsetBase,
    startxref: (newest?.offset ?? 0) - file.offsetBase,
    sections,
    linearized: file.linearized,
  })
}

const laterVersion = (header: string, catalog: string | undefined): string =>
  catalog !== undefined && /^\d\.\d$/.test(catalog) && catalog > header ? catalog : header

function readHeader(source: ByteSource): { offset: number; version: string } {
  const start = Buffer.from(source.read(0, headerWithin + 16)).toString('latin1')
  const match = /%PDF-(\d\.\d)/.exec(start)
  if (match?.[1] === undefined || match.index > headerWithin) {
    throw new SeglError('NOT_A_PDF', 'The file does not begin as a PDF. Upload a PDF document.', { offset: 0 })
  }
  return { offset: match.index, version: match[1] }
}

function readStartxref(window: Window): number {
  const { source } = window
  const from = Math.max(0, source.size - startxrefWithin)
  const tail = Buffer.from(source.read(from, source.size - from))
  const at = tail.lastIndexOf('startxref')
  const found =
    at < 0 ? undefined : parseAt(window, from + at, startxrefWithin, (input) => takeStartxref(input)?.startxref)
  if (found === undefined) {
    throw new SeglError('TRUNCATED', `The PDF is cut off: its end is missing (byte ${source.size}). Upload it again.`, {
      offset: source.size,
    })
  }
  return found
}

/** Offsets count from `%PDF-` or, in files that something was put in front of, from the first byte: see which one holds. */
function findOffsetBase(window: Window, startxref: number, headerOffset: number, limits: Limits): number {
  if (headerOffset === 0 || beginsSection(window, startxref, limits)) return 0
  return headerOffset
}

function beginsSection(window: Window, offset: number, limits: Limits): boolean {
  if (offset >= window.source.size) return false
  try {
    return parseAt(window, offset, limits.objectBytes, (input) => {
      skipSpace(input)
      if (takeKeyword(input, 'xref')) return true
      const { value } = readIndirectObject(input, { limits })
      return isDict(value) && nameOf(value.get('Type')) === 'XRef'
    })
  } catch (error) {
    if (error instanceof SeglError) return false
    throw error
  }
}

function isLinearized(window: Window, headerOffset: number, limits: Limits): boolean {
  try {
    return parseAt(window, headerOffset, 4096, (input) => {
      skipSpace(input)
      const { value } = readIndirectObject(input, { limits })
      return isDict(value) && value.has('Linearized')
    })
  } catch (error) {
    if (error instanceof SeglError) return false
    throw error
  }
}

/** Offset after the line end of the `%%EOF` that belongs to the section ending at `sectionEnd`; undefined when there is none. */
export function revisionEnd(
  file: PdfFile,
  sectionEnd: number,
): { startxref: number; eof: number; end: number } | undefined {
  return parseAt(windowOn(file.source), sectionEnd, 4096, takeStartxref)
}

/** Whether bytes that look like the beginning of an object stand after `end`: an update that was cut off, or smuggled in. */
export function objectsAfter(file: PdfFile, end: number): number | undefined {
  const rest = Buffer.from(file.source.read(end, startxrefWithin)).toString('latin1')
  const match = /(?:^|[\s>])\d+\s+\d+\s+obj\b/.exec(rest)
  return match === null ? undefined : end + match.index
}
