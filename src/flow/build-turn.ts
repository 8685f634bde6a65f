// The turn of a signer who has logged in: all leases or none, one revision per document up to its hole, and where he approves.
import { createHash } from 'node:crypto'
import { SeglError } from '../errors.ts'
import { buildSignedAttributes } from '../kernel/cms/index.ts'
import { parseCertificate } from '../kernel/x509/index.ts'
import { timestampMarginMs } from './authorise.ts'
import { fileParts } from './file-parts.ts'
import { hashesToApprove } from './hashes-to-approve.ts'
import { newId } from './id.ts'
import type { Ceremony, Identity, Member, SignatureAct } from './model.ts'
import { documentsToSign } from './order.ts'
import type { Ports } from './ports/index.ts'
import type { Credential, Redirect } from './ports/trust-services.ts'
import { signatureAlgorithm } from './raw-signature.ts'

/** The leases cover the walk from the hashes to the signature (CONTRACTS: 5 min). */
export const leaseSeconds = 300

/** With less than this left of his certificate, a signer who waited logs in again: the approval would come too late. */
const certificateLeftMs = 2 * timestampMarginMs

export type Prepared = Omit<SignatureAct, 'signatureValue' | 'timestampToken' | 'timestampAt' | 'state'>

export type Turn = {
  /** Documents on which somebody else holds a lease; then nothing is built. */
  readonly busy: readonly string[]
  /** In the order in which the hashes are approved. */
  readonly built?: { readonly fencing: bigint; readonly acts: readonly Prepared[]; readonly url: string }
}

/** Throws TOO_MANY_TO_APPROVE when BankID takes fewer hashes at once than there are documents. */
export async function buildTurn(
  input: {
    readonly input: { readonly approval: Redirect }
    readonly ceremony: Ceremony
    readonly members: readonly Member[]
    readonly identity: Identity
    readonly credential: Credential
  },
  { store, pdf, remoteSigning }: Ports,
): Promise<Turn> {
  const { ceremony, members, identity, credential } = input
  const wanted = members
    .flatMap(({ order, signer }) => documentsToSign(order).map((document) => ({ document, signer })))
    // The order of the hashes; `Tx.signatures` gives it back.
    .sort((a, b) => (a.document.id < b.document.id ? -1 : 1))
  const ids = wanted.map(({ document }) => document.id)
  if (ids.length > credential.multisign) throw tooMany(credential.multisign)
  const taken = await store.transaction(ceremony.tenantId, async (tx) => {
    const lease = await tx.takeLeases(ids, ceremony.id, new Date(tx.now.getTime() + leaseSeconds * 1000))
    if ('busy' in lease) return lease
    const files = []
    for (const { document, signer } of wanted) {
      const [revisions, state] = [await tx.revisions(document.id), await tx.appendState(document.id)]
      if (!state) throw new SeglError('STATE_CONFLICT', 'The document is not prepared.')
      files.push({ document, signer, revisions, state })
    }
    return { fencing: lease.fencing, now: tx.now, files }
  })
  if ('busy' in taken) return taken

  const leaf = credential.certificates[0] ?? new Uint8Array()
  const { notBefore, notAfter } = parseCertificate(leaf)
  // EU DSS fails a /M outside the certificate's validity (SigningTimeInCertRange); notBefore is back-dated by 60 s.
  if (ceremony.identity && taken.now.getTime() > notAfter - certificateLeftMs) {
    throw new SeglError('CEREMONY_EXPIRED', 'The certificate of this log-in ran out while somebody else signed.')
  }
  if (taken.now < new Date(notBefore) || taken.now > new Date(notAfter)) {
    throw new SeglError('CLOCK_SKEWED', 'Our clock and that of BankID disagree by more than a minute. Try again later.')
  }
  const hole = { certificates: credential.certificates, algorithm: signatureAlgorithm(credential.signAlgorithm) }
  const acts = await Promise.all(
    taken.files.map(async ({ document, signer, revisions, state }): Promise<Prepared> => {
      const toBeSigned = await pdf.beginSignature({
        file: fileParts(revisions),
        state,
        slot: signer.slot,
        look: {
          language: signer.language,
          name: identity.name,
          role: signer.role,
          onBehalfOf: signer.onBehalfOf,
          level: identity.level,
        },
        claimedTime: taken.now,
        hole,
      })
      const signedAttributes = buildSignedAttributes({
        contentDigest: Buffer.from(toBeSigned.documentDigest, 'base64'),
        digestAlgorithm: 'sha256',
        signingCertificate: leaf,
      })
      return {
        id: newId(taken.now),
        orderId: document.orderId,
        documentId: document.id,
        signerId: signer.id,
        ceremonyId: ceremony.id,
        slot: signer.slot,
        baseRevision: revisions.at(-1)?.number ?? 0,
        toBeSigned,
        signedAttributes,
        toBeSignedHash: createHash('sha256').update(signedAttributes).digest('hex'),
      }
    }),
  )
  const url = await remoteSigning.approvalUrl({
    ...input.input.approval,
    credential,
    language: ceremony.language,
    hashes: hashesToApprove(
      acts,
      wanted.map(({ document }) => document),
    ),
  })
  return { busy: [], built: { fencing: taken.fencing, acts, url } }
}

const tooMany = (most: number): SeglError =>
  new SeglError(
    'TOO_MANY_TO_APPROVE',
    `BankID approves at most ${most} documents at a time. Split the order into smaller ones.`,
  )
