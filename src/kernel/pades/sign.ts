// From a prepared file to a signed one: a revision with a hole, its digest, and the CMS put into the hole.

import { SeglError } from '../../errors.ts'
import {
  type Appearance,
  type ByteSource,
  type NewObject,
  serialise,
  serialiseName,
  turn,
  type WrittenStream,
} from '../pdf/index.ts'
import type { SigningDigest } from '../x509/index.ts'
import { appendObjects } from './append.ts'
import { rootObjects, withRoot } from './catalog.ts'
import { digestByteRange, digestFilled } from './digest.ts'
import { fieldBody, formBox, newField } from './field.ts'
import { type DrawnWith, newShownField, withResources } from './placed.ts'
import {
  filledByteRange,
  type HoledDictionary,
  type SignatureText,
  signatureDictionary,
} from './signature-dictionary.ts'
import type { AppendState, FieldState, Signed, ToBeSigned } from './state.ts'

export type SignatureRequest = SignatureText & {
  /** A slot's number, or the audit sheet's field. */
  readonly slot: number | 'seal'
  /** Not used where the field is invisible, as in files that others certified. */
  readonly appearance: Appearance
  /** What the appearance draws with, for a file that has no sheets; written with the first signature that is shown. */
  readonly drawnWith?: DrawnWith
  readonly digestAlgorithm: SigningDigest
  /** Bytes of DER that the hole holds: `signedDataBound` of kernel/cms. */
  readonly contentsSize: number
}

/**
 * Builds the revision of one signature on `base` (the file that `state` describes) and hashes it. Touches only the field, a new
 * signature dictionary and a new appearance. The seal locks every unused slot. Throws STATE_CONFLICT for a slot that is unknown
 * or used and for a base of another size.
 */
export function beginSignature(base: ByteSource, state: AppendState, request: SignatureRequest): ToBeSigned {
  const { slot } = request
  const field = slot === 'seal' ? state.seal : state.slots.find((one) => one.slot === slot)
  if (field === null || field === undefined || field.used) {
    throw new SeglError('STATE_CONFLICT', `The place ${slot} of this document is not free for a signature.`)
  }
  const unused =
    slot === 'seal' ? state.slots.filter(({ used, object }) => !used && object !== 0).map((one) => one.name) : []
  const locked = [...(request.lockedFields ?? []), ...unused]
  const dictionary = signatureDictionary({ ...request, lockedFields: locked }, state.root, request.contentsSize)
  const made = madeField(state, field, request)
  const used: AppendState = {
    ...made.state,
    slots: state.slots.map((one) => (one === field ? { ...one, ...made.field } : one)),
    seal: state.seal === field ? made.field : state.seal,
  }
  const root = field.object === 0 ? rootObjects(used, { form: true, store: false }) : []
  return buildHoled(base, withRoot(used), [...root, ...made.objects], made.value, made.nextObject, dictionary, {
    numberOf: made.numberOf,
    kind: slot === 'seal' ? 'seal' : 'signer',
    field: made.field,
    slot: slot === 'seal' ? null : slot,
    contentsSize: request.contentsSize,
    digestAlgorithm: request.digestAlgorithm,
  })
}

/** The field with its value: as it was prepared, or new. */
function madeField(before: AppendState, field: FieldState, { appearance, drawnWith }: SignatureRequest) {
  if (field.object !== 0) return { ...fillField(before, field, appearance), numberOf: undefined }
  if (field.rotation === undefined) return { ...newField(before, field), numberOf: undefined }
  const { objects, state, numberOf } = withResources(before, drawnWith)
  const made = newShownField(state, field, (then) => appearanceStream(appearance, field, then))
  return { ...made, objects: [...objects, ...made.objects], numberOf }
}

/** A field that is there gets its value and its appearance. */
function fillField(state: AppendState, field: FieldState, shown: Appearance) {
  const value = state.nextObject
  const appearance = value + 1
  return {
    field: { ...field, used: true },
    value,
    nextObject: value + 2,
    objects: [
      { number: field.object, body: fieldBody(field, appearance, value) },
      { number: appearance, body: appearanceStream(shown, field, state) },
    ],
    state,
  }
}

function appearanceStream(appearance: Appearance, field: FieldState, state: AppendState): WrittenStream {
  const categories = Object.entries(appearance.resources).map(([category, names]) => {
    const entries = Object.entries(names).map(([key, resource]) => {
      const object = state.resources[resource]
      if (object === undefined) throw new SeglError('INTERNAL', `The document has no resource named ${resource}.`)
      return `${serialiseName(key)} ${object} 0 R`
    })
    return `${serialiseName(category)} <<${entries.join(' ')}>>`
  })
  const box = serialise(formBox(field.rect))
  return {
    kind: 'written-stream',
    entries: `/Type /XObject /Subtype /Form /BBox ${box} /Resources <<${categories.join(' ')}>>`,
    data: fitted(appearance, field),
  }
}

