// Signature fields with their widgets in one dictionary, empty and signed (ISO 32000-2, 12.7.5.5 and 12.5.6.19).

import { dict, type NewObject, name, newStream, type Rectangle, serialise, type WrittenBody } from '../pdf/index.ts'
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

/** The field's dictionary as it is written; with `value` it is signed and shows `appearance`. */
export function fieldBody(field: FieldState, appearance: number, value?: number): WrittenBody {
  const [page, generation] = field.page
  const signed = value === undefined ? '' : ` /V ${value} 0 R`
  const text =
    `<</Type /Annot /Subtype /Widget /FT /Sig /T (${field.name}) /Rect ${serialise(field.rect)} /P ${page} ${generation} R ` +
    `/F ${widgetFlags} /AP <</N ${appearance} 0 R>>${field.entries ?? ''}${signed}>>`
  return { kind: 'written', text }
}

export const invisible: Rectangle = [0, 0, 0, 0]

/** The /BBox of every appearance of a field: its own size, so that nothing is scaled. */
export function formBox([x1, y1, x2, y2]: Rectangle): Rectangle {
  const round = (length: number): number => Math.round(Math.abs(length) * 1000) / 1000
  return [0, 0, round(x2 - x1), round(y2 - y1)]
}

/**
 * A form XObject that draws nothing: PDF/A wants an appearance even of an empty field. Its /BBox is the one that the signature's
 * appearance will have, because EU DSS takes another one for a change of the document (measured).
 */
export const emptyForm = (box: Rectangle) =>
  newStream(dict({ Type: name('XObject'), Subtype: name('Form'), BBox: box, Resources: new Map() }), new Uint8Array(0))

/** An invisible field with its value, which did not exist before, and the appearance that it shares with others. */
export function newField(
  state: AppendState,
  field: FieldState,
): {
  readonly field: FieldState
  readonly value: number
  readonly nextObject: number
  readonly objects: readonly NewObject[]
  readonly state: AppendState
} {
  const isFirst = state.emptyAppearance === 0
  const appearance = isFirst ? state.nextObject : state.emptyAppearance
  const object = state.nextObject + (isFirst ? 1 : 0)
  const value = object + 1
  const made = { ...field, object, used: true }
  return {
    field: made,
    value,
    nextObject: value + 1,
    objects: [
      ...(isFirst ? [{ number: appearance, body: emptyForm(invisible) }] : []),
      { number: object, body: fieldBody(made, appearance, value) },
    ],
    state: {
      ...state,
      emptyAppearance: appearance,
      acroForm: { ...state.acroForm, fields: [...state.acroForm.fields, [object, 0]] },
    },
  }
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
