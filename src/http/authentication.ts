// Who calls: an API key or access token in `Authorization: Bearer segl_…`, looked up by its SHA-256, and what it may do.
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { SeglError } from '../errors.ts'
import type { ApiKeyHolder, Scope } from '../flow/ports/api-keys.ts'
import type { HttpDeps } from './deps.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Roles of which the caller needs one, from http/access.ts. */
    roles?: readonly Scope[]
  }
  interface FastifyRequest {
    /** Set for every request under /v1 before its handler runs. */
    caller: ApiKeyHolder | null
  }
}

/** Sets `request.caller`, before the body is read: who may not send one shall not be listened to. */
export async function authenticate(deps: Pick<HttpDeps, 'apiKeys'>, request: FastifyRequest): Promise<void> {
  const key = /^Bearer +(segl_[A-Za-z0-9_-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1]
  const holder =
    key === undefined ? undefined : await deps.apiKeys.holder(createHash('sha256').update(key).digest('hex'))
  if (!holder) {
    throw new SeglError(
      'UNAUTHENTICATED',
      'Send `Authorization: Bearer segl_…` with a key that is valid and not revoked.',
    )
  }
  // Unknown addresses have no roles: they are answered as not found by whoever comes.
  const needed = request.routeOptions.config.roles
  if (needed && !needed.some((role) => holder.scopes.includes(role))) {
    throw new SeglError('FORBIDDEN', `This needs a key with the scope ${needed.join(' or ')}.`)
  }
  request.caller = holder
}

/** The caller of an authenticated request. */
export function callerOf(request: FastifyRequest): ApiKeyHolder {
  if (!request.caller) throw new SeglError('UNAUTHENTICATED', 'This address needs an API key.')
  return request.caller
}
