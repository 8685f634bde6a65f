// /v1/keys and /v1/clients: how a tenant's programs get in, looked after by its administrator.
import { Type } from 'typebox'
import { SeglError } from '../../errors.ts'
import type { ApiKey } from '../../flow/ports/api-keys.ts'
import type { OauthClient } from '../../flow/ports/oauth-clients.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import { readKeySet } from '../client-assertion.ts'
import type { HttpDeps } from '../deps.ts'
import {
  ClientKeysRequest,
  ClientList,
  ClientRequest,
  ClientView,
  KeyList,
  KeyRequest,
  NewKeyView,
  RotationRequest,
} from '../schemas/access.ts'
import { Id, problems } from '../schemas/common.ts'

const tags = ['Access']
const params = Type.Object({ id: Id })
const Nothing = Type.Null({ description: 'Done.' })

export function accessRoutes(api: Api, { apiKeys, oauthClients }: HttpDeps): void {
  api.get(
    '/keys',
    {
      schema: {
        operationId: 'listKeys',
        summary: 'List API keys, newest first; a key itself is never shown again',
        tags,
        response: { 200: KeyList, ...problems(401, 403, 500, 503) },
      },
    },
    async (request) => ({ keys: (await apiKeys.list(callerOf(request).tenantId)).map(keyView) }),
  )

  api.post(
    '/keys',
    {
      schema: {
        operationId: 'addKey',
        summary: 'Make an API key; the answer holds it, this once',
        tags,
        body: KeyRequest,
        response: { 201: NewKeyView, ...problems(400, 401, 403, 413, 415, 500, 503) },
      },
    },
    async (request, reply) => {
      const { name, scopes, expiresAt } = request.body
      const made = await apiKeys.add(callerOf(request).tenantId, { name, scopes, ...until(expiresAt) })
      return reply
        .code(201)
        .header('Cache-Control', 'no-store')
        .send({ ...keyView(made), key: made.key })
    },
  )

  api.post(
    '/keys/:id/rotate',
    {
      schema: {
        operationId: 'rotateKey',
        summary: 'Make a key that takes over; the old one goes on working for the overlap',
        tags,
        params,
        body: RotationRequest,
        response: { 201: NewKeyView, ...problems(400, 401, 403, 404, 409, 413, 415, 500, 503) },
      },
    },
    async (request, reply) => {
      const { overlapSeconds = 86_400, expiresAt } = request.body
      const turn = { overlapSeconds, ...until(expiresAt) }
      const made = await apiKeys.rotate(callerOf(request).tenantId, request.params.id, turn)
      return reply
        .code(201)
        .header('Cache-Control', 'no-store')
        .send({ ...keyView(made), key: made.key })
    },
  )

  api.delete(
    '/keys/:id',
    {
      schema: {
        operationId: 'revokeKey',
        summary: 'Revoke an API key, at once',
        tags,
        params,
        response: { 204: Nothing, ...problems(401, 403, 404, 409, 500, 503) },
      },
    },
    async (request, reply) => {
      const { tenantId, keyId } = callerOf(request)
      if (request.params.id === keyId) {
        throw new SeglError('STATE_CONFLICT', 'This key is the one you call with. Revoke it with another one.')
      }
      await apiKeys.revoke(tenantId, request.params.id)
      return reply.code(204).send(null)
    },
  )

  api.get(
    '/clients',
    {
      schema: {
        operationId: 'listClients',
        summary: 'List OAuth clients, newest first',
        tags,
        response: { 200: ClientList, ...problems(401, 403, 500, 503) },
      },
    },
    async (request) => ({ clients: (await oauthClients.list(callerOf(request).tenantId)).map(clientView) }),
  )

  api.post(
    '/clients',
    {
      schema: {
        operationId: 'addClient',
        summary: 'Register a client by its public keys; it gets tokens at /oauth2/token (private_key_jwt)',
        tags,
        body: ClientRequest,
        response: { 201: ClientView, ...problems(400, 401, 403, 413, 415, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const { name, scopes, jwks } = request.body
      const client = await oauthClients.add(callerOf(request).tenantId, { name, scopes, jwks: await readKeySet(jwks) })
      return reply.code(201).send(clientView(client))
    },
  )

  api.put(
    '/clients/:id/keys',
    {
      schema: {
        operationId: 'replaceClientKeys',
        summary: 'Replace the public keys of a client; keep the old one beside the new one while both are in use',
        tags,
        params,
        body: ClientKeysRequest,
        response: { 200: ClientView, ...problems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503) },
      },
    },
    async (request) =>
      clientView(
        await oauthClients.replaceKeys(
          callerOf(request).tenantId,
          request.params.id,
          await readKeySet(request.body.jwks),
        ),
      ),
  )

  api.delete(
    '/clients/:id',
    {
      schema: {
        operationId: 'revokeClient',
        summary: 'Revoke a client and its tokens, at once',
        tags,
        params,
        response: { 204: Nothing, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request, reply) => {
      await oauthClients.revoke(callerOf(request).tenantId, request.params.id)
      return reply.code(204).send(null)
    },
  )
}

const until = (time: string | undefined): { expiresAt?: Date } =>
  time === undefined ? {} : { expiresAt: new Date(time) }

const instant = (time: Date | null): string | null => time?.toISOString() ?? null

const keyView = ({ id, name, prefix, scopes, createdAt, expiresAt, revokedAt, lastUsedAt, successorId }: ApiKey) => ({
  id,
  name,
  prefix,
  scopes: [...scopes],
  createdAt: createdAt.toISOString(),
  expiresAt: instant(expiresAt),
  revokedAt: instant(revokedAt),
  lastUsedAt: instant(lastUsedAt),
  successor: successorId,
})

const clientView = ({ id, name, scopes, jwks, createdAt, revokedAt, lastUsedAt }: OauthClient) => ({
  id,
  name,
  scopes: [...scopes],
  jwks: { keys: [...jwks.keys] },
  createdAt: createdAt.toISOString(),
  revokedAt: instant(revokedAt),
  lastUsedAt: instant(lastUsedAt),
})
