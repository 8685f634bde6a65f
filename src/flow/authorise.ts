// The signer has approved exactly these hashes: BankID signs them, and signatures and time-stamps are stored at once.
import { createHash } from 'node:crypto'
import { SeglError } from '../errors.ts'
import { hashesToApprove } from './hashes-to-approve.ts'
import type { Ceremony, Member, SignatureAct } from './model.ts'
import type { Ports } from './ports/index.ts'
import type { Timestamp } from './ports/trust-services.ts'
import { checkRawSignature } from './raw-signature.ts'
import type { AttemptStep } from './story.ts'
import type { TrailEntry } from './trail.ts'

/** Between authorised and signed nobody else may take the documents; a worker needs seconds. */
const embeddingSeconds = 24 * 3600
/** The time-stamp has to prove that the certificate was valid: no token in its last minute. */
export const timestampMarginMs = 60_000
/** Requests to the time-stamp authority at once. */
const stampsAtOnce = 8

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
  readonly ceremony: Ceremony
  /** What was approved, whole and in order: also for signers who have left since. */
  readonly approved: readonly SignatureAct[]
  /** Those of it that still count. */
  readonly acts: readonly SignatureAct[]
  /** Whose signatures were approved, with their documents. */
  readonly signers: readonly Member[]
}
/** How long the request may take, beside waiting for the person, before a worker finishes what it has on record, or ends an attempt that left nothing. */
const answerSeconds = 30

/** Time-stamps by act; without one where no time-stamp authority answered: the worker asks again until the certificate ends. */
type Result = ReadonlyMap<string, Timestamp>

export const authorise: AttemptStep<Input, Plan, Result, undefined> = {
  async begin(tx, { members, input }) {
    const { from } = input
    const [first] = members
    const ceremony = await (from ? tx.ceremony(from.ceremonyId) : first && tx.liveCeremony(first.signer.id))
    const approved = ceremony ? await tx.signatures({ ceremonyId: ceremony.id }) : []
    const inside = ceremony ? await tx.ceremonySigners(ceremony.id) : []
    const acts = approved.filter(({ state }) => state === 'prepared')
    const told = ceremony?.state === 'identified' && ceremony.redirectKind === 'approval' && from
    const onRecord = ceremony?.state === 'authorising' && acts.every((act) => act.signatureValue)
    const everybody = inside.every((id) => members.some(({ signer }) => signer.id === id))
    if (!ceremony || acts.length === 0 || !everybody || !(told || onRecord)) {
      throw new SeglError('STATE_CONFLICT', 'This approval has been used or replaced.', {
        extra: { state: first?.signer.state },
      })
    }
    if (from) {
      // A death before BankID's signature is on record: nobody can repeat it, so the attempt ends and the signer is asked again.
      const expiresAt = new Date(tx.now.getTime() + (from.approvalSeconds + answerSeconds) * 1000)
      await tx.updateCeremony(ceremony.id, { state: 'authorising', expiresAt })
      for (const { order, signer } of members) {
        await tx.schedule({ orderId: order.id, subjectId: signer.id, step: 'void', at: expiresAt })
      }
    }
    const signers = await tx.membersOf([...new Set(approved.map(({ signerId }) => signerId))])
    return { input, ceremony, approved, acts, signers }
  },

  async act(plan, ports) {
    const values = await signatureValues(plan, ports)
    const stamps = new Map<string, Timestamp>()
    const left = [...values]
    const work = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) {
        const [id, value] = next
        // RFC 3161 appendix A: the time-stamp is over the signature value. Without one the worker goes on asking.
        const imprint = createHash('sha256').update(value).digest()
        const stamp = await ports.timestamps.timestamp(imprint).catch(() => undefined)
        if (stamp) stamps.set(id, stamp)
      }
    }
    await Promise.all(Array.from({ length: stampsAtOnce }, work))
    return stamps
  },

  async commit(tx, { members }, stamps, { ceremony, acts }) {
    const trails = new Map<string, TrailEntry[]>()
    for (const { order, signer } of members) {
      const own = acts.filter(({ signerId }) => signerId === signer.id)
      for (const act of own) {
        const stamp = stamps.get(act.id)
        await tx.updateSignature(act.id, {
          state: 'authorised',
          ...(stamp && inTime(stamp, ceremony) ? { timestampToken: stamp.token, timestampAt: stamp.time } : {}),
        })
      }
      await tx.updateSigner(signer.id, { state: 'authorised' })
      await tx.finishTask(['void', 'authorise'], signer.id)
      await tx.schedule({ orderId: order.id, subjectId: signer.id, step: 'sign' })
      trails.set(order.id, [
        {
          type: 'signer.authorised',
          actor: 'bankid',
          // What a time-stamp is over was there before it.
          at: earliest([tx.now, ...own.flatMap(({ id }) => stamps.get(id)?.time ?? [])]),
          signerId: signer.id,
          data: {
            ceremony: ceremony.id,
            documents: own.map((act) => ({
              document: act.documentId,
              toBeSignedSha256: act.toBeSignedHash,
              timestamp: stamps.get(act.id)?.time.toISOString() ?? null,
            })),
          },
        },
      ])
    }
    await tx.updateCeremony(ceremony.id, { state: 'authorised', serviceToken: null })
    return { trails, answer: undefined }
  },
}

