// From B-T to B-LTA: validation data into the one security store, then a document time-stamp over everything (EN 319 142-1, 5.4).

import { createHash } from 'node:crypto'
import { type ByteSource, type NewObject, newStream } from '../pdf/index.ts'
import type { SigningDigest } from '../x509/index.ts'
import { appendObjects } from './append.ts'
import { rootObjects, withRoot } from './catalog.ts'
import { invisible, newField, timestampName } from './field.ts'
import { buildHoled } from './sign.ts'
import { timestampDictionary } from './signature-dictionary.ts'
import type { AppendState, Signed, StoredDer, ToBeSigned } from './state.ts'

/** DER of everything that a verifier needs; what the store has already is not written again. */
export type ValidationData = {
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  /** OCSPResponse, not only BasicOCSPResponse (ISO 32000-2, table 261). */
  readonly ocsps: readonly Uint8Array[]
}

/** Writes the store with what is new; an empty increment when nothing is. */
export function appendValidationData(state: AppendState, data: ValidationData): Signed {
  const stored = store(state, data)
  if (stored.objects.length === 0) return { increment: new Uint8Array(0), state }
  const objects = [...stored.objects, ...rootObjects(stored.state, { form: false, store: true })]
  const appended = appendObjects(withRoot(stored.state), objects, stored.state.nextObject)
  return { increment: appended.increment.bytes, state: appended.state }
}

export type TimestampRequest = {
  readonly digestAlgorithm: SigningDigest
  /** Bytes of the token that the hole holds: `timestampRoom`. */
  readonly contentsSize: number
  /** Goes into the store in the same revision, and so under the time-stamp (EN 319 142-1 Table 1 (x)). */
  readonly validationData?: ValidationData
}

/**
 * Builds the revision of a document time-stamp, with `validationData` in it, and hashes it: `documentDigest` is the message imprint to ask
 * the TSA for. The field is invisible and new, and no page changes: pyHanko then rates the revision LTA_UPDATES.
 */
export function beginDocumentTimestamp(base: ByteSource, before: AppendState, request: TimestampRequest): ToBeSigned {
  const stored = store(before, request.validationData ?? { certificates: [], crls: [], ocsps: [] })
  const count = before.timestamps + 1
  const made = newField(stored.state, {
    object: 0,
    name: timestampName(count),
    page: before.lastPage,
    rect: invisible,
    used: true,
  })
  const state: AppendState = { ...made.state, timestamps: count }
  const objects: NewObject[] = [
    ...stored.objects,
    ...rootObjects(state, { form: true, store: stored.objects.length > 0 }),
    ...made.objects,
  ]
  return buildHoled(
    base,
    withRoot(state),
    objects,
    made.value,
    made.nextObject,
    timestampDictionary(request.contentsSize),
    {
      kind: 'timestamp',
      field: made.field,
      slot: null,
      contentsSize: request.contentsSize,
      digestAlgorithm: request.digestAlgorithm,
    },
  )
}

/** Twice the largest token seen, at least 8 KB, at most what /Contents holds. */
export function timestampRoom(largestToken: number): number {
  return Math.min(32_767, Math.max(8192, 2 * largestToken))
}

/** The streams that are new, and the state with all of them in its store; no objects when nothing is new. */
function store(state: AppendState, data: ValidationData): { objects: NewObject[]; state: AppendState } {
  const objects: NewObject[] = []
  let next = state.nextObject
  const grow = (known: readonly StoredDer[], items: readonly Uint8Array[]): StoredDer[] => {
    const all = [...known]
    for (const der of items) {
      const sha256 = createHash('sha256').update(der).digest('hex')
      if (all.some((one) => one.sha256 === sha256)) continue
      all.push({ object: next, sha256 })
      objects.push({ number: next, body: newStream(new Map(), der) })
      next += 1
    }
    return all
  }
  const dss = {
    ...state.dss,
    certificates: grow(state.dss.certificates, data.certificates),
    crls: grow(state.dss.crls, data.crls),
    ocsps: grow(state.dss.ocsps, data.ocsps),
  }
  return { objects, state: { ...state, nextObject: next, dss } }
}