/** The content in the space of the field's own box, which the empty appearance has had from the start. */
function fitted({ content, bbox }: Appearance, field: FieldState): Uint8Array {
  const [, , across, up] = formBox(field.rect)
  const { rotation = 0 } = field
  const [width, height] = rotation % 180 === 0 ? [across, up] : [up, across]
  const [x1, y1, x2, y2] = bbox
  const [scaleX, scaleY] = [width / (x2 - x1), height / (y2 - y1)]
  if (!Number.isFinite(scaleX) || !Number.isFinite(scaleY))
    throw new SeglError('INTERNAL', 'An appearance has no size.')
  const matrix = [scaleX, 0, 0, scaleY, -x1 * scaleX, -y1 * scaleY]
  if (rotation === 0 && matrix.every((value, index) => Math.abs(value - (index === 0 || index === 3 ? 1 : 0)) < 1e-4))
    return content
  const turned =
    rotation === 0
      ? ''
      : `${turn(rotation, across, up)
          .map((value) => serialise(value))
          .join(' ')} cm\n`
  const head = `q ${turned}${matrix.map((value) => serialise(value)).join(' ')} cm\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), content, Buffer.from('\nQ', 'latin1')])
}

type Purpose = {
  /** Of the references between new objects that have local numbers. */
  readonly numberOf?: ((local: number) => number) | undefined
  readonly kind: ToBeSigned['kind']
  readonly field: FieldState
  readonly slot: number | null
  readonly contentsSize: number
  readonly digestAlgorithm: SigningDigest
}

/** Writes the objects and the dictionary in object `value`, fills in the ByteRange and hashes what it covers. */
export function buildHoled(
  base: ByteSource,
  state: AppendState,
  objects: readonly NewObject[],
  value: number,
  nextObject: number,
  dictionary: HoledDictionary,
  purpose: Purpose,
): ToBeSigned {
  if (base.size !== state.size) {
    throw new SeglError('STATE_CONFLICT', `The file has ${base.size} bytes, but its state says ${state.size}.`)
  }
  const all = [...objects, { number: value, body: dictionary.body }]
  const appended = appendObjects(state, all, nextObject, purpose.numberOf)
  const { bytes, holeAt = 0, offsets } = appended.increment
  const hole = 2 * purpose.contentsSize + 2
  const start = state.size + holeAt
  const byteRange = [0, start, start + hole, bytes.length - holeAt] as const
  const object = (offsets.get(value) ?? 0) - state.size + `${value} 0 obj\n`.length
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, holeAt)
  head.write(filledByteRange(byteRange), object + dictionary.byteRangeAt, 'latin1')
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + holeAt, bytes.length - holeAt)
  return {
    kind: purpose.kind,
    field: purpose.field.name,
    slot: purpose.slot,
    head: head.toString('base64'),
    tail: tail.toString('base64'),
    contentsSize: purpose.contentsSize,
    byteRange,
    digestAlgorithm: purpose.digestAlgorithm,
    documentDigest: Buffer.from(digestByteRange(base, head, tail, purpose.digestAlgorithm)).toString('base64'),
    next: appended.state,
  }
}

/** Bytes of the value of /Contents: two digits for each byte, and the brackets. */
const holeSize = ({ contentsSize }: ToBeSigned): number => 2 * contentsSize + 2

/** Writes the value of /Contents to `bytes` at `at`: hexadecimal, padded with zeros to the size of the hole. */
function fillHole(bytes: Buffer, at: number, toBeSigned: ToBeSigned, der: Uint8Array): Buffer {
  if (der.length > toBeSigned.contentsSize) {
    throw new SeglError(
      'SIGNATURE_TOO_LARGE',
      `The signature has ${der.length} bytes, but its place in the PDF holds ${toBeSigned.contentsSize}.`,
    )
  }
  const close = at + holeSize(toBeSigned) - 1
  const digits = Buffer.from(der.buffer, der.byteOffset, der.length).toString('hex')
  bytes[at] = 0x3c
  bytes.write(digits, at + 1, 'latin1')
  bytes.fill(0x30, at + 1 + digits.length, close)
  bytes[close] = 0x3e
  return bytes
}

/** Puts the CMS (or the time-stamp token) into the hole. SIGNATURE_TOO_LARGE when it does not fit. */
export function completeSignature(toBeSigned: ToBeSigned, der: Uint8Array): Signed {
  const { head, tail, next } = toBeSigned
  const holeAt = Buffer.byteLength(head, 'base64')
  const after = holeAt + holeSize(toBeSigned)
  const increment = Buffer.allocUnsafe(after + Buffer.byteLength(tail, 'base64'))
  const written = increment.write(head, 0, 'base64') + increment.write(tail, after, 'base64')
  // Nothing that lay in memory before may be left in the file.
  if (written + holeSize(toBeSigned) !== increment.length) {
    throw new SeglError('INTERNAL', 'The stored revision is damaged: its bytes are not base64.')
  }
  return { increment: fillHole(increment, holeAt, toBeSigned, der), state: next }
}

/**
 * Hashes the finished file once: `document` is the digest over the ByteRange as `base` gives it now (compare it with
 * `toBeSigned.documentDigest` before the revision counts), `file` the SHA-256 of base and increment together.
 */
export function digestSigned(
  base: ByteSource,
  toBeSigned: ToBeSigned,
  der: Uint8Array,
): { readonly document: Uint8Array; readonly file: Uint8Array } {
  return digestFilled(
    base,
    Buffer.from(toBeSigned.head, 'base64'),
    fillHole(Buffer.allocUnsafe(holeSize(toBeSigned)), 0, toBeSigned, der),
    Buffer.from(toBeSigned.tail, 'base64'),
    toBeSigned.digestAlgorithm,
  )
}
