// Signature fields with their widgets in one dictionary, empty and signed (ISO 32000-2, 12.7.5.5 and 12.5.6.19).

import { byteString, dict, type NewObject, name, type PdfDict, type Rectangle, ref } from '../pdf/index.ts'
import type { AppendState, FieldState, StoredRef } from './state.ts'

/** Print and Locked: PDF/A asks for the first, the second keeps people from moving the widget. */
const widgetFlags = 132

const digits = (number: number, width: number): string => String(number).padStart(width, '0')

// A partial name has no period (ISO 32000-2, 12.7.4.2), and none is the beginning of another, because EU DSS
// compares parts of names.
export const slotName = (slot: number): string => `Segl-Sig-${digits(slot, 2)}`
export const sealName = 'Segl-Seal'
export const timestampName = (count: number): string => `Segl-Time-${digits(count, 3)}`

/** `wanted`, or with a letter behind it when the upload has such a field already. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const prefix = [...letters].find((letter) => !taken.has(`${letter}-${wanted}`)) ?? 'segl'
  return taken.has(wanted) ? `${prefix}-${wanted}` : wanted
}

/** The field's dictionary; with `value` it is signed and shows `appearance`. */
export function fieldDict(field: FieldState, appearance: number, value?: number): PdfDict {
  return dict({
    Type: name('Annot'),
    Subtype: name('Widget'),
    FT: name('Sig'),
    T: byteString(Buffer.from(field.name, 'latin1')),
    Rect: field.rect,
    P: refOf(field.page),
    F: widgetFlags,
    AP: dict({ N: ref(appearance) }),
    V: value === undefined ? undefined : ref(value),
  })
}

export const refOf = ([number, generation]: StoredRef) => ref(number, generation)

export const invisible: Rectangle = [0, 0, 0, 0]

/** The /BBox of every appearance of a field: its own size, so that nothing is scaled. */
export function formBox([x1, y1, x2, y2]: Rectangle): Rectangle {
  const round = (length: number): number => Math.round(Math.abs(length) * 1000) / 1000
  return [0, 0, round(x2 - x1), round(y2 - y1)]
}

/** The form dictionary with its fields, rewritten as it was with `added` behind the others. */
export function acroFormObject(state: AppendState, added: readonly StoredRef[] = []): NewObject {
  const fields = [...state.acroForm.fields, ...added].map(([number, generation]) => `${number} ${generation} R`)
  return {
    number: state.acroForm.object,
    generation: state.acroForm.generation,
    body: { kind: 'written', text: `<<${state.acroForm.entries} /Fields [${fields.join(' ')}]>>` },
  }
}
