// Back from the log-in: who is it, a one-time key and certificate, the lease, and the hashes he is to approve.
import { createHash } from 'node:crypto'
import { SeglError } from '../errors.ts'
import { buildSignedAttributes } from '../kernel/cms/index.ts'
import { parseCertificate } from '../kernel/x509/index.ts'
import { timestampMarginMs } from './authorise.ts'
import { fileParts } from './file-parts.ts'
import { hashesToApprove } from './hashes-to-approve.ts'
import { newId } from './id.ts'
import type { Ceremony, Identity, OrderDocument, SignatureAct, Signer } from './model.ts'
import { documentsToSign } from './order.ts'
import { type Matched, matchPerson, requireOwnCertificate } from './person.ts'
import type { Ports } from './ports/index.ts'
import type { Credential, Redirect } from './ports/trust-services.ts'
import { signatureAlgorithm } from './raw-signature.ts'
import type { SignerStep } from './story.ts'

/** The lease covers the walk from the hashes to the signature (CONTRACTS: 5 min). */
export const leaseSeconds = 300

/** With less than this left of his certificate, a signer who waited logs in again: the approval would come too late. */
const certificateLeftMs = 2 * timestampMarginMs

type Input = {
  readonly ceremonyId: string
  /** Query with which the browser came back; absent when only the lease is still to be had. */
  readonly callback?: URLSearchParams
  /** Random values of the second redirect. */
  readonly approval: Redirect
}
type Plan = {
  readonly input: Input
  readonly tenantId: string
  readonly signer: Signer
  readonly ceremony: Ceremony
  readonly documents: readonly OrderDocument[]
}
type Prepared = Omit<SignatureAct, 'signatureValue' | 'timestampToken' | 'timestampAt' | 'state'>
type Result = {
  readonly identity: Identity
  readonly serviceToken: string | null
  readonly credential: Credential
  readonly certificateNotAfter: Date
  readonly matched: Matched | null
  /** Absent while somebody else holds a lease. */
  readonly built?: { readonly fencing: bigint; readonly acts: readonly Prepared[]; readonly url: string }
}

/** `url`: on to BankID. Without one somebody else is signing one of the documents: come again. */
export type Identified = { readonly url: string | null }

export const identify: SignerStep<Input, Plan, Result, Identified> = {
  async begin(tx, { order, signer, input }) {
    const ceremony = await tx.ceremony(input.ceremonyId)
    const waiting = ceremony?.state === 'identified' && ceremony.fencing === null
    if (!ceremony || ceremony.signerId !== signer.id || !(ceremony.state === 'atBankid' || waiting)) {
      throw new SeglError('STATE_CONFLICT', 'This log-in has been used or replaced.', {
        extra: { state: signer.state },
      })
    }
    if (ceremony.expiresAt < tx.now) throw new SeglError('CEREMONY_EXPIRED', 'The signing took too long. Start again.')
    if (!waiting) await tx.updateCeremony(ceremony.id, { state: 'identifying' })
    return { input, tenantId: order.tenantId, signer, ceremony, documents: documentsToSign(order) }
  },

  async act(plan, ports) {
    const person = await whoIsIt(plan, ports)
    const built = await takeTurn(plan, person, ports)
    return built ? { ...person, built } : person
  },

  async commit(tx, { order, signer }, result, { ceremony, documents, input }) {
    await tx.updateCeremony(ceremony.id, {
      state: 'identified',
      identity: result.identity,
      serviceToken: result.serviceToken,
      credentialId: result.credential.credentialId,
      certificates: result.credential.certificates,
      certificateNotAfter: result.certificateNotAfter,
      signAlgorithm: result.credential.signAlgorithm,
    })
    await tx.updateSigner(signer.id, { state: 'identified' })
    const trail = []
    if (result.matched) {
      trail.push({
        type: 'signer.identified',
        actor: 'bankid' as const,
        signerId: signer.id,
        data: {
          ceremony: ceremony.id,
          acr: result.identity.acr,
          amr: result.identity.amr,
          level: result.identity.level,
          matchedBy: result.matched,
          certificateSha256: sha256(result.credential.certificates[0] ?? new Uint8Array()),
        },
        personal: { name: result.identity.name, birthDate: result.identity.birthDate },
      })
    }
    const { built } = result
    const ids = documents.map(({ id }) => id)
    if (!built || !(await tx.holdsLeases(ids, ceremony.id, built.fencing))) return { trail, answer: { url: null } }
    for (const act of built.acts) await tx.insertSignature(act)
    await tx.updateCeremony(ceremony.id, {
      fencing: built.fencing,
      redirectKind: 'approval',
      oauthState: input.approval.state,
      nonce: input.approval.nonce,
      codeVerifier: input.approval.codeVerifier,
    })
    trail.push({
      type: 'signer.hashesShown',
      actor: 'system' as const,
      signerId: signer.id,
      data: {
        ceremony: ceremony.id,
        documents: built.acts.map((act) => ({
          document: act.documentId,
          uploadSha256: order.documents.find(({ id }) => id === act.documentId)?.uploadSha256,
          baseRevision: act.baseRevision,
          byteRangeSha256: Buffer.from(act.toBeSigned.documentDigest, 'base64').toString('hex'),
          toBeSignedSha256: act.toBeSignedHash,
        })),
      },
    })
    return { trail, answer: { url: built.url } }
  },
}

