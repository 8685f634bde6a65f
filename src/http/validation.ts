// Checks requests against their TypeBox schemas and says every mistake in words, with its JSON pointer.
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import Format from 'typebox/format'
import { Settings } from 'typebox/system'
import { Value } from 'typebox/value'
import { isUsableDate, lastDay } from '../accounting/dates.ts'
import { drawableTextRule, isDrawableText } from '../accounting/drawable-text.ts'
import { checkNationalIdentityNumber, checkOrganisationNumber } from '../accounting/identifiers.ts'
import { isPlainText } from '../accounting/plain-text.ts'
import type { ErrorCode, FieldError } from '../errors.ts'

/** One entry of typebox's or Fastify's list of errors. */
export type ValidationError = {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

/** Formats of ours: their check digits are checked with everything else, so that one answer holds all mistakes. */
export function registerFormats(): void {
  // Eight by default, which would hide mistakes; a bound all the same, because a body may hold thousands.
  Settings.Set({ maxErrors: 200 })
  Format.Set('national-identity-number', (value) => checkNationalIdentityNumber(value).valid)
  Format.Set('organisation-number', (value) => checkOrganisationNumber(value).valid)
  Format.Set('date', isUsableDate)
  // RFC 3339: seconds and an offset are required; what JavaScript would guess is not guessed.
  Format.Set('date-time', (value) => isDateTime(value))
  Format.Set('date-or-date-time', (value) => isUsableDate(value) || isDateTime(value))
  // Of an empty one `minLength` tells.
  Format.Set('plain-text', (value) => value === '' || isDrawableText(value))
  Format.Set(
    'email',
    (value) => isPlainText(value) && /^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.[^\s@<>"(),:;.]+$/.test(value),
  )
  Format.Set('uri', (value) => URL.canParse(value))
  Format.Set('uuid', (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value))
}

/** A checker of a schema. typebox leaves a format out that it does not know when it compiles, without a word: ours come first. */
export function compileSchema<const T extends TSchema>(schema: T) {
  registerFormats()
  return Compile(schema)
}

/** For Fastify: bodies are taken as they are, everything else arrives as text and is converted first. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = compileSchema(schema)
  return (value: unknown) => {
    const given = httpPart === 'body' ? value : Value.Convert(schema, value)
    return compiled.Check(given) ? { value: given } : { error: [...compiled.Errors(given)] as never }
  }
}

/** Every mistake of a part of a request; pointers into anything but the body begin with the name of that part. */
export function validationMistakes(errors: readonly ValidationError[], context: string): readonly FieldError[] {
  const root = { querystring: '/query', headers: '/headers' }[context] ?? ''
  const mistakes = errors.flatMap((error) => mistakesOf(error, root))
  // A constraint on a value of the wrong type is noise; one mistake per field and sentence is enough.
  return mistakes.filter(
    (mistake, index) =>
      mistakes.findIndex(({ pointer, detail }) => pointer === mistake.pointer && detail === mistake.detail) === index,
  )
}

function mistakesOf(error: ValidationError, root: string): readonly FieldError[] {
  const { keyword, params } = error
  const at = `${root}${error.instancePath}`
  const one = (detail: string, code: ErrorCode = 'INVALID_REQUEST', pointer = at): FieldError => ({
    pointer,
    code,
    detail,
  })
  switch (keyword) {
    case 'required':
      return names(params['requiredProperties']).map((name) =>
        one(`\`${name}\` is required.`, 'INVALID_REQUEST', `${at}/${name}`),
      )
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return names(params[keyword]).map((name) =>
        one(
          'There is no such field here.',
          'INVALID_REQUEST',
          `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        ),
      )
    case 'boolean':
    case 'anyOf':
    case 'oneOf':
      return []
    case 'enum':
      return [one(`It must be one of ${names(params['allowedValues']).join(', ')}.`)]
    case 'type':
      // Of "this or null" the other half says what is wrong.
      if (params['type'] === 'null') return []
      return [one(at === '' ? 'The body must be a JSON object.' : `It must be of type ${String(params['type'])}.`)]
    case 'pattern':
      return [one('It is not written as required here.')]
    case 'format':
      return [formatMistake(String(params['format']), one)]
    default:
      return [one(`It ${error.message ?? 'is not valid'}.`)]
  }
}

const domainFormats: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  'national-identity-number': [
    'NATIONAL_IDENTITY_NUMBER_INVALID',
    'It is no national identity number: eleven digits with matching control digits. Check it for a typing error.',
  ],
  'organisation-number': [
    'ORGANISATION_NUMBER_INVALID',
    'It is no organisation number: nine digits with a matching control digit. Check it for a typing error.',
  ],
  date: ['INVALID_REQUEST', `It must be a date that exists, written YYYY-MM-DD, and not after ${lastDay}.`],
  'date-time': [
    'INVALID_REQUEST',
    `It must be a time as RFC 3339 writes it, such as 2026-06-30T12:00:00Z, and not after ${lastDay}.`,
  ],
  'date-or-date-time': [
    'INVALID_REQUEST',
    `It must be a date, written YYYY-MM-DD, or a time as RFC 3339 writes it, such as 2026-06-30T12:00:00Z, and not after ${lastDay}.`,
  ],
  'plain-text': ['INVALID_REQUEST', `It must be ${drawableTextRule}.`],
  email: ['INVALID_REQUEST', 'It must be an e-mail address.'],
  uri: ['INVALID_REQUEST', 'It must be an absolute URL.'],
  uuid: ['INVALID_REQUEST', 'It must be an id as given by this API.'],
}

function formatMistake(format: string, one: (detail: string, code?: ErrorCode) => FieldError): FieldError {
  const [code, detail] = domainFormats[format] ?? ['INVALID_REQUEST', `It does not have the format ${format}.`]
  return one(detail, code)
}

function names(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function isDateTime(value: string): boolean {
  const parts =
    /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-5][0-9])$/.exec(
      value,
    )
  if (parts === null || !isUsableDate(parts[1] ?? '')) return false
  // An offset can lead out of the years that are written with four digits, which PostgreSQL does not take.
  const instant = Date.parse(value)
  return instant >= firstInstant && instant <= lastInstant
}

const firstInstant = Date.parse('0001-01-01T00:00:00Z')
const lastInstant = Date.parse(`${lastDay}T23:59:59.999Z`)
