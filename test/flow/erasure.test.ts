// A signer asks to be forgotten: what goes at once, and what stays as long as the law wants the document kept.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { startInstallation } from '../support/installation.ts'
import { accountant, assertWhole } from './actors.ts'
import { assertChained, openStorage } from './end-of-storage.ts'

const segl = await startInstallation()
const books = accountant(segl, (await segl.newTenant()).apiKey)
const kept = openStorage(segl, books)
const { signed, cancelled, erase } = kept
after(async () => {
  await kept.close()
  await segl.close()
})

describe('erasure on request', () => {
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
    assert.equal((await assertChained(segl, order)).at(-1)?.type, 'signer.erased')
  })

  it('takes the name too when the order need not be kept', async () => {
    const order = await cancelled()
    const answer = await erase(order)
    assert.deepEqual([answer.status, answer.body['documentKeptUntil']], [200, null])
    const row = await segl.client.signer.findFirstOrThrow({ where: { orderId: order.id } })
    assert.deepEqual([row.name, row.personHmac], ['', null])
    await assertChained(segl, order)
  })

  it('waits until the order is closed', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    assert.equal((await erase(order)).body['code'], 'STATE_CONFLICT')
  })
})