/** Exchanges the code, compares the person, asks for key and certificate; or what an earlier run of this attempt found. */
async function whoIsIt({ input, tenantId, signer, ceremony }: Plan, ports: Ports): Promise<Omit<Result, 'built'>> {
  if (ceremony.identity && ceremony.credentialId && ceremony.certificateNotAfter && ceremony.signAlgorithm) {
    const { credentialId, certificates, signAlgorithm } = ceremony
    return {
      identity: ceremony.identity,
      serviceToken: ceremony.serviceToken,
      credential: { credentialId, certificates, signAlgorithm },
      certificateNotAfter: ceremony.certificateNotAfter,
      matched: null,
    }
  }
  if (!input.callback) throw new SeglError('STATE_CONFLICT', 'The log-in is not finished.')
  const { oauthState, nonce, codeVerifier } = ceremony
  const login = await ports.identityProvider.finishLogin({
    state: oauthState,
    nonce,
    codeVerifier,
    callback: input.callback,
  })
  const matched = matchPerson(tenantId, signer, login.identity, ports.vault)
  const credential = await ports.remoteSigning.createCredential(login.serviceToken)
  const leaf = credential.certificates[0]
  if (!leaf) throw new SeglError('TRUST_SERVICE_MALFORMED', 'BankID gave no certificate.')
  const certificate = parseCertificate(leaf)
  requireOwnCertificate(certificate, login.identity)
  return {
    identity: login.identity,
    serviceToken: login.serviceToken,
    credential,
    certificateNotAfter: new Date(certificate.notAfter),
    matched,
  }
}

/** Takes all leases or none, builds one revision per document and asks where the hashes are approved. */
async function takeTurn(
  { input, tenantId, signer, ceremony, documents }: Plan,
  { identity, credential }: Omit<Result, 'built'>,
  { store, pdf, remoteSigning }: Ports,
): Promise<Result['built']> {
  const ids = documents.map(({ id }) => id)
  const taken = await store.transaction(tenantId, async (tx) => {
    const lease = await tx.takeLeases(ids, ceremony.id, new Date(tx.now.getTime() + leaseSeconds * 1000))
    if (!('fencing' in lease)) return undefined
    const files = []
    for (const document of documents) {
      const [revisions, state] = [await tx.revisions(document.id), await tx.appendState(document.id)]
      if (!state) throw new SeglError('STATE_CONFLICT', 'The document is not prepared.')
      files.push({ document, revisions, state })
    }
    return { fencing: lease.fencing, now: tx.now, files }
  })
  if (!taken) return undefined

  const leaf = credential.certificates[0] ?? new Uint8Array()
  const { notBefore, notAfter } = parseCertificate(leaf)
  // EU DSS fails a /M outside the certificate's validity (SigningTimeInCertRange); notBefore is back-dated by 60 s.
  if (ceremony.identity && taken.now.getTime() > notAfter - certificateLeftMs) {
    throw new SeglError('CEREMONY_EXPIRED', 'The certificate of this log-in ran out while somebody else signed.')
  }
  if (taken.now < new Date(notBefore) || taken.now > new Date(notAfter)) {
    throw new SeglError('CLOCK_SKEWED', 'Our clock and that of BankID disagree by more than a minute. Try again later.')
  }
  const acts: Prepared[] = []
  for (const { document, revisions, state } of taken.files) {
    const toBeSigned = await pdf.beginSignature({
      file: fileParts(revisions),
      state,
      slot: signer.slot,
      look: {
        language: signer.language,
        name: identity.name,
        role: signer.role,
        onBehalfOf: signer.onBehalfOf,
        time: taken.now,
        level: identity.level,
      },
      hole: { certificates: credential.certificates, algorithm: signatureAlgorithm(credential.signAlgorithm) },
    })
    const signedAttributes = buildSignedAttributes({
      contentDigest: Buffer.from(toBeSigned.documentDigest, 'base64'),
      digestAlgorithm: 'sha256',
      signingCertificate: leaf,
    })
    acts.push({
      id: newId(taken.now),
      orderId: document.orderId,
      documentId: document.id,
      signerId: signer.id,
      ceremonyId: ceremony.id,
      slot: signer.slot,
      baseRevision: revisions.at(-1)?.number ?? 0,
      toBeSigned,
      signedAttributes,
      toBeSignedHash: sha256(signedAttributes),
    })
  }
  const url = await remoteSigning.approvalUrl({
    ...input.approval,
    credential,
    language: ceremony.language,
    hashes: hashesToApprove(acts, documents),
  })
  return { fencing: taken.fencing, acts, url }
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
