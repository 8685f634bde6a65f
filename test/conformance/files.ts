// Makes the files of the matrix with Segl's own kernel and sheets: any producer's PDF, algorithm, level and number of signers.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { degrees, PDFDocument } from 'pdf-lib'
import { buildSignedAttributes, buildSignedData, signedDataBound, signRaw } from '../../src/kernel/cms/index.ts'
import {
  type AppendState,
  appendValidationData,
  beginDocumentTimestamp,
  beginSignature,
  completeSignature,
  prepareRevision,
  type Signed,
  timestampRoom,
} from '../../src/kernel/pades/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import type { SignatureAlgorithm, SigningDigest } from '../../src/kernel/x509/index.ts'
import { auditAppearance, drawSheets, signatureAppearance } from '../../src/sheet/index.ts'
import { appendClassic, classicPdf } from '../kernel/pdf/build.ts'
import type { Authority, Identity, KeyKind } from './authority.ts'

export const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA', 'renewed twice'] as const
export type Level = (typeof levels)[number]
export const digests = ['sha256', 'sha384', 'sha512'] as const

export type Producer = {
  readonly name: string
  readonly bytes: () => Promise<Uint8Array>
  readonly hybrid?: true
  /** What veraPDF is asked for, where the upload claims PDF/A. */
  readonly flavour?: string
}

const fixture = (path: string) => async () => readFileSync(new URL(`../${path}`, import.meta.url))

export const producers: readonly Producer[] = [
  { name: 'LibreOffice', bytes: fixture('fixtures/annual-accounts.pdf') },
  { name: 'LibreOffice PDF/A-1b', bytes: fixture('kernel/pdf/fixtures/pdfa-1b.pdf'), flavour: '1b' },
  { name: 'Chromium, no /ID', bytes: fixture('fixtures/voucher.pdf') },
  { name: 'pdfTeX, xref stream', bytes: fixture('fixtures/contract.pdf') },
  { name: 'qpdf, linearized', bytes: fixture('kernel/pdf/fixtures/linearized.pdf') },
  { name: 'hybrid xref', bytes: fixture('conformance/fixtures/hybrid-xref.pdf'), hybrid: true },
  { name: 'pdf-lib, object streams', bytes: pdfLib },
  { name: 'plain, classic', bytes: async () => classicPdf() },
  { name: 'bytes after the end', bytes: async () => classicPdf({ suffix: 'sent by a portal' }) },
  {
    name: 'three revisions',
    bytes: async () => appendClassic(appendClassic(classicPdf(), { 6: '(x)' }, 7), { 6: '(y)' }, 7),
  },
]

async function pdfLib(): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  for (const rotation of [0, 90]) {
    const page = document.addPage([595, 842])
    page.drawRectangle({ x: 50, y: 50, width: 100, height: 100 })
    page.setRotation(degrees(rotation))
  }
  return document.save({ useObjectStreams: true })
}

export type Wanted = {
  readonly kind: KeyKind
  readonly digest: SigningDigest
  readonly level: Level
  readonly signers: number
}

const day = 86_400_000
/** A renewed file is this old: signed then, renewed after half of it and today. */
export const renewedAfter = 800 * day

/** Signs `upload`; the authority's clock is left at the last time-stamp. Every state goes through JSON, as between processes. */
export async function signedFile(
  upload: Uint8Array,
  wanted: Wanted,
  authority: Authority,
  now: Date,
): Promise<Uint8Array> {
  const { kind, digest, level, signers } = wanted
  const { clock } = authority
  clock.now = level === 'renewed twice' ? new Date(now.getTime() - renewedAfter) : now
  const isStamped = level !== 'B-B'
  const people = Array.from({ length: signers }, (_, index) => authority.person(index, kind))
  const seal = authority.organisation(kind)
  const document = { language: 'nb', title: 'Årsregnskap 2025', reference: null, organisation: null } as const
  const uploadSha256 = createHash('sha256').update(upload).digest('hex')
  const sheets = await drawSheets({
    ...document,
    uploadSha256,
    slots: people.map((_, index) => ({ slot: index + 1, role: 'chair' })),
  })
  const prepared = prepareRevision(bytesSource(upload), sheets)
  let bytes = Buffer.concat([upload, prepared.increment])
  let state: AppendState = prepared.state
  const append = (signed: Signed): void => {
    bytes = Buffer.concat([bytes, signed.increment])
    state = JSON.parse(JSON.stringify(signed.state))
  }
  const later = (): Date => {
    clock.now = new Date(clock.now.getTime() + 1000)
    return clock.now
  }
  const sign = (identity: Identity, slot: number | 'seal') => {
    const algorithm = `${kind.replace(/-\d{4}$/, '')}-${digest}` as SignatureAlgorithm
    const input = {
      digestAlgorithm: digest,
      signatureAlgorithm: algorithm,
      signingCertificate: identity.certificate,
      certificates: identity.chain,
    } as const
    const time = later()
    const look = { language: 'nb', name: identity.name, role: 'chair', onBehalfOf: null, time, level: 'high' } as const
    const begun = beginSignature(bytesSource(bytes), state, {
      slot,
      name: identity.name,
      signingTime: time,
      appearance:
        slot === 'seal'
          ? auditAppearance({
              ...document,
              orderId: '0193f0c2-5b1e-7a44-9c3d-2f6f1f0f8a11',
              outcome: 'completed',
              uploadSha256,
              signers: [],
              events: [{ time, type: 'order.received', name: null }],
              trailHead: uploadSha256,
              sealOrganisation: identity.name,
            })
          : signatureAppearance(look),
      digestAlgorithm: digest,
      contentsSize: signedDataBound({ ...input, largestToken: 3000 }),
    })
    const contentDigest = Buffer.from(begun.documentDigest, 'base64')
    const signedAttributes = buildSignedAttributes({ ...input, contentDigest })
    const signature = signRaw({ privateKey: identity.key, algorithm, data: signedAttributes })
    const imprint = createHash('sha256').update(signature).digest()
    const token = isStamped ? { timestampToken: authority.stamp(imprint) } : {}
    append(completeSignature(begun, buildSignedData({ ...input, signedAttributes, signature, ...token })))
  }
  const archive = (identities: readonly Identity[], tsa: 'tsa' | 'tsa2') => {
    later()
    const begun = beginDocumentTimestamp(bytesSource(bytes), state, {
      digestAlgorithm: digest,
      contentsSize: timestampRoom(3000),
      validationData: authority.validationData(identities),
    })
    append(completeSignature(begun, authority.stamp(Buffer.from(begun.documentDigest, 'base64'), digest, tsa)))
  }

  for (const [index, person] of people.entries()) sign(person, index + 1)
  sign(seal, 'seal')
  const everybody = [...people, seal]
  later()
  if (level === 'B-LT') append(appendValidationData(state, authority.validationData(everybody)))
  if (level === 'B-LTA' || level === 'renewed twice') archive(everybody, 'tsa')
  if (level === 'renewed twice') {
    for (const left of [renewedAfter / 2, 0]) {
      clock.now = new Date(now.getTime() - left)
      archive([seal], left === 0 ? 'tsa' : 'tsa2')
    }
  }
  return bytes
}
