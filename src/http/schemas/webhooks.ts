// Webhooks, their deliveries and the feed's consumers, as the API takes and shows them.
import { type Static, Type } from 'typebox'
import { FeedEventView } from './audit.ts'
import { Id, Nullable, PlainText, Time } from './common.ts'

const Url = Type.String({
  format: 'uri',
  maxLength: 2000,
  description: 'https; no private or loopback address, unless this installation allows it. Redirects are not followed.',
  examples: ['http://127.0.0.1:9999/segl-events'],
})
const Description = PlainText({ maxLength: 200, examples: ['Production ledger'] })
const EventTypes = Type.Array(Type.String({ pattern: '^[a-z]+\\.[A-Za-z]+$', maxLength: 60 }), {
  maxItems: 50,
  uniqueItems: true,
  description: 'Types of events to send; empty or absent: all.',
  examples: [['order.completed', 'signer.signed']],
})

export const WebhookRequest = Type.Object(
  { url: Url, description: Type.Optional(Description), types: Type.Optional(EventTypes) },
  { title: 'WebhookRequest', additionalProperties: false },
)

export const WebhookPatch = Type.Object(
  {
    url: Type.Optional(Url),
    description: Type.Optional(Nullable(Description)),
    types: Type.Optional(EventTypes),
    state: Type.Optional(Type.Enum(['enabled', 'disabled'])),
  },
  { title: 'WebhookPatch', additionalProperties: false },
)

const webhook = {
  id: Id,
  url: Type.String({ format: 'uri' }),
  description: Nullable(Type.String()),
  types: Type.Array(Type.String()),
  state: Type.String({ description: 'enabled or disabled.' }),
  reason: Nullable(
    Type.String({
      description: 'Why we disabled it: GONE (it answered 410), FAILING (nothing arrived for five days).',
    }),
  ),
  failingSince: Nullable(Time),
  earlierSecretUntil: Nullable(Time),
  createdAt: Time,
}

export const WebhookView = Type.Object(webhook, { title: 'Webhook' })
export type WebhookBody = Static<typeof WebhookView>

export const NewWebhookView = Type.Object(
  {
    ...webhook,
    secret: Type.String({
      pattern: '^whsec_',
      description: 'Verifies messages (Standard Webhooks). Shown this once: store it.',
    }),
  },
  { title: 'WebhookWithSecret' },
)

export const WebhookList = Type.Object({ webhooks: Type.Array(WebhookView) }, { title: 'WebhookList' })

export const DeliveryView = Type.Object(
  {
    id: Id,
    message: Type.String({ format: 'uuid', description: 'The `webhook-id` it is sent with: that of the event.' }),
    type: Type.String(),
    sequence: Nullable(Type.Integer()),
    state: Type.String({ description: 'due, delivered or dead.' }),
    attempt: Type.Integer(),
    nextTry: Nullable(Time),
    lastStatus: Nullable(Type.Integer({ description: 'HTTP status of the last attempt.' })),
    lastError: Nullable(
      Type.String({
        description:
          'STATUS, REDIRECT, TIMEOUT, NAME_NOT_FOUND, CONNECTION_REFUSED, CONNECTION_LOST, CERTIFICATE, ADDRESS_NOT_ALLOWED or FAILED.',
      }),
    ),
    lastMs: Nullable(Type.Integer({ description: 'Milliseconds the last attempt took.' })),
    createdAt: Time,
    deliveredAt: Nullable(Time),
  },
  { title: 'WebhookDelivery' },
)

export const DeliveryPage = Type.Object(
  {
    deliveries: Type.Array(DeliveryView),
    next: Nullable(Type.String({ description: 'Send as `cursor` for the next page; null on the last one.' })),
  },
  { title: 'WebhookDeliveryPage' },
)

export const ConsumerView = Type.Object(
  {
    name: Type.String(),
    position: Type.Integer({ description: 'Everything up to here is acknowledged.' }),
    leasedUntil: Nullable(Time),
  },
  { title: 'Consumer' },
)

export const ConsumerList = Type.Object({ consumers: Type.Array(ConsumerView) }, { title: 'ConsumerList' })

export const LeaseView = Type.Object(
  {
    lease: Nullable(
      Type.String({ format: 'uuid', description: 'Acknowledge with it; null when there is nothing new.' }),
    ),
    until: Nullable(Time),
    events: Type.Array(FeedEventView),
  },
  { title: 'ConsumerLease' },
)

export const ConsumerName = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description: 'A name of your own.',
  examples: ['ledger'],
})
