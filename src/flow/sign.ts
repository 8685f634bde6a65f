// The approved signature becomes a revision: time-stamp, validation data, CMS, appended and checked. Only now is he "signed".
import { createHash } from 'node:crypto'
import { SeglError } from '../errors.ts'
import { buildSignedData, parseTimestampToken } from '../kernel/cms/index.ts'
import { timestampMarginMs } from './authorise.ts'
import { fileParts, fileSize } from './file-parts.ts'
import type { Ceremony, Revision, SignatureAct } from './model.ts'
import { noTrouble, withSigner } from './order.ts'
import type { Ports } from './ports/index.ts'
import type { Appended } from './ports/pdf-work.ts'
import type { StoredValidation } from './ports/store.ts'
import type { Timestamp } from './ports/trust-services.ts'
import { signatureAlgorithm } from './raw-signature.ts'
import type { SignerStep } from './story.ts'
import { passTurn } from './turn.ts'
import { scheduleAugmentation } from './unproven.ts'
import { storedValidation } from './validation-data.ts'

type Plan = {
  readonly ceremony: Ceremony
  readonly now: Date
  readonly files: readonly { readonly act: SignatureAct; readonly revisions: readonly Revision[] }[]
}
type Result = {
  readonly embedded: readonly {
    readonly act: SignatureAct
    readonly revisions: readonly Revision[]
    readonly appended: Appended
    readonly blobSha256: string
    readonly cms: Uint8Array
    readonly stamp: Timestamp
  }[]
  readonly validation: readonly StoredValidation[]
}

export const sign: SignerStep<undefined, Plan, Result, undefined> = {
  async begin(tx, { signer }) {
    const ceremony = await tx.liveCeremony(signer.id)
    if (!ceremony)
      throw new SeglError('STATE_CONFLICT', 'There is no approved signature.', { extra: { state: signer.state } })
    const files = []
    for (const act of await tx.signatures({ ceremonyId: ceremony.id, signerId: signer.id })) {
      if (act.state === 'authorised') files.push({ act, revisions: await tx.revisions(act.documentId) })
    }
    return { ceremony, now: tx.now, files }
  },

  async act({ ceremony, now, files }, ports) {
    const stamps = await Promise.all(files.map(({ act }) => timestampOf(act, ceremony, now, ports)))
    const validation = await validationOf(ceremony, stamps, now, ports)
    const embedded = []
    for (const [index, { act, revisions }] of files.entries()) {
      const stamp = stamps[index]
      if (!stamp) continue
      const cms = signedData(act, ceremony, stamp)
      const appended = await ports.pdf.complete({
        file: fileParts(revisions),
        toBeSigned: act.toBeSigned,
        cms,
        signingCertificate: ceremony.certificates[0],
      })
      embedded.push({ act, revisions, appended, blobSha256: await ports.blobs.put(appended.increment), cms, stamp })
    }
    return { embedded, validation }
  },

  async commit(tx, { order, signer }, { embedded, validation }, { ceremony }) {
    for (const { act, revisions, appended, blobSha256, cms, stamp } of embedded) {
      const number = act.baseRevision + 1
      const first = await tx.appendRevisions({
        document: { id: act.documentId },
        base: act.baseRevision,
        revisions: [
          {
            number,
            kind: 'signature',
            blobSha256,
            start: fileSize(revisions),
            length: appended.increment.length,
            fileSha256: appended.fileSha256,
            signatureId: act.id,
          },
        ],
        appendState: appended.state,
      })
      // The lease forbids this: somebody would have signed over the revision that the signer saw.
      if (!first) throw new SeglError('STATE_CONFLICT', 'The document has gone on since the signer approved it.')
      await tx.updateSignature(act.id, {
        state: 'embedded',
        timestampToken: stamp.token,
        timestampAt: stamp.time,
        cmsSha256: sha256(cms),
        revisionNumber: number,
      })
    }
    await tx.insertValidationData(order.id, validation)
    await tx.releaseLeases(ceremony.id, signer.id)
    const signedAt = lastOf(embedded.map(({ stamp }) => stamp.time))
    if (!signedAt) throw new SeglError('STATE_CONFLICT', 'There is no signature to put on record.')
    await tx.updateSigner(signer.id, {
      state: 'signed',
      signedAt,
      signedName: ceremony.identity?.name ?? signer.name,
      certificateSha256: sha256(ceremony.certificates[0] ?? new Uint8Array()),
      reasonCode: null,
      reason: null,
    })
    await tx.closeCeremony(ceremony.id)
    await tx.finishTask('sign', signer.id)
    await tx.updateOrder(order.id, noTrouble)
    await tx.emit({ orderId: order.id, signerId: signer.id, type: 'signer.signed', state: 'signed' })
    await scheduleAugmentation(tx, order, embedded)
    const turn = await passTurn(tx, order, withSigner(order, signer.id, 'signed'), signer.group)
    return {
      trail: [
        {
          type: 'signer.signed',
          actor: 'system',
          at: signedAt,
          signerId: signer.id,
          data: {
            ceremony: ceremony.id,
            signedAt: signedAt.toISOString(),
            documents: embedded.map(({ act, appended, cms, stamp }) => ({
              document: act.documentId,
              timestamp: stamp.time.toISOString(),
              revision: act.baseRevision + 1,
              revisionSha256: appended.fileSha256,
              cmsSha256: sha256(cms),
            })),
          },
        },
        ...turn,
      ],
      answer: undefined,
    }
  },
}

