// What validators that read strictly refuse although the PDF is signed well. Measured with pyHanko 0.36.2, strict, which says so of every
// signature but the last, or of the whole file. EU DSS was asked about some of it only (25 files), and rejected none of these.

import { isSeglError } from '../../errors.ts'
import { type PdfFile, placeNear, placeOf, type XrefSection } from './file.ts'
import { catalogOf, type EmbeddedSignature } from './form.ts'
import { isArray, isDict, isRef, isStream, type PdfDict, type PdfObject, type PdfRef } from './object.ts'
import { holding, type Seen, walk } from './preflight-objects.ts'
import { type Finding, warning } from './preflight-report.ts'
import { packingReason } from './strict-reading.ts'
import { rootElement } from './xml-form.ts'

/** A reason, where it lies, and the page if it is on one. */
export type Strictness = { readonly reason: string; readonly offset: number; readonly page?: number }

const largestXmp = 1 << 20
/** Items of the outline that lead to each other; at some 300 a reader that follows them by calling itself gives up. */
const longestOutline = 300

/** One finding, with every reason: `onPages` are those that the walk over the pages has met. */
export function strictFindings(file: PdfFile, seen: Seen, onPages: readonly Strictness[]): Finding[] {
  const reasons = [
    ...onPages,
    ...[
      sectionReason(file),
      packingReason(file),
      informationReason(file),
      lostReason(file, seen),
      xmpReason(file),
      outlineReason(file),
    ].filter((one) => one !== undefined),
  ]
  const [first] = reasons
  if (first === undefined) return []
  const detail =
    `Strict validators, such as pyHanko, will refuse the signed PDF: ${reasons.map(({ reason }) => reason).join('; ')}. ` +
    'Export it again, or accept the warning.'
  return [
    { ...warning('STRICT_VALIDATORS', detail, first.offset), ...(first.page !== undefined && { page: first.page }) },
  ]
}

function sectionReason(file: PdfFile): Strictness | undefined {
  const freed = new Map<number, number>()
  let before = 0
  // Oldest first.
  for (const [index, section] of [...file.sections].reverse().entries()) {
    const size = section.trailer.get('Size')
    const at = (reason: string): Strictness => ({ reason, offset: section.offset })
    if (typeof size !== 'number') return at('a trailer does not say the /Size of its cross-reference')
    if (size < before) return at('the /Size of a cross-reference is smaller than that of the one before')
    before = size
    const odd = entriesReason(section, size, index, freed)
    if (odd !== undefined) return at(odd)
  }
  return undefined
}

/** ISO 32000-2, 7.5.4: a number that was freed comes back with its next generation, and one that never was has generation 0. */
function entriesReason(
  section: XrefSection,
  size: number,
  index: number,
  freed: Map<number, number>,
): string | undefined {
  let reason: string | undefined
  section.entries.each((number, entry) => {
    if (number === 0) return
    if (number >= size) reason ??= 'a cross-reference has more objects than its /Size says'
    if (entry.type === 'free') {
      if (entry.generation === 0 && index > 0)
        reason ??= 'a later cross-reference frees an object without a next generation'
      freed.set(number, entry.generation)
      return
    }
    const generation = entry.type === 'offset' ? entry.generation : 0
    const next = freed.get(number)
    if (generation > 0 && next !== generation) reason ??= 'an object has a generation that nothing came before'
    if (next !== undefined && section.kind !== 'hybrid' && (next === 0 || generation < next))
      reason ??= 'the number of an object that was freed is used again'
  })
  return reason
}

function informationReason(file: PdfFile): Strictness | undefined {
  const value = file.trailer.get('Info')
  if (value === undefined || isRef(value)) return undefined
  return { reason: '/Info of the trailer is no object of its own', offset: file.sections[0]?.offset ?? file.startxref }
}

