// /v1/orders: opening, reading, cancelling and repeating signing orders, and new links for signers.
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { SeglError } from '../../errors.ts'
import { createOrder } from '../../flow/create-order.ts'
import { issueLink } from '../../flow/issue-link.ts'
import type { Order } from '../../flow/model.ts'
import { retryOrder } from '../../flow/retry-order.ts'
import { insist } from '../../flow/run.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { idempotently, sendAnswer } from '../idempotency.ts'
import { linkOf, linksFor } from '../links.ts'
import { orderOf, withoutNumbers } from '../order-body.ts'
import { AuditView } from '../schemas/audit.ts'
import { Id, problems } from '../schemas/common.ts'
import { LinkView, OrderRequest, OrderView } from '../schemas/orders.ts'
import { auditView, orderView } from '../views.ts'

const tags = ['Orders']

export function orderRoutes(api: Api, deps: HttpDeps): void {
  const { reading, ports, simulated } = deps
  const params = Type.Object({ id: Id })

  api.post(
    '/orders',
    {
      schema: {
        operationId: 'createOrder',
        summary: 'Open a signing order over uploaded documents',
        tags,
        headers: Type.Object({
          'idempotency-key': Type.Optional(
            Type.String({ description: 'Required. Store it before the call; a retry with it gives the first answer.' }),
          ),
        }),
        body: OrderRequest,
        response: { 201: OrderView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const { tenantId } = callerOf(request)
      const what = {
        operation: 'POST /v1/orders',
        required: true,
        content: withoutNumbers(request.body, (number) => ports.vault.personHmac(tenantId, number)),
      }
      const answer = await idempotently(deps, request, what, async (settle) => {
        const order = await createOrder(
          { ...deps, vault: ports.vault, companyRegister: ports.companyRegister },
          orderOf(tenantId, request.body),
          (tx, created) =>
            settle(tx, { status: 201, body: orderView(created, simulated), location: `/v1/orders/${created.id}` }),
        )
        return { status: 201, body: orderView(order, simulated), location: `/v1/orders/${order.id}` }
      })
      if (answer.status !== 201) return sendAnswer(reply, answer)
      // The kept answer holds no links; they follow from signer and version, so a replay has them too.
      const id = answer.location?.split('/').at(-1) ?? ''
      const links = orderView(await load(request, id), simulated, linksFor(deps, request)).signers
      const body = answer.body as ReturnType<typeof orderView>
      const signers = body.signers.map((signer) => {
        const url = links.find((candidate) => candidate.id === signer.id)?.url
        return url === undefined ? signer : { ...signer, url }
      })
      return sendAnswer(reply, answer, { ...body, signers })
    },
  )

  api.get(
    '/orders/:id',
    {
      schema: {
        operationId: 'getOrder',
        summary: 'Read an order',
        tags,
        params,
        response: { 200: OrderView, ...problems(401, 403, 404, 410, 500, 503) },
      },
    },
    async (request) => shown(request, request.params.id),
  )

  api.get(
    '/orders/:id/audit',
    {
      schema: {
        operationId: 'getAuditTrail',
        summary: 'Read the audit trail: what happened, chained by hash',
        tags,
        params,
        response: { 200: AuditView, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const order = await load(request, request.params.id, 'deleted')
      const revisions = new Map<string, Awaited<ReturnType<typeof reading.revisions>>>()
      for (const { id } of order.documents) revisions.set(id, await reading.revisions(tenantId, id))
      return auditView(order, revisions, await reading.trail(tenantId, order.id), simulated)
    },
  )

  api.post(
    '/orders/:id/cancel',
    {
      schema: {
        operationId: 'cancelOrder',
        summary: 'Take an order back; signatures already given are sealed with that outcome',
        tags,
        params,
        response: { 200: OrderView, ...problems(401, 403, 404, 409, 410, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const { id } = await load(request, request.params.id)
      await insist(ports, 'cancel', { tenantId, id }, undefined)
      return shown(request, id)
    },
  )

  api.post(
    '/orders/:id/retry',
    {
      schema: {
        operationId: 'retryOrder',
        summary: 'Try failed steps again now, instead of at their next try; a failed order goes back to where it stood',
        tags,
        params,
        response: { 200: OrderView, ...problems(401, 403, 404, 409, 410, 500, 503) },
      },
    },
    async (request) => {
      await retryOrder(ports.store, callerOf(request).tenantId, request.params.id)
      return shown(request, request.params.id)
    },
  )

  api.post(
    '/orders/:id/signers/:signer/links',
    {
      schema: {
        operationId: 'issueLink',
        summary: 'Give a signer a new link; earlier ones stop working',
        tags,
        params: Type.Object({ id: Id, signer: Id }),
        response: { 201: LinkView, ...problems(401, 403, 404, 409, 410, 500, 503) },
      },
    },
    async (request, reply) => {
      const { id, signer } = request.params
      const issued = await issueLink(ports.store, callerOf(request).tenantId, id, signer)
      return reply.code(201).send({
        signer,
        url: linkOf(deps, { id: signer, linkVersion: issued.linkVersion }),
        version: issued.linkVersion,
      })
    },
  )

  async function shown(request: FastifyRequest, id: string): Promise<ReturnType<typeof orderView>> {
    const order = await load(request, id)
    const failing = await reading.failing(order.tenantId, id)
    return orderView(order, simulated, linksFor(deps, request), failing)
  }

  async function load(request: FastifyRequest, id: string, also?: 'deleted'): Promise<Order> {
    const order = await reading.order(callerOf(request).tenantId, id, also)
    if (!order) throw new SeglError('NOT_FOUND', 'There is no such order.')
    return order
  }
}
