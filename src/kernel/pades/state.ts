// The phases of a signed file as plain JSON, so that another process can go on: what appending needs, and nothing of the file itself.

import type { Rectangle, Rotation } from '../pdf/index.ts'
import type { SigningDigest } from '../x509/index.ts'

/** Object number and generation. */
export type StoredRef = readonly [number, number]

/** One stream of the DSS with the SHA-256 (hex) of its DER, so that nothing is stored twice (EN 319 142-1 Table 1 (s)). */
export type StoredDer = {
  readonly object: number
  /** 0 when absent. */
  readonly generation?: number
  readonly sha256: string
}

export type FieldState = {
  /** 0 while there is no such object: the field comes into being with its signature. */
  readonly object: number
  /** /T, flat and unique. */
  readonly name: string
  readonly page: StoredRef
  readonly rect: Rectangle
  /** Of the upload's page that the field lies on; undefined on a sheet. What it shows is turned against that. */
  readonly rotation?: Rotation
  /** Further members of the field's dictionary, as they are written: what it says of itself, and its place in the structure tree. */
  readonly entries?: string
  /** Signed or time-stamped; never written again. */
  readonly used: boolean
}

export type SlotState = FieldState & { readonly slot: number }

/** A page that the fields of some slots come to lie on with their signatures. */
export type PageState = {
  readonly page: StoredRef
  /** Its members except /Annots, as they are written. */
  readonly entries: string
  /** Items of /Annots so far, as they are written. */
  readonly annotations: string
}

/** Everything that appending a revision needs: the file is parsed once, when this is made. */
export type AppendState = {
  readonly format: 1
  /** Bytes in the file so far. */
  readonly size: number
  /** Whether the file ends with a line end, so that the next revision can follow directly. */
  readonly lineEnd: boolean
  /** Bytes before `%PDF-` that the file's own offsets do not count. */
  readonly offsetBase: number
  readonly startxref: number
  readonly xrefKind: 'table' | 'stream'
  readonly nextObject: number
  readonly root: StoredRef
  readonly info: StoredRef | null
  /** Both parts of /ID in hex. */
  readonly id: readonly [string, string]
  /** Members of the trailer besides /Root /Info /ID, as they are written (ISO 32000-2, 7.5.6: kept in every update). */
  readonly trailer: string
  readonly acroForm: {
    readonly object: number
    readonly generation: number
    /** Its members except /Fields, as they are written. */
    readonly entries: string
    readonly fields: readonly StoredRef[]
  }
  readonly dss: {
    readonly object: number
    /** 0 when absent. */
    readonly generation?: number
    /** Its members except the lists below, as they are written; `/Type /DSS` when absent. */
    readonly entries?: string
    readonly certificates: readonly StoredDer[]
    readonly crls: readonly StoredDer[]
    readonly ocsps: readonly StoredDer[]
  }
  readonly slots: readonly SlotState[]
  readonly seal: FieldState | null
  /** Pages of what others have signed where a signature is to be shown; absent when there is none. */
  readonly pages?: readonly PageState[]
  /**
   * The catalog's members as the next revision has to write them, form and store with it: the file has none that could be
   * written alone. Absent once that has happened.
   */
  readonly catalog?: string
  /** Document time-stamps so far; names the next one's field. */
  readonly timestamps: number
  /** Object number of the form XObject that unsigned fields show; 0 when there is none yet. */
  readonly emptyAppearance: number
  /** Page that invisible fields name as theirs. */
  readonly lastPage: StoredRef
  /** Object numbers of the sheet's resources, by its own names. */
  readonly resources: Readonly<Record<string, number>>
}

/** A revision with its hole: built, hashed, not yet filled. Plain JSON; bytes are base64. */
export type ToBeSigned = {
  readonly kind: 'signer' | 'seal' | 'timestamp'
  readonly field: string
  readonly slot: number | null
  /** Bytes of the increment before and after the value of /Contents. */
  readonly head: string
  readonly tail: string
  /** Bytes of DER that the hole holds. */
  readonly contentsSize: number
  readonly byteRange: readonly [number, number, number, number]
  readonly digestAlgorithm: SigningDigest
  /** Digest over the ByteRange (base64): message-digest of the CMS, or messageImprint of the document time-stamp. */
  readonly documentDigest: string
  /** The state once the hole is filled. */
  readonly next: AppendState
}

/** A revision that can be appended: the file is base + increment. */
export type Signed = { readonly increment: Uint8Array; readonly state: AppendState }
