// /v1/orders/{id}/signers/{signer}: somebody else signs in their place, and who somebody of another name is.
import { Type } from 'typebox'
import { isSeglError, SeglError } from '../../errors.ts'
import { decided } from '../../flow/confirm-identity.ts'
import type { Mandate } from '../../flow/model.ts'
import { personMistakes, refuseAny } from '../../flow/order-request.ts'
import { insist } from '../../flow/run.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { linksFor } from '../links.ts'
import { Id, problems } from '../schemas/common.ts'
import { OrderView } from '../schemas/orders.ts'
import { IdentityDecision, Replacement } from '../schemas/signers.ts'
import { orderView } from '../views.ts'

export function signerRoutes(api: Api, deps: HttpDeps): void {
  const { ports, reading, simulated, syntheticOnly } = deps

  api.post(
    '/orders/:id/signers/:signer/replace',
    {
      schema: {
        operationId: 'replaceSigner',
        summary: "Let somebody else sign in a signer's place; his link stops working. Repeated, it changes nothing",
        tags: ['Orders'],
        params: Type.Object({ id: Id, signer: Id }),
        body: Replacement,
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409, 410, 413, 415, 422, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const { id, signer } = request.params
      const { person = {}, anyone = false, authority, amountLimit, ...who } = request.body
      const mandate = mandateFrom(authority, amountLimit)
      refuseAny(personMistakes({ person, anyone }, '', syntheticOnly))
      await load(tenantId, request.params)
      await insist(
        ports,
        'replace',
        { tenantId, id: signer },
        { by: 'tenant', replacement: { ...who, person, anyone, ...(mandate && { mandate }) } },
      )
      const { order } = await load(tenantId, request.params)
      return orderView(order, simulated, linksFor(deps, request), await reading.failing(tenantId, id))
    },
  )

  api.post(
    '/orders/:id/signers/:signer/identity',
    {
      schema: {
        operationId: 'confirmIdentity',
        summary:
          'Say whether somebody of another name who logged in is the signer (`awaitingSender`). Repeated, it changes nothing',
        tags: ['Orders'],
        params: Type.Object({ id: Id, signer: Id }),
        body: IdentityDecision,
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409, 410, 413, 415, 422, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const { id } = request.params
      const { decision } = request.body
      await load(tenantId, request.params)
      try {
        await insist(ports, 'confirmIdentity', { tenantId, id: request.params.signer }, request.body)
      } catch (error) {
        // The same answer once more, perhaps because the first one was lost on its way.
        const { signer } = await load(tenantId, request.params)
        const again = signer.state !== 'awaitingSender' && signer.identityClaim?.decision === decided[decision]
        if (!again || !isSeglError(error, 'STATE_CONFLICT')) throw error
      }
      const { order } = await load(tenantId, request.params)
      return orderView(order, simulated, linksFor(deps, request), await reading.failing(tenantId, id))
    },
  )

  /** The order with this signer. @throws SeglError NOT_FOUND */
  async function load(tenantId: string, params: { readonly id: string; readonly signer: string }) {
    const order = await reading.order(tenantId, params.id)
    const signer = order?.signers.find((one) => one.id === params.signer)
    if (order && signer) return { order, signer }
    throw new SeglError('NOT_FOUND', 'There is no such signer in this order.')
  }
}

/** Undefined when neither is given: then he has the mandate of the signer whose place he takes. */
function mandateFrom(authority: Mandate['authority'], amountLimit: Mandate['amountLimit']): Mandate | undefined {
  if (authority === undefined && amountLimit === undefined) return undefined
  return { ...(authority && { authority }), ...(amountLimit && { amountLimit }) }
}
