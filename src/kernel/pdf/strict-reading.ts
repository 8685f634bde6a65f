// Structure that is legal and read here, but not by every validator: measured with pyHanko 0.36.2 and EU DSS 6.4.

import type { PdfFile } from './file.ts'
import { isArray, isStream, nameOf, type PdfDict } from './object.ts'

/** What stands in the way of strict readers, and where. */
type Reason = { readonly reason: string; readonly offset: number; readonly page?: number }

/** pyHanko calls itself for each level and gives up between 150 and 300 of them, EU DSS between 1000 and 3000. */
export const deepestPageTree = 100
/** pyHanko reads structure through these filters only, though ISO 32000-2, 7.4 allows more. */
const knownFilters = ['FlateDecode', 'ASCIIHexDecode', 'ASCII85Decode']

/** A filter of a cross-reference or object stream that strict readers do not know. */
export function packingReason(file: PdfFile): Reason | undefined {
  for (const { trailer, hiddenTrailer, offset, kind } of file.sections) {
    const dicts = [kind === 'stream' ? trailer : undefined, hiddenTrailer]
    const filter = dicts.map((dict) => dict && unknownFilter(file, dict)).find((one) => one !== undefined)
    if (filter !== undefined) return { reason: `a cross-reference is encoded by ${filter}`, offset }
  }
  for (const container of containersOf(file)) {
    const entry = file.xref.get(container)
    if (entry?.type !== 'offset') continue
    const stream = file.get({ kind: 'ref', number: container, generation: entry.generation })
    const filter = isStream(stream) ? unknownFilter(file, stream.dict) : undefined
    if (filter !== undefined) return { reason: `an object stream is encoded by ${filter}`, offset: entry.offset }
  }
  return undefined
}

function containersOf(file: PdfFile): ReadonlySet<number> {
  const containers = new Set<number>()
  if (file.sections.every(({ kind }) => kind === 'table')) return containers
  file.xref.each((_, entry) => {
    if (entry.type === 'compressed') containers.add(entry.container)
  })
  return containers
}

function unknownFilter(file: PdfFile, dict: PdfDict): string | undefined {
  const value = file.resolve(dict.get('Filter'))
  const names = (isArray(value) ? value : [value]).map((one) => nameOf(file.resolve(one)))
  return names.find((name) => name !== undefined && !knownFilters.includes(name))
}
