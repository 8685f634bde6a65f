// A plain sheet for kernel tests: one page with the slots, one audit page. What Segl shows is drawn by src/sheet.

import {
  type Appearance,
  dict,
  localRef,
  name,
  newStream,
  type Rectangle,
  type SheetObjects,
} from '../../../src/kernel/pdf/index.ts'

const a4: Rectangle = [0, 0, 595, 842]

const font = (base: string) =>
  dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name(base), Encoding: name('WinAnsiEncoding') })

const text = (words: string, size = 12) => Buffer.from(`BT /F1 ${size} Tf 40 780 Td (${words}) Tj ET`, 'latin1')

export function plainSheet(slots: number): SheetObjects {
  const page = (contents: number) =>
    dict({
      Type: name('Page'),
      MediaBox: a4,
      Resources: dict({ Font: dict({ F1: localRef(5) }) }),
      Contents: localRef(contents),
    })
  return {
    objects: [
      { number: 1, body: page(3) },
      { number: 2, body: page(4) },
      { number: 3, body: newStream(new Map(), text('Signature sheet')) },
      { number: 4, body: newStream(new Map(), new Uint8Array(0)) },
      { number: 5, body: font('Helvetica') },
    ],
    pages: [
      {
        object: 1,
        slots: Array.from({ length: slots }, (_, index) => ({
          slot: index + 1,
          rect: [40, 700 - index * 40, 300, 735 - index * 40] as const,
        })),
      },
      { object: 2, slots: [], seal: a4 },
    ],
    resources: { regular: 5 },
  }
}

export const signatureAppearance = (signer: string): Appearance => ({
  content: Buffer.from(`q 0.2 0.2 0.6 rg BT /F1 10 Tf 4 12 Td (${signer}) Tj ET Q`, 'latin1'),
  bbox: [0, 0, 260, 35],
  resources: { Font: { F1: 'regular' } },
})

export const auditAppearance = (words: string): Appearance => ({
  content: text(words),
  bbox: a4,
  resources: { Font: { F1: 'regular' } },
})

/** What the appearances draw with, for files without sheets. */
export const drawnWith = { objects: [{ number: 7, body: font('Helvetica') }], resources: { regular: 7 } }
