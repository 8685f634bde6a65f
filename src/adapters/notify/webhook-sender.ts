// Sends one webhook message: signed as Standard Webhooks has it, to public addresses only, never after a redirect.
import { createHmac } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import type { ClaimedDelivery, DeliveryOutcome, WebhookSender } from '../../flow/ports/webhooks.ts'

/** From the first byte of DNS to the last of the answer, in milliseconds. */
const limitMs = 15_000
/** A receiver answers with a status; what else it says is read this far, so that the connection can be used again. */
const longestAnswer = 64 * 1024

/**
 * @param options.allowPrivate also private and loopback addresses: for development, where the receiver is this machine.
 *   Otherwise the agent looks at the very address that the socket connects to, so that a name cannot change its mind
 *   between being checked and being used (DNS rebinding).
 */
export function createWebhookSender(options: {
  readonly allowPrivate: boolean
  readonly limitMs?: number
}): WebhookSender {
  const { allowPrivate } = options
  const agentOptions = { keepAlive: true, maxSockets: 8, maxFreeSockets: 2, allowPrivateIPAddress: allowPrivate }
  const agents = {
    'http:': new RequestFilteringHttpAgent(agentOptions),
    'https:': new RequestFilteringHttpsAgent(agentOptions),
  }
  return {
    async send(delivery, at) {
      const began = performance.now()
      const signal = AbortSignal.timeout(options.limitMs ?? limitMs)
      const ended = (outcome: Omit<DeliveryOutcome, 'ms'>) => ({
        ...outcome,
        ms: Math.round(performance.now() - began),
      })
      try {
        return ended(outcomeOf(await post(agents, delivery, at, signal)))
      } catch (error) {
        const word = signal.aborted ? 'TIMEOUT' : errorWord(error)
        return ended({ delivered: false, status: null, error: word, retryAfter: null })
      }
    },
  }
}

/** `v1,<base64 of HMAC-SHA256 over id.timestamp.body>` for each secret, newest first, separated by spaces. */
export function signatureHeader(
  message: { readonly id: string; readonly timestamp: number; readonly body: string },
  secrets: readonly string[],
): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
      const { id, timestamp, body } = message
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
    })
    .join(' ')
}

type Answer = { readonly status: number; readonly retryAfter: string | undefined }

function post(
  agents: Readonly<Record<'http:' | 'https:', http.Agent>>,
  { url, messageId, body, secrets }: ClaimedDelivery,
  at: Date,
  signal: AbortSignal,
): Promise<Answer> {
  const target = new URL(url)
  const secure = target.protocol === 'https:'
  const timestamp = Math.floor(at.getTime() / 1000)
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(
      target,
      {
        method: 'POST',
        agent: secure ? agents['https:'] : agents['http:'],
        signal,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Segl-Webhooks/1',
          'webhook-id': messageId,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': signatureHeader({ id: messageId, timestamp, body }, secrets),
        },
      },
      (response) => {
        let read = 0
        response.on('data', (chunk: Buffer) => {
          read += chunk.length
          if (read > longestAnswer) response.destroy()
        })
        // The status decides; a receiver that breaks off while saying more has still said it.
        const decided = () => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] })
        response.on('end', decided)
        response.on('close', () => (signal.aborted ? reject(signal.reason) : decided()))
        response.on('error', () => {})
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

function outcomeOf({ status, retryAfter }: Answer): Omit<DeliveryOutcome, 'ms'> {
  const delivered = status >= 200 && status < 300
  const error = delivered ? null : status >= 300 && status < 400 ? 'REDIRECT' : 'STATUS'
  return { delivered, status, error, retryAfter: secondsOf(retryAfter) }
}

/** RFC 9110 § 10.2.3: seconds or a date; only seconds are honoured, as clocks differ. */
function secondsOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,9}$/.test(header.trim()) ? Number(header) : null
}

const words: Readonly<Record<string, string>> = {
  ENOTFOUND: 'NAME_NOT_FOUND',
  EAI_AGAIN: 'NAME_NOT_FOUND',
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ECONNRESET: 'CONNECTION_LOST',
  EPIPE: 'CONNECTION_LOST',
  ETIMEDOUT: 'TIMEOUT',
}

function errorWord(error: unknown): string {
  if (!(error instanceof Error)) return 'FAILED'
  if (/is not allowed/.test(error.message)) return 'ADDRESS_NOT_ALLOWED'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) return 'CERTIFICATE'
  return words[code] ?? 'FAILED'
}
