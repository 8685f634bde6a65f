// openapi.yaml, made from the routes' own schemas: schemas with a title become components of that name.
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { stringify } from 'yaml'
import type { Api } from './api.ts'
import { placeLinks } from './operation-links.ts'
import { type PlacedExamples, ruleExamples } from './rule-examples.ts'
import { ProblemSchema, problems } from './schemas/common.ts'
import { MetadataSchema } from './schemas/metadata.ts'

export const openapiOptions: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Segl',
      version: '1.0.0',
      description:
        'Signing orders for Norwegian accounting documents. Signatures come from a simulated BankID: legally they are ' +
        'neither qualified nor advanced.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:8080', description: 'This machine' }],
    security: [{ apiKey: [] }],
    tags: [
      { name: 'Documents', description: 'Uploads and every revision of them.' },
      { name: 'Orders', description: 'Who is to sign what.' },
      { name: 'Test', description: 'Signers that sign at a word, on the simulated BankID only.' },
      { name: 'Rules', description: 'What accounting law demands of orders, asked beforehand.' },
      { name: 'Events', description: 'What happened, in one order for all readers.' },
      { name: 'Webhooks', description: 'Events sent to an address of yours, signed (Standard Webhooks).' },
      { name: 'Access', description: 'API keys, OAuth clients, and tokens for them.' },
      { name: 'Operation', description: 'Health, keys and error codes; no key needed.' },
    ],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `segl_…`.' },
      },
    },
  },
}

/** Said of answers that say nothing of themselves. */
const plainAnswer = 'Done.'

const publicPaths = /^\/(health|problems|oauth2|\.well-known)/

/** openapi.yaml of the routes. The server must be ready. */
export const openapiYaml = (api: Api): string =>
  `# Made by src/bin/openapi.ts; do not edit.\n${stringify(openapiDocument(api), { lineWidth: 120, aliasDuplicateObjects: false })}`

/** The whole description as an object. The server must be ready. */
export function openapiDocument(api: Api): Record<string, unknown> {
  const document = JSON.parse(JSON.stringify(api.swagger())) as OpenApi
  const upload = document.paths['/v1/documents']?.['post']
  if (upload) upload.requestBody = uploadBody()
  if (upload) upload.parameters = uploadHeaders
  // Optional for the validator, so that its absence has a code of its own.
  for (const parameter of document.paths['/v1/orders']?.['post']?.parameters ?? []) {
    if (parameter['name'] === 'idempotency-key') Object.assign(parameter, { name: 'Idempotency-Key', required: true })
  }
  for (const [path, operations] of Object.entries(document.paths)) {
    if (publicPaths.test(path)) for (const operation of Object.values(operations)) operation.security = []
  }
  tellCommonAnswers(document)
  for (const placed of ruleExamples()) placeExamples(document, placed)
  placeLinks(Object.values(document.paths).flatMap((operations) => Object.values(operations)))
  const components: Record<string, unknown> = {}
  const paths = hoist(document.paths, components)
  const schemas = Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)))
  const { openapi, info, servers, security, tags } = document
  return { openapi, info, servers, security, tags, paths, components: { ...document.components, schemas } }
}

type Operation = {
  operationId?: string
  parameters?: Record<string, unknown>[]
  requestBody?: unknown
  responses?: Record<string, unknown>
  security?: unknown
}
type OpenApi = {
  readonly openapi: string
  readonly info: unknown
  readonly servers: unknown
  readonly security: unknown
  readonly tags: unknown
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: Record<string, unknown>
}

const header = (description: string) => ({ description, schema: { type: 'integer' } })

/** What src/http/rate-limit.ts answers, wherever a key is needed. */
const rateLimited = {
  description: 'RATE_LIMITED',
  headers: {
    'Retry-After': header('Seconds to wait.'),
    'RateLimit-Limit': header('Requests that the key may make in a minute.'),
    'RateLimit-Remaining': header('How many of them are left.'),
    'RateLimit-Reset': header('Seconds until they are counted anew.'),
  },
  content: { 'application/problem+json': { schema: ProblemSchema } },
}

/** Answers that come before a route is asked: of the rate limit, and of bodies, which are read even where none is wanted. */
function tellCommonAnswers({ paths }: OpenApi): void {
  for (const [path, operations] of Object.entries(paths)) {
    if (!path.startsWith('/v1/')) continue
    for (const [method, operation] of Object.entries(operations)) {
      const ofBodies = method === 'get' ? {} : problems(400, 413, 415)
      const told = { ...structuredClone(ofBodies), 429: structuredClone(rateLimited), ...operation.responses }
      operation.responses = Object.fromEntries(Object.entries(told).sort(([a], [b]) => Number(a) - Number(b)))
    }
  }
}

/** Puts examples beside the schema of a request or an answer. */
function placeExamples({ paths }: OpenApi, { path, status, mediaType, examples }: PlacedExamples): void {
  const operation = paths[path]?.['post']
  const body = status === undefined ? operation?.requestBody : operation?.responses?.[status]
  const content = (body as { content?: Record<string, { examples?: unknown }> } | undefined)?.content?.[mediaType]
  if (content) content.examples = examples
}

const inExample = new Set(['example', 'examples'])

/** Replaces every titled schema by a reference and collects it under its title. */
function hoist(value: unknown, components: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => hoist(item, components))
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.fromEntries(
    // What stands in an example is no schema, though a problem document has a title and a type too.
    Object.entries(value).map(([name, member]) => [name, inExample.has(name) ? member : hoist(member, components)]),
  )
  if (inner['description'] === 'Default Response') inner['description'] = plainAnswer
  const { title, ...schema } = inner
  if (typeof title !== 'string' || !('type' in inner || 'anyOf' in inner) || 'version' in inner) return inner
  components[title] = schema
  return { $ref: `#/components/schemas/${title}` }
}

const binary = { type: 'string', contentMediaType: 'application/pdf', description: 'The PDF.' }

/** Fastify does not describe a body that is read as a stream. */
function uploadBody(): unknown {
  const metadata = JSON.parse(JSON.stringify(MetadataSchema)) as unknown
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          required: ['metadata', 'file'],
          properties: { metadata, file: binary },
        },
        encoding: { metadata: { contentType: 'application/json' }, file: { contentType: 'application/pdf' } },
      },
      'application/pdf': { schema: binary },
    },
  }
}

const uploadHeaders = [
  {
    name: 'Segl-Metadata',
    in: 'header',
    required: false,
    description:
      'For `application/pdf` only, and required there: base64url of the metadata as JSON in UTF-8, so that nothing about ' +
      'people stands in a URL.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]+={0,2}$' },
  },
  {
    name: 'Content-Disposition',
    in: 'header',
    required: false,
    description:
      "For `application/pdf` only: the file's name, as `attachment; filename*=UTF-8''avtale.pdf` (RFC 6266).",
    schema: { type: 'string', pattern: "^attachment; filename(=|[*]=UTF-8'').{1,600}$", maxLength: 700 },
    example: 'attachment; filename="avtale.pdf"',
  },
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'A retry with the same key, metadata and bytes gives the first answer.',
    schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
  },
]
