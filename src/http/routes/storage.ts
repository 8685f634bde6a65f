// /v1/orders/{id}/storage, …/legal-hold, …/erasure and DELETE: how long an order is kept, and its end.
import { Type } from 'typebox'
import { SeglError } from '../../errors.ts'
import type { Storage } from '../../flow/ports/storage.ts'
import { deleteOrder, eraseSigner, placeHold, releaseHold } from '../../flow/storage.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { Id, Nullable, PlainText, problems, Time } from '../schemas/common.ts'

const tags = ['Orders']
const params = Type.Object({ id: Id })

const StorageView = Type.Object(
  {
    keptUntil: Nullable(
      Type.String({
        format: 'date',
        description: 'Last day of storage; null while the order is open or failed, or when nobody signed.',
      }),
    ),
    legalHold: Nullable(Type.Object({ reason: Type.String(), since: Time })),
    deletedAt: Nullable(Time),
  },
  { title: 'Storage' },
)

const Reason = Type.Object(
  {
    reason: PlainText({
      minLength: 3,
      maxLength: 500,
      description: 'Kept with the order, and committed to in its trail.',
    }),
  },
  { title: 'Reason', additionalProperties: false },
)

const ErasureView = Type.Object(
  {
    signer: Id,
    documentKeptUntil: Nullable(
      Type.String({
        format: 'date',
        description: 'Until then name and signature stay in document and trail; null: all is gone.',
      }),
    ),
  },
  { title: 'Erasure' },
)

export function storageRoutes(api: Api, deps: HttpDeps): void {
  const ports = { storing: deps.storing, blobs: deps.ports.blobs }

  api.get(
    '/orders/:id/storage',
    {
      schema: {
        operationId: 'getStorage',
        summary: 'How long the order is kept, whether it is under legal hold, and when it was deleted',
        tags,
        params,
        response: { 200: StorageView, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request) => {
      const storage = await deps.storing.read(callerOf(request).tenantId, request.params.id)
      if (!storage) throw new SeglError('NOT_FOUND', 'There is no such order.')
      return storageView(storage)
    },
  )

  api.post(
    '/orders/:id/legal-hold',
    {
      schema: {
        operationId: 'placeLegalHold',
        summary: 'Keep an order from being deleted or erased, whatever its time of storage',
        tags,
        params,
        body: Reason,
        response: { 200: StorageView, ...problems(400, 401, 403, 404, 409, 410, 413, 415, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId, keyId } = callerOf(request)
      const order = { tenantId, id: request.params.id }
      return storageView(await placeHold(ports, order, request.body.reason, { key: keyId }))
    },
  )

  api.delete(
    '/orders/:id/legal-hold',
    {
      schema: {
        operationId: 'releaseLegalHold',
        summary: 'Release an order from legal hold',
        tags,
        params,
        response: { 200: StorageView, ...problems(401, 403, 404, 409, 410, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId, keyId } = callerOf(request)
      return storageView(await releaseHold(ports, { tenantId, id: request.params.id }, { key: keyId }))
    },
  )

  api.delete(
    '/orders/:id',
    {
      schema: {
        operationId: 'deleteOrder',
        summary: 'Delete a closed order’s documents and personal data after its time of storage; hashes and trail stay',
        tags,
        params,
        response: { 200: StorageView, ...problems(401, 403, 404, 409, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId, keyId } = callerOf(request)
      return storageView(await deleteOrder(ports, { tenantId, id: request.params.id }, { key: keyId }))
    },
  )

  api.post(
    '/orders/:id/signers/:signer/erasure',
    {
      schema: {
        operationId: 'eraseSigner',
        summary: 'Erase a signer’s personal data on request, as far as nobody is obliged to keep it',
        tags,
        params: Type.Object({ id: Id, signer: Id }),
        body: Reason,
        response: { 200: ErasureView, ...problems(400, 401, 403, 404, 409, 410, 413, 415, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId, keyId } = callerOf(request)
      const { id, signer } = request.params
      const input = { reason: request.body.reason, by: { key: keyId } }
      return { signer, ...(await eraseSigner(ports, { tenantId, id }, signer, input)) }
    },
  )
}

const storageView = ({ keptUntil, hold, deletedAt }: Storage) => ({
  keptUntil,
  legalHold: hold && { reason: hold.reason, since: hold.since.toISOString() },
  deletedAt: deletedAt?.toISOString() ?? null,
})
