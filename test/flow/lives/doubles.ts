// What lies behind the ports in these lives: trust services that answer at once with real keys, signatures and tokens, and PDF work
// that appends a few bytes instead of pages. Everything else, the database above all, is the real thing.
import { createHash, randomBytes, sign } from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import type { Blobs } from '../../../src/flow/ports/blobs.ts'
import type { Ports } from '../../../src/flow/ports/index.ts'
import type { PdfWork } from '../../../src/flow/ports/pdf-work.ts'
import type { AppendState, ToBeSigned } from '../../../src/kernel/pades/index.ts'
import { nameAttributes, parseCertificate } from '../../../src/kernel/x509/index.ts'
import type { AuditAppearanceInput } from '../../../src/sheet/index.ts'
import { openAuthority } from '../../kernel/pades/authority.ts'

const sha256 = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Kept in memory: their names are what the story stores. */
function memoryBlobs(): Blobs {
  const no = (): never => {
    throw new Error('nobody reads files in these lives')
  }
  return {
    put: async (bytes) => sha256(bytes).toString('hex'),
    stage: no,
    keep: no,
    discard: no,
    get: no,
    stream: no,
    remove: async () => {},
  }
}

const state = { format: 1, size: 0 } as object as AppendState

function hole(kind: ToBeSigned['kind'], slot: number | null, base: string): ToBeSigned {
  const mark = randomBytes(16).toString('hex')
  const documentDigest = sha256(base, mark).toString('base64')
  return { kind, slot, field: `${kind}-${slot}`, head: mark, documentDigest, next: state } as object as ToBeSigned
}

const nameOf = (file: readonly { readonly sha256: string }[]): string => file.map((part) => part.sha256).join()

/** What the audit sheet of each order was drawn from. */
export const auditSheets = new Map<string, AuditAppearanceInput>()

const sound = { verdict: 'PASSED', check: null, field: null, detail: null } as const

const pdf: PdfWork = {
  judge: async () => sound,
  normaliseHelps: async () => false,
  normalise: async () => ({ bytes: Buffer.from('normalised'), changes: [], fields: 0 }),
  prepare: async ({ file, sheets }) => {
    const increment = Buffer.from(`prepared ${sheets.slots.length} ${randomBytes(8).toString('hex')}`)
    return { increment, fileSha256: sha256(nameOf(file), increment).toString('hex'), state }
  },
  beginSignature: async ({ file, slot }) => hole('signer', slot, nameOf(file)),
  beginSeal: async ({ file, look }) => {
    auditSheets.set(look.orderId, look)
    return hole('seal', null, nameOf(file))
  },
  beginArchive: async ({ file }) => hole('timestamp', null, nameOf(file)),
  readArchived: async () => ({ state, token: undefined, renewal: undefined }),
  complete: async ({ file, toBeSigned, cms }) => {
    const increment = Buffer.concat([Buffer.from(toBeSigned.head), sha256(cms)])
    return { increment, fileSha256: sha256(nameOf(file), increment).toString('hex'), state }
  },
}

type Services = Pick<
  Ports,
  'blobs' | 'pdf' | 'verifier' | 'identityProvider' | 'remoteSigning' | 'timestamps' | 'revocation' | 'sealKey'
>

/** One person, one key, one time-stamp token for all lives; `now` tells the time of the life that asks. */
export async function openServices(): Promise<(now: () => Date) => Services> {
  const authority = await openAuthority()
  const { certificate, key } = await authority.issue('Kari Nordmann, 2.5.4.5=UN:NO-9578-6000-4-1', 'ecdsa-p256')
  const scalar = Uint8Array.from(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'))
  const token = authority.timestamp(sha256('any'), 'sha256')
  authority.close()
  const certificates = [certificate, ...authority.chain]
  const own = nameAttributes(parseCertificate(certificate).subject, 'serialNumber')[0] ?? ''
  const bankidAltsub = own.replace(/^..:[A-Z]{2}-/, '')
  const blobs = memoryBlobs()
  const back = (state: string) => `https://segl.example/sign/callback?state=${state}&code=ok`
  return (now) => ({
    blobs,
    pdf,
    verifier: { judge: async () => sound },
    identityProvider: {
      loginUrl: async (redirect) => back(redirect.state),
      finishLogin: async () => ({
        identity: {
          name: 'Kari Nordmann',
          givenName: 'Kari',
          familyName: 'Nordmann',
          birthDate: '1980-01-01',
          nationalIdentityNumber: null,
          bankidAltsub,
          level: 'high',
          acr: 'urn:bankid:bid;LOA=4',
          amr: ['bid'],
          authenticatedAt: now(),
        },
        serviceToken: 'token',
        expiresAt: new Date(now().getTime() + 3600_000),
      }),
    },
    remoteSigning: {
      createCredential: async () => ({
        credentialId: 'credential',
        certificates,
        signAlgorithm: '1.2.840.10045.4.3.2',
        multisign: 50,
      }),
      approvalSeconds: 0,
      approvalUrl: async (redirect) => back(redirect.state),
      finishApproval: async () => ({ token: 'approved' }),
      // node:crypto signs messages; CSC sends hashes, which ECDSA takes as they are.
      signHashes: async ({ hashes }) =>
        hashes.map((hash) => p256.sign(Uint8Array.from(hash), scalar, { prehash: false, lowS: false, format: 'der' })),
    },
    timestamps: { timestamp: async () => ({ token, time: now() }) },
    revocation: { validationData: async () => ({ certificates: [certificate], ocsps: [], crls: [] }) },
    sealKey: async () => ({
      certificates,
      algorithm: 'ecdsa-p256-sha256',
      organisation: 'Segl',
      sign: async (data) => sign('sha256', data, key),
    }),
  })
}
