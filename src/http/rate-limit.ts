// How much one key may ask for: told in every answer, so that a client can slow down before it is told to.
import rateLimit from '@fastify/rate-limit'
import { SeglError } from '../errors.ts'
import type { Api } from './api.ts'

/**
 * At most `perMinute` requests of one API key in a minute, counted in this process. Answers carry RateLimit-Limit,
 * RateLimit-Remaining and RateLimit-Reset (draft-ietf-httpapi-ratelimit-headers); a refusal also Retry-After.
 * Registered after authentication, so that callers without a key are turned away before anything is counted.
 */
export async function limitRate(scope: Pick<Api, 'register'>, perMinute: number): Promise<void> {
  await scope.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    enableDraftSpec: true,
    keyGenerator: (request) => request.caller?.keyId ?? request.ip,
    errorResponseBuilder: (_request, { ttl }) =>
      new SeglError(
        'RATE_LIMITED',
        `This key may ask ${perMinute} times a minute. Wait until the time named in Retry-After.`,
        {
          retryAfter: Math.ceil(ttl / 1000),
        },
      ),
  })
}
