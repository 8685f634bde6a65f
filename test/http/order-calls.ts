// Orders as the tests of the API ask for them.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type Harness, synthetic, type TestTenant, upload } from './harness.ts'

export const party = (name: string, more: object = {}) => ({ role: 'party', name, ...more })

export const kari = party('Kari Nordmann', { person: { nationalIdentityNumber: synthetic } })
export const ola = party('Ola Nordmann', { language: 'nn', email: 'ola@example.no' })

export const order = (documents: string[], more: object = {}) => ({
  title: 'Oppdragsavtale 2026',
  documents: documents.map((id) => ({ id })),
  signers: [kari, party('Ola Nordmann')],
  ...more,
})

/** Calls of one tenant, where nobody else is named. */
export function callsOf(harness: Harness, tenant: TestTenant) {
  const json = (method: 'POST' | 'PATCH', url: string, payload: unknown, headers: Record<string, string>) =>
    harness.api.inject({
      method,
      url,
      headers: { ...headers, 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    })
  const post = (url: string, payload: unknown, headers: Record<string, string> = {}, who = tenant) =>
    json('POST', url, payload, { ...who.headers, ...headers })
  const get = (url: string, headers: Record<string, string> = tenant.headers) =>
    harness.api.inject({ method: 'GET', url, headers })
  /** Under a key that nothing else has. */
  const send = (method: 'POST' | 'PATCH', url: string, payload: unknown, who = tenant) =>
    json(method, url, payload, { ...who.headers, 'idempotency-key': randomUUID() })
  return {
    post,
    get,
    send,
    create: (body: unknown, key: string = randomUUID(), who = tenant) =>
      post('/v1/orders', body, { 'idempotency-key': key }, who),
    act: (url: string, who = tenant) => harness.api.inject({ method: 'POST', url, headers: who.headers }),
    orders: () => harness.client.signingOrder.count(),
    read: async (id: string, who = tenant) => (await get(`/v1/orders/${id}`, who.headers)).json(),
    trail: async (id: string) => (await get(`/v1/orders/${id}/audit`)).json().events,
    /** An order of Kari and Ola over a document of its own. */
    async opened(more: object = {}) {
      const body = { title: 'Avtale', documents: [{ id: await upload(harness, tenant) }], signers: [kari, ola] }
      const answer = await send('POST', '/v1/orders', { ...body, ...more })
      assert.equal(answer.statusCode, 201, answer.body)
      return answer.json()
    },
  }
}
