// Documents that no order takes: how long they stay, and what goes with them.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, describe, it } from 'node:test'
import { forgetUnordered } from '../../src/flow/unordered.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, eventually } from './actors.ts'
import { blobFile, openStorage, yearMs } from './end-of-storage.ts'

const segl = await startInstallation()
const books = accountant(segl, (await segl.newTenant()).apiKey)
const kept = openStorage(segl, books)
const { inYears } = kept
after(async () => {
  await kept.close()
  await segl.close()
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
    assert.ok(existsSync(blobFile(segl, name)), 'somebody else has uploaded the same bytes')
    const [told] = await segl.client.event.findMany({ where: { documentId: lonely } })
    assert.deepEqual([told?.type, told?.state, told?.orderId], ['document.deleted', 'deleted', null])
    const feed = async () => JSON.stringify((await books.call('GET', '/v1/events?limit=1000')).body)
    await eventually('the feed', async () => (await feed()).includes(`"document":"${lonely}"`))
    assert.equal(await segl.client.idempotencyKey.count({ where: { response: { string_contains: lonely } } }), 0)

    await segl.client.document.update({ where: { id: theirs }, data: { createdAt: new Date(0) } })
    await segl.client.revision.deleteMany({ where: { blobSha256: name, documentId: { not: theirs } } })
    await forgetIn(inDays(0))
    assert.equal(existsSync(blobFile(segl, name)), false, 'the last one takes the bytes with it')
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
      if (row) assert.ok(existsSync(blobFile(segl, row.uploadSha256)))
    }
  })
})
