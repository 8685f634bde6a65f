// Signs a file as flow does, step by step, with a place to interfere after each.
import { createHash } from 'node:crypto'
import { buildSignedAttributes, buildSignedData, signRaw } from '../../../src/kernel/cms/index.ts'
import { canonicalJson, chainHash, genesis } from '../../../src/kernel/evidence/index.ts'
import {
  type AppendState,
  beginDocumentTimestamp,
  beginSignature,
  completeSignature,
  prepareRevision,
  prepareSigned,
  type ToBeSigned,
  timestampRoom,
} from '../../../src/kernel/pades/index.ts'
import { bytesSource, earlierSignatures, openPdf, type PlacedSlot } from '../../../src/kernel/pdf/index.ts'
import { auditAppearance, drawnWith, plainSheet, signatureAppearance } from '../pades/sheet.ts'
import { lastStartxref, upload as plainUpload, trailerValue } from './raw-pdf.ts'
import { clock, type Identity, organisation, person, sha256, stamp, validationData } from './world.ts'

export type Document = { readonly bytes: Buffer; readonly state: AppendState }
type Step = (document: Document) => Document
type Told = { readonly revision: number; readonly revisionSha256: string; readonly cmsSha256: string }

export type Interference = {
  readonly upload?: Buffer
  readonly prepared?: Step
  readonly betweenSigners?: Step
  readonly beforeSeal?: Step
  readonly beforeArchive?: Step
  readonly first?: Identity
  readonly second?: Identity
  readonly seal?: Identity
  /** Bytes of the increment with the hole, before they are hashed. */
  readonly hole?: (increment: Buffer, kind: 'first' | 'second' | 'seal' | 'archive') => Buffer
  readonly signingTime?: (kind: 'first' | 'second' | 'seal') => Date
  readonly signedAttributes?: (attributes: Uint8Array, identity: Identity, kind: string) => Uint8Array
  readonly token?: (imprint: Uint8Array, kind: 'first' | 'second' | 'seal' | 'archive') => Uint8Array | undefined
  readonly cms?: (der: Uint8Array, kind: string, identity: Identity | undefined) => Uint8Array
  /** The certificate that is put into the CMS in the place of the signer's. */
  readonly swapped?: (identity: Identity, kind: string) => Uint8Array
  readonly trail?: (text: string) => string | undefined
  /** Fields that this signature locks, besides what the seal locks. */
  readonly locks?: (kind: string) => readonly string[]
  /** Behind the signatures of others: slots that are shown, of which the trail tells. */
  readonly placed?: readonly PlacedSlot[]
  readonly moreCertificates?: readonly Uint8Array[]
  /** 'seal': stop before the seal; 'archive': stop before the time-stamp. */
  readonly stopBefore?: 'second' | 'seal' | 'archive'
  readonly validation?: boolean
  /** What the time-stamp's revision carries, instead of every list there is. */
  readonly validationData?: () => ReturnType<typeof validationData>
}

export async function signedFile(interference: Interference = {}): Promise<Buffer> {
  return (await signedDocument(interference)).bytes
}

const pass: Step = (document) => document

export async function signedDocument(interference: Interference = {}): Promise<Document> {
  const upload = interference.upload ?? plainUpload()
  const told: Told[] = []
  let document = prepare(upload, interference.placed)
  document = (interference.prepared ?? pass)(document)
  const preparedSha256 = sha256(document.bytes)
  const shown = (interference.placed ?? []).map(({ slot, page }) => {
    const field = document.state.slots.find((one) => one.slot === slot)
    return { field: field?.name, page, rect: field?.rect }
  })
  const first = interference.first ?? person('Kari', 'Nordmann')
  document = sign(document, first, 'first', 1, interference, told)
  if (interference.stopBefore === 'second') return document
  document = (interference.betweenSigners ?? pass)(document)
  document = sign(document, interference.second ?? person('Ola', 'Nordmann'), 'second', 2, interference, told)
  document = (interference.beforeSeal ?? pass)(document)
  if (interference.stopBefore === 'seal') return document
  const plainTrail = trailOf(upload, preparedSha256, told, shown)
  const trail = interference.trail ? interference.trail(plainTrail) : plainTrail
  document = sign(
    document,
    interference.seal ?? organisation('Segl Test AS'),
    'seal',
    'seal',
    interference,
    told,
    trail,
  )
  document = (interference.beforeArchive ?? pass)(document)
  if (interference.stopBefore === 'archive') return document
  return archive(document, interference)
}

export function prepare(upload: Buffer, placed: readonly PlacedSlot[] = []): Document {
  const source = bytesSource(upload)
  if (earlierSignatures(openPdf(source))) return { bytes: upload, state: prepareSigned(source, 4, placed) }
  const { increment, state } = prepareRevision(bytesSource(upload), plainSheet(4))
  return { bytes: Buffer.concat([upload, increment]), state }
}

