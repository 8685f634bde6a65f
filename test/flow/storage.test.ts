// The end of storage, in a whole Segl: legal hold, deletion after the time of storage, erasure on request, and what stays.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openBlobs } from '../../src/adapters/blobs/index.ts'
import { connect, createApiKeys, createStoring } from '../../src/adapters/store/index.ts'
import { createVault } from '../../src/adapters/vault/index.ts'
import type { Order } from '../../src/client/index.ts'
import { endStorage, type StoragePorts } from '../../src/flow/storage.ts'
import { forgetUnordered } from '../../src/flow/unordered.ts'
import { chainFault } from '../../src/kernel/evidence/index.ts'
import { type Person, people } from '../../src/visitor/visitor.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, assertWhole, linkOf, visitor } from './actors.ts'

const yearMs = 366 * 86_400_000

let segl: Installation
let books: Accountant
let tenantId: string
let doors: ReturnType<typeof connect>
let signer: Person

before(async () => {
  segl = await startInstallation()
  const tenant = await segl.newTenant()
  tenantId = tenant.tenantId
  books = accountant(segl, tenant.apiKey)
  doors = connect(segl.databaseUrl, 2, { doorsOnly: true })
  const found = (await people(segl.bankidUrl)).find(({ role }) => role === 'approver')
  assert.ok(found)
  signer = found
})
after(async () => {
  await doors?.$disconnect()
  await segl?.close()
})

/** The worker's part, as it would be so many years from now. */
function inYears(years: number): { ports: StoragePorts; now: Date } {
  const clockOffsetMs = years * yearMs
  const vault = createVault(segl.config.secrets)
  const storing = createStoring({ client: doors, vault, jobs: { wake: async () => {} }, clockOffsetMs })
  const ports = { storing, blobs: openBlobs(segl.config.blobUrl) }
  return { ports, now: new Date(Date.now() + clockOffsetMs) }
}
const endIn = (years: number, within = inYears(years)) =>
  endStorage(within.ports, within.now, (error) => {
    throw error
  })

async function signed(): Promise<Order> {
  const order = await books.order([{ bankid: 'approver' }])
  await visitor(segl, 'approver').sign(linkOf(order))
  return books.reaches(order.id, 'completed')
}
async function cancelled(): Promise<Order> {
  const order = await books.order([{ bankid: 'approver' }])
  assert.equal((await books.call('POST', `/v1/orders/${order.id}/cancel`)).status, 200)
  return books.reaches(order.id, 'cancelled')
}
const remove = (order: Order) => books.call('DELETE', `/v1/orders/${order.id}`)
const storage = async (order: Order) => (await books.call('GET', `/v1/orders/${order.id}/storage`)).body
const hold = (order: Order, reason = 'Tilsyn, sak 2026/17') =>
  books.call('POST', `/v1/orders/${order.id}/legal-hold`, { reason })
const blobsOf = (order: Order) =>
  segl.client.revision.findMany({ where: { document: { orderId: order.id } }, select: { blobSha256: true } })
const blobFile = (sha256: string): string =>
  join(fileURLToPath(segl.config.blobUrl), sha256.slice(0, 2), sha256.slice(2))

