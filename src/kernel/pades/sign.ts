// From a prepared file to a signed one: a revision with a hole, its digest, and the CMS put into the hole.

import { SeglError } from '../../errors.ts'
import {
  type Appearance,
  type ByteSource,
  type NewObject,
  name,
  newStream,
  type PdfObject,
  ref,
  serialise,
} from '../pdf/index.ts'
import type { SigningDigest } from '../x509/index.ts'
import { appendObjects } from './append.ts'
import { digestByteRange, digestFilled } from './digest.ts'
import { fieldBody, formBox } from './field.ts'
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
  readonly appearance: Appearance
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
  const unused = slot === 'seal' ? state.slots.filter(({ used }) => !used).map((one) => one.name) : []
  const locked = [...(request.lockedFields ?? []), ...unused]
  const value = state.nextObject
  const appearance = value + 1
  const objects: NewObject[] = [
    { number: field.object, body: fieldBody(field, appearance, value) },
    { number: appearance, body: appearanceStream(request.appearance, field, state) },
  ]
  const next: AppendState = {
    ...state,
    slots: state.slots.map((one) => (one === field ? { ...one, used: true } : one)),
    seal: state.seal === field ? { ...state.seal, used: true } : state.seal,
  }
  const dictionary = signatureDictionary({ ...request, lockedFields: locked }, state.root, request.contentsSize)
  return buildHoled(base, next, objects, value, value + 2, dictionary, {
    kind: slot === 'seal' ? 'seal' : 'signer',
    field,
    slot: slot === 'seal' ? null : slot,
    contentsSize: request.contentsSize,
    digestAlgorithm: request.digestAlgorithm,
  })
}

function appearanceStream(appearance: Appearance, field: FieldState, state: AppendState) {
  const resources = new Map<string, PdfObject>()
  for (const [category, names] of Object.entries(appearance.resources)) {
    const entries = new Map<string, PdfObject>()
    for (const [key, resource] of Object.entries(names)) {
      const object = state.resources[resource]
      if (object === undefined) throw new SeglError('INTERNAL', `The document has no resource named ${resource}.`)
      entries.set(key, ref(object))
    }
    resources.set(category, entries)
  }
  const members = new Map<string, PdfObject>([
    ['Type', name('XObject')],
    ['Subtype', name('Form')],
    ['BBox', formBox(field.rect)],
    ['Resources', resources],
  ])
  return newStream(members, fitted(appearance, field))
}

/** The content in the space of the field's own box, which the empty appearance has had from the start. */
function fitted({ content, bbox }: Appearance, field: FieldState): Uint8Array {
  const [, , width, height] = formBox(field.rect)
  const [x1, y1, x2, y2] = bbox
  const [scaleX, scaleY] = [width / (x2 - x1), height / (y2 - y1)]
  if (!Number.isFinite(scaleX) || !Number.isFinite(scaleY))
    throw new SeglError('INTERNAL', 'An appearance has no size.')
  const matrix = [scaleX, 0, 0, scaleY, -x1 * scaleX, -y1 * scaleY]
  if (matrix.every((value, index) => Math.abs(value - (index === 0 || index === 3 ? 1 : 0)) < 1e-4)) return content
  const head = `q ${matrix.map((value) => serialise(value)).join(' ')} cm\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), content, Buffer.from('\nQ', 'latin1')])
}

type Purpose = {
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
  const appended = appendObjects(state, all, nextObject)
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

/** The value of /Contents, hexadecimal and padded with zeros to the size of the hole, between `before` and `after` it. */
function withContents(before: Uint8Array, toBeSigned: ToBeSigned, der: Uint8Array, after: Uint8Array): Buffer {
  const { contentsSize } = toBeSigned
  if (der.length > contentsSize) {
    throw new SeglError(
      'SIGNATURE_TOO_LARGE',
      `The signature has ${der.length} bytes, but its place in the PDF holds ${contentsSize}.`,
    )
  }
  const hole = 2 * contentsSize + 2
  const bytes = Buffer.allocUnsafe(before.length + hole + after.length)
  bytes.set(before)
  const digits = Buffer.from(der.buffer, der.byteOffset, der.length).toString('hex')
  const written = bytes.write(`<${digits}`, before.length, 'latin1')
  bytes.fill(0x30, before.length + written, before.length + hole - 1)
  bytes[before.length + hole - 1] = 0x3e
  bytes.set(after, before.length + hole)
  return bytes
}

const nothing = new Uint8Array(0)

/** Puts the CMS (or the time-stamp token) into the hole. SIGNATURE_TOO_LARGE when it does not fit. */
export function completeSignature(toBeSigned: ToBeSigned, der: Uint8Array): Signed {
  const head = Buffer.from(toBeSigned.head, 'base64')
  const tail = Buffer.from(toBeSigned.tail, 'base64')
  return { increment: withContents(head, toBeSigned, der, tail), state: toBeSigned.next }
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
    withContents(nothing, toBeSigned, der, nothing),
    Buffer.from(toBeSigned.tail, 'base64'),
    toBeSigned.digestAlgorithm,
  )
}
