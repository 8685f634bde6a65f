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

/** Things that count only when the catalog leads to them: an upload may carry remains of earlier revisions. */
export type Suspicion = 'JAVASCRIPT' | 'LAUNCH_ACTION' | 'EXTERNAL_CONTENT'

export type Observation =
  | 'UNEMBEDDED_FONTS'
  | 'HIDDEN_LAYERS'
  | 'OVERLAY_ANNOTATIONS'
  | 'MULTIMEDIA'
  | 'ACTIVE_CONTENT'
  | 'EMBEDDED_FILES'

export type Seen = {
  readonly suspicions: { readonly code: Suspicion; readonly number: number; readonly offset: number }[]
  /** First offset of each. */
  readonly observations: Map<Observation, number>
}

const mostSuspicions = 10_000
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
const overlays = new Set([
  'Stamp',
  'FreeText',
  'Square',
  'Circle',
  'Line',
  'Polygon',
  'PolyLine',
  'Ink',
  'Redact',
  'Highlight',
  'Watermark',
  'Projection',
])

/** Looks at every object of the file once, in the order of the file. */
export function inspectObjects(file: PdfFile): Seen {
  const seen: Seen = { suspicions: [], observations: new Map() }
  file.each((reference, value, offset) => inspectValue(file, value, reference, offset, seen))
  return seen
}

function inspectValue(file: PdfFile, value: PdfObject, owner: PdfRef, offset: number, seen: Seen): void {
  if (isArray(value)) for (const item of value) inspectValue(file, item, owner, offset, seen)
  else if (isDict(value)) {
    inspectDict(file, value, owner, offset, seen, false)
    for (const item of value.values()) inspectValue(file, item, owner, offset, seen)
  } else if (isStream(value)) {
    inspectDict(file, value.dict, owner, offset, seen, true)
    for (const item of value.dict.values()) inspectValue(file, item, owner, offset, seen)
  }
}

function inspectDict(file: PdfFile, dict: PdfDict, owner: PdfRef, offset: number, seen: Seen, stream: boolean): void {
  const suspect = (code: Suspicion): void => {
    if (seen.suspicions.length < mostSuspicions) seen.suspicions.push({ code, number: owner.number, offset })
  }
  const observe = (code: Observation): void => {
    if (!seen.observations.has(code)) seen.observations.set(code, offset)
  }
  // A name may be an object of its own.
  const named = (key: string): string | undefined => {
    const value = dict.get(key)
    return isName(value) ? value.name : isRef(value) ? nameOf(file.resolve(value)) : undefined
  }
  const action = named('S')
  const subtype = named('Subtype')
  const type = named('Type')
  if (action === 'JavaScript' || (action !== undefined && dict.has('JS'))) suspect('JAVASCRIPT')
  if (action === 'Launch') suspect('LAUNCH_ACTION')
  // Stream data in another file (7.3.8.2), and reference XObjects (8.10.4).
  if (stream && (dict.has('F') || (subtype === 'Form' && dict.has('Ref')))) suspect('EXTERNAL_CONTENT')
  if (
    action !== undefined &&
    activeActions.has(action) &&
    (type === 'Action' || type === undefined) &&
    !dict.has('K')
  ) {
    if (action !== 'Trans') observe('ACTIVE_CONTENT')
  }
  if (type === 'OCG') observe('HIDDEN_LAYERS')
  if (type === 'Filespec' && dict.has('EF')) observe('EMBEDDED_FILES')
  if (dict.has('Rect') && subtype !== undefined) {
    if (media.has(subtype)) observe('MULTIMEDIA')
    if (overlays.has(subtype)) observe('OVERLAY_ANNOTATIONS')
    if (subtype === 'FileAttachment') observe('EMBEDDED_FILES')
  }
  if (type === 'Font' && subtype !== 'Type3' && subtype !== 'Type0' && !isEmbedded(file, dict))
    observe('UNEMBEDDED_FONTS')
}

function isEmbedded(file: PdfFile, font: PdfDict): boolean {
  const descriptor = file.resolve(font.get('FontDescriptor'))
  return isDict(descriptor) && ['FontFile', 'FontFile2', 'FontFile3'].some((key) => descriptor.has(key))
}

/** Which of `wanted` (object numbers) the catalog leads to. Walks the whole file once, without recursion. */
export function reachable(file: PdfFile, wanted: ReadonlySet<number>): Set<number> {
  const found = new Set<number>()
  const visited = new Set<number>()
  const open: PdfObject[] = [file.trailer.get('Root') ?? null]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isRef(value)) {
      if (visited.has(value.number)) continue
      visited.add(value.number)
      if (wanted.has(value.number)) found.add(value.number)
      if (found.size === wanted.size) break
      open.push(file.get(value))
    } else if (isArray(value)) for (const item of value) open.push(item)
    else if (isDict(value)) for (const item of value.values()) open.push(item)
    else if (isStream(value)) for (const item of value.dict.values()) open.push(item)
  }
  return found
}
