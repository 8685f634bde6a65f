// Verifies webhook messages (Standard Webhooks) with what every JavaScript runtime has: Web Crypto.
import type { Event } from './events.ts'

export type WebhookMessage = {
  /** `order.completed`, `signer.signed`, … Tolerate types you do not know. */
  readonly type: string
  readonly timestamp: string
  readonly data: Event
}

export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused'
}

/**
 * The message, when it comes from Segl, is whole and is not old. Answer 2xx once you have stored it; the same message may
 * come again (same `webhook-id`, same `data.id`).
 * @param message.body exactly as it was received, before any parsing
 * @param message.headers as received, in any case; `webhook-id`, `webhook-timestamp`, `webhook-signature` are read
 * @param secrets `whsec_…`, one or several
 * @param options.toleranceSeconds how far the clocks may differ: 300 by default
 * @throws WebhookRefused
 */
export async function verifyWebhook(
  message: {
    readonly body: string | Uint8Array
    readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  },
  secrets: string | readonly string[],
  options: { readonly toleranceSeconds?: number; readonly now?: Date } = {},
): Promise<WebhookMessage> {
  const header = headerOf(message.headers)
  const [id, timestamp, signatures] = [header('webhook-id'), header('webhook-timestamp'), header('webhook-signature')]
  if (id === undefined || timestamp === undefined || signatures === undefined) {
    throw new WebhookRefused('The headers webhook-id, webhook-timestamp and webhook-signature are not all there.')
  }
  const age = Math.abs((options.now ?? new Date()).getTime() / 1000 - Number(timestamp))
  if (!(age <= (options.toleranceSeconds ?? 300)))
    throw new WebhookRefused('The message is too old, or from the future.')
  const body = typeof message.body === 'string' ? message.body : new TextDecoder().decode(message.body)
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  for (const secret of typeof secrets === 'string' ? [secrets] : secrets) {
    const raw = bytesOf(secret.replace(/^whsec_/, ''))
    const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    for (const one of signatures.split(' ')) {
      if (!one.startsWith('v1,')) continue
      // `verify` compares in constant time.
      if (await crypto.subtle.verify('HMAC', key, bytesOf(one.slice(3)), signed))
        return JSON.parse(body) as WebhookMessage
    }
  }
  throw new WebhookRefused('No signature matches: the message is not from Segl, was changed, or the secret is another.')
}

function headerOf(headers: Parameters<typeof verifyWebhook>[0]['headers']): (name: string) => string | undefined {
  if (headers instanceof Headers) return (name) => headers.get(name) ?? undefined
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return (name) => {
    const value = lower.get(name)
    return typeof value === 'string' ? value : value?.[0]
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    throw new WebhookRefused('A signature or secret is not base64.')
  }
}
