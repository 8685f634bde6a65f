// Entity tags for JSON answers: a reader does not fetch twice what has not changed, a writer does not overwrite what he has not seen.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SeglError } from '../errors.ts'
import type { Api } from './api.ts'

/** Strong: the bytes of the answer themselves (RFC 9110 § 8.8.3). */
const tagOf = (payload: string): string => `"${createHash('sha256').update(payload).digest('base64url').slice(0, 27)}"`

/** Whether one of the tags of an If-Match or If-None-Match header is this one; `weak` tags count for reading only. */
export function tagMatches(header: string | undefined, tag: string, weak: boolean): boolean {
  if (header === undefined) return false
  return header.split(',').some((one) => ['*', tag, ...(weak ? [`W/${tag}`] : [])].includes(one.trim()))
}

/** Tags every JSON answer to GET in this scope, and answers 304 to who has it already (RFC 9110 § 13.1.2). */
export function addEntityTags(scope: Pick<Api, 'addHook'>): void {
  scope.addHook('onSend', async (request, reply, payload) => {
    const readable = request.method === 'GET' && reply.statusCode === 200 && typeof payload === 'string'
    if (!readable || reply.hasHeader('etag')) return payload
    const tag = tagOf(payload)
    reply.header('ETag', tag)
    // May be kept, and must be asked about each time; what it holds is for this key alone.
    if (!reply.hasHeader('cache-control')) reply.header('Cache-Control', 'private, no-cache')
    if (!tagMatches(request.headers['if-none-match'], tag, true)) return payload
    reply.code(304)
    return ''
  })
}

/**
 * Refuses a change of something that is not as the caller saw it last. `present` is what a GET would answer with now.
 * Without If-Match there is no condition. @throws SeglError PRECONDITION_FAILED (RFC 9110 § 13.1.1)
 */
export function requireMatch(request: FastifyRequest, reply: FastifyReply, present: Record<string, unknown>): void {
  const condition = request.headers['if-match']
  if (condition === undefined) return
  if (tagMatches(condition, tagOf(String(reply.serializeInput(present, '200'))), false)) return
  throw new SeglError('PRECONDITION_FAILED', 'It has changed since you read it. Read it again, and decide anew.')
}
