// Signatures that are shown on pages of the documents instead of on the signature sheet: what is wrong with a wish for that.
import type { FieldError } from '../errors.ts'
import { liesOn } from '../kernel/pdf/index.ts'
import type { Placement } from './model.ts'
import type { OrderRequest } from './order-request.ts'
import type { PageRanges, PageSizes } from './ports/pre-flight.ts'
import type { StoredDocument } from './ports/reading.ts'

/** Points: smaller than this, name and time could not be read. */
export const smallest = { width: 80, height: 20 } as const

const wrong = (pointer: string, detail: string): FieldError => ({ pointer, code: 'SIGNATURE_PLACE_INVALID', detail })

/** Every wish that cannot be met, with its pointer. `documents` are those of the request, in its order. */
export function placementMistakes(
  request: Pick<OrderRequest, 'documents' | 'signers'>,
  documents: readonly StoredDocument[],
): readonly FieldError[] {
  const toSign = documents.filter((_, index) => request.documents[index]?.role === 'sign')
  const seen: { readonly document: string; readonly place: Placement }[] = []
  const errors: FieldError[] = []
  for (const [index, { placements = [] }] of request.signers.entries()) {
    const own = new Set<string>()
    for (const [number, place] of placements.entries()) {
      const at = `/signers/${index}/signaturePlacements/${number}`
      const document = place.document === null ? onlyOne(toSign) : toSign.find(({ id }) => id === place.document)
      const detail =
        document === undefined
          ? wrong(`${at}/document`, 'Name one of the documents to sign; it may be left out when there is only one.')
          : (placeMistake(document, place, at) ??
            (own.has(document.id) ? wrong(at, 'A signer is shown once in a document.') : undefined) ??
            (seen.some((other) => other.document === document.id && overlap(other.place, place))
              ? wrong(at, 'Another signature is to be shown there.')
              : undefined))
      if (detail !== undefined) errors.push(detail)
      if (document === undefined) continue
      own.add(document.id)
      seen.push({ document: document.id, place })
    }
  }
  return errors
}

const onlyOne = (documents: readonly StoredDocument[]): StoredDocument | undefined =>
  documents.length === 1 ? documents[0] : undefined

function placeMistake({ preflight }: StoredDocument, place: Placement, at: string): FieldError | undefined {
  const found = (code: string) => hasFinding(preflight, code)
  if (found('EARLIER_CERTIFICATION')) {
    return wrong(
      at,
      'A signature in the document certifies it, and lets nobody be shown on its pages after that. Leave out the place, or upload the unsigned document.',
    )
  }
  if (found('EARLIER_SIGNATURES') && found('PDFUA_CLAIM')) {
    return wrong(
      at,
      'The document is signed and claims PDF/UA: what is shown would need a tag, and its tags cannot change any more. Leave out the place, or upload the unsigned document.',
    )
  }
  const pages = Number(preflight['pages'])
  if (place.page > pages) return wrong(`${at}/page`, `The document has ${pages} pages.`)
  if (
    (preflight['unshowable'] as PageRanges | undefined)?.some(({ from, to }) => from <= place.page && place.page <= to)
  ) {
    return wrong(
      `${at}/page`,
      `Page ${place.page} of the signed document has annotations that are no objects of their own, so no signature can be shown on it. Choose another page, leave out the place, or upload the unsigned document.`,
    )
  }
  if (place.width < smallest.width || place.height < smallest.height) {
    return wrong(at, `A signature needs at least ${smallest.width} by ${smallest.height} points.`)
  }
  const size = sizeOfPage(preflight['pageSizes'] as PageSizes | undefined, place.page)
  if (size === undefined || liesOn(size, place)) return undefined
  return wrong(
    at,
    `Page ${place.page} shows ${size.width} by ${size.height} points, counted from its upper left corner; the place lies outside.`,
  )
}

function hasFinding({ findings }: StoredDocument['preflight'], code: string): boolean {
  return Array.isArray(findings) && findings.some((one: { readonly code?: unknown }) => one.code === code)
}

/** Undefined for uploads from before sizes were kept; `prepare` then refuses a place outside. */
const sizeOfPage = (sizes: PageSizes | undefined, page: number) => sizes?.findLast(({ from }) => from <= page)

const overlap = (a: Placement, b: Placement): boolean =>
  a.page === b.page && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** Where a signer is shown in this document; undefined: on the signature sheet. */
export const placementIn = (placements: readonly Placement[] | undefined, documentId: string): Placement | undefined =>
  placements?.find(({ document }) => document === null || document === documentId)
