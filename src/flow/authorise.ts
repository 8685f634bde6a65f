// The signer has approved exactly these hashes: BankID signs them, and both signature and time-stamp are stored at once.
import { createHash } from 'node:crypto'
import { SeglError } from '../errors.ts'
import { hashesToApprove } from './hashes-to-approve.ts'
import type { Ceremony, OrderDocument, SignatureAct } from './model.ts'
import { documentsToSign } from './order.ts'
import type { Ports } from './ports/index.ts'
import type { Timestamp } from './ports/trust-services.ts'
import { checkRawSignature } from './raw-signature.ts'
import type { SignerStep } from './story.ts'

/** Between authorised and signed nobody else may take the documents; a worker needs seconds. */
const embeddingSeconds = 24 * 3600
/** The time-stamp has to prove that the certificate was valid: no token in its last minute. */
export const timestampMarginMs = 60_000

type Input = {
  /** The ceremony whose browser came back with this query; absent when a worker goes on after a death before the answer. */
  readonly from?: {
    readonly ceremonyId: string
    readonly callback: URLSearchParams
    /** How long BankID may wait for the person's app. */
    readonly approvalSeconds: number
  }
}
type Plan = {
  readonly input: Input
  readonly tenantId: string
  readonly orderId: string
  readonly signerId: string
  readonly ceremony: Ceremony
  readonly acts: readonly SignatureAct[]
  readonly documents: readonly OrderDocument[]
}
/** How long the request may take, beside waiting for the person, before a worker finishes what it has on record, or ends an attempt that left nothing. */
const answerSeconds = 30

/** Time-stamps by act; empty where no time-stamp authority answered: the worker asks again until the certificate ends. */
type Result = readonly (Timestamp | undefined)[]

export const authorise: SignerStep<Input, Plan, Result, undefined> = {
  async begin(tx, { order, signer, input }) {
    const { from } = input
    const ceremony = await (from ? tx.ceremony(from.ceremonyId) : tx.liveCeremony(signer.id))
    const acts = ceremony
      ? (await tx.signatures({ ceremonyId: ceremony.id })).filter(({ state }) => state === 'prepared')
      : []
    const approved = ceremony?.state === 'identified' && ceremony.redirectKind === 'approval' && from
    const onRecord = ceremony?.state === 'authorising' && acts.every((act) => act.signatureValue)
    if (ceremony?.signerId !== signer.id || acts.length === 0 || !(approved || onRecord)) {
      throw new SeglError('STATE_CONFLICT', 'This approval has been used or replaced.', {
        extra: { state: signer.state },
      })
    }
    if (from) {
      // A death before BankID's signature is on record: nobody can repeat it, so the attempt ends and the signer is asked again.
      const expiresAt = new Date(tx.now.getTime() + (from.approvalSeconds + answerSeconds) * 1000)
      await tx.updateCeremony(ceremony.id, { state: 'authorising', expiresAt })
      await tx.schedule({ orderId: order.id, subjectId: signer.id, step: 'void', at: expiresAt })
    }
    const documents = documentsToSign(order)
    return { input, tenantId: order.tenantId, orderId: order.id, signerId: signer.id, ceremony, acts, documents }
  },

  async act(plan, ports) {
    const values = await signatureValues(plan, ports)
    // RFC 3161 appendix A: the time-stamp is over the signature value. Without one the worker goes on asking.
    return Promise.all(
      values.map((value) =>
        ports.timestamps.timestamp(createHash('sha256').update(value).digest()).catch(() => undefined),
      ),
    )
  },

  async commit(tx, { order, signer }, stamps, { ceremony, acts }) {
    for (const [index, act] of acts.entries()) {
      const stamp = stamps[index]
      await tx.updateSignature(act.id, {
        state: 'authorised',
        ...(stamp && inTime(stamp, ceremony) ? { timestampToken: stamp.token, timestampAt: stamp.time } : {}),
      })
    }
    await tx.updateCeremony(ceremony.id, { state: 'authorised', serviceToken: null })
    await tx.updateSigner(signer.id, { state: 'authorised' })
    await tx.finishTask('void', signer.id)
    await tx.finishTask('authorise', signer.id)
    await tx.schedule({ orderId: order.id, subjectId: signer.id, step: 'sign' })
    return {
      trail: [
        {
          type: 'signer.authorised',
          actor: 'bankid',
          signerId: signer.id,
          data: {
            ceremony: ceremony.id,
            documents: acts.map((act, index) => ({
              document: act.documentId,
              toBeSignedSha256: act.toBeSignedHash,
              timestamp: stamps[index]?.time.toISOString() ?? null,
            })),
          },
        },
      ],
      answer: undefined,
    }
  },
}

/** The approved signatures: those on record from an earlier run, or fresh ones, put on record before anything else can fail. */
async function signatureValues(plan: Plan, { store, remoteSigning }: Ports): Promise<readonly Uint8Array[]> {
  const { ceremony, acts, input, tenantId, documents } = plan
  const stored = acts.flatMap(({ signatureValue }) => (signatureValue ? [signatureValue] : []))
  if (stored.length === acts.length) return stored

  const { credentialId, certificates, signAlgorithm, serviceToken, fencing } = ceremony
  if (!input.from || !credentialId || !signAlgorithm || serviceToken === null || fencing === null) {
    throw new SeglError('STATE_CONFLICT', 'Nothing has been approved.')
  }
  const redirect = { state: ceremony.oauthState, nonce: ceremony.nonce, codeVerifier: ceremony.codeVerifier }
  const credential = { credentialId, certificates, signAlgorithm }
  const hashes = hashesToApprove(acts, documents)
  const { callback } = input.from
  const approval = await remoteSigning.finishApproval({ ...redirect, callback, serviceToken, credential, hashes })

  // Immediately before signHash: whoever slept past his lease must not sign over somebody else's revision.
  const ids = documents.map(({ id }) => id)
  const held = await store.transaction(tenantId, (tx) => tx.holdsLeases(ids, ceremony.id, fencing))
  if (!held)
    throw new SeglError('CEREMONY_EXPIRED', 'The signing took too long and somebody else went first. Start again.')
  const values = await remoteSigning.signHashes({ ...approval, credential, hashes: hashes.map(({ hash }) => hash) })
  for (const [index, act] of acts.entries()) {
    const [certificate, signature] = [certificates[0], values[index]]
    checkRawSignature({ certificate, signAlgorithm, data: act.signedAttributes, signature })
  }
  // The approval is spent. A death before this is on record means that the signer is asked again; after it, a worker
  // takes the time-stamp and goes on (CONTRACTS, Trust).
  await store.transaction(tenantId, async (tx) => {
    await tx.lock('signer', plan.signerId)
    if ((await tx.ceremony(ceremony.id))?.state !== 'authorising') {
      throw new SeglError('STATE_CONFLICT', 'The signing was ended meanwhile.')
    }
    for (const [index, act] of acts.entries()) {
      const value = values[index]
      if (value) await tx.updateSignature(act.id, { signatureValue: value })
    }
    await tx.finishTask('void', plan.signerId)
    await tx.extendLeases(ceremony.id, new Date(tx.now.getTime() + embeddingSeconds * 1000))
    await tx.schedule({
      orderId: plan.orderId,
      subjectId: plan.signerId,
      step: 'authorise',
      at: new Date(tx.now.getTime() + answerSeconds * 1000),
    })
  })
  return values
}

const inTime = (stamp: Timestamp, { certificateNotAfter }: Ceremony): boolean =>
  certificateNotAfter !== null && stamp.time.getTime() <= certificateNotAfter.getTime() - timestampMarginMs
