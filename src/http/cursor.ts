// Pages of lists, and their cursors: where the last page ended, opaque to clients.
import { SeglError } from '../errors.ts'

/** At most `limit` of what `read` finds; `last` is the one behind which the next page begins, when there is a next one. */
export async function pageOf<T>(limit: number, read: (most: number) => Promise<readonly T[]>) {
  const found = await read(limit + 1)
  const shown = found.slice(0, limit)
  return { shown, last: found.length > limit ? shown.at(-1) : undefined }
}

export type OrderPlace = { readonly at: Date; readonly id: string }

export function orderCursor(last: OrderPlace): string {
  return Buffer.from(`${last.at.toISOString()} ${last.id}`).toString('base64url')
}

export function readOrderCursor(cursor: string): OrderPlace {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const at = new Date(time)
  // As `orderCursor` writes it: what JavaScript would guess, or has beyond the year 9999, no list gave.
  const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(time) && !time.startsWith('0000')
  if (!written || Number.isNaN(at.getTime()) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) {
    const detail = 'The cursor is not one that this list gave. Begin without one.'
    throw new SeglError('INVALID_REQUEST', detail, {
      errors: [{ pointer: '/query/cursor', code: 'INVALID_REQUEST', detail }],
    })
  }
  return { at, id }
}
