// Back from the log-in: who is it, a one-time key and certificate, the leases, and the hashes that the person is to approve.
import { createHash } from 'node:crypto'
import { SeglError } from '../errors.ts'
import { buildTurn, type Turn } from './build-turn.ts'
import { samePersonTwice, seenTwice } from './four-eyes.ts'
import type { Ceremony, Member } from './model.ts'
import { documentsToSign } from './order.ts'
import type { Redirect } from './ports/trust-services.ts'
import { recordLogin } from './record-login.ts'
import type { AttemptStep } from './story.ts'
import type { TrailEntry } from './trail.ts'
import { type LoggedIn, moreWaits, whoLoggedIn } from './who-logged-in.ts'

type Input = {
  readonly ceremonyId: string
  /** Query with which the browser came back; absent when only the leases are still to be had. */
  readonly callback?: URLSearchParams
  /** Random values of the second redirect. */
  readonly approval: Redirect
}
type Plan = { readonly input: Input; readonly members: readonly Member[]; readonly ceremony: Ceremony }
type Result = LoggedIn & {
  /** They are first asked what they sign: more than the one document waits for them. */
  readonly asked: boolean
  /** Absent while they are asked, and when the sender is to say who it is. */
  readonly turn?: Turn
}

/** `url`: on to BankID. Without one he is asked what he signs, or somebody else is signing one of the documents. */
export type Identified = { readonly url: string | null }

export const identify: AttemptStep<Input, Plan, Result, Identified> = {
  async begin(tx, { members, input }) {
    const ceremony = await tx.ceremony(input.ceremonyId)
    const waiting = ceremony?.state === 'identified' && ceremony.fencing === null && ceremony.chosenAt !== null
    const inside = ceremony ? await tx.ceremonySigners(ceremony.id) : []
    const taking = members.filter(({ signer }) => inside.includes(signer.id))
    if (!ceremony || taking.length === 0 || !(ceremony.state === 'atBankid' || waiting)) {
      throw new SeglError('STATE_CONFLICT', 'This log-in has been used or replaced.', {
        extra: { state: members[0]?.signer.state },
      })
    }
    if (ceremony.expiresAt < tx.now) throw new SeglError('CEREMONY_EXPIRED', 'The signing took too long. Start again.')
    if (!waiting) await tx.updateCeremony(ceremony.id, { state: 'identifying' })
    return { input, members: taking, ceremony }
  },

  async act(plan, ports) {
    const person = await whoLoggedIn(plan, ports)
    const { refused, held } = person.compared
    const members = plan.members.filter(({ signer }) => !refused.has(signer.id) && !held.has(signer.id))
    const { means } = person
    if (!means) return { ...person, asked: false }
    const asked = plan.ceremony.chosenAt === null && (await moreWaits(plan.ceremony, members, person.identity, ports))
    if (asked) return { ...person, asked }
    const { credential } = means
    return {
      ...person,
      asked,
      turn: await buildTurn({ ...plan, members, identity: person.identity, credential }, ports),
    }
  },

  async commit(tx, { members, input }, result, plan) {
    const { ceremony } = plan
    const { identity, means, turn } = result
    if (means) {
      await tx.updateCeremony(ceremony.id, {
        state: 'identified',
        identity,
        serviceToken: means.serviceToken,
        credentialId: means.credential.credentialId,
        certificates: means.credential.certificates,
        certificateNotAfter: means.certificateNotAfter,
        signAlgorithm: means.credential.signAlgorithm,
        multisign: means.credential.multisign,
        chosenAt: result.asked ? null : (ceremony.chosenAt ?? tx.now),
      })
    }
    const refused = new Map(result.compared.refused)
    for (const member of members) {
      if (await seenTwice(tx, member, identity)) refused.set(member.signer.id, 'FOUR_EYES_SAME_PERSON')
    }
    const compared = { ...result.compared, refused }
    const left = members.filter(({ signer }) => !refused.has(signer.id))
    if (left.length === 0 && refused.size > result.compared.refused.size) throw samePersonTwice()
    const staying = left.filter(({ signer }) => !compared.held.has(signer.id))
    const trails = new Map<string, TrailEntry[]>()
    for (const member of members) {
      trails.set(member.order.id, await recordLogin(tx, member, { ...result, compared }, ceremony.id))
    }
    if (!means) {
      // Nobody is left in the attempt: whoever the sender accepts logs in anew.
      await tx.updateCeremony(ceremony.id, { state: 'void', voidReason: 'awaitingSender', serviceToken: null })
      return { trails, answer: { url: null } }
    }
    // One who was taken out meanwhile is part of what BankID would show: that is built anew.
    const whole = staying.length === plan.members.length - result.compared.refused.size - compared.held.size
    const ids = staying.flatMap(({ order }) => documentsToSign(order).map(({ id }) => id))
    const built = turn?.built
    if (!built || !whole || !(await tx.holdsLeases(ids, ceremony.id, built.fencing))) {
      if (built) await tx.releaseLeases(ceremony.id)
      // Some can be had and some not: he is asked whether he goes on without these.
      const some = turn !== undefined && turn.busy.length > 0 && staying.some((member) => !isBusy(member, turn.busy))
      if (some) await tx.updateCeremony(ceremony.id, { chosenAt: null })
      return { trails, answer: { url: null } }
    }
    for (const act of built.acts) await tx.insertSignature(act)
    await tx.updateCeremony(ceremony.id, {
      fencing: built.fencing,
      redirectKind: 'approval',
      oauthState: input.approval.state,
      nonce: input.approval.nonce,
      codeVerifier: input.approval.codeVerifier,
    })
    for (const { order, signer } of staying) {
      const acts = built.acts.filter(({ signerId }) => signerId === signer.id)
      trails.get(order.id)?.push({
        type: 'signer.hashesShown',
        actor: 'system',
        signerId: signer.id,
        data: {
          ceremony: ceremony.id,
          // What else he approves in the same go is nobody's business here; the hash says that it was this and nothing more.
          approval: { hashes: built.acts.length, sha256: setHash(built.acts) },
          documents: acts.map((act) => ({
            document: act.documentId,
            uploadSha256: order.documents.find(({ id }) => id === act.documentId)?.uploadSha256,
            baseRevision: act.baseRevision,
            byteRangeSha256: Buffer.from(act.toBeSigned.documentDigest, 'base64').toString('hex'),
            toBeSignedSha256: act.toBeSignedHash,
          })),
        },
      })
    }
    return { trails, answer: { url: built.url } }
  },
}

/** SHA-256 over the approved hashes in hex, one per line, in the order in which BankID gets them. */
const setHash = (acts: readonly { readonly toBeSignedHash: string }[]): string =>
  sha256(Buffer.from(acts.map(({ toBeSignedHash }) => `${toBeSignedHash}\n`).join('')))

const isBusy = ({ order }: Member, busy: readonly string[]): boolean =>
  documentsToSign(order).some(({ id }) => busy.includes(id))

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
