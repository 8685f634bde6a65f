// The signer goes to BankID: a new attempt, bound to his browser; an older one is void from here on.
import { SeglError } from '../errors.ts'
import { type Language, type Level, type LoginMethod, loginMethods, type Member } from './model.ts'
import type { Tx } from './ports/store.ts'
import type { Redirect } from './ports/trust-services.ts'
import type { AttemptStep } from './story.ts'
import { isSigning, refuseWhileSigning, voidLiveCeremony } from './turn.ts'

/** How long a signer may take from the click until he has approved (BankID SignDoc: timeoutSeconds 1800). */
export const ceremonySeconds = 1800

type Input = {
  readonly ceremonyId: string
  /** SHA-256 of the secret in the browser's cookie, hex. */
  readonly browserHash: string
  /** Fresh random values of the redirect. */
  readonly redirect: Redirect
  readonly language: Language
}
type Plan = Input & { readonly level: Level; readonly methods: readonly LoginMethod[] }

export const beginCeremony: AttemptStep<Input, Plan, string, { readonly url: string }> = {
  async begin(tx, { members, input }) {
    const free = await notSigning(tx, members)
    return {
      ...input,
      level: free.some(({ signer }) => signer.level === 'high') ? 'high' : 'substantial',
      methods: acceptedByAll(free),
    }
  },

  act: ({ redirect, language, level, methods }, { identityProvider }) =>
    identityProvider.loginUrl({ ...redirect, language, level, methods }),

  async commit(tx, { members, input }, url) {
    const free = await notSigning(tx, members)
    const expiresAt = new Date(tx.now.getTime() + ceremonySeconds * 1000)
    for (const { signer } of free) await voidLiveCeremony(tx, signer.id, 'CEREMONY_REPLACED')
    await tx.insertCeremony(
      free.map(({ signer }) => signer),
      {
        id: input.ceremonyId,
        browserHash: input.browserHash,
        oauthState: input.redirect.state,
        nonce: input.redirect.nonce,
        codeVerifier: input.redirect.codeVerifier,
        language: input.language,
        expiresAt,
      },
    )
    for (const { order, signer } of free) {
      await tx.updateSigner(signer.id, { state: 'atBankid', reasonCode: null, reason: null })
      // An attempt that nobody comes back from is void when its time is over.
      await tx.schedule({ orderId: order.id, subjectId: signer.id, step: 'void', at: expiresAt })
    }
    const data = { ceremony: input.ceremonyId }
    return {
      trails: new Map(
        free.map(({ order, signer }) => [
          order.id,
          [{ type: 'ceremony.begun', actor: 'signer', signerId: signer.id, data }],
        ]),
      ),
      answer: { url },
    }
  },
}

/** Without those whose signature is on its way into the document; throws when that is all of them. */
async function notSigning(tx: Tx, members: readonly Member[]): Promise<readonly Member[]> {
  const free = []
  for (const member of members) if (!(await isSigning(tx, member.signer))) free.push(member)
  const [first] = members
  if (free.length === 0 && first) await refuseWhileSigning(tx, first.signer)
  if (free.length === 0) throw new SeglError('STATE_CONFLICT', 'There is nothing to sign any more.')
  return free
}

/**
 * Ways to log in that every one of the signatures accepts; empty when there is none, or all do for all. Whoever does not accept the way
 * that was taken then is left out after the log-in (identity-check.ts), which compares in any case.
 */
function acceptedByAll(members: readonly Member[]): readonly LoginMethod[] {
  const accepted = loginMethods.filter((method) =>
    members.every(({ signer: { methods } }) => methods.length === 0 || methods.includes(method)),
  )
  return accepted.length === loginMethods.length ? [] : accepted
}
