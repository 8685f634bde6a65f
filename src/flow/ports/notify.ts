// Messages to people, such as mail. Without an adapter the event is the message: the accounting system tells its people itself.
import type { DocumentKind, Language, ToldState } from '../model.ts'

export type Message = {
  /** `reminded`: it has been his turn for some time. */
  readonly kind: 'invited' | 'reminded'
  readonly tenantId: string
  readonly orderId: string
  readonly signerId: string
  /** The signer's own. */
  readonly language: Language
  /** Whom to write to; only signers whose address is known get a message. */
  readonly to: { readonly name: string; readonly email: string }
  /** Token of the signing link: a secret, never to be logged. */
  readonly linkToken: string
  /** The order's title is not part of it: a mail passes many hands. */
  readonly documentKind: DocumentKind
  /** Who asks for the signature; null when the order names no organisation. */
  readonly organisation: { readonly number: string; readonly name: string } | null
  readonly deadline: Date | null
  /** Which reminder this is, from 1; 0 for an invitation. */
  readonly number: number
}

/** To the sender: how his order ended, or that it stands still. Like the other, it names no title and nobody. */
export type SenderMessage = Pick<Message, 'tenantId' | 'orderId' | 'documentKind' | 'organisation'> & {
  readonly kind: 'ended'
  readonly language: Language
  readonly to: { readonly email: string }
  readonly state: ToldState
  /** Which time the order has reached that state, from 1. */
  readonly number: number
  /** How many have signed, of how many who were asked. */
  readonly signed: number
  readonly asked: number
}

export interface Notify {
  /** Resolves when the message is on its way. May be called twice for the same message. */
  send(message: Message | SenderMessage): Promise<void>
}

/** A mail that was kept instead of sent. */
export type KeptMail = { readonly at: string; readonly to: string; readonly subject: string; readonly text: string }

export interface Mailbox {
  /** Newest first, at most 100. */
  list(): Promise<readonly KeptMail[]>
}
