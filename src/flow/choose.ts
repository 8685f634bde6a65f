// The person has logged in and says what he signs in this attempt, of everything that waits for him.
import { SeglError } from '../errors.ts'
import { seenTwice } from './four-eyes.ts'
import type { Ceremony, Member } from './model.ts'
import { documentsToSign } from './order.ts'
import { compare, type Matched } from './person.ts'
import { identifiedEntry } from './record-login.ts'
import type { AttemptStep } from './story.ts'
import type { TrailEntry } from './trail.ts'
import { isSigning, voidLiveCeremony } from './turn.ts'

type Input = {
  readonly ceremonyId: string
  /** What he chose: signers of the attempt, or others that name him. */
  readonly signerIds: readonly string[]
}
type Plan = { readonly ceremony: Ceremony; readonly joining: readonly Member[]; readonly input: Input }

/** The attempt becomes that of the chosen ones, as far as they are his and free. */
export const choose: AttemptStep<Input, Plan, ReadonlyMap<string, Matched>, undefined> = {
  async begin(tx, { members, input }) {
    const ceremony = await tx.ceremony(input.ceremonyId)
    if (ceremony?.state !== 'identified' || !ceremony.identity || ceremony.fencing !== null) {
      throw new SeglError('STATE_CONFLICT', 'This log-in has been used or replaced.', {
        extra: { state: members[0]?.signer.state },
      })
    }
    if (ceremony.expiresAt < tx.now) throw new SeglError('CEREMONY_EXPIRED', 'The signing took too long. Start again.')
    const inside = await tx.ceremonySigners(ceremony.id)
    const joining = []
    for (const member of members) {
      const { id } = member.signer
      if (inside.includes(id) || !input.signerIds.includes(id) || (await isSigning(tx, member.signer))) continue
      joining.push(member)
    }
    const count = members
      .filter(({ signer }) => input.signerIds.includes(signer.id))
      .reduce((sum, { order }) => sum + documentsToSign(order).length, 0)
    if (count === 0) throw new SeglError('INVALID_REQUEST', 'Choose at least one document.')
    const most = ceremony.multisign ?? 1
    if (count > most) {
      throw new SeglError('TOO_MANY_TO_APPROVE', `BankID approves at most ${most} documents at a time. Choose fewer.`)
    }
    return { ceremony, joining, input }
  },

  async act({ ceremony, joining }, ports) {
    if (joining.length === 0 || !ceremony.identity) return new Map()
    return compare(joining, ceremony.identity, ports.vault).matched
  },

  async commit(tx, { members, input }, matched, { ceremony, joining }) {
    const { identity } = ceremony
    if (!identity) throw new SeglError('STATE_CONFLICT', 'The log-in is not finished.')
    const trails = new Map<string, TrailEntry[]>()
    const joined = members.filter(({ signer }) => joining.some((one) => one.signer.id === signer.id))
    for (const { order, signer } of joined) {
      const how = matched.get(signer.id)
      // Meanwhile he may have logged in to attest what he would approve here.
      if (how === undefined || (await seenTwice(tx, { order, signer }, identity))) continue
      await voidLiveCeremony(tx, signer.id, 'CEREMONY_REPLACED')
      await tx.joinCeremony(ceremony.id, [signer])
      await tx.updateSigner(signer.id, { state: 'identified', reasonCode: null, reason: null, identityCheck: how })
      await tx.schedule({ orderId: order.id, subjectId: signer.id, step: 'void', at: ceremony.expiresAt })
      const [certificate] = ceremony.certificates
      trails.set(order.id, [
        identifiedEntry(signer.id, { ceremonyId: ceremony.id, identity, certificate, matched: how, now: tx.now }),
      ])
    }
    const inside = await tx.ceremonySigners(ceremony.id)
    if (!inside.some((id) => input.signerIds.includes(id))) {
      throw new SeglError('STATE_CONFLICT', 'None of these documents waits for you any more.')
    }
    for (const { order, signer } of members) {
      if (!inside.includes(signer.id) || input.signerIds.includes(signer.id)) continue
      await voidLiveCeremony(tx, signer.id, 'CEREMONY_REPLACED')
      await tx.updateSigner(signer.id, { state: 'ready', reasonCode: null })
      await tx.finishTask('void', signer.id)
      const data = { ceremony: ceremony.id }
      trails.set(order.id, [{ type: 'ceremony.left', actor: 'signer', signerId: signer.id, data }])
    }
    await tx.updateCeremony(ceremony.id, { chosenAt: tx.now })
    return { trails, answer: undefined }
  },
}
