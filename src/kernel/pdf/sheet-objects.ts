// What the room that draws hands over: new pages and their resources as objects with local numbers.

import type { PdfDict, PdfObject } from './object.ts'

/** x1, y1, x2, y2 in points, origin at the lower left corner of the page. */
export type Rectangle = readonly [number, number, number, number]

/** A structure element of a sheet (ISO 32000-2, 14.7.2), for uploads that are tagged; others get the pages without it. */
export type StructureElement = {
  /** A standard structure type that PDF 1.7 and 2.0 both know: Sect, H1, P, Table, TR, TH, TD. */
  readonly role: string
  /** /A: attributes of the element. */
  readonly attributes?: PdfDict
  /** Elements, marked content of the page by its /MCID (from 0, each once), and the fields on it. */
  readonly kids: readonly StructureKid[]
}
export type StructureKid = StructureElement | { readonly mcid: number } | { readonly field: number | 'seal' }

export type SheetPage = {
  /**
   * Local number of the page's dictionary. It carries /Type /Page, /MediaBox, /Resources and /Contents of its own;
   * /Parent and /Annots are added here, /CropBox, /Rotate and /Resources when they are missing, so that nothing is inherited.
   */
  readonly object: number
  /** Where on this page the signature fields lie. Slots count from 1 over all pages, each exactly once. */
  readonly slots: readonly {
    readonly slot: number
    readonly rect: Rectangle
    /** What a reader that cannot see the field says of it (/TU, and /Contents in a tagged file). */
    readonly description?: string
  }[]
  /** The audit sheet says here where the seal's field lies (its whole area); on exactly one page. */
  readonly seal?: Rectangle
  readonly sealDescription?: string
  /** What is on the page, in reading order; the content marks the same MCIDs, and everything else as /Artifact. */
  readonly structure?: readonly StructureElement[]
}

/** A slot that lies on a page of the upload instead of on a sheet. */
export type PlacedSlot = {
  readonly slot: number
  /** From 1. */
  readonly page: number
  /** Points from the upper left corner of the page as it is shown. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly description?: string
}

export type SheetObjects = {
  readonly placed?: readonly PlacedSlot[]
  /**
   * Numbers are local, unique, positive, in any order. References between them are `localRef(n)`; streams are `newStream(dict, data)`
   * with data already encoded as /Filter in `dict` says.
   */
  readonly objects: readonly { readonly number: number; readonly body: PdfObject }[]
  readonly pages: readonly SheetPage[]
  /** RFC 3066 tag of the sheets' language, for /Lang. */
  readonly language?: string
  /** Local numbers of what the later appearances draw with (fonts, colour spaces), by a name of the sheet's choice. */
  readonly resources: Readonly<Record<string, number>>
}

/** What a signature looks like once it is made: the content of the form XObject in the field's place. */
export type Appearance = {
  /** Uncompressed content stream. */
  readonly content: Uint8Array
  /** The form's own space; it is mapped onto the field's rectangle. */
  readonly bbox: Rectangle
  /**
   * /Resources of the form: category (Font, ColorSpace …) → name used in the content → name in `SheetObjects.resources`.
   * Example: `{ Font: { F1: 'regular' }, ColorSpace: { DefaultRGB: 'rgb' } }`
   */
  readonly resources: Readonly<Record<string, Readonly<Record<string, string>>>>
}
