// What operators, trust services and curious clients ask for without a key: health, public keys, and what a code means.
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { catalogue, type ErrorCode, isSeglError, SeglError } from '../../errors.ts'
import type { Api } from '../api.ts'
import type { HttpDeps, ReadinessCheck } from '../deps.ts'
import { knownProblem, problemsBySection, wantsPage } from '../problem-page.ts'
import { problems } from '../schemas/common.ts'

/** The longest that one readiness check may take, in milliseconds. */
const checkLimit = 3000

const Readiness = Type.Object(
  {
    ready: Type.Boolean(),
    checks: Type.Array(
      Type.Object({
        name: Type.String(),
        ready: Type.Boolean(),
        code: Type.Optional(Type.String()),
        detail: Type.Optional(Type.String()),
      }),
    ),
  },
  { title: 'Readiness' },
)

const ProblemEntry = Type.Object(
  {
    code: Type.String(),
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    remedy: Type.String({ description: 'What to do about it.' }),
  },
  { title: 'ProblemEntry' },
)

export function operationRoutes(api: Api, deps: HttpDeps): void {
  const tags = ['Operation']
  /** A page instead of JSON, past the serializer of the answer's schema. */
  const shown = (reply: FastifyReply, page: string): FastifyReply =>
    reply
      .headers(deps.problemPages.headers)
      .serializer((text: string) => text)
      .send(page)

  api.get(
    '/health/live',
    {
      schema: {
        operationId: 'live',
        summary: 'The process runs',
        tags,
        response: { 200: Type.Object({ live: Type.Boolean() }) },
      },
    },
    async () => ({ live: true }),
  )

  api.get(
    '/health/ready',
    {
      schema: {
        operationId: 'ready',
        summary: 'Everything that signing needs answers: database, seal key, certificate chain, time-stamps, BankID',
        tags,
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const checks = await Promise.all(deps.readiness.map(runCheck))
      const ready = checks.every((check) => check.ready)
      return reply
        .code(ready ? 200 : 503)
        .header('Cache-Control', 'no-store')
        .send({ ready, checks })
    },
  )

  api.get(
    '/.well-known/jwks.json',
    {
      schema: {
        operationId: 'getKeys',
        summary: 'Public keys with which Segl proves who it is to BankID (RFC 7517)',
        tags,
        response: {
          200: Type.Object({ keys: Type.Array(Type.Object({}, { additionalProperties: true })) }, { title: 'KeySet' }),
        },
      },
    },
    async (_request, reply) => {
      reply.header('Cache-Control', 'public, max-age=300')
      return { keys: [...(await deps.jwks()).keys] }
    },
  )

  api.get(
    '/problems',
    {
      schema: {
        operationId: 'listProblems',
        summary: 'Every error code, with what to do; a page for browsers',
        tags,
        response: { 200: Type.Object({ problems: Type.Array(ProblemEntry) }) },
      },
    },
    async (request, reply) => {
      reply.header('Vary', 'Accept')
      if (wantsPage(request.headers.accept)) return shown(reply, deps.problemPages.all(problemsBySection))
      return { problems: Object.keys(catalogue).map((code) => knownProblem(code as ErrorCode)) }
    },
  )

  api.get(
    '/problems/:code',
    {
      schema: {
        operationId: 'getProblem',
        summary: 'What an error code means and what to do; a page for browsers',
        tags,
        params: Type.Object({ code: Type.String({ maxLength: 80 }) }),
        response: { 200: ProblemEntry, ...problems(404) },
      },
    },
    async (request, reply) => {
      const code = request.params.code.toUpperCase().replaceAll('-', '_')
      if (!Object.hasOwn(catalogue, code)) throw new SeglError('NOT_FOUND', 'There is no such problem.')
      reply.header('Vary', 'Accept')
      const problem = knownProblem(code as ErrorCode)
      return wantsPage(request.headers.accept) ? shown(reply, deps.problemPages.one(problem)) : problem
    },
  )
}

/** The reason is told when it is one of ours; anything else may hold addresses or secrets. */
async function runCheck({ name, check }: ReadinessCheck) {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SeglError('UNAVAILABLE', 'It did not answer within 3 seconds.')), checkLimit)
  })
  try {
    await Promise.race([check(), limit])
    return { name, ready: true }
  } catch (error) {
    const known = isSeglError(error)
    return {
      name,
      ready: false,
      code: known ? error.code : 'UNAVAILABLE',
      detail: known ? error.detail : 'It failed; see the log.',
    }
  } finally {
    clearTimeout(timer)
  }
}
