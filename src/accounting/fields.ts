// Reads fields of a document's metadata one by one and notes everything that is missing or wrong, so that the sender
// gets all of it in one answer.
import type { ErrorCode, FieldError } from '../errors.ts'
import { isDate, lastDay } from './dates.ts'
import { checkOrganisationNumber } from './identifiers.ts'
import { isPlainText, plainTextRule } from './plain-text.ts'

/** An object that is being read; `pointer` is where it stands in the request (RFC 6901). */
export type Reading = {
  readonly object: Readonly<Record<string, unknown>>
  readonly pointer: string
  /** Filled while reading. */
  readonly errors: FieldError[]
}

export type TextRule = {
  readonly required?: boolean
  /** In UTF-16 code units, as JSON Schema's maxLength nearly is. */
  readonly max: number
  readonly pattern?: RegExp
  /** What it should look like: completes the sentence "`name` must be …". */
  readonly shape?: string
}

export function note(reading: Reading, name: string, code: ErrorCode, detail: string): void {
  reading.errors.push({ pointer: pointerTo(reading, name), code, detail })
}

export function pointerTo(reading: Reading, name: string): string {
  return `${reading.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** True when the field is there; notes METADATA_MISSING when it is required and absent. */
export function present(reading: Reading, name: string, required: boolean): boolean {
  const value = reading.object[name]
  if (value !== undefined) return true
  if (required) note(reading, name, 'METADATA_MISSING', `\`${name}\` is required for this kind of document.`)
  return false
}

export function readText(reading: Reading, name: string, rule: TextRule): string | undefined {
  if (!present(reading, name, rule.required ?? false)) return undefined
  const value = reading.object[name]
  const shape = rule.shape ?? `a text of 1 to ${rule.max} characters`
  const text = typeof value === 'string' ? value : undefined
  if (text === undefined || text.trim() === '' || text.length > rule.max) {
    note(reading, name, 'METADATA_INVALID', `\`${name}\` must be ${shape}.`)
    return undefined
  }
  if (!isPlainText(text)) {
    note(reading, name, 'METADATA_INVALID', `\`${name}\` must be ${plainTextRule}.`)
    return undefined
  }
  if (rule.pattern && !rule.pattern.test(text)) {
    note(reading, name, 'METADATA_INVALID', `\`${name}\` must be ${shape}.`)
    return undefined
  }
  return text
}

/** `last`: the last day that it may be. */
export function readDate(reading: Reading, name: string, required: boolean, last = lastDay): string | undefined {
  if (!present(reading, name, required)) return undefined
  const value = reading.object[name]
  const exists = typeof value === 'string' && isDate(value)
  if (exists && value <= last) return value
  const shape = exists ? `a date not after ${last}` : 'a date that exists, written YYYY-MM-DD'
  note(reading, name, 'METADATA_INVALID', `\`${name}\` must be ${shape}.`)
  return undefined
}

export function readOrganisationNumber(reading: Reading, name: string, required: boolean): string | undefined {
  if (!present(reading, name, required)) return undefined
  const value = reading.object[name]
  if (typeof value !== 'string') {
    note(reading, name, 'METADATA_INVALID', `\`${name}\` must be a string of nine digits.`)
    return undefined
  }
  const answer = checkOrganisationNumber(value)
  if (answer.valid) return value
  note(reading, name, answer.code, answer.detail)
  return undefined
}

/** The object under `name`, to be read with the same list of errors. */
export function readObject(reading: Reading, name: string, required: boolean): Reading | undefined {
  if (!present(reading, name, required)) return undefined
  const value = reading.object[name]
  if (isRecord(value)) return { object: value, pointer: pointerTo(reading, name), errors: reading.errors }
  note(reading, name, 'METADATA_INVALID', `\`${name}\` must be an object.`)
  return undefined
}

/** The list under `name`, each entry read by `entry`; entries that could not be read are left out (and noted). */
export function readList<T>(
  reading: Reading,
  name: string,
  rule: { readonly min: number; readonly max: number; readonly required?: boolean },
  entry: (list: Reading, index: string) => T | undefined,
): T[] | undefined {
  if (!present(reading, name, rule.required ?? false)) return undefined
  const value = reading.object[name]
  if (!Array.isArray(value) || value.length < rule.min || value.length > rule.max) {
    note(reading, name, 'METADATA_INVALID', `\`${name}\` must be a list of ${rule.min} to ${rule.max} entries.`)
    return undefined
  }
  const list: Reading = { object: { ...value }, pointer: pointerTo(reading, name), errors: reading.errors }
  return value.map((_, index) => entry(list, String(index))).filter((item) => item !== undefined)
}

/** Notes every field that is not in `known`: a misspelt field must not be dropped in silence. */
export function refuseUnknown(reading: Reading, known: readonly string[]): void {
  for (const name of Object.keys(reading.object)) {
    if (!known.includes(name)) {
      note(reading, name, 'METADATA_INVALID', `There is no such field here. Known fields: ${known.join(', ')}.`)
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
