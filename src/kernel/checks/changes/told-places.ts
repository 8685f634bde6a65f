// Where the sealed trail tells that signatures were to be shown on pages which others had signed before.
import { earlierSignatures, type PdfFile } from '../../pdf/index.ts'
import type { Evidence } from '../evidence.ts'
import { documentsIn } from '../trail.ts'

export type ToldPlace = {
  readonly field: string
  /** From 1. */
  readonly page: number
  /** In the space of the page. */
  readonly rect: readonly number[]
}

/**
 * Told when the order was prepared, that is before anybody of it signed; under its seal. None for a file `before` that a
 * certification stands in: no level of it allows fields that are shown (ISO 32000-2, table 257).
 */
export function toldPlaces({ trail, origin }: Evidence, before: PdfFile): readonly ToldPlace[] {
  if (trail === undefined || origin === undefined || earlierSignatures(before)?.allow !== 'visible') return []
  // An order may hold the same upload twice: any of its documents can be this file.
  const uploads = trail.uploads.filter(({ sha256 }) => sha256.toLowerCase() === origin.uploadSha256)
  return trail.events
    .filter(({ type }) => type === 'order.prepared')
    .flatMap(({ data }) => documentsIn(data))
    .filter((entry) => uploads.some(({ document }) => document === entry['document']))
    .flatMap(({ shown }) => (Array.isArray(shown) ? shown.filter(isToldPlace) : []))
}

function isToldPlace(value: unknown): value is ToldPlace {
  if (typeof value !== 'object' || value === null) return false
  const { field, page, rect } = value as Partial<Record<keyof ToldPlace, unknown>>
  return (
    typeof field === 'string' &&
    Number.isSafeInteger(page) &&
    Array.isArray(rect) &&
    rect.length === 4 &&
    rect.every((side) => typeof side === 'number')
  )
}
