// /v1/orders/{id}/signers/{signer}: somebody else signs in his place.
import { Type } from 'typebox'
import { SeglError } from '../../errors.ts'
import type { Mandate } from '../../flow/model.ts'
import { personMistakes, refuseAny } from '../../flow/order-request.ts'
import { insist } from '../../flow/run.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { linksFor } from '../links.ts'
import { Id, problems } from '../schemas/common.ts'
import { OrderView } from '../schemas/orders.ts'
import { Replacement } from '../schemas/signers.ts'
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
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const { id, signer } = request.params
      const { person = {}, authority, amountLimit, ...who } = request.body
      const mandate = mandateFrom(authority, amountLimit)
      refuseAny(personMistakes({ person }, '', syntheticOnly))
      const load = async () => {
        const order = await reading.order(tenantId, id)
        if (order?.signers.some((one) => one.id === signer)) return order
        throw new SeglError('NOT_FOUND', 'There is no such signer in this order.')
      }
      await load()
      await insist(
        ports,
        'replace',
        { tenantId, id: signer },
        { by: 'tenant', replacement: { ...who, person, ...(mandate && { mandate }) } },
      )
      return orderView(await load(), simulated, linksFor(deps, request), await reading.failing(tenantId, id))
    },
  )
}

/** Undefined when neither is given: then he has the mandate of the signer whose place he takes. */
function mandateFrom(authority: Mandate['authority'], amountLimit: Mandate['amountLimit']): Mandate | undefined {
  if (authority === undefined && amountLimit === undefined) return undefined
  return { ...(authority && { authority }), ...(amountLimit && { amountLimit }) }
}
