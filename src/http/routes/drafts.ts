// /v1/orders/{id} while it is a draft: changed, and finished.
import { Type } from 'typebox'
import { isSeglError, SeglError } from '../../errors.ts'
import { changeDraft } from '../../flow/change-draft.ts'
import { insist } from '../../flow/run.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { linksFor } from '../links.ts'
import { changedOrder } from '../order-body.ts'
import { Id, problems } from '../schemas/common.ts'
import { DraftChange, OrderView } from '../schemas/orders.ts'
import { orderView } from '../views.ts'

const tags = ['Orders']

export function draftRoutes(api: Api, deps: HttpDeps): void {
  const { ports, reading, simulated } = deps
  const params = Type.Object({ id: Id })

  api.patch(
    '/orders/:id',
    {
      schema: {
        operationId: 'changeDraft',
        summary: 'Change a draft: each member given replaces the old one, null removes it',
        tags,
        params,
        body: DraftChange,
        response: { 200: OrderView, ...problems(400, 401, 403, 404, 409, 410, 413, 415, 422, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const change = (stored: unknown) => changedOrder(tenantId, stored, request.body)
      const order = await changeDraft(
        { ...deps, vault: ports.vault, companyRegister: ports.companyRegister },
        { tenantId, id: request.params.id },
        change,
      )
      return orderView(order, simulated, linksFor(deps, request))
    },
  )

  api.post(
    '/orders/:id/activate',
    {
      schema: {
        operationId: 'activateOrder',
        summary: 'Finish a draft: it goes to its signers, at once or when `activateAt` has come',
        tags,
        params,
        response: { 200: OrderView, ...problems(401, 403, 404, 409, 410, 422, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const { id } = request.params
      await insist(ports, 'activate', { tenantId, id }, { by: 'tenant' }).catch((error: unknown) => {
        // The same call again: it is scheduled, and stays so.
        if (!isSeglError(error, 'STATE_CONFLICT') || error.extra['state'] !== 'scheduled') throw error
      })
      const order = await reading.order(tenantId, id)
      if (!order) throw new SeglError('NOT_FOUND', 'There is no such order.')
      return orderView(order, simulated, linksFor(deps, request))
    },
  )
}