/**
 * Of several documents, when the last one was signed: the time of a time-stamp is the only time that a signature has (RFC 3161
 * genTime; EN 319 102-1 § 5.5), and sheet, receipt, API and trail all tell this one.
 */
const lastOf = (times: readonly Date[]): Date | undefined =>
  times.reduce<Date | undefined>((last, time) => (last && last >= time ? last : time), undefined)

/** The time-stamp over the signature value: the stored one, or a new one while the certificate allows it. */
async function timestampOf(
  act: SignatureAct,
  ceremony: Ceremony,
  now: Date,
  { timestamps }: Ports,
): Promise<Timestamp> {
  if (act.timestampToken && act.timestampAt) return { token: act.timestampToken, time: act.timestampAt }
  const last = (ceremony.certificateNotAfter?.getTime() ?? 0) - timestampMarginMs
  if (act.signatureValue && now.getTime() <= last) {
    const stamp = await timestamps.timestamp(createHash('sha256').update(act.signatureValue).digest())
    if (stamp.time.getTime() <= last) return stamp
  }
  throw new SeglError('TIMESTAMP_TOO_LATE', 'No time-stamp could be had before the certificate ended. Sign again.')
}

/** Revocation data is fetched after the time-stamp, so that it speaks of the time of signing (EN 319 102-1 § 5.5). */
async function validationOf(
  ceremony: Ceremony,
  stamps: readonly Timestamp[],
  now: Date,
  { revocation }: Ports,
): Promise<readonly StoredValidation[]> {
  const [leaf, ...chain] = ceremony.certificates
  if (!leaf) throw new SeglError('CERTIFICATE_INVALID', 'The signer has no certificate. Sign again.')
  const found = [await revocation.validationData({ certificate: leaf, candidates: chain, at: now })]
  for (const { token } of stamps) {
    const { tsaCertificate, certificates } = timestampCertificates(token)
    found.push(await revocation.validationData({ certificate: tsaCertificate, candidates: certificates, at: now }))
  }
  return storedValidation(found)
}

/** The certificate that signed a time-stamp token, and the others that it carries. */
export function timestampCertificates(token: Uint8Array): {
  readonly tsaCertificate: Uint8Array
  readonly certificates: readonly Uint8Array[]
} {
  const { tsaCertificate, signedData } = parseTimestampToken(token)
  if (!tsaCertificate) throw new SeglError('TIMESTAMP_INVALID', 'The time-stamp does not carry its certificate.')
  return { tsaCertificate: tsaCertificate.der, certificates: signedData.certificates }
}

function signedData(act: SignatureAct, { certificates, signAlgorithm }: Ceremony, { token }: Timestamp): Uint8Array {
  const [leaf, ...chain] = certificates
  if (!leaf || !act.signatureValue || !signAlgorithm)
    throw new SeglError('STATE_CONFLICT', 'There is no approved signature.')
  return buildSignedData({
    digestAlgorithm: 'sha256',
    signatureAlgorithm: signatureAlgorithm(signAlgorithm),
    signedAttributes: act.signedAttributes,
    signature: act.signatureValue,
    signingCertificate: leaf,
    certificates: chain,
    timestampToken: token,
  })
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