/** Every row that names the order, and the trail beside them, as one text. */
async function everythingOf(orderId: string): Promise<string> {
  const tables = await segl.client.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name in ('order_id', 'tenant_id') group by 1 order by 1`
  const parts: string[] = []
  for (const { name } of tables) {
    const rows = await segl.client.$queryRawUnsafe<{ row: string }[]>(
      `select to_jsonb(t)::text as row from ${name} t where to_jsonb(t)::text like $1`,
      `%${orderId}%`,
    )
    parts.push(`${name} ${rows.map(({ row }) => row).join('\n')}`)
  }
  return parts.join('\n')
}

async function assertChained(
  order: Order,
): Promise<readonly { type: string; personal: unknown; salt: string | null }[]> {
  const trail = await segl.client.auditEvent.findMany({ where: { orderId: order.id }, orderBy: { sequence: 'asc' } })
  const chained = trail.map(({ data, personal, time, ...event }) => ({
    ...event,
    order: order.id,
    time: time.toISOString(),
    data: data as Record<string, unknown>,
    personal: personal as Record<string, unknown> | null,
  }))
  assert.equal(chainFault(chained), undefined)
  return chained
}

describe('the end of storage', () => {
  it('a signed order is refused deletion until its last day, which is told', async () => {
    const order = await signed()
    const answer = await remove(order)
    assert.equal(answer.status, 409)
    assert.equal(answer.body['code'], 'RETENTION_NOT_OVER')
    // A contract of 2025: three and a half years after the end of that year (bokføringsloven § 13).
    assert.equal(answer.body['keptUntil'], '2029-06-30')
    assert.equal(await endIn(0), 0)
    assert.equal((await storage(order))['keptUntil'], '2029-06-30')
    await assertWhole(segl.client, order, books)
  })

  it('it is deleted by itself afterwards: no name, number, document or blob is left, and the trail still chains', async () => {
    const order = await signed()
    const files = (await blobsOf(order)).map(({ blobSha256 }) => blobFile(blobSha256))
    assert.ok(files.length >= 5 && files.every((file) => existsSync(file)), files.join())
    const before = await everythingOf(order.id)
    assert.ok(before.includes(signer.name))
    await endIn(0)
    assert.ok((await endIn(4)) >= 1)

    const left = await everythingOf(order.id)
    for (const word of [signer.name, signer.number, 'Bilag 7', 'Nordlys', 'Fjellheim', 'voucher.pdf']) {
      assert.ok(
        !left.includes(word),
        `"${word}" is left: ${left.slice(Math.max(0, left.indexOf(word) - 200)).slice(0, 400)}`,
      )
    }
    // Certificates hold the name in DER.
    assert.ok(!left.includes(Buffer.from(signer.name.split(' ')[0] ?? '').toString('hex')), 'the name in a certificate')
    // The upload is a fixture that other orders have too; everything that was appended is gone.
    const gone = files.filter((file) => !existsSync(file))
    assert.ok(gone.length >= files.length - 1, `${gone.length} of ${files.length}`)

    for (const path of ['', `/signers/${order.signers[0]?.id}/links`]) {
      const answer = await books.call(path === '' ? 'GET' : 'POST', `/v1/orders/${order.id}${path}`)
      assert.deepEqual([answer.status, answer.body['code']], [410, 'ORDER_DELETED'])
    }
    const document = await books.call('GET', `/v1/documents/${order.documents[0]?.id}/original`)
    assert.equal(document.status, 410)
    const list = (await books.call('GET', '/v1/orders?limit=200')).body['orders'] as { id: string }[]
    assert.ok(!list.some(({ id }) => id === order.id))
    assert.notEqual((await storage(order))['deletedAt'], null)

    const trail = await assertChained(order)
    assert.equal(trail.at(-1)?.type, 'order.deleted')
    assert.ok(trail.every(({ personal, salt }) => personal === null && salt === null))
    const audit = await books.call('GET', `/v1/orders/${order.id}/audit`)
    assert.equal(audit.status, 200)
    assert.equal((audit.body['events'] as object[]).length, trail.length)
  })

  it('a link to a deleted order opens nothing', async () => {
    const order = await cancelled()
    const link = await segl.client.signer.findFirstOrThrow({ where: { orderId: order.id } })
    const vault = createVault(segl.config.secrets)
    const url = `${segl.seglUrl}/sign/${vault.linkToken(link.id, link.linkVersion)}`
    assert.equal((await remove(order)).status, 200)
    const answer = await fetch(url)
    const text = await answer.text()
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`)
    assert.ok(!text.includes(signer.name))
  })

  it('an order that nobody signed may go at once, and going twice does no harm', async () => {
    const order = await cancelled()
    const answer = await remove(order)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.equal(answer.body['keptUntil'], null)
    assert.notEqual(answer.body['deletedAt'], null)
    const again = await remove(order)
    assert.deepEqual([again.status, again.body['deletedAt']], [200, answer.body['deletedAt']])
    assert.ok(!(await everythingOf(order.id)).includes(signer.name))
    await assertChained(order)
  })

  it('an open order is not deleted', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    const answer = await remove(order)
    assert.deepEqual([answer.status, answer.body['code'], answer.body['state']], [409, 'STATE_CONFLICT', 'open'])
  })

  it('a legal hold keeps it from everybody, also after the last day, until it is released; the trail tells of both', async () => {
    const order = await signed()
    const held = await hold(order)
    assert.equal(held.status, 200, JSON.stringify(held.body))
    assert.equal((held.body['legalHold'] as { reason: string }).reason, 'Tilsyn, sak 2026/17')
    assert.equal((await hold(order)).status, 409)
    await endIn(0)
    await endIn(9)
    await assertWhole(segl.client, await books.read(order.id))
    assert.deepEqual([(await remove(order)).status, (await remove(order)).body['code']], [409, 'LEGAL_HOLD'])
    const erasure = await books.call('POST', `/v1/orders/${order.id}/signers/${order.signers[0]?.id}/erasure`, {
      reason: 'Asked by the signer',
    })
    assert.equal(erasure.body['code'], 'LEGAL_HOLD')
    assert.equal((await books.call('DELETE', `/v1/orders/${order.id}/legal-hold`)).status, 200)
    assert.equal((await books.call('DELETE', `/v1/orders/${order.id}/legal-hold`)).status, 409)
    const types = (await assertChained(order)).map(({ type }) => type)
    assert.deepEqual(types.slice(-2), ['order.held', 'order.holdReleased'])
    assert.ok((await endIn(9)) >= 1)
    assert.notEqual((await storage(order))['deletedAt'], null)
  })

  it('a deletion that was cut off is finished by the next round', async () => {
    const order = await cancelled()
    const { ports, now } = inYears(0)
    const dying = { ...ports, blobs: { remove: async () => Promise.reject(new Error('the disk is away')) } }
    // The upload is shared with other orders, so at least what was prepared has to be removed.
    const failures: unknown[] = []
    const { deleteOrder } = await import('../../src/flow/storage.ts')
    await deleteOrder(dying, { tenantId, id: order.id }, { key: 'k' }).catch((error: unknown) => failures.push(error))
    assert.equal(failures.length, 1)
    assert.equal((await books.call('GET', `/v1/orders/${order.id}`)).status, 410)
    assert.equal((await storage(order))['deletedAt'], null)
    await endStorage(ports, now, (error) => assert.fail(String(error)))
    assert.notEqual((await storage(order))['deletedAt'], null)
    assert.equal((await blobsOf(order)).length, 0)
  })

  it('bytes that another tenant uploaded too are left to it', async () => {
    const other = accountant(segl, (await segl.newTenant()).apiKey)
    const theirs = await other.upload('contract')
    const ours = await books.upload('contract')
    const { status, body } = await books.call('POST', '/v1/orders', {
      title: 'Avtale',
      documents: [{ id: ours }],
      signers: [{ role: 'party', name: 'Kari Nordmann' }],
      overrides: [],
    })
    assert.equal(status, 201, JSON.stringify(body))
    const id = String(body['id'])
    await books.reaches(id, 'open')
    await books.call('POST', `/v1/orders/${id}/cancel`)
    await books.reaches(id, 'cancelled')
    assert.equal((await remove(await books.read(id))).status, 200)
    assert.ok((await other.original(theirs)).length > 1000)
  })
})

