// Shapes that many parts of the API share. A `title` makes a schema a component of openapi.yaml of that name.
import { Type } from 'typebox'
import { catalogue, type ErrorCode } from '../../errors.ts'
import { languages } from '../../flow/model.ts'

export const Id = Type.String({ format: 'uuid', description: 'UUIDv7.' })
export const Time = Type.String({ format: 'date-time', description: 'RFC 3339, UTC.' })
export const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in lower-case hexadecimal.' })
export const Language = Type.Enum([...languages], { description: 'Bokmål, nynorsk or English.' })

/** One line that people read: a name, a title, a reason. */
export const PlainText = (options: Type.TStringOptions & { readonly maxLength: number }) =>
  Type.String({ format: 'plain-text', minLength: 1, ...options })

/** A value or null. JSON Schema 2020-12 has a list of types for it, but the serializer wants anyOf. */
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const codes = Object.keys(catalogue) as [ErrorCode, ...ErrorCode[]]

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ format: 'uri-reference', description: '`/problems/<code in kebab case>`.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What happened and what to do.' }),
    instance: Type.String(),
    code: Type.String({
      description: 'Stable; clients decide by it and tolerate ones they do not know.',
      examples: codes,
    }),
    requestId: Type.String(),
    errors: Type.Optional(
      Type.Array(
        Type.Object({
          pointer: Type.String({ description: 'RFC 6901 pointer into the request.' }),
          code: Type.String(),
          detail: Type.String(),
        }),
      ),
    ),
    normaliseHelps: Type.Optional(
      Type.Boolean({
        description:
          'Of a PDF that is refused: whether the same file is accepted with `normalise: true`. It was tried. Absent where it was not.',
      }),
    ),
  },
  { title: 'Problem', description: 'RFC 9457.', additionalProperties: true },
)

/** Problem documents by status, for a route's `response`. */
export const problems = (...statuses: number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: Object.entries(catalogue)
          .filter(([code, entry]) => entry.status === status && told.test(code))
          .map(([code]) => code)
          .join(', '),
        content: { 'application/problem+json': { schema: ProblemSchema } },
      },
    ]),
  )

const told = /^(?!CONFIG|SECRET|TOO_MANY_CONN|MALFORMED_DER|LINK_|SESSION|CEREMONY|WRONG_PERSON|LEVEL)/
