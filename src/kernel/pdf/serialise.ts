// Writes PDF objects as bytes (ISO 32000-2, 7.3), with the local numbers of new objects replaced by their real ones.

import { SeglError } from '../../errors.ts'
import { type PdfDict, type PdfObject, type PdfString, textString } from './object.ts'

export type NumberOf = (local: number) => number

const noLocals: NumberOf = (local) => {
  throw new SeglError('INTERNAL', `The local object ${local} has no number here.`)
}

/** One direct object as text, one character per byte. */
export function serialise(value: PdfObject, numberOf: NumberOf = noLocals): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return serialiseNumber(value)
  if (Array.isArray(value)) return `[${value.map((item) => serialise(item, numberOf)).join(' ')}]`
  if (value instanceof Map) return `<<${serialiseEntries(value, numberOf)}>>`
  if (!('kind' in value)) throw new SeglError('INTERNAL', 'This is no PDF object.')
  switch (value.kind) {
    case 'name':
      return serialiseName(value.name)
    case 'string':
      return serialiseString(value)
    case 'ref':
      return `${value.number} ${value.generation} R`
    case 'local':
      return `${numberOf(value.number)} 0 R`
    default:
      throw new SeglError('INTERNAL', 'A stream can only be an indirect object.')
  }
}

/** The members of a dictionary without its brackets. */
export function serialiseEntries(entries: PdfDict, numberOf: NumberOf = noLocals): string {
  const parts: string[] = []
  for (const [key, value] of entries) parts.push(`${serialiseName(key)} ${serialise(value, numberOf)}`)
  return parts.join(' ')
}

/** Numbers never have an exponent in PDF. */
function serialiseNumber(value: number): string {
  if (!Number.isFinite(value)) throw new SeglError('INTERNAL', 'A PDF number must be finite.')
  if (Number.isSafeInteger(value)) return String(value)
  const shortest = String(value)
  // Most coordinates: few decimals, which need no rounding.
  if (!shortest.includes('e') && shortest.length - shortest.indexOf('.') <= 7) return shortest
  const text = value.toFixed(Math.abs(value) < 0.001 ? 10 : 6)
  return text.replace(/0+$/, '').replace(/\.$/, '')
}

/** Every other character is written as #xx (ISO 32000-2, 7.3.5). */
const plainName = /^[!"$&'*-.0-;=?-Z\\^-z|~]*$/

export function serialiseName(value: string): string {
  if (plainName.test(value)) return `/${value}`
  const escaped = [...value].map((character) =>
    plainName.test(character) ? character : `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return `/${escaped.join('')}`
}

function serialiseString(value: PdfString): string {
  const text = Buffer.from(value.bytes).toString('latin1')
  if (/^[ -~]*$/.test(text)) return `(${text.replace(/[\\()]/g, '\\$&')})`
  return `<${Buffer.from(value.bytes).toString('hex')}>`
}

/** A text string (ISO 32000-2, 7.9.2.2) as it is written; plain text needs no bytes in between. */
export function serialiseText(text: string): string {
  return /^[ -'*-[\]-~]*$/.test(text) ? `(${text})` : serialiseString(textString(text))
}