describe('a document that no order takes', () => {
  const forgetIn = ({ ports, now }: ReturnType<typeof inYears>) =>
    forgetUnordered(ports, now, segl.config.unorderedDocumentDays, (error) => {
      throw error
    })
  const inDays = (days: number) => inYears((days * 86_400_000) / yearMs)
  const rowOf = (id: string) => segl.client.document.findUnique({ where: { id }, include: { revisions: true } })

  it('goes after thirty days with its bytes, which the feed tells; one in an order, or younger, stays', async () => {
    const [lonely, ordered] = [await books.upload('voucher'), await books.upload('contract')]
    const { body } = await books.call('POST', '/v1/orders', {
      title: 'Utkast',
      draft: true,
      documents: [{ id: ordered }],
      signers: [{ role: 'party', name: 'Kari Nordmann' }],
    })
    assert.equal(body['state'], 'draft')
    const name = (await rowOf(lonely))?.uploadSha256 ?? ''
    await forgetIn(inDays(29))
    assert.ok(await rowOf(lonely), 'not before')
    const twin = accountant(segl, (await segl.newTenant()).apiKey)
    const theirs = await twin.upload('voucher')
    await segl.client.document.update({ where: { id: theirs }, data: { createdAt: new Date(Date.now() + 2 * yearMs) } })
    assert.ok((await forgetIn(inDays(31))) >= 1)
    assert.equal(await rowOf(lonely), null)
    assert.ok(await rowOf(ordered))
    assert.equal((await books.call('GET', `/v1/documents/${lonely}`)).status, 404)
    assert.ok(existsSync(blobFile(name)), 'somebody else has uploaded the same bytes')
    const [told] = await segl.client.event.findMany({ where: { documentId: lonely } })
    assert.deepEqual([told?.type, told?.state, told?.orderId], ['document.deleted', 'deleted', null])
    const feed = async () => JSON.stringify((await books.call('GET', '/v1/events?limit=1000')).body)
    for (let tries = 0; tries < 100 && !(await feed()).includes(lonely); tries += 1) await pause(100)
    assert.ok((await feed()).includes(`"document":"${lonely}"`))
    assert.equal(await segl.client.idempotencyKey.count({ where: { response: { string_contains: lonely } } }), 0)

    await segl.client.document.update({ where: { id: theirs }, data: { createdAt: new Date(0) } })
    await segl.client.revision.deleteMany({ where: { blobSha256: name, documentId: { not: theirs } } })
    await forgetIn(inDays(0))
    assert.equal(existsSync(blobFile(name)), false, 'the last one takes the bytes with it')
  })

  it('is not taken from an order that comes at the same moment', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => books.upload('voucher')))
    const orders = ids.map((id) =>
      books.call('POST', '/v1/orders', {
        title: 'Avtale',
        documents: [{ id }],
        signers: [{ role: 'party', name: 'Kari Nordmann' }],
      }),
    )
    const [answers] = await Promise.all([Promise.all(orders), forgetIn(inDays(31))])
    for (const [index, { status }] of answers.entries()) {
      const row = await rowOf(ids[index] ?? '')
      assert.deepEqual([status, row === null], status === 201 ? [201, false] : [404, true])
      if (row) assert.ok(existsSync(blobFile(row.uploadSha256)))
    }
  })
})

