// A tenant with something of everything that the API can name.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { createApiKeys } from '../../src/adapters/store/index.ts'
import { newId } from '../../src/flow/id.ts'
import { type Scope, scopes } from '../../src/flow/ports/api-keys.ts'
import type { Installation } from '../support/installation.ts'
import { multipartOf, smallPdf, synthetic } from './harness.ts'

export type Tenant = {
  readonly id: string
  /** A word that stands in everything of this tenant that a person wrote. */
  readonly mark: string
  readonly keys: Readonly<Record<Scope, string>>
  readonly revoked: string
  /** Real ids by what they are of. */
  readonly ids: Readonly<Record<string, string>>
  readonly orderBody: object
  readonly orderKey: string
}

/** Of an order of every tenant. */
export const reference = 'FELLES-2026/1'

export type Answer = { readonly status: number; readonly text: string; readonly headers: Headers }

/** Calls of the API at `base`; with `key` null, without any. */
export function callsAt(base: string) {
  const send = async (method: string, path: string, key: string | null, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(base + path, {
      ...init,
      method,
      redirect: 'manual',
      headers: { ...(key && { authorization: `Bearer ${key}` }), ...init.headers },
      signal: AbortSignal.timeout(120_000),
    })
    return { status: answer.status, text: await answer.text(), headers: answer.headers }
  }

  const sendJson = (
    method: string,
    path: string,
    key: string | null,
    body: unknown,
    headers: Record<string, string> = {},
  ) =>
    send(method, path, key, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return { send, sendJson }
}

type Calls = ReturnType<typeof callsAt>

/** The body of an answer that has to say that something was made. */
async function made(answer: Answer | Promise<Answer>): Promise<{ id: string; signers?: { id: string }[] }> {
  const { status, text } = await answer
  assert.ok(status === 200 || status === 201, `${status} ${text}`)
  return JSON.parse(text)
}

async function upload(send: Calls['send'], key: string, mark: string): Promise<string> {
  const metadata = {
    kind: 'contract',
    title: `Avtale ${mark}`,
    parties: [{ name: `${mark} AS` }, { name: 'Papir & Penn AS' }],
  }
  const { payload, headers } = multipartOf(metadata, smallPdf(randomBytes(8).toString('hex')), `${mark}.pdf`)
  return (await made(send('POST', '/v1/documents', key, { headers, body: payload }))).id
}

/** A tenant with something of everything that the API can name. */
export async function newTenant(segl: Installation, word: string): Promise<Tenant> {
  const { send, sendJson } = callsAt(segl.seglUrl)
  const mark = `${word}${randomBytes(4).toString('hex')}`
  const id = newId(new Date())
  await segl.client.tenant.create({ data: { id, name: `${mark} AS`, organisationNumber: '310000019' } })
  const apiKeys = createApiKeys(segl.client)
  const keys: Partial<Record<Scope, string>> = {}
  for (const scope of scopes) keys[scope] = (await apiKeys.add(id, { name: `${mark} ${scope}`, scopes: [scope] })).key
  const gone = await apiKeys.add(id, { name: 'gone', scopes: [...scopes] })
  await apiKeys.revoke(id, gone.id)
  const all = keys as Record<Scope, string>

  const document = await upload(send, all.system, mark)
  const free = await upload(send, all.system, mark)
  const orderBody = {
    title: `Avtale ${mark}`,
    reference,
    documents: [{ id: document }],
    signers: [
      { role: 'party', name: `Kari ${mark}`, person: { nationalIdentityNumber: synthetic } },
      { role: 'party', name: `Ola ${mark}` },
    ],
  }
  const orderKey = randomUUID()
  const order = await made(sendJson('POST', '/v1/orders', all.system, orderBody, { 'idempotency-key': orderKey }))
  const second = { ...orderBody, documents: [{ id: await upload(send, all.system, mark) }] }
  await made(sendJson('POST', '/v1/orders', all.system, second, { 'idempotency-key': randomUUID() }))
  const signer = order.signers?.[0]?.id ?? ''

  const webhook = await made(
    sendJson('POST', '/v1/webhooks', all.system, { url: `http://127.0.0.1:9/${mark}`, description: mark }),
  )
  const delivery = newId(new Date())
  await segl.client.webhookDelivery.create({
    data: {
      id: delivery,
      tenantId: id,
      webhookId: webhook.id,
      messageId: newId(new Date()),
      type: 'webhook.ping',
      body: JSON.stringify({ mark }),
      state: 'dead',
      dueAt: new Date(),
    },
  })
  await made(sendJson('PUT', `/v1/consumers/${mark}`, all.system, { position: 0 }))
  const key = await made(sendJson('POST', '/v1/keys', all.admin, { name: mark, scopes: ['reader'] }))
  const jwk = await exportJWK((await generateKeyPair('ES256')).publicKey)
  const client = await made(
    sendJson('POST', '/v1/clients', all.admin, { name: mark, scopes: ['reader'], jwks: { keys: [jwk] } }),
  )
  const ids = {
    ...{ orders: order.id, documents: document, free, signers: signer, webhooks: webhook.id, deliveries: delivery },
    ...{ keys: key.id, clients: client.id, consumers: mark, revisions: '0', people: synthetic, companies: '310000019' },
  }
  return { id, mark, keys: all, revoked: gone.key, ids, orderBody, orderKey }
}
