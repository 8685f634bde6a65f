// The switchboard of faults: GET lists, POST orders one, DELETE clears all. Simulation only.
import type { FastifyInstance } from 'fastify'
import { FaultRefused, faultKinds } from '../faults.ts'
import { type Parts, problem } from './parts.ts'

export const faultRoutes = (app: FastifyInstance, { faults }: Parts): void => {
  app.get('/faults', () => ({ kinds: faultKinds, ordered: faults.list() }))
  app.post('/faults', (request, reply) => {
    const { body } = request
    // JSON only: another site's page cannot send it without asking first (CORS), and is not allowed to.
    if (typeof body !== 'object' || body === null || !request.headers['content-type']?.startsWith('application/json')) {
      return problem(reply, 415, 'unsupported_media_type', 'Send application/json')
    }
    try {
      return reply.code(201).send(faults.order({ ...body }))
    } catch (error) {
      if (error instanceof FaultRefused) return problem(reply, 400, 'invalid_request', error.message)
      throw error
    }
  })
  app.delete('/faults', (_request, reply) => {
    faults.clear()
    return reply.code(204).send()
  })
}
