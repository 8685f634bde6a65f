// The audit trail in a seal's signature dictionary, read as a stranger's words.
import type { ChainedEvent } from '../evidence/index.ts'
import { type EmbeddedSignature, isArray, isString } from '../pdf/index.ts'

export type TrailEvent = Omit<ChainedEvent, 'order'> & { readonly hash: string }

export type Trail = {
  readonly order: string
  readonly events: readonly TrailEvent[]
  /** The documents that the order was made for. */
  readonly uploads: readonly { readonly document: string; readonly sha256: string; readonly size: number }[]
}

const mostEvents = 100_000
const mostDocuments = 100

/** The trail of the newest seal. */
export const trailIn = (signatures: readonly EmbeddedSignature[]): Trail | undefined =>
  signatures
    .filter(({ dict }) => dict.has('SEGL_Trail'))
    .map(readTrail)
    .at(-1)

/** Undefined when it is missing, is not made of direct strings (which the ByteRange covers for ever), or is no trail. */
export function readTrail({ dict }: EmbeddedSignature): Trail | undefined {
  const pieces = dict.get('SEGL_Trail')
  if (!isArray(pieces) || !pieces.every(isString)) return undefined
  return trailFrom(Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('utf8'))
}

function trailFrom(text: string): Trail | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isRecord(value) || typeof value['order'] !== 'string' || !Array.isArray(value['events'])) return undefined
  const { order, events } = value
  if (events.length > mostEvents || !events.every(isEvent)) return undefined
  return {
    order,
    events,
    uploads: events.slice(0, 1).flatMap(({ data }) => documentsIn(data).slice(0, mostDocuments).flatMap(uploadOf)),
  }
}

const uploadOf = (entry: Readonly<Record<string, unknown>>): Trail['uploads'] => {
  const { document, uploadSha256: sha256, size } = entry
  return typeof document === 'string' && typeof sha256 === 'string' && Number.isSafeInteger(size)
    ? [{ document, sha256, size: Number(size) }]
    : []
}

function isEvent(value: unknown): value is TrailEvent {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value['sequence']) &&
    ['time', 'type', 'actor', 'previous', 'hash'].every((key) => typeof value[key] === 'string') &&
    isRecord(value['data'])
  )
}

/** `documents` of an event's data. */
export const documentsIn = (data: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(data['documents']) ? data['documents'].filter(isRecord) : []

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
