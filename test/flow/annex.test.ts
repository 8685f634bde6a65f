// An order over several documents of which some are annexes: shown with the others, and left as they are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { people } from '../../src/visitor/visitor.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, linkOf, visitor } from './actors.ts'

test('an annex is shown to the signer and not signed; the others are', async () => {
  const segl = await startInstallation()
  try {
    const books = accountant(segl, (await segl.newTenant()).apiKey)
    const [first, second, annex] = [await books.upload(), await books.upload(), await books.upload('contract')]
    const approver = (await people(segl.bankidUrl)).find(({ role }) => role === 'approver')
    assert.ok(approver)
    const made = await books.call('POST', '/v1/orders', {
      title: 'Bilag 7 og 8',
      reference: 'ERP-77',
      documents: [{ id: first }, { id: annex, role: 'annex' }, { id: second, role: 'sign' }],
      signers: [
        { role: 'approver', language: 'en', name: approver.name, person: { nationalIdentityNumber: approver.number } },
      ],
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const order = made.body as object as Order
    await books.reaches(order.id, 'open')
    const her = visitor(segl, 'approver')
    const start = await her.open(linkOf(order))
    assert.match(start.html, /Annex – not to be signed/)
    assert.equal((await her.open(`${segl.seglUrl}/sign/documents/${annex}`)).status, 200)
    await her.sign(linkOf(order))
    const done = await books.reaches(order.id, 'completed')
    assert.equal(done.reference, 'ERP-77')
    const found = (await books.call('GET', '/v1/orders?reference=ERP-77')).body['orders'] as { id: string }[]
    assert.deepEqual(
      found.map(({ id }) => id),
      [order.id],
    )
    const kinds = async (documentId: string) =>
      (await segl.client.revision.findMany({ where: { documentId }, orderBy: { number: 'asc' } })).map(
        ({ kind }) => kind,
      )
    const whole = ['upload', 'prepared', 'signature', 'seal', 'archive']
    assert.deepEqual([await kinds(first), await kinds(second), await kinds(annex)], [whole, whole, ['upload']])
    const signed = await books.call('GET', `/v1/documents/${annex}/signed`)
    assert.deepEqual([signed.status, signed.body['code']], [409, 'NOT_SIGNED_YET'])
    assert.match(String(signed.body['detail']), /an annex: nobody signs it/)
  } finally {
    await segl.close()
  }
})
