// POST /v1/orders/batch: many orders in one call, each made or refused on its own, the whole repeatable.
import type { FastifyRequest, FastifySchemaCompiler } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { type FieldError, SeglError } from '../../errors.ts'
import { createOrder } from '../../flow/create-order.ts'
import { refuseAny } from '../../flow/order-request.ts'
import type { KeptAnswer } from '../../flow/ports/intake.ts'
import { canonicalJson } from '../../kernel/evidence/index.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { idempotently, sendAnswer } from '../idempotency.ts'
import { linksFor } from '../links.ts'
import { orderOf } from '../order-body.ts'
import { problemOf, seglErrorOf } from '../problem.ts'
import { type BatchBody, BatchRequest, BatchView, mostOrders } from '../schemas/batch.ts'
import { problems } from '../schemas/common.ts'
import { OrderRequest, type OrderRequestBody } from '../schemas/orders.ts'
import { compileSchema, validationMistakes, validatorCompiler } from '../validation.ts'
import { orderView } from '../views.ts'

type Result = BatchBody['results'][number]

/** 100 orders with all that an order may say. */
const maxBatchBytes = 4 * 1024 * 1024
/** The list is checked with the request, its members one by one: a mistake in one refuses that one. */
const List = Type.Object(
  { orders: Type.Array(Type.Unknown(), { minItems: 1, maxItems: mostOrders }) },
  { additionalProperties: false },
)
const listOnly: FastifySchemaCompiler<TSchema> = (route) =>
  validatorCompiler(route.httpPart === 'body' ? { ...route, schema: List } : route)

const order = compileSchema(OrderRequest)

export function batchRoutes(api: Api, deps: HttpDeps): void {
  const { ports, reading, simulated } = deps

  api.post(
    '/orders/batch',
    {
      bodyLimit: maxBatchBytes,
      validatorCompiler: listOnly,
      schema: {
        operationId: 'createOrders',
        summary: `Open up to ${mostOrders} signing orders in one call; each is made or refused on its own`,
        tags: ['Orders'],
        headers: Type.Object({
          'idempotency-key': Type.Optional(
            Type.String({
              description: 'Required, for the whole call. A retry makes what is not made yet and repeats the rest.',
            }),
          ),
        }),
        body: BatchRequest,
        response: { 200: BatchView, ...problems(400, 401, 403, 409, 413, 415, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const { tenantId } = callerOf(request)
      const orders: readonly unknown[] = request.body.orders
      const what = {
        operation: 'POST /v1/orders/batch',
        required: true,
        // An HMAC, because a hash over so few possible national identity numbers would give them away.
        content: ports.vault.personHmac(tenantId, canonicalJson({ orders })),
      }
      const answer = await idempotently(deps, request, what, async (settle) => {
        const results: Result[] = []
        // One after the other: of two that want the same document the first has it, also in a retry.
        for (const [index, body] of orders.entries()) results.push(await make(request, index, body))
        const created = results.filter(({ status }) => status === 201).length
        const whole = { status: 200, body: { created, refused: results.length - created, results } }
        // What our own trouble has kept from being made is made by a retry: the whole is not kept then.
        if (results.every(({ status, problem }) => isFinal(status, problem?.code))) {
          await deps.intake.transaction(tenantId, (tx) => settle(tx, whole))
        }
        return whole
      })
      if (answer.status !== 200) return sendAnswer(reply, answer)
      return sendAnswer(reply, answer, await withLinks(request, answer.body as BatchBody))
    },
  )

  /** One order under a key of its own, which follows from that of the call: all of it is written, with its answer, or nothing. */
  async function make(request: FastifyRequest, index: number, body: unknown): Promise<Result> {
    const { tenantId } = callerOf(request)
    try {
      const answer = await idempotently(
        deps,
        request,
        {
          operation: 'POST /v1/orders',
          required: true,
          content: ports.vault.personHmac(tenantId, canonicalJson({ order: body })),
          part: index,
        },
        async (settle) => {
          let kept: KeptAnswer | undefined
          await createOrder(
            { ...deps, vault: ports.vault, companyRegister: ports.companyRegister },
            orderOf(tenantId, checked(body)),
            async (tx, created) => {
              kept = { status: 201, body: orderView(created, simulated), location: `/v1/orders/${created.id}` }
              await settle(tx, kept)
            },
          )
          if (!kept) throw new SeglError('INTERNAL', 'The order was made without an answer.')
          return kept
        },
      )
      const { status } = answer
      if (status === 201) return { index, status, order: answer.body as NonNullable<Result['order']> }
      return { index, status, problem: answer.body as NonNullable<Result['problem']> }
    } catch (thrown) {
      const error = seglErrorOf(thrown)
      const problem = problemOf(inBatch(error, index), request)
      if (problem.status >= 500) request.log.error({ err: thrown, code: error.code, index }, 'order of a batch failed')
      return { index, status: problem.status, problem: { ...problem, errors: [...(problem.errors ?? [])] } }
    }
  }

  /** The kept answer holds no links; they follow from signer and version, so a replay has them too. */
  async function withLinks(request: FastifyRequest, body: BatchBody): Promise<BatchBody> {
    const linkOf = linksFor(deps, request)
    if (!linkOf) return body
    const { tenantId } = callerOf(request)
    const results = []
    for (const result of body.results) {
      const found = result.order && (await reading.order(tenantId, result.order.id))
      if (!result.order || !found) results.push(result)
      else {
        const links = orderView(found, simulated, linkOf).signers
        const signers = result.order.signers.map((signer) => {
          const url = links.find(({ id }) => id === signer.id)?.url
          return url === undefined ? signer : { ...signer, url }
        })
        results.push({ ...result, order: { ...result.order, signers } })
      }
    }
    return { ...body, results }
  }
}

function checked(body: unknown): OrderRequestBody {
  if (!order.Check(body)) refuseAny(validationMistakes([...order.Errors(body)], 'body'))
  return body as OrderRequestBody
}

/** Pointers lead into the whole request. */
const inBatch = (error: SeglError, index: number): SeglError =>
  new SeglError(error.code, error.detail, {
    errors: error.errors.map((one): FieldError => ({ ...one, pointer: `/orders/${index}${one.pointer}` })),
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
    extra: error.extra,
  })

const isFinal = (status: number, code: unknown): boolean =>
  status < 500 && status !== 429 && code !== 'IDEMPOTENCY_IN_FLIGHT'
