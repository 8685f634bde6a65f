// What pre-flight sees in single objects: scripts, actions, foreign content, fonts, layers, annotations.

import type { PdfFile } from './file.ts'
import {
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  nameOf,
  type PdfDict,
  type PdfObject,
  type PdfRef,
} from './object.ts'
import { unknownFilter } from './page-content.ts'

/** Things that count only when the catalog leads to them: an upload may carry remains of earlier revisions. */
export type Suspicion = 'JAVASCRIPT' | 'LAUNCH_ACTION' | 'EXTERNAL_CONTENT'

export type Observation =
  | 'UNEMBEDDED_FONTS'
  | 'HIDDEN_LAYERS'
  | 'OVERLAY_ANNOTATIONS'
  | 'MULTIMEDIA'
  | 'ACTIVE_CONTENT'
  | 'EMBEDDED_FILES'

/** What an object holds, as bits. */
export const holding = {
  JAVASCRIPT: 1,
  LAUNCH_ACTION: 2,
  EXTERNAL_CONTENT: 4,
  /** A signature dictionary. */
  SIGNATURE: 8,
  /** A reference to what the cross-reference does not hold: free, not listed, of another generation. */
  LEADS_NOWHERE: 16,
  /** A stream with a filter that nobody knows. */
  UNKNOWN_FILTER: 32,
  /** An annotation that is a form field. */
  WIDGET: 64,
} as const

export type Seen = {
  /** By object number: a file may have millions of objects, each of them suspicious. */
  readonly holdings: Uint8Array
  /** All bits that any object has. */
  any: number
  /** First offset of each. */
  readonly observations: Map<Observation, number>
  /** Whether a reference leads to an object. */
  readonly leads: (reference: PdfRef) => boolean
}

const activeActions = new Set([
  'SubmitForm',
  'ImportData',
  'ResetForm',
  'Hide',
  'SetOCGState',
  'Rendition',
  'GoToE',
  'RichMediaExecute',
  'GoTo3DView',
])
const media = new Set(['Screen', 'Movie', 'Sound', '3D', 'RichMedia'])
/** Annotations that are no mark over the page: all others are (ISO 32000-2, table 171, and whatever a reader draws of its own). */
const noOverlays = new Set(['Link', 'Popup', 'Widget', 'PrinterMark', 'TrapNet'])
/** Drawn by readers also where they have no appearance; of subtypes that nobody knows only the appearance is. */
const drawnByReaders = new Set(
  (
    'Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink FileAttachment ' +
    'Redact Watermark Sound Movie Screen 3D RichMedia Projection'
  ).split(' '),
)

/** Looks at every object of the file once, in the order of the file, and shows each to `also`. */
export function inspectObjects(file: PdfFile, also: (value: PdfObject) => void): Seen {
  const seen = { observations: new Map(), any: 0, ...inUse(file) }
  file.each((reference, value, offset) => {
    inspectValue({ file, seen }, value, reference, offset)
    also(value)
  })
  return seen
}

type Inspection = { readonly file: PdfFile; readonly seen: Seen }

/** Prepared for every reference in the file: entries of the cross-reference are values made on demand. */
function inUse(file: PdfFile): Pick<Seen, 'holdings' | 'leads'> {
  const generations = new Map<number, number>()
  const highest = Math.max(0, file.xref.highest)
  const used = new Uint8Array(highest + 1)
  file.xref.each((number, entry) => {
    if (entry.type === 'free') return
    used[number] = 1
    if (entry.type === 'offset' && entry.generation !== 0) generations.set(number, entry.generation)
  })
  return {
    holdings: new Uint8Array(highest + 1),
    leads: ({ number, generation }) => used[number] === 1 && generation === (generations.get(number) ?? 0),
  }
}

function inspectValue(inspection: Inspection, value: PdfObject, owner: PdfRef, offset: number): void {
  if (typeof value !== 'object' || value === null) return
  if (isRef(value)) {
    if (!inspection.seen.leads(value)) hold(inspection.seen, owner, holding.LEADS_NOWHERE)
  } else if (isArray(value)) for (const item of value) inspectValue(inspection, item, owner, offset)
  else if (isDict(value)) {
    inspectDict(inspection, value, owner, offset, false)
    for (const item of value.values()) inspectValue(inspection, item, owner, offset)
  } else if (isStream(value)) {
    inspectDict(inspection, value.dict, owner, offset, true)
    for (const item of value.dict.values()) inspectValue(inspection, item, owner, offset)
  }
}

function hold(seen: Seen, { number }: PdfRef, bit: number): void {
  seen.holdings[number] = (seen.holdings[number] ?? 0) | bit
  seen.any |= bit
}

/** A name may be an object of its own. */
function named(file: PdfFile, dict: PdfDict, key: string): string | undefined {
  const value = dict.get(key)
  return isName(value) ? value.name : isRef(value) ? nameOf(file.resolve(value)) : undefined
}

