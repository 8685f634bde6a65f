// What a transaction writes: new rows of the story, and changes of those that there are.
import type {
  Accounting,
  CeremonyState,
  FailureClass,
  Identity,
  IdentityCheck,
  IdentityClaim,
  Language,
  Order,
  OrderState,
  Outcome,
  Revision,
  Signer,
  SignerState,
} from '../model.ts'

export type OrderPatch = {
  readonly state?: OrderState
  readonly outcome?: Outcome | null
  readonly activateAt?: Date | null
  readonly accounting?: Accounting
  readonly attempt?: number
  readonly lastErrorCode?: string | null
  readonly lastError?: string | null
  readonly nextTry?: Date | null
  readonly failureClass?: FailureClass | null
  readonly completedAt?: Date
  readonly replacedById?: string
}

export type SignerPatch = {
  readonly state?: SignerState
  readonly reasonCode?: string | null
  readonly reason?: string | null
  readonly linkVersion?: number
  readonly invitedAt?: Date
  readonly remindersSent?: number
  readonly toldAt?: Date | null
  readonly identityCheck?: IdentityCheck
  readonly identityClaim?: IdentityClaim
  readonly signedName?: string
  readonly certificateSha256?: string
  readonly signedAt?: Date
}

export type CeremonyPatch = {
  readonly state?: CeremonyState
  readonly oauthState?: string
  readonly nonce?: string
  readonly codeVerifier?: string
  readonly redirectKind?: 'login' | 'approval'
  readonly identity?: Identity
  readonly serviceToken?: string | null
  readonly credentialId?: string
  readonly certificates?: readonly Uint8Array[]
  readonly certificateNotAfter?: Date
  readonly signAlgorithm?: string
  readonly multisign?: number
  readonly chosenAt?: Date | null
  readonly fencing?: bigint | null
  readonly expiresAt?: Date
  readonly voidReason?: string
}

export type NewCeremony = {
  readonly id: string
  readonly browserHash: string
  readonly oauthState: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly language: Language
  readonly expiresAt: Date
}

export type NewOrder = Omit<
  Order,
  | 'state'
  | 'outcome'
  | 'epoch'
  | 'attempt'
  | 'lastErrorCode'
  | 'lastError'
  | 'nextTry'
  | 'failureClass'
  | 'trailSequence'
  | 'trailHead'
  | 'createdAt'
  | 'completedAt'
  | 'replacedById'
  | 'documents'
  | 'signers'
> & {
  readonly state: OrderState
  /** The request of a draft as JSON; null for what is no draft. */
  readonly draft: string | null
  /** Ids of documents in the order they are to have; all belong to the tenant and to no order yet. */
  readonly documents: readonly { readonly id: string; readonly role: 'sign' | 'annex' }[]
  readonly signers: readonly NewSigner[]
}

export type NewSigner = Pick<
  Signer,
  | 'id'
  | 'position'
  | 'group'
  | 'role'
  | 'name'
  | 'personHmac'
  | 'birthDate'
  | 'anyone'
  | 'onBehalfOf'
  | 'level'
  | 'methods'
  | 'language'
  | 'email'
  | 'mayDelegate'
  | 'placements'
  | 'replacesId'
  | 'slot'
> & {
  /** The national identity number under the vault, when the sender named one. */
  readonly personEncrypted: Uint8Array | null
}

export type NewRevision = Omit<Revision, 'createdAt'> & { readonly signatureId: string | null }
