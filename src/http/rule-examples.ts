// The accounting rules' examples in openapi.yaml: the objects that tests try and docs/rules.md shows, with what Segl answers.
import { factsOf, requestOf } from '../accounting/example-facts.ts'
import { judge } from '../accounting/judge.ts'
import { longestRetention, retentionOf, retentionReason } from '../accounting/retention.ts'
import { documentRules, orderRules } from '../accounting/rules.ts'
import type { FieldError } from '../errors.ts'
import { catalogue, type ErrorCode } from '../errors.ts'
import { problemType } from './problem.ts'

/** OpenAPI's `examples`: by name, a sentence and the value. */
export type Examples = Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>

/** Where an example stands in the description. */
export type PlacedExamples = {
  readonly path: string
  /** Absent: in the request. */
  readonly status?: number
  readonly mediaType: string
  readonly examples: Examples
}

/** Stands for the bytes of the PDF. */
const file = '%PDF-1.7 …'

/** What an order without `language` is told in. */
const language = 'nb'

export const ruleExamples = (): readonly PlacedExamples[] => [
  {
    path: '/v1/documents',
    mediaType: 'multipart/form-data',
    examples: pairs(documentRules, ({ passing, failing }) => [
      { metadata: passing, file },
      { metadata: failing, file },
    ]),
  },
  {
    path: '/v1/documents',
    status: 422,
    mediaType: 'application/problem+json',
    examples: failures(documentRules, ({ check, failing }) => problem('/v1/documents', check(failing))),
  },
  {
    path: '/v1/orders/check',
    mediaType: 'application/json',
    examples: pairs(orderRules, ({ passing, failing }) => [requestOf(passing), requestOf(failing)]),
  },
  {
    path: '/v1/orders/check',
    status: 200,
    mediaType: 'application/json',
    examples: failures(orderRules, ({ failing }) => checked(failing)),
  },
  {
    path: '/v1/orders',
    status: 422,
    mediaType: 'application/problem+json',
    examples: failures(
      orderRules.filter(({ severity }) => severity === 'refusal'),
      ({ failing }) => problem('/v1/orders', judge(factsOf(failing), [], language).errors),
    ),
  },
]

type Named = { readonly id: string; readonly title: string }

const pairs = <R extends Named>(rules: readonly R[], of: (rule: R) => readonly [unknown, unknown]): Examples =>
  Object.fromEntries(
    rules.flatMap((rule) => {
      const [passing, failing] = of(rule)
      return [
        [`${rule.id}-passes`, { summary: rule.title, value: passing }],
        [`${rule.id}-fails`, { summary: `Not so: ${rule.title}`, value: failing }],
      ]
    }),
  )

const failures = <R extends Named>(rules: readonly R[], of: (rule: R) => unknown): Examples =>
  Object.fromEntries(rules.map((rule) => [`${rule.id}-fails`, { summary: `Not so: ${rule.title}`, value: of(rule) }]))

function checked(example: (typeof orderRules)[number]['failing']) {
  const facts = factsOf(example)
  const { errors, warnings, overridden } = judge(facts, [], language)
  const retention = longestRetention(facts.documents.map(({ metadata }) => retentionOf(metadata, facts.today)))
  return {
    accepted: errors.length === 0,
    errors,
    warnings,
    overrides: overridden,
    retention: retention ? { until: retention.until, reason: retentionReason(retention, language) } : null,
  }
}

function problem(instance: string, errors: readonly FieldError[]) {
  const code: ErrorCode = errors.every((error) => error.code === errors[0]?.code)
    ? (errors[0]?.code ?? 'INVALID_REQUEST')
    : 'METADATA_INVALID'
  const { title, status } = catalogue[code]
  const one = errors.length === 1 ? errors[0]?.detail : undefined
  return {
    type: problemType(code),
    title,
    status,
    detail:
      one ??
      `${errors.length} fields of the ${instance === '/v1/documents' ? 'metadata are missing or' : 'request are'} wrong. Each is named in \`errors\`.`,
    instance,
    code,
    requestId: '019a0000-0000-7000-8000-00000000000f',
    errors,
  }
}