function inspectDict({ file, seen }: Inspection, dict: PdfDict, owner: PdfRef, offset: number, stream: boolean): void {
  const subtype = named(file, dict, 'Subtype')
  const type = named(file, dict, 'Type')
  if (dict.has('S')) inspectAction(file, dict, owner, offset, seen, type)
  if (stream) inspectStream(file, dict, owner, seen, subtype)
  if (isSignature(dict, type)) hold(seen, owner, holding.SIGNATURE)
  if (type === 'OCG') observe(seen, 'HIDDEN_LAYERS', offset)
  if (type === 'Filespec' && dict.has('EF')) observe(seen, 'EMBEDDED_FILES', offset)
  if (subtype !== undefined && dict.has('Rect')) {
    if (media.has(subtype)) observe(seen, 'MULTIMEDIA', offset)
    if (isOverlay(dict, subtype, type)) observe(seen, 'OVERLAY_ANNOTATIONS', offset)
    if (subtype === 'FileAttachment') observe(seen, 'EMBEDDED_FILES', offset)
  }
  if (subtype === 'Widget') hold(seen, owner, holding.WIDGET)
  if (type === 'Font' && subtype !== 'Type3' && subtype !== 'Type0' && !isEmbedded(file, dict))
    observe(seen, 'UNEMBEDDED_FONTS', offset)
}

function observe({ observations }: Seen, code: Observation, offset: number): void {
  if (!observations.has(code)) observations.set(code, offset)
}

function inspectAction(
  file: PdfFile,
  dict: PdfDict,
  owner: PdfRef,
  offset: number,
  seen: Seen,
  type: string | undefined,
): void {
  const action = named(file, dict, 'S')
  if (action === undefined) return
  if (action === 'JavaScript' || dict.has('JS')) hold(seen, owner, holding.JAVASCRIPT)
  if (action === 'Launch') hold(seen, owner, holding.LAUNCH_ACTION)
  if (activeActions.has(action) && (type === 'Action' || type === undefined) && !dict.has('K'))
    observe(seen, 'ACTIVE_CONTENT', offset)
}

function inspectStream(file: PdfFile, dict: PdfDict, owner: PdfRef, seen: Seen, subtype: string | undefined): void {
  // Stream data in another file (7.3.8.2), reference XObjects (8.10.4), and proxies of an open prepress interface (14.11.7).
  if (dict.has('F') || dict.has('OPI') || (subtype === 'Form' && dict.has('Ref')))
    hold(seen, owner, holding.EXTERNAL_CONTENT)
  if (dict.has('Filter') && unknownFilter(file, dict, false)) hold(seen, owner, holding.UNKNOWN_FILTER)
}

/** A markup annotation or anything else that is drawn over the content of a page; a link is that only by an appearance. */
const isOverlay = (dict: PdfDict, subtype: string, type: string | undefined): boolean =>
  (type === undefined || type === 'Annot') &&
  (drawnByReaders.has(subtype) || (dict.has('AP') && (subtype === 'Link' || !noOverlays.has(subtype))))

/** ISO 32000-2, table 255; readers find signatures also where /Type is missing. */
const isSignature = (dict: PdfDict, type: string | undefined): boolean =>
  dict.has('Contents') && (dict.has('ByteRange') || dict.has('SubFilter') || type === 'Sig' || type === 'DocTimeStamp')

function isEmbedded(file: PdfFile, font: PdfDict): boolean {
  const descriptor = file.resolve(font.get('FontDescriptor'))
  return isDict(descriptor) && ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.has(key))
}

/** Objects in which to look while walking: with any of the bits `wanted`, each once. `lost`: also where references lead nowhere. */
export type Walk = {
  readonly wanted: number
  readonly found: (number: number, bits: number) => void
  readonly lost?: (reference: PdfRef, owner: number) => void
  /** A key whose values are not followed. */
  readonly without?: string
}

/** Goes wherever these values lead (the catalog, if none are given), without recursion. */
export function walk(
  file: PdfFile,
  { holdings, leads }: Seen,
  { wanted, found, lost, without }: Walk,
  from: Iterable<PdfObject> = [file.trailer.get('Root') ?? null],
): void {
  const visited = new Uint8Array(holdings.length)
  const open: PdfObject[] = []
  const owners: number[] = []
  let owner = 0
  const put = (item: PdfObject): void => {
    open.push(item)
    owners.push(owner)
  }
  for (const start of from) {
    owner = 0
    put(start)
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      owner = owners.pop() ?? 0
      if (isRef(value)) {
        if (!leads(value)) lost?.(value, owner)
        else if (visited[value.number] === 0) {
          visited[value.number] = 1
          owner = value.number
          const bits = (holdings[owner] ?? 0) & wanted
          if (bits !== 0) found(owner, bits)
          put(file.get(value))
        }
      } else if (isArray(value)) for (const item of value) put(item)
      else if (isDict(value) || isStream(value)) {
        for (const [key, item] of isDict(value) ? value : value.dict) if (key !== without) put(item)
      }
    }
  }
}
