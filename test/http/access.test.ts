// Tenant × role × endpoint: every route of the API's own description, called as every role of two tenants, with the other
// tenant's real ids, references, cursors and idempotency keys. Routes that are added later are found and tried as they are.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { exportJWK, generateKeyPair } from 'jose'
import { parse } from 'yaml'
import { type Scope, scopes } from '../../src/flow/ports/api-keys.ts'
import { access } from '../../src/http/access.ts'
import { describeApi } from '../../src/http/describe.ts'
import { startInstallation } from '../support/installation.ts'
import { multipartOf, smallPdf, synthetic } from './harness.ts'
import { type Schema, sampleOf } from './sample.ts'
import { type Answer, callsAt, newTenant, reference, type Tenant } from './whole-tenant.ts'

type Operation = {
  readonly method: string
  /** As openapi.yaml writes it: `/v1/orders/{id}`. */
  readonly path: string
  readonly roles: readonly Scope[]
  readonly body?: Schema
}

const lineOf = (method: string, path: string): string =>
  `${method} ${path.replace('/v1', '').replaceAll(/\{(\w+)\}/g, ':$1')}`

// Without a worker nothing changes but by what is called here.
const segl = await startInstallation({ workers: 0 })
after(() => segl.close())
const { send, sendJson } = callsAt(segl.seglUrl)
const [ours, theirs] = [await newTenant(segl, 'Vaar'), await newTenant(segl, 'Deres')]

const api = parse(await describeApi()) as {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>
  components: { schemas: Record<string, Schema> }
}
const components = api.components.schemas
const operations: Operation[] = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([name, { requestBody }]) => {
    if (!path.startsWith('/v1/')) return []
    const method = name.toUpperCase()
    const body = requestBody?.content['application/json']?.schema
    return { method, path, roles: access[lineOf(method, path)] ?? [], ...(body && { body }) }
  }),
)

/** The route's path with real ids of `tenant`: which one is told by the word before it. */
function addressOf({ method, path }: Operation, tenant: Tenant): string {
  const words = path.split('/')
  return words
    .map((word, place) => {
      if (!word.startsWith('{')) return word
      const id = tenant.ids[words[place - 1] ?? '']
      assert.ok(id, `${method} ${path}: say in newTenant which real id stands for ${word}`)
      return id
    })
    .join('/')
}

/** Bodies that a schema alone does not tell; everything else is made from it. */
const bodies: Readonly<Record<string, (tenant: Tenant) => unknown>> = {
  'POST /orders': ({ orderBody, ids }) => ({ ...orderBody, documents: [{ id: ids['free'] }] }),
  'POST /clients': () => ({ name: 'x', scopes: ['reader'], jwks: { keys: [publicKey] } }),
  'PUT /clients/:id/keys': () => ({ jwks: { keys: [publicKey] } }),
  'PATCH /orders/:id': () => ({ title: 'x' }),
}
const publicKey = await exportJWK((await generateKeyPair('ES256')).publicKey)

/** Calls a route as `caller` about what is `target`'s. */
async function call(operation: Operation, key: string | null, target: Tenant): Promise<Answer> {
  const { method, path, body } = operation
  const address = addressOf(operation, target)
  const line = lineOf(method, path)
  const headers: Record<string, string> = method === 'POST' ? { 'idempotency-key': randomUUID() } : {}
  if (line === 'POST /documents') {
    const metadata = { kind: 'contract', title: 'x', parties: [{ name: 'A' }, { name: 'B' }] }
    const sent = multipartOf(metadata, smallPdf(randomBytes(8).toString('hex')))
    return send(method, address, key, { headers: { ...headers, ...sent.headers }, body: sent.payload })
  }
  const special = bodies[line]
  if (!body && !special) return send(method, address, key, { headers })
  // An id in a body is one of the target's too: of what its member is called, or of an order.
  const idFor = (names: readonly string[]): string => {
    const name = names.findLast((one) => one !== 'id') ?? 'orders'
    return target.ids[name] ?? target.ids[`${name}s`] ?? target.ids['orders'] ?? ''
  }
  return sendJson(method, address, key, special ? special(target) : sampleOf(body ?? {}, components, idFor), headers)
}

