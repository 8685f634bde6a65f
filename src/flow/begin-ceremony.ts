// The signer goes to BankID: a new attempt, bound to his browser; an older one is void from here on.
import type { Language, Level } from './model.ts'
import type { Redirect } from './ports/trust-services.ts'
import type { SignerStep } from './story.ts'
import { refuseWhileSigning, voidLiveCeremony } from './turn.ts'

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
type Plan = Input & { readonly level: Level }

export const beginCeremony: SignerStep<Input, Plan, string, { readonly url: string }> = {
  async begin(tx, { signer, input }) {
    await refuseWhileSigning(tx, signer)
    return { ...input, level: signer.level }
  },

  act: ({ redirect, language, level }, { identityProvider }) =>
    identityProvider.loginUrl({ ...redirect, language, level }),

  async commit(tx, { signer, input }, url) {
    await voidLiveCeremony(tx, signer.id, 'CEREMONY_REPLACED')
    await tx.insertCeremony(signer, {
      id: input.ceremonyId,
      browserHash: input.browserHash,
      oauthState: input.redirect.state,
      nonce: input.redirect.nonce,
      codeVerifier: input.redirect.codeVerifier,
      language: input.language,
      expiresAt: new Date(tx.now.getTime() + ceremonySeconds * 1000),
    })
    await tx.updateSigner(signer.id, { state: 'atBankid', reasonCode: null, reason: null })
    // An attempt that nobody comes back from is void when its time is over.
    await tx.schedule({
      orderId: signer.orderId,
      subjectId: signer.id,
      step: 'void',
      at: new Date(tx.now.getTime() + ceremonySeconds * 1000),
    })
    return {
      trail: [{ type: 'ceremony.begun', actor: 'signer', signerId: signer.id, data: { ceremony: input.ceremonyId } }],
      answer: { url },
    }
  },
}