/** References that lead nowhere count wherever the trailer leads, but for /Parent. */
function lostReason(file: PdfFile, seen: Seen): Strictness | undefined {
  if (
    referencesIn(file.trailer).every((reference) => seen.leads(reference)) &&
    (seen.any & holding.LEADS_NOWHERE) === 0
  )
    return undefined
  let found: Strictness | undefined
  const lost = ({ number }: { readonly number: number }, owner: number): void => {
    found ??= {
      reason: `it refers to the object ${number}, which does not exist`,
      offset: placeOf(file, { kind: 'ref', number: owner, generation: 0 }) ?? placeNear(file),
    }
  }
  walk(file, seen, { wanted: 0, found: () => undefined, lost, without: 'Parent' }, file.trailer.values())
  return found
}

/** Also those within arrays and dictionaries that are written into it. */
function referencesIn(dict: PdfDict): readonly PdfRef[] {
  const found: PdfRef[] = []
  const open: PdfObject[] = [dict]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isRef(value)) found.push(value)
    else if (isArray(value)) open.push(...value)
    else if (isDict(value)) open.push(...value.values())
  }
  return found
}

/** pyHanko asks a signature for its object number. */
export function directSignatures(file: PdfFile, signatures: readonly EmbeddedSignature[]): readonly Strictness[] {
  const direct = signatures.find(({ field }) => isDict(field.dict.get('V')))
  if (direct === undefined) return []
  const offset = direct.contentsAt?.[0] ?? placeNear(file)
  return [{ reason: `the signature in the field ${direct.field.name} is no object of its own`, offset }]
}

function xmpReason(file: PdfFile): Strictness | undefined {
  const catalog = catalogOf(file)
  if (!catalog.has('Metadata')) return undefined
  const value = catalog.get('Metadata')
  const stream = file.resolve(value)
  const offset = placeOf(file, value) ?? placeNear(file)
  if (!isRef(value) || !isStream(stream)) return { reason: 'its metadata is no stream of its own', offset }
  const text = xmlOf(file, stream)
  if (text === 'too-large') return undefined
  const root = text === undefined ? undefined : rootElement(text)
  if (root === undefined) return { reason: 'its XMP metadata is not well-formed XML in UTF-8', offset }
  if (root.namespace === 'adobe:ns:meta/' && root.name === 'xmpmeta') return undefined
  return { reason: 'its XMP metadata has another root than x:xmpmeta', offset }
}

/** pyHanko knows fewer filters than readers do: none of LZW and RunLength. */
const xmpFilters = /^(?:FlateDecode|Fl|ASCIIHexDecode|AHx|ASCII85Decode|A85|Crypt)$/

function xmlOf(file: PdfFile, stream: PdfObject): string | undefined | 'too-large' {
  if (!isStream(stream)) return undefined
  const filters = file.resolve(stream.dict.get('Filter'))
  const names = Array.isArray(filters) ? filters : filters === null ? [] : [filters]
  const known = names.every((item: PdfObject) => {
    const one = file.resolve(item)
    return typeof one === 'object' && one !== null && 'kind' in one && one.kind === 'name' && xmpFilters.test(one.name)
  })
  if (!known) return undefined
  try {
    const data = file.decode(stream)
    if (data.length > largestXmp) return 'too-large'
    return new TextDecoder('utf-8', { fatal: true }).decode(data)
  } catch (error) {
    if (isSeglError(error, 'TOO_COMPLEX')) return 'too-large'
    if (isSeglError(error, 'MALFORMED_PDF') || error instanceof TypeError) return undefined
    throw error
  }
}

function outlineReason(file: PdfFile): Strictness | undefined {
  const value = catalogOf(file).get('Outlines')
  const visited = new Set<number>()
  const open: { readonly item: PdfObject; readonly depth: number }[] = [{ item: value ?? null, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { item, depth } = next
    if (!isRef(item) || visited.has(item.number)) continue
    if (depth > longestOutline) {
      return {
        reason: `its outline has more than ${longestOutline} items in a row`,
        offset: placeOf(file, value) ?? placeNear(file),
      }
    }
    visited.add(item.number)
    const dict = file.resolve(item)
    if (!isDict(dict)) continue
    for (const key of ['First', 'Next']) open.push({ item: dict.get(key) ?? null, depth: depth + 1 })
  }
  return undefined
}
