// The end of storage, in a whole Segl: legal hold, deletion after the time of storage, and what stays.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { createApiKeys } from '../../src/adapters/store/index.ts'
import { createVault } from '../../src/adapters/vault/index.ts'
import { deleteOrder, endStorage } from '../../src/flow/storage.ts'
import { people } from '../../src/visitor/visitor.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, assertWhole } from './actors.ts'
import { assertChained, blobFile, openStorage } from './end-of-storage.ts'

const segl = await startInstallation()
const { tenantId, apiKey } = await segl.newTenant()
const books = accountant(segl, apiKey)
const kept = openStorage(segl, books)
const { inYears, endIn, signed, cancelled, remove, erase, storage, hold, blobsOf } = kept
after(async () => {
  await kept.close()
  await segl.close()
})
const signer = (await people(segl.bankidUrl)).find(({ role }) => role === 'approver')
assert.ok(signer)

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
    const files = (await blobsOf(order)).map(({ blobSha256 }) => blobFile(segl, blobSha256))
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

    const trail = await assertChained(segl, order)
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
    await assertChained(segl, order)
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
    assert.equal((await erase(order)).body['code'], 'LEGAL_HOLD')
    assert.equal((await books.call('DELETE', `/v1/orders/${order.id}/legal-hold`)).status, 200)
    assert.equal((await books.call('DELETE', `/v1/orders/${order.id}/legal-hold`)).status, 409)
    const types = (await assertChained(segl, order)).map(({ type }) => type)
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