/** Whatever stands in the database for a tenant, as one text. */
async function everythingOf(tenantId: string): Promise<string> {
  const tables = await segl.client.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'tenant_id' order by table_name`
  const parts: string[] = []
  for (const { name } of tables) {
    const rows = await segl.client.$queryRawUnsafe<{ row: unknown }[]>(
      // When a key was last used changes by using it.
      `select to_jsonb(t) - 'last_used_at' as row from ${name} t where tenant_id = $1::uuid order by 1`,
      tenantId,
    )
    parts.push(`${name} ${JSON.stringify(rows)}`)
  }
  return parts.join('\n')
}

const forAll = async (work: (operation: Operation, role: Scope) => Promise<void>) => {
  for (const operation of operations) for (const role of scopes) await work(operation, role)
}
const told = (operation: Operation, role: string, { status, text }: Answer): string =>
  `${operation.method} ${operation.path} as ${role}: ${status} ${text.slice(0, 400)}`
const withId = ({ path }: Operation): boolean => path.includes('{')
/** A consumer’s name is the tenant’s own choice: the same name is another consumer for somebody else. */
const named = ({ path }: Operation): boolean => path.startsWith('/v1/consumers/')
/** What has the same name for everybody: a person by his number, a company in the public register. */
const shared = ({ path }: Operation): boolean => /^\/v1\/(test\/)?(people|companies)\//.test(path)

describe('tenant × role × endpoint', () => {
  it('every route has a line in the table of access, and every line a route', () => {
    assert.ok(operations.length >= 30, `${operations.length} operations`)
    const routes = operations.map(({ method, path }) => lineOf(method, path)).sort()
    assert.deepEqual(routes, Object.keys(access).sort())
    assert.ok(operations.every(({ roles }) => roles.length > 0))
  })

  it('the roles are what they are said to be', () => {
    for (const { method, path, roles } of operations) {
      const line = lineOf(method, path)
      // Who only reads never changes anything.
      if (method !== 'GET') assert.ok(!roles.includes('reader') && !roles.includes('auditor'), line)
      if (/^\/v1\/(keys|clients)/.test(path)) assert.deepEqual(roles, ['admin'], line)
      // How long an order is kept says nothing of what is in it.
      if (path.startsWith('/v1/documents') || (/^\/v1\/orders(?!.*storage$)/.test(path) && method === 'GET')) {
        assert.ok(!roles.includes('admin') && roles.includes('system'), line)
      }
    }
  })

  it('without a key, with a revoked one or with one that nobody made, there is nothing', async () => {
    for (const operation of operations) {
      for (const key of [null, ours.revoked, `segl_${randomBytes(32).toString('base64url')}`]) {
        const answer = await call(operation, key, ours)
        assert.equal(answer.status, 401, told(operation, 'nobody', answer))
        assert.ok(!answer.text.includes(ours.mark) || named(operation), told(operation, 'nobody', answer))
      }
    }
  })

  it('a role that may not is told 403, whether the id is its own tenant’s, the other’s or nobody’s', async () => {
    await forAll(async (operation, role) => {
      if (operation.roles.includes(role)) return
      for (const target of withId(operation) ? [ours, theirs] : [ours]) {
        const answer = await call(operation, ours.keys[role], target)
        assert.equal(answer.status, 403, told(operation, role, answer))
        assert.ok(!answer.text.includes(target.mark) || named(operation), told(operation, role, answer))
      }
    })
  })

  it('a role that may is told 404 about the other tenant’s real ids, with no byte of it, and nothing changes there', async () => {
    const before = await everythingOf(theirs.id)
    let calls = 0
    await forAll(async (operation, role) => {
      if (!operation.roles.includes(role)) return
      const answer = await call(operation, ours.keys[role], theirs)
      calls += 1
      assert.ok(answer.status < 500, told(operation, role, answer))
      if (withId(operation) && !named(operation) && !shared(operation))
        assert.equal(answer.status, 404, told(operation, role, answer))
      if (operation.path === '/v1/orders' && operation.method === 'POST') {
        assert.equal(answer.status, 404, told(operation, role, answer))
      }
      // What we sent ourselves, a name in the address, may be told back.
      if (!named(operation)) assert.ok(!answer.text.includes(theirs.mark), told(operation, role, answer))
      for (const [what, id] of Object.entries(theirs.ids)) {
        if (id.length < 30 || operation.path.includes('{')) continue
        assert.ok(!answer.text.includes(id), `${what}: ${told(operation, role, answer)}`)
      }
    })
    assert.ok(calls >= 40, `${calls} calls`)
    assert.equal(await everythingOf(theirs.id), before)
  })

  it('mixed ids are refused: our order with their signer, our webhook with their delivery, our order over their document', async () => {
    const mixed = [
      `/v1/orders/${ours.ids['orders']}/signers/${theirs.ids['signers']}/links`,
      `/v1/webhooks/${ours.ids['webhooks']}/deliveries/${theirs.ids['deliveries']}/redeliver`,
    ]
    for (const path of mixed) {
      const answer = await send('POST', path, ours.keys.system)
      assert.equal(answer.status, 404, `${path} ${answer.status} ${answer.text}`)
    }
    const documents = [{ id: ours.ids['free'] }, { id: theirs.ids['free'] }]
    const body = { ...ours.orderBody, documents }
    const answer = await sendJson('POST', '/v1/orders', ours.keys.system, body, { 'idempotency-key': randomUUID() })
    assert.equal(answer.status, 404, answer.text)
    assert.equal(await segl.client.document.count({ where: { id: String(ours.ids['free']), orderId: null } }), 1)
  })

  it('their Idempotency-Key is not ours: the same request with it finds nothing, and theirs is still answered', async () => {
    const headers = { 'idempotency-key': theirs.orderKey }
    const answer = await sendJson('POST', '/v1/orders', ours.keys.system, theirs.orderBody, headers)
    assert.equal(answer.status, 404, answer.text)
    assert.equal(answer.headers.get('idempotent-replayed'), null)
    assert.ok(!answer.text.includes(theirs.mark))
    const replay = await sendJson('POST', '/v1/orders', theirs.keys.system, theirs.orderBody, headers)
    assert.equal(replay.status, 201, replay.text)
    assert.equal(replay.headers.get('idempotent-replayed'), 'true')
    assert.equal(JSON.parse(replay.text).id, theirs.ids['orders'])
  })

  it('lists, filters and cursors stay within the tenant: the same reference, and the other’s place in a list', async () => {
    const list = async (tenant: Tenant, query: string) => {
      const answer = await send('GET', `/v1/orders?${query}`, tenant.keys.system)
      assert.equal(answer.status, 200, answer.text)
      return JSON.parse(answer.text) as { orders: { id: string; title: string }[]; next: string | null }
    }
    for (const [tenant, other] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      const { orders } = await list(tenant, `reference=${encodeURIComponent(reference)}`)
      assert.ok(orders.length >= 2)
      assert.ok(orders.every(({ title }) => !title.includes(other.mark)))
      assert.ok(orders.some(({ id }) => id === tenant.ids['orders']))
      const { next } = await list(other, 'limit=1')
      assert.ok(next)
      const page = await list(tenant, `cursor=${next}`)
      assert.ok(page.orders.every(({ title }) => !title.includes(other.mark)))
    }
  })

  it('the feed tells of one’s own orders, whatever place is asked for', async () => {
    const { sequenceEvents, connect } = await import('../../src/adapters/store/index.ts')
    const client = connect(segl.databaseUrl, 1, { doorsOnly: true })
    await sequenceEvents(client, 1000)
    await client.$disconnect()
    const own = await segl.client.signingOrder.findMany({ where: { tenantId: ours.id }, select: { id: true } })
    const answer = await send('GET', '/v1/events?after=0&limit=1000', ours.keys.reader)
    const { events } = JSON.parse(answer.text) as { events: { order: string | null }[] }
    assert.ok(events.length >= 2, answer.text)
    assert.ok(events.every(({ order }) => order === null || own.some(({ id }) => id === order)))
  })

  it('signing links are for the system alone: neither reader nor auditor finds one in any answer', async () => {
    const reading = operations.filter(({ method }) => method === 'GET')
    let links = 0
    for (const operation of reading) {
      for (const role of ['system', 'reader', 'auditor'] as const) {
        if (!operation.roles.includes(role)) continue
        const answer = await call(operation, ours.keys[role], ours)
        if (role === 'system') links += answer.text.split('/sign/').length - 1
        else assert.ok(!answer.text.includes('/sign/'), told(operation, role, answer))
      }
    }
    assert.ok(links >= 2, `${links} links`)
  })

  it('the same person has another HMAC in each tenant, and the number stands nowhere in the database', async () => {
    const signers = await segl.client.signer.findMany({
      where: { tenantId: { in: [ours.id, theirs.id] }, personHmac: { not: null } },
      select: { tenantId: true, personHmac: true },
    })
    const of = (tenant: Tenant) =>
      new Set(signers.filter(({ tenantId }) => tenantId === tenant.id).map((one) => one.personHmac))
    assert.deepEqual([of(ours).size, of(theirs).size], [1, 1])
    assert.notDeepEqual(of(ours), of(theirs))
    for (const { id } of [ours, theirs]) assert.ok(!(await everythingOf(id)).includes(synthetic))
  })

  // Last, because it changes and removes what the others look at.
  it('a role that may is let in to what is its own: never 401, 403, 404 or 500', async () => {
    const order = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE']
    const sorted = operations.toSorted((a, b) => order.indexOf(a.method) - order.indexOf(b.method))
    const faults: string[] = []
    for (const operation of sorted) {
      for (const role of scopes) {
        if (!operation.roles.includes(role)) continue
        const answer = await call(operation, ours.keys[role], ours)
        // Taken away by the role before; or somebody whom the simulated BankID does not know.
        const gone = operation.method === 'DELETE' && role !== operation.roles[0]
        const stranger = operation.path.startsWith('/v1/test/')
        const wrong = [401, 403, 500, ...(gone || stranger ? [] : [404])]
        // A body that the schema refuses would have tested nothing.
        if ([...wrong, 400, 413, 415].includes(answer.status)) faults.push(told(operation, role, answer))
      }
    }
    assert.deepEqual(faults, [])
  })
})
