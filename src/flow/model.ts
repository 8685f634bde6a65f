// The nouns of the story: an order, its documents and its signers, as plain values.
import type { Authority } from '../accounting/contract/signature-rights.ts'
import type { Overridden, Warning } from '../accounting/judge.ts'
import type { AmountLimit } from '../accounting/order-rule.ts'
import type { ToBeSigned } from '../kernel/pades/index.ts'

export const orderStates = [
  'draft',
  'scheduled',
  'received',
  'prepared',
  'open',
  'sealing',
  'completed',
  'declined',
  'cancelled',
  'expired',
  'failed',
] as const
export type OrderState = (typeof orderStates)[number]

/** How an order that already has signatures is closed; the state it reaches after `sealing`. */
export type Outcome = 'completed' | 'declined' | 'cancelled' | 'expired'

export const signerStates = [
  'waiting',
  'ready',
  'atBankid',
  'identified',
  'awaitingSender',
  'authorised',
  'signed',
  'declined',
  'replaced',
  'expired',
  'notApplicable',
] as const
export type SignerState = (typeof signerStates)[number]

export const documentKinds = ['annualAccounts', 'contract', 'voucher'] as const
export type DocumentKind = (typeof documentKinds)[number]

export const languages = ['nb', 'nn', 'en'] as const
export type Language = (typeof languages)[number]

/** The rows of the story's table (index.ts). */
export const stepNames = [
  'activate',
  'prepare',
  'invite',
  'remind',
  'tellSender',
  'beginCeremony',
  'identify',
  'choose',
  'confirmIdentity',
  'authorise',
  'sign',
  'augment',
  'seal',
  'renew',
  'void',
  'decline',
  'replace',
  'cancel',
  'expire',
  'fail',
] as const
export type StepName = (typeof stepNames)[number]

/** eIDAS assurance level of the login that a signature needs. */
export type Level = 'substantial' | 'high'

/** Ways to log in, as far as BankID's `amr` tells them apart: it says `bid` for the app and for the code device. */
export const loginMethods = ['appOrCodeDevice', 'mobile', 'passkey'] as const
export type LoginMethod = (typeof loginMethods)[number]

/** A group of which fewer than all have to sign. */
export type GroupRule = { readonly number: number; readonly required: number }

/** Whole days after the signer's turn came, days between reminders, and how many at most. */
export type Reminders = { readonly afterDays: number; readonly everyDays: number; readonly maximum: number }

/** What a sender can be told by mail: how the order ended, or that it stands still. */
export const toldStates = ['completed', 'declined', 'cancelled', 'expired', 'failed'] as const
export type ToldState = (typeof toldStates)[number]

/** Whom to tell by mail that the order has reached one of `states`. */
export type SenderMail = { readonly email: string; readonly language: Language; readonly states: readonly ToldState[] }

/** What may happen when the sender gave only a name and somebody of another name logs in. */
export const nameMismatchPolicies = ['hold', 'refuse'] as const
export type NameMismatchPolicy = (typeof nameMismatchPolicies)[number]

/**
 * `match`: the number, or name and birth date. `matchNameDiffers`: the number, beside another name. `nameOnly`: the name agrees, and nothing else was
 * given. `anyone`: the sender asked for nobody in particular. `nameDiffers`: the sender decides. `acceptedBySender`: the sender has.
 */
export const identityResults = [
  'match',
  'matchNameDiffers',
  'nameOnly',
  'anyone',
  'acceptedBySender',
  'nameDiffers',
  'nearMiss',
  'mismatch',
  'levelTooLow',
  'methodNotAccepted',
] as const
export type IdentityResult = (typeof identityResults)[number]

/** Somebody of another name than was given has logged in, and what the sender says to that. */
export type IdentityClaim = {
  /** BankID's pseudonym of the person, bound to the tenant (`subjectPseudonym`). */
  readonly subject: string
  readonly decision: 'pending' | 'accepted' | 'refused'
}

/** What a log-in was compared with, and what came of it: shown to the sender. */
export type IdentityCheck = {
  readonly time: string
  readonly result: IdentityResult
  readonly comparedWith: 'nationalIdentityNumber' | 'nameAndBirthDate' | 'name' | 'open'
  /** What was not as the sender wrote it: `name`, `birthDate`, `nationalIdentityNumber`. */
  readonly differs: readonly string[]
  /** The name as BankID gave it; only where it is the person asked for, or nearly. */
  readonly name: string | null
  readonly level: Level
  readonly method: LoginMethod | null
}