const earliest = (times: readonly Date[]): Date => new Date(Math.min(...times.map((time) => time.getTime())))

/**
 * The approved signatures by act: those on record from an earlier run, or fresh ones, put on record before anything else can
 * fail. What was signed for somebody who has left the attempt is dropped unseen: his order was cancelled, or he declined.
 */
async function signatureValues(plan: Plan, { store, remoteSigning }: Ports): Promise<ReadonlyMap<string, Uint8Array>> {
  const { ceremony, approved, acts, input, signers } = plan
  const stored = acts.flatMap(({ id, signatureValue }) => (signatureValue ? [[id, signatureValue] as const] : []))
  if (stored.length === acts.length) return new Map(stored)

  const { credentialId, certificates, signAlgorithm, serviceToken, fencing } = ceremony
  if (!input.from || !credentialId || !signAlgorithm || serviceToken === null || fencing === null) {
    throw new SeglError('STATE_CONFLICT', 'Nothing has been approved.')
  }
  const { tenantId } = ceremony
  const redirect = { state: ceremony.oauthState, nonce: ceremony.nonce, codeVerifier: ceremony.codeVerifier }
  const credential = { credentialId, certificates, signAlgorithm, multisign: ceremony.multisign ?? approved.length }
  const documents = signers.flatMap(({ order }) => order.documents)
  const hashes = hashesToApprove(approved, documents)
  const { callback } = input.from
  const approval = await remoteSigning.finishApproval({ ...redirect, callback, serviceToken, credential, hashes })

  // Immediately before signHash: whoever slept past his lease must not sign over somebody else's revision.
  const ids = acts.map(({ documentId }) => documentId)
  const held = await store.transaction(tenantId, (tx) => tx.holdsLeases(ids, ceremony.id, fencing))
  if (!held)
    throw new SeglError('CEREMONY_EXPIRED', 'The signing took too long and somebody else went first. Start again.')
  const values = await remoteSigning.signHashes({ ...approval, credential, hashes: hashes.map(({ hash }) => hash) })
  const fresh = new Map<string, Uint8Array>()
  for (const [index, act] of approved.entries()) {
    const [certificate, signature] = [certificates[0], values[index]]
    checkRawSignature({ certificate, signAlgorithm, data: act.signedAttributes, signature })
    if (signature && acts.some(({ id }) => id === act.id)) fresh.set(act.id, signature)
  }
  // The approval is spent. A death before this is on record means that the signer is asked again; after it, a worker
  // takes the time-stamps and goes on (CONTRACTS, Trust).
  await store.transaction(tenantId, async (tx) => {
    await tx.lockAll('order', [...new Set(acts.map(({ orderId }) => orderId))])
    await tx.lockAll('signer', [...new Set(acts.map(({ signerId }) => signerId))])
    const inside = await tx.ceremonySigners(ceremony.id)
    if ((await tx.ceremony(ceremony.id))?.state !== 'authorising') {
      throw new SeglError('STATE_CONFLICT', 'The signing was ended meanwhile.')
    }
    const at = new Date(tx.now.getTime() + answerSeconds * 1000)
    for (const { id, orderId, signerId } of acts) {
      const value = fresh.get(id)
      if (!value || !inside.includes(signerId)) continue
      await tx.updateSignature(id, { signatureValue: value })
      await tx.finishTask('void', signerId)
      await tx.schedule({ orderId, subjectId: signerId, step: 'authorise', at })
    }
    await tx.extendLeases(ceremony.id, new Date(tx.now.getTime() + embeddingSeconds * 1000))
  })
  return fresh
}

const inTime = (stamp: Timestamp, { certificateNotAfter }: Ceremony): boolean =>
  certificateNotAfter !== null && stamp.time.getTime() <= certificateNotAfter.getTime() - timestampMarginMs
