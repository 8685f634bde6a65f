// The PDF work of the story, done away from the event loop: reads blobs, answers increments. Nothing is stored by it.
import type { AppendState, ToBeSigned } from '../../kernel/pades/index.ts'
import type { Language } from '../model.ts'
import type { StoredValidation } from './store.ts'

/** A file as it lies in the blob store: the upload and what was appended, one after the other. */
export type FileParts = readonly { readonly sha256: string; readonly length: number }[]

/** A finished revision, ready to be stored. */
export type Appended = {
  readonly increment: Uint8Array
  /** SHA-256 of the whole file with the increment, hex. */
  readonly fileSha256: string
  readonly state: AppendState
}

export type SheetText = {
  readonly language: Language
  readonly title: string
  readonly organisation: { readonly number: string; readonly name: string } | null
  readonly reference: string | null
  readonly fileName: string
  readonly uploadSha256: string
  /** Slots of the document; spare ones have no role. */
  readonly slots: readonly { readonly slot: number; readonly role: string | null }[]
}

export type SignatureText = {
  readonly language: Language
  /** As BankID gave it. */
  readonly name: string
  readonly role: string
  readonly onBehalfOf: string | null
  readonly time: Date
}

export type AuditSigner = {
  readonly name: string
  readonly role: string
  readonly onBehalfOf: string | null
  readonly signedAt: Date
  readonly acr: string
  readonly certificate: Uint8Array
}

export type AuditText = SheetText & {
  readonly orderId: string
  readonly outcome: string
  readonly signers: readonly AuditSigner[]
  readonly events: readonly { readonly time: Date; readonly type: string; readonly name: string | null }[]
  readonly trailHead: string
  readonly sealedAt: Date
}

export interface PdfWork {
  /** Appends signature sheet, audit sheet and empty slots (revision 1). */
  prepare(input: { readonly file: FileParts; readonly text: SheetText }): Promise<Appended>
  /** Builds a signer's revision up to its hole. `certificates`: DER, leaf first, for the size of the hole. */
  beginSignature(input: {
    readonly file: FileParts
    readonly state: AppendState
    readonly slot: number
    readonly text: SignatureText
    readonly certificates: readonly Uint8Array[]
    readonly signAlgorithm: string
  }): Promise<ToBeSigned>
  /** Builds the seal's revision: appearance = audit sheet, dictionary = the machine-readable trail. */
  beginSeal(input: {
    readonly file: FileParts
    readonly state: AppendState
    readonly text: AuditText
    /** Canonical JSON of the trail. */
    readonly trail: string
    readonly organisation: string
    readonly time: Date
    readonly certificates: readonly Uint8Array[]
    readonly signAlgorithm: string
  }): Promise<ToBeSigned>
  /** Builds the last revision: validation data in the DSS, and the document time-stamp's hole. */
  beginArchive(input: {
    readonly file: FileParts
    readonly state: AppendState
    readonly validation: readonly StoredValidation[]
  }): Promise<ToBeSigned>
  /** Fills the hole and checks what came out. Too large is SIGNATURE_TOO_LARGE. */
  complete(input: {
    readonly file: FileParts
    readonly toBeSigned: ToBeSigned
    readonly cms: Uint8Array
  }): Promise<Appended>
}