/** By what authority a signer binds the one he signs for, and how much he may approve. */
export type Mandate = { readonly authority?: Authority; readonly amountLimit?: AmountLimit }

/** What the accounting rules said of an order, and what its sender answered. */
export type Accounting = {
  readonly warnings: readonly Warning[]
  readonly overridden: readonly Overridden[]
  /** By the signer's position; null: who takes another's place has the mandate of that one. */
  readonly mandates: readonly (Mandate | null)[]
}

/** Why a step failed, which decides what happens next. */
export type FailureClass = 'retry' | 'trustService' | 'askSigner' | 'person'

export type Signer = {
  readonly id: string
  readonly orderId: string
  readonly state: SignerState
  readonly epoch: number
  /** Place in the order's list, from 0. */
  readonly position: number
  /** Groups sign one after the other; within a group, in parallel. From 1. */
  readonly group: number
  /** Role as the order gives it: `chair`, `boardMember`, `generalManager`, `party`, `attestant`, `approver`, … */
  readonly role: string
  /** Name as the sender wrote it; the trail and the PDF carry the name as BankID gives it. */
  readonly name: string
  /** HMAC of the national identity number, per tenant; null when the sender named none. */
  readonly personHmac: string | null
  /** ISO date; null when the sender named none. */
  readonly birthDate: string | null
  /** The sender wants whoever has the link: nobody is compared with anything. */
  readonly anyone: boolean
  readonly onBehalfOf: string | null
  readonly level: Level
  /** Ways to log in that this signature accepts; empty: any of the level. */
  readonly methods: readonly LoginMethod[]
  readonly language: Language
  readonly email: string | null
  readonly mayDelegate: boolean
  /** The signer in whose place this one is. */
  readonly replacesId: string | null
  /** Since when it is his turn. */
  readonly invitedAt: Date | null
  readonly remindersSent: number
  /** When the mail that tells him of his turn was on its way. */
  readonly toldAt: Date | null
  readonly identityCheck: IdentityCheck | null
  /** Null until somebody of another name has logged in for a signer who was given by name only. */
  readonly identityClaim: IdentityClaim | null
  /** Slot in every document of the order, from 1. */
  readonly slot: number
  /** Where the signature is shown on pages of the documents; elsewhere it is shown on the signature sheet. */
  readonly placements?: readonly Placement[]
  /** Raised to void the links given out before. */
  readonly linkVersion: number
  /** Why the last attempt was void or why he declined: a code of errors.ts. */
  readonly reasonCode: string | null
  readonly reason: string | null
  readonly signedName: string | null
  readonly signedAt: Date | null
}

