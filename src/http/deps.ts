// What the API is made of; compose.ts fills it.
import type { FastifyBaseLogger } from 'fastify'
import type { ApiKeys } from '../flow/ports/api-keys.ts'
import type { Clock } from '../flow/ports/clock.ts'
import type { FeedConsumers } from '../flow/ports/feed-consumers.ts'
import type { Ports } from '../flow/ports/index.ts'
import type { IdempotencyKeys, Intake } from '../flow/ports/intake.ts'
import type { OauthClients } from '../flow/ports/oauth-clients.ts'
import type { PreFlight } from '../flow/ports/pre-flight.ts'
import type { Reading } from '../flow/ports/reading.ts'
import type { Storing } from '../flow/ports/storage.ts'
import type { Webhooks } from '../flow/ports/webhooks.ts'
import type { ProblemPages } from './problem-page.ts'
import type { TestDoor } from './test-door.ts'

/** Something that must work before this process takes requests. `check` throws a SeglError that says what is missing. */
export type ReadinessCheck = { readonly name: string; readonly check: () => Promise<void> }

export type HttpDeps = {
  readonly logger: FastifyBaseLogger
  /** The story's own ports, for the steps that a tenant takes (cancel). */
  readonly ports: Ports
  readonly intake: Intake
  readonly idempotencyKeys: IdempotencyKeys
  readonly reading: Reading
  readonly webhooks: Webhooks
  readonly feedConsumers: FeedConsumers
  /** Whether webhooks may go to private and loopback addresses, and over plain http. */
  readonly webhookPrivateAddresses: boolean
  readonly apiKeys: ApiKeys
  readonly oauthClients: OauthClients
  readonly storing: Storing
  readonly preFlight: PreFlight
  readonly clock: Clock
  readonly readiness: readonly ReadinessCheck[]
  readonly problemPages: ProblemPages
  /** Public keys of Segl as a client of BankID (`private_key_jwt`); never a private member. */
  readonly jwks: () => Promise<{ readonly keys: readonly object[] }>
  /** As browsers see this process, without a slash at the end. */
  readonly publicUrl: string
  /** Origins that an order's `returnUrl` may have. */
  readonly returnUrlAllow: readonly string[]
  readonly maxUploadBytes: number
  /** Requests that one API key may make in a minute. */
  readonly requestsPerMinute: number
  /** Refuse national identity numbers that a living person may have. */
  readonly syntheticOnly: boolean
  /** Whether the signatures come from a simulated BankID: told in every order. */
  readonly simulated: boolean
  /** Plays signers for integrators' tests; null where BankID is not simulated. */
  readonly testDoor: TestDoor | null
  /** Proxies whose X-Forwarded-… are believed (Fastify's trustProxy). */
  readonly trustProxy: boolean | string | readonly string[]
}
