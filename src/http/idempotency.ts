// Answers a repeated request with the first answer: the key is claimed before the work and settled with it.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { catalogue, SeglError } from '../errors.ts'
import type { Claim, IntakeTx, KeptAnswer } from '../flow/ports/intake.ts'
import { canonicalJson } from '../kernel/evidence/index.ts'
import { callerOf } from './authentication.ts'
import type { HttpDeps } from './deps.ts'
import { problemOf, seglErrorOf } from './problem.ts'

/** Keeps the answer in the transaction of the work. */
export type Settle = (tx: IntakeTx, answer: KeptAnswer) => Promise<void>

export type Idempotent = {
  /** Method and route. */
  readonly operation: string
  readonly required: boolean
  /** What makes two requests the same: canonical fields and the SHA-256 of each file. No national identity number. */
  readonly content: unknown
  /** Which part of the request, when each has an answer of its own. */
  readonly part?: number
}

export type Answered = KeptAnswer & { readonly replayed: boolean }

/**
 * Runs `work` once per (tenant, Idempotency-Key). Refusals are kept too; 5xx and 429 are not, so that a retry begins anew.
 * Throws IDEMPOTENCY_KEY_MISSING, …_INVALID, …_REUSED and IDEMPOTENCY_IN_FLIGHT.
 */
export async function idempotently(
  deps: Pick<HttpDeps, 'idempotencyKeys' | 'clock'>,
  request: FastifyRequest,
  what: Idempotent,
  work: (settle: Settle) => Promise<KeptAnswer>,
): Promise<Answered> {
  const key = idempotencyKey(request, what.required)
  if (key === undefined) return { ...(await work(async () => {})), replayed: false }
  const { tenantId } = callerOf(request)
  const fingerprint = createHash('sha256')
    .update(canonicalJson({ tenant: tenantId, operation: what.operation, content: what.content }))
    .digest('hex')
  const { operation, part } = what
  const claimed = await deps.idempotencyKeys.claim({
    tenantId,
    // A key of the caller's has no space in it.
    key: part === undefined ? key : `${key} ${part}`,
    operation,
    fingerprint,
    now: await deps.clock.now(),
  })
  switch (claimed.outcome) {
    case 'answered':
      return { ...claimed.answer, replayed: true }
    case 'inFlight':
      throw new SeglError(
        'IDEMPOTENCY_IN_FLIGHT',
        'The first request with this key is still being answered. Send it again.',
        {
          retryAfter: claimed.retryAfter,
        },
      )
    case 'reused':
      throw new SeglError(
        'IDEMPOTENCY_KEY_REUSED',
        'The key was used for another operation or other content. Make a new key for each new request.',
      )
    case 'claimed':
      return { ...(await workOnce(deps, request, claimed.claim, work)), replayed: false }
  }
}

async function workOnce(
  deps: Pick<HttpDeps, 'idempotencyKeys'>,
  request: FastifyRequest,
  claim: Claim,
  work: (settle: Settle) => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  try {
    let settled = false
    const answer = await work(async (tx, kept) => {
      await tx.settle(claim, kept)
      settled = true
    })
    // What was not settled is done anew by a retry, at once.
    if (!settled) await deps.idempotencyKeys.release(claim)
    return answer
  } catch (thrown) {
    const error = seglErrorOf(thrown)
    const { status } = catalogue[error.code]
    const kept = status < 500 && status !== 429 && error.code !== 'IDEMPOTENCY_IN_FLIGHT'
    const keeping = kept
      ? deps.idempotencyKeys.keep(claim, { status, body: problemOf(error, request) })
      : deps.idempotencyKeys.release(claim)
    // The claim runs out after 60 seconds by itself; the caller must hear of what really went wrong.
    await keeping.catch((err: unknown) => request.log.warn({ err }, 'idempotency key neither kept nor released'))
    throw thrown
  }
}

/** Sends an answer of `idempotently`. */
export function sendAnswer(reply: FastifyReply, answer: Answered, body: unknown = answer.body): FastifyReply {
  if (answer.replayed) reply.header('Idempotent-Replayed', 'true')
  if (answer.location !== undefined) reply.header('Location', answer.location)
  if (answer.status >= 400) reply.type('application/problem+json').serializer(JSON.stringify)
  return reply.code(answer.status).send(body)
}

function idempotencyKey(request: FastifyRequest, required: boolean): string | undefined {
  const given = request.headers['idempotency-key']
  if (given === undefined) {
    if (!required) return undefined
    throw new SeglError(
      'IDEMPOTENCY_KEY_MISSING',
      'Send an `Idempotency-Key`, stored before the call, so that a retry cannot make a second order.',
    )
  }
  if (typeof given === 'string' && /^[\x21-\x7e]{1,255}$/.test(given)) return given
  throw new SeglError('IDEMPOTENCY_KEY_INVALID', 'An `Idempotency-Key` is 1 to 255 visible ASCII characters.')
}