/** A place on a page as it is shown: points from its upper left corner. */
export type Placement = {
  /** Null: the only document to sign. */
  readonly document: string | null
  /** From 1. */
  readonly page: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** What was sent, where it was rewritten on request (`normalise`): the document's upload is then the rewritten file. */
export type Original = {
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  /** What rewriting did: codes of src/normalise. */
  readonly changes: readonly string[]
  /** Form fields that became part of their pages. */
  readonly fields: number
}

export type OrderDocument = {
  readonly id: string
  readonly orderId: string
  readonly role: 'sign' | 'annex'
  readonly position: number
  readonly kind: DocumentKind
  readonly title: string
  readonly fileName: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly uploadSha256: string
  readonly uploadSize: number
  readonly original: Original | null
  readonly pages: number
  /** Number of the newest revision; 0 = the upload. */
  readonly revision: number
  readonly epoch: number
}

export type Order = {
  readonly id: string
  readonly tenantId: string
  readonly kind: DocumentKind
  readonly title: string
  readonly reference: string | null
  readonly language: Language
  readonly organisation: { readonly number: string; readonly name: string } | null
  /** The year that the documents belong to in the books. */
  readonly year: number | null
  readonly state: OrderState
  readonly outcome: Outcome | null
  readonly epoch: number
  readonly returnUrl: string | null
  readonly deadline: Date | null
  /** When a scheduled order goes to its signers. */
  readonly activateAt: Date | null
  /** Groups of which fewer than all have to sign; of the others everybody does. */
  readonly groups: readonly GroupRule[]
  readonly reminders: Reminders | null
  /** When a signer is given by name only, and somebody of another name logs in. */
  readonly onNameMismatch: NameMismatchPolicy
  /** The failed order in whose place this one is. */
  readonly replacesId: string | null
  /** The newest order in the place of this one. */
  readonly replacedById: string | null
  /** Null: its sender gets no mail. */
  readonly notify: SenderMail | null
  readonly accounting: Accounting
  /** Signature fields in every document to sign: one per signer and the spare ones. */
  readonly slots: number
  readonly attempt: number
  readonly lastErrorCode: string | null
  readonly lastError: string | null
  readonly nextTry: Date | null
  readonly failureClass: FailureClass | null
  /** Number of the last trail event; 0 before the first. */
  readonly trailSequence: number
  /** Hash of the last trail event, hex; 64 zeros before the first. */
  readonly trailHead: string
  readonly createdAt: Date
  readonly completedAt: Date | null
  readonly documents: readonly OrderDocument[]
  readonly signers: readonly Signer[]
}

/** One stretch of a document's file: the upload, or what one revision appended. */
export type Revision = {
  readonly number: number
  readonly kind: 'upload' | 'prepared' | 'signature' | 'seal' | 'archive'
  /** SHA-256 of this stretch alone = its name in the blob store, hex. */
  readonly blobSha256: string
  /** Offset of the stretch in the file. */
  readonly start: number
  readonly length: number
  /** SHA-256 of the whole file up to and including this revision, hex. */
  readonly fileSha256: string
  readonly createdAt: Date
}

/** Who somebody is, as BankID says it after a login. Never logged. */
export type Identity = {
  readonly name: string
  readonly givenName: string
  readonly familyName: string
  /** ISO date. */
  readonly birthDate: string
  /** Present only where the client is entitled to it. */
  readonly nationalIdentityNumber: string | null
  /** BankID's own pseudonymous identifier of the person (`bankid_altsub`). */
  readonly bankidAltsub: string
  readonly level: Level
  readonly acr: string
  readonly amr: readonly string[]
  readonly authenticatedAt: Date
}

export type CeremonyState = 'atBankid' | 'identifying' | 'identified' | 'authorising' | 'authorised' | 'signed' | 'void'

/** A signer with his order. */
export type Member = { readonly order: Order; readonly signer: Signer }

/** A link over many signers of one person, made by the accounting system. */
export type SigningSession = {
  readonly id: string
  readonly tenantId: string
  /** In the order in which they are shown. */
  readonly signerIds: readonly string[]
  readonly language: Language
  readonly returnUrl: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

/**
 * One attempt of one person in one browser, over one signer or many: from the click on "sign" until signed or void. Who is part
 * of it: `ceremonySigners` of ports/store.ts.
 */
export type Ceremony = {
  readonly id: string
  readonly tenantId: string
  /** Those that it began with. */
  readonly orderId: string
  readonly signerId: string
  readonly state: CeremonyState
  /** SHA-256 of the secret in the browser's cookie: the ceremony belongs to that browser. */
  readonly browserHash: string
  /** OAuth `state` of the redirect under way; a new one for each of the two redirects. */
  readonly oauthState: string
  readonly nonce: string
  readonly codeVerifier: string
  /** Which of the two redirects is under way. */
  readonly redirectKind: 'login' | 'approval'
  readonly language: Language
  readonly identity: Identity | null
  readonly serviceToken: string | null
  readonly credentialId: string | null
  /** DER, leaf first. */
  readonly certificates: readonly Uint8Array[]
  readonly certificateNotAfter: Date | null
  /** OID or name of the signature algorithm as CSC `key/algo` gave it. */
  readonly signAlgorithm: string | null
  /** The most hashes that BankID approves at once; null before the credential is made. */
  readonly multisign: number | null
  /** When the person said what he signs in this attempt; null while he is still to be asked. */
  readonly chosenAt: Date | null
  readonly fencing: bigint | null
  readonly expiresAt: Date
  readonly voidReason: string | null
}

/** One signature of one signer on one document within a ceremony. */
export type SignatureAct = {
  readonly id: string
  readonly orderId: string
  readonly documentId: string
  readonly signerId: string
  readonly ceremonyId: string
  readonly slot: number
  readonly baseRevision: number
  /** The revision with its hole, as plain JSON. */
  readonly toBeSigned: ToBeSigned
  /** DER SET of signed attributes. */
  readonly signedAttributes: Uint8Array
  /** SHA-256 of signedAttributes: what the signer approves, hex. */
  readonly toBeSignedHash: string
  readonly signatureValue: Uint8Array | null
  readonly timestampToken: Uint8Array | null
  readonly timestampAt: Date | null
  readonly state: 'prepared' | 'authorised' | 'embedded' | 'void'
}
