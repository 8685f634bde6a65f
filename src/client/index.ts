// Segl from TypeScript, in Node and in browsers: `createSegl({ url, key })`. Five minutes of it: README.md beside this file.
import { createDocuments } from './documents.ts'
import { createEvents } from './events.ts'
import { createOrders } from './orders.ts'
import { createTestDoor } from './test-door.ts'
import { createTransport, type SeglOptions } from './transport.ts'
import { createWebhooks } from './webhooks.ts'

export type { components, operations, paths } from './api.ts'
export type { Document, Metadata, Upload } from './documents.ts'
export type { Event, EventPage } from './events.ts'
export {
  type AuditTrail,
  finalStates,
  hasStopped,
  type Order,
  type OrderFilter,
  type OrderRequest,
  type OrderSummary,
  type Signer,
} from './orders.ts'
export { type Problem, SeglProblem } from './problem.ts'
export type { Call, SeglOptions } from './transport.ts'
export { verifyWebhook, type WebhookMessage, WebhookRefused } from './verify-webhook.ts'
export type { Webhook, WebhookDelivery } from './webhooks.ts'

export type Segl = ReturnType<typeof createSegl>

export function createSegl(options: SeglOptions) {
  const transport = createTransport(options)
  return {
    documents: createDocuments(transport, options),
    orders: createOrders(transport),
    events: createEvents(transport),
    webhooks: createWebhooks(transport),
    /** Of an installation with the simulated BankID only. */
    test: createTestDoor(transport),
    /** Any other call of openapi.yaml, with the same retries and errors: `segl.call<components['schemas']['…']>('/v1/…')`. */
    call: transport.json,
  }
}
