// The PDF work of the story, done away from the event loop: reads blobs, answers increments. Nothing is stored by it.
import type { Judgement, Stage } from '../../kernel/checks/finished.ts'
import type { AppendState, Archived, ToBeSigned } from '../../kernel/pades/index.ts'
import type { SignatureAlgorithm } from '../../kernel/x509/index.ts'
import type { AuditAppearanceInput, SheetsInput, SignatureAppearanceInput } from '../../sheet/index.ts'
import type { StoredValidation } from './store.ts'

/** A file as it lies in the blob store: the upload and what was appended, one after the other. */
export type FileParts = readonly FilePart[]

export type FilePart = {
  readonly sha256: string
  readonly length: number
  /** Where the bytes lie while they are staged and have no name by content (`Blobs.stage`). */
  readonly staged?: string
}

/** A finished revision, ready to be stored. */
export type Appended = {
  readonly increment: Uint8Array
  /** SHA-256 of the whole file with the increment, hex. */
  readonly fileSha256: string
  readonly state: AppendState
}

/** What the size of the hole in /Contents follows from: the certificates that the CMS will carry (DER, leaf first). */
export type HoleFor = { readonly certificates: readonly Uint8Array[]; readonly algorithm: SignatureAlgorithm }

/** An upload rewritten on request. */
export type Rewritten = {
  readonly bytes: Uint8Array
  /** Codes of src/normalise. */
  readonly changes: readonly string[]
  readonly fields: number
}

export type PdfWork = {
  /** Verifies a file that is about to be finished with these roots (DER), at this time. What cannot be read is FAILED. */
  judge(input: {
    readonly file: FileParts
    readonly stage: Stage
    readonly trustAnchors: readonly Uint8Array[]
    readonly at: Date
  }): Promise<Judgement>
  /** Draws form fields into their pages and writes one clean revision. Throws what normalisePdf of src/normalise throws. */
  normalise(file: FileParts): Promise<Rewritten>
  /** Whether `normalise` would make a file of this one that pre-flight accepts: both are done, and nothing is kept. */
  normaliseHelps(file: FileParts): Promise<boolean>
  /**
   * Appends signature sheets, audit sheet and empty slots (revision 1). The increment is empty for what others have signed:
   * CHANGES_FORBIDDEN or ALREADY_SIGNED where their signatures allow none after them.
   */
  prepare(input: { readonly file: FileParts; readonly sheets: SheetsInput }): Promise<Appended>
  /** Builds a signer's revision up to its hole. */
  beginSignature(input: {
    readonly file: FileParts
    readonly state: AppendState
    readonly slot: number
    readonly look: Omit<SignatureAppearanceInput, 'size'>
    /** What /M claims: nobody vouches for it but the signer (ISO 32000-2 table 255). The field shows no time. */
    readonly claimedTime: Date
    readonly hole: HoleFor
  }): Promise<ToBeSigned>
  /** Builds the seal's revision: its appearance is the audit sheet, its dictionary carries the machine-readable trail. */
  beginSeal(input: {
    readonly file: FileParts
    readonly state: AppendState
    readonly look: AuditAppearanceInput
    readonly claimedTime: Date
    /** Canonical JSON of the trail. */
    readonly trail: string
    readonly hole: HoleFor
  }): Promise<ToBeSigned>
  /** Builds the last revision: validation data in the DSS, and the document time-stamp's hole. */
  beginArchive(input: {
    readonly file: FileParts
    readonly state: AppendState
    readonly validation: readonly StoredValidation[]
  }): Promise<ToBeSigned>
  /** What renewing a file needs, read from the file alone. */
  readArchived(input: { readonly file: FileParts }): Promise<Archived>
  /**
   * Fills the hole. Too large is SIGNATURE_TOO_LARGE. The finished signature is read back and verified with `signingCertificate` (DER):
   * SIGNATURE_INVALID when it is not that one's; absent for a document time-stamp, which whoever fetched it has verified.
   */
  complete(input: {
    readonly file: FileParts
    readonly toBeSigned: ToBeSigned
    readonly cms: Uint8Array
    readonly signingCertificate?: Uint8Array | undefined
  }): Promise<Appended>
}