describe('erasure on request', () => {
  const erase = (order: Order) =>
    books.call('POST', `/v1/orders/${order.id}/signers/${order.signers[0]?.id}/erasure`, {
      reason: 'Asked by the signer',
    })

  it('takes at once what nobody must keep, leaves the signed document and its trail, and says until when', async () => {
    const order = await signed()
    const answer = await erase(order)
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.equal(answer.body['documentKeptUntil'], '2029-06-30')
    const row = await segl.client.signer.findFirstOrThrow({ where: { orderId: order.id } })
    assert.deepEqual([row.personHmac, row.personEncrypted, row.birthDate, row.identityCheck], [null, null, null, null])
    assert.notEqual(row.signedName, null)
    const attempts = await segl.client.ceremony.findMany({ where: { members: { some: { signerId: row.id } } } })
    assert.ok(attempts.length > 0 && attempts.every((attempt) => attempt.identityEncrypted === null))
    await assertWhole(segl.client, await books.read(order.id), books)
    assert.equal((await assertChained(order)).at(-1)?.type, 'signer.erased')
  })

  it('takes the name too when the order need not be kept', async () => {
    const order = await cancelled()
    const answer = await erase(order)
    assert.deepEqual([answer.status, answer.body['documentKeptUntil']], [200, null])
    const row = await segl.client.signer.findFirstOrThrow({ where: { orderId: order.id } })
    assert.deepEqual([row.name, row.personHmac], ['', null])
    await assertChained(order)
  })

  it('waits until the order is closed', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    assert.equal((await erase(order)).body['code'], 'STATE_CONFLICT')
  })
})

it('every table that can name an order is thought of when one is deleted', async () => {
  const tables = await segl.client.$queryRaw<{ name: string }[]>`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'public' and column_name in ('order_id', 'document_id') order by 1`
  // Removed, emptied of what is personal, or without it from the beginning (adapters/store/storage.ts).
  const known = {
    removed: ['lease', 'revision', 'signature', 'task', 'validation_data'],
    emptied: ['audit_event', 'ceremony', 'document', 'signer'],
    impersonal: ['ceremony_signer', 'event'],
  }
  assert.deepEqual(
    tables.map(({ name }) => name),
    Object.values(known).flat().sort(),
  )
})

it('an administrator may hold and delete without ever reading an order', async () => {
  const { key } = await createApiKeys(segl.client).add(tenantId, { name: 'admin', scopes: ['admin'] })
  const admin = accountant(segl, key)
  const order = await cancelled()
  assert.equal((await admin.call('GET', `/v1/orders/${order.id}`)).status, 403)
  assert.equal((await admin.call('POST', `/v1/orders/${order.id}/legal-hold`, { reason: 'Tilsyn' })).status, 200)
  assert.equal((await admin.call('DELETE', `/v1/orders/${order.id}/legal-hold`)).status, 200)
  assert.equal((await admin.call('DELETE', `/v1/orders/${order.id}`)).status, 200)
})