export function sign(
  document: Document,
  identity: Identity,
  kind: 'first' | 'second' | 'seal',
  slot: number | 'seal',
  interference: Interference = {},
  told: Told[] = [],
  trail?: string,
): Document {
  const begun = beginSignature(bytesSource(document.bytes), document.state, {
    slot,
    name: identity.name,
    signingTime: interference.signingTime?.(kind) ?? clock.now,
    appearance: slot === 'seal' ? auditAppearance('Audit sheet') : signatureAppearance(identity.name),
    drawnWith,
    digestAlgorithm: 'sha256',
    contentsSize: 12_000,
    ...(interference.locks ? { lockedFields: interference.locks(kind) } : {}),
    ...(trail === undefined ? {} : { trail: Buffer.from(trail) }),
  })
  const toBeSigned = rehashed(document, begun, interference, kind)
  const plain = buildSignedAttributes({
    contentDigest: Buffer.from(toBeSigned.documentDigest, 'base64'),
    digestAlgorithm: 'sha256',
    signingCertificate: identity.certificate,
  })
  const signedAttributes = interference.signedAttributes?.(plain, identity, kind) ?? plain
  const { algorithm = 'ecdsa-p256-sha256' } = identity
  const signature = signRaw({ privateKey: identity.key, algorithm, data: signedAttributes })
  const imprint = createHash('sha256').update(signature).digest()
  const timestampToken = interference.token ? interference.token(imprint, kind) : stamp(imprint)
  const certificate = interference.swapped?.(identity, kind) ?? identity.certificate
  const built = buildSignedData({
    digestAlgorithm: 'sha256',
    signatureAlgorithm: algorithm,
    signedAttributes,
    signature,
    signingCertificate: certificate,
    certificates: identity.chain,
    ...(timestampToken === undefined ? {} : { timestampToken }),
  })
  const cms = interference.cms?.(built, kind, identity) ?? built
  const { increment, state } = completeSignature(toBeSigned, cms)
  const bytes = Buffer.concat([document.bytes, increment])
  // Behind the signatures of others there is no prepared revision.
  const first = document.state.seal?.object === 0 ? 1 : 2
  told.push({ revision: told.length + first, revisionSha256: sha256(bytes), cmsSha256: sha256(cms) })
  return { bytes, state }
}

export function archive(document: Document, interference: Interference = {}): Document {
  const begun = beginDocumentTimestamp(bytesSource(document.bytes), document.state, {
    digestAlgorithm: 'sha256',
    contentsSize: timestampRoom(3000),
    ...(interference.validation === false
      ? {}
      : { validationData: interference.validationData?.() ?? validationData(interference.moreCertificates) }),
  })
  const toBeSigned = rehashed(document, begun, interference, 'archive')
  const imprint = Buffer.from(toBeSigned.documentDigest, 'base64')
  const token = interference.token?.(imprint, 'archive') ?? stamp(imprint)
  const { increment, state } = completeSignature(toBeSigned, interference.cms?.(token, 'archive', undefined) ?? token)
  return { bytes: Buffer.concat([document.bytes, increment]), state }
}

/** Lets the test change bytes around the hole (of the same length in all) and hashes again what the signer will sign. */
function rehashed(
  document: Document,
  begun: ToBeSigned,
  interference: Interference,
  kind: 'first' | 'second' | 'seal' | 'archive',
): ToBeSigned {
  if (!interference.hole) return begun
  const [head, tail] = [Buffer.from(begun.head, 'base64'), Buffer.from(begun.tail, 'base64')]
  const changed = interference.hole(Buffer.concat([head, tail]), kind)
  const cut = changed.length - (head.length + tail.length) + head.length
  const [newHead, newTail] = [changed.subarray(0, cut), changed.subarray(cut)]
  const digest = createHash('sha256').update(document.bytes).update(newHead).update(newTail).digest()
  return {
    ...begun,
    head: newHead.toString('base64'),
    tail: newTail.toString('base64'),
    documentDigest: digest.toString('base64'),
  }
}

/** After bytes were appended by hand: where the next revision goes on. */
export const goOn = (state: AppendState, bytes: Buffer): Document => ({
  bytes,
  state: {
    ...state,
    size: bytes.length,
    startxref: lastStartxref(bytes),
    nextObject: Math.max(state.nextObject, Number(trailerValue(bytes, 'Size'))),
  },
})

export const trailDocument = '01a203af-c657-7acc-b82e-19093a01188e'

export function trailOf(
  upload: Buffer,
  preparedSha256: string,
  told: readonly Told[],
  shown: readonly object[] = [],
): string {
  const order = '01a203af-c6ac-7f79-81ce-34c199463cf9'
  const uploadSha256 = sha256(upload)
  const steps: readonly (readonly [string, Record<string, unknown>])[] = [
    ['order.received', { documents: [{ document: trailDocument, role: 'sign', size: upload.length, uploadSha256 }] }],
    ['order.prepared', { documents: [{ document: trailDocument, preparedSha256, uploadSha256, shown }] }],
    ...told.map((one) => ['signer.signed', { documents: [{ document: trailDocument, ...one }] }] as const),
  ]
  let previous = genesis
  const events = steps.map(([type, data], index) => {
    const event = { order, sequence: index + 1, time: clock.now.toISOString(), type, actor: 'system', data, previous }
    previous = chainHash(event)
    const { order: _, ...rest } = event
    return { ...rest, hash: previous }
  })
  return canonicalJson({ order, events })
}
