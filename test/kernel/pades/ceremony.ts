// Runs a document through the kernel as flow does: prepare, signers one after the other, seal, document time-stamp.

import { createHash } from 'node:crypto'
import {
  buildSignedAttributes,
  buildSignedData,
  signedAttributesForm,
  signedDataBound,
  signedDataForm,
  signRaw,
} from '../../../src/kernel/cms/index.ts'
import {
  type AppendState,
  beginDocumentTimestamp,
  beginSignature,
  completeSignature,
  prepareRevision,
  type SignatureRequest,
  type ToBeSigned,
  timestampRoom,
} from '../../../src/kernel/pades/index.ts'
import { bytesSource, type SheetObjects } from '../../../src/kernel/pdf/index.ts'
import type { SignatureAlgorithm, SigningDigest } from '../../../src/kernel/x509/index.ts'
import type { Algorithm, Authority, Identity } from './authority.ts'
import { auditAppearance, signatureAppearance } from './sheet.ts'

export type Document = { readonly bytes: Buffer; readonly state: AppendState }

/** Through JSON and back, as if another process went on. */
export const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

export function prepare(upload: Uint8Array, sheet: SheetObjects): Document {
  const { increment, state } = prepareRevision(bytesSource(upload), sheet)
  return { bytes: Buffer.concat([upload, increment]), state: stored(state) }
}

export const algorithmOf = (algorithm: Algorithm, digest: SigningDigest = 'sha256'): SignatureAlgorithm =>
  (algorithm === 'rsa-2048'
    ? `rsa-pkcs1-${digest}`
    : algorithm === 'rsa-pss-3072'
      ? `rsa-pss-${digest}`
      : `${algorithm}-${digest}`) as SignatureAlgorithm

export function sign(
  document: Document,
  authority: Authority,
  identity: Identity,
  algorithm: SignatureAlgorithm,
  request: Omit<SignatureRequest, 'contentsSize' | 'digestAlgorithm'>,
  { timestamped = true, digest = 'sha256' as SigningDigest } = {},
): Document {
  const certificates = authority.chain
  const signing = {
    digestAlgorithm: digest,
    signatureAlgorithm: algorithm,
    signingCertificate: identity.certificate,
    certificates,
  }
  const contentsSize = signedDataBound(signing)
  const begun = stored(
    beginSignature(bytesSource(document.bytes), document.state, { ...request, contentsSize, digestAlgorithm: digest }),
  )
  const signedAttributes = buildSignedAttributes({
    contentDigest: Buffer.from(begun.documentDigest, 'base64'),
    digestAlgorithm: digest,
    signingCertificate: identity.certificate,
  })
  const signature = signRaw({ privateKey: identity.key, algorithm, data: signedAttributes })
  const imprint = createHash('sha256').update(signature).digest()
  const timestampToken = timestamped ? authority.timestamp(imprint, 'sha256') : undefined
  const cms = buildSignedData({
    ...signing,
    signedAttributes,
    signature,
    ...(timestampToken === undefined ? {} : { timestampToken }),
  })
  const { increment, state } = completeSignature(begun, cms)
  return { bytes: Buffer.concat([document.bytes, increment]), state: stored(state) }
}

/** The first slot begun for somebody of that name, with room for any CMS of these tests. */
export const beginFirst = ({ bytes, state }: Document, name: string): ToBeSigned =>
  beginSignature(bytesSource(bytes), state, {
    slot: 1,
    name,
    signingTime: new Date(),
    appearance: signatureAppearance(name),
    digestAlgorithm: 'sha256',
    contentsSize: 9000,
  })

/** The forms of a CMS that names `identity`, which has a key of P-256. */
export const signerOf = (authority: Authority, { certificate }: Identity) =>
  ({
    digestAlgorithm: 'sha256',
    signatureAlgorithm: 'ecdsa-p256-sha256',
    signingCertificate: certificate,
    certificates: authority.chain,
  }) as const

/** A CMS without a time-stamp over `digest` that names `identity`; `key` makes its value. */
export function signedBy(
  authority: Authority,
  identity: Identity,
  digest: Uint8Array,
  key: Identity['key'] = identity.key,
): Uint8Array {
  const signer = signerOf(authority, identity)
  const signedAttributes = signedAttributesForm(signer)(digest)
  const signature = signRaw({ privateKey: key, algorithm: 'ecdsa-p256-sha256', data: signedAttributes })
  return signedDataForm(signer)({ signedAttributes, signature })
}

export function timestamp(document: Document, authority: Authority): Document {
  const begun = stored(
    beginDocumentTimestamp(bytesSource(document.bytes), document.state, {
      digestAlgorithm: 'sha256',
      contentsSize: timestampRoom(3000),
      validationData: {
        certificates: [...authority.chain, authority.tsaCertificate],
        crls: authority.crls,
        ocsps: [],
      },
    }),
  )
  const token = authority.timestamp(Buffer.from(begun.documentDigest, 'base64'), 'sha256')
  const { increment, state } = completeSignature(begun, token)
  return { bytes: Buffer.concat([document.bytes, increment]), state: stored(state) }
}

export async function signAll(
  upload: Uint8Array,
  sheet: SheetObjects,
  authority: Authority,
  signers: readonly { name: string; algorithm: Algorithm }[],
): Promise<{ readonly final: Document; readonly revisions: readonly Document[] }> {
  let document = prepare(upload, sheet)
  const revisions = [document]
  for (const [index, { name, algorithm }] of signers.entries()) {
    const identity = await authority.issue(name, algorithm)
    document = sign(document, authority, identity, algorithmOf(algorithm), {
      slot: index + 1,
      name,
      signingTime: new Date(),
      appearance: signatureAppearance(name),
    })
    revisions.push(document)
  }
  const seal = await authority.issue('Segl Test AS', 'rsa-pss-3072', 'organisation')
  document = sign(document, authority, seal, algorithmOf('rsa-pss-3072'), {
    slot: 'seal',
    name: 'Segl Test AS',
    signingTime: new Date(),
    appearance: auditAppearance('Audit trail'),
    trail: Buffer.from(
      JSON.stringify({ events: Array.from({ length: 600 }, (_, n) => ({ sequence: n, type: 'signer.signed' })) }),
    ),
  })
  revisions.push(document)
  document = timestamp(document, authority)
  revisions.push(document)
  return { final: document, revisions }
}
