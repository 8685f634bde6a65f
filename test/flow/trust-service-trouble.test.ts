// The trust service is away for a while: nothing that was approved is lost, the reason is on record, and the work goes on.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Order } from '../../src/client/index.ts'
import { down } from '../adapters/trust-services/proxy.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, assertWhole, codeOn, eventually, formOf, linkOf, refreshOf, visitor } from './actors.ts'

const segl = await startInstallation()
after(() => segl.close())
const books = accountant(segl, (await segl.newTenant()).apiKey)

describe('while the trust service is away', () => {
  const approver = [{ bankid: 'approver' }]
  const fail = (...paths: string[]) => {
    for (const path of paths) segl.backchannel.faults.set(path, down)
  }
  const recover = () => segl.backchannel.faults.clear()
  const troubled = ({ sealing }: Order) => sealing.lastError !== null

  it('takes the time from the second authority when the first does not answer', async () => {
    const order = await books.order(approver)
    fail('/tsa')
    await visitor(segl, 'approver').sign(linkOf(order))
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
    assert.ok(segl.backchannel.seen.some((call) => call.includes('/tsa2')))
    recover()
  })

  it('keeps an approved signature while no authority tells the time, and puts it in when one does again', async () => {
    const begun = Date.now()
    const order = await books.order(approver)
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    fail('/tsa', '/tsa2')
    const page = await him.approve(approval)
    assert.equal(refreshOf(page), '/sign')
    const waiting = await books.until(order.id, troubled, 'the reason')
    assert.deepEqual([waiting.state, waiting.signers[0]?.state], ['open', 'authorised'])
    assert.equal(waiting.sealing.lastError?.code, 'TRUST_SERVICE_UNAVAILABLE')
    const { body } = await books.call('GET', `/v1/orders/${order.id}`)
    const { nextTry, attempt } = body['sealing'] as { readonly nextTry: string; readonly attempt: number }
    assert.ok(Date.parse(nextTry) > begun && attempt >= 1, `${nextTry} ${attempt}`)
    const [held] = await segl.client.signature.findMany({ where: { orderId: order.id } })
    assert.ok(held?.signatureValue && !held.timestampToken)
    recover()
    const done = await books.reaches(order.id, 'completed')
    assert.equal(done.sealing.lastError, null)
    await assertWhole(segl.client, done, books)
  })

  it('lets the deadline wait for a signature that was approved in time', async () => {
    const order = await books.order(approver, { deadline: new Date(Date.now() + 600_000).toISOString() })
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    fail('/tsa', '/tsa2')
    await him.approve(approval)
    const at = new Date(Date.now() - 1000)
    await segl.client.signingOrder.update({ where: { id: order.id }, data: { deadline: at } })
    const expire = { step_subjectId: { step: 'expire', subjectId: order.id } }
    await segl.client.task.update({ where: expire, data: { dueAt: at } })
    const tried = async () => (await segl.client.task.findUniqueOrThrow({ where: expire })).dueAt > at
    await eventually('an end that is put off', tried)
    assert.equal((await books.read(order.id)).signers[0]?.state, 'authorised')
    recover()
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })

  it('leaves an order that was taken back alone, whatever was still to be done for it', async () => {
    const order = await books.order(approver)
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    fail('/tsa', '/tsa2')
    await him.approve(approval)
    await books.until(order.id, troubled, 'the reason')
    assert.equal((await books.call('POST', `/v1/orders/${order.id}/cancel`)).status, 200)
    const where = { orderId: order.id, state: { not: 'done' } }
    await eventually('an end of everything', async () => (await segl.client.task.count({ where })) === 0)
    const ended = await books.read(order.id)
    assert.deepEqual([ended.state, ended.sealing.lastError], ['cancelled', null])
    recover()
    await assertWhole(segl.client, ended)
  })

  it('stays in `sealing` with its reason while nobody vouches for certificates, and a retry goes on at once', async () => {
    const order = await books.order(approver)
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    // The seal needs an answer about its own certificate, the signer's signature one about his.
    segl.backchannel.faults.set('/ocsp', async (body, pass) =>
      (await sealed(order)) ? { status: 503, type: 'text/plain', body: Buffer.from('down') } : pass(body),
    )
    fail('/crl')
    await him.approve(approval)
    const waiting = await books.until(order.id, (one) => one.state === 'sealing' && troubled(one), 'the reason')
    assert.equal(waiting.signers[0]?.state, 'signed')
    assert.match(waiting.sealing.lastError?.detail ?? '', /OCSP/)
    recover()
    assert.equal((await books.call('POST', `/v1/orders/${order.id}/retry`)).status, 200)
    const done = await books.reaches(order.id, 'completed')
    assert.equal(done.sealing.lastError, null)
    await assertWhole(segl.client, done, books)
  })

  const sealed = async ({ id }: Order): Promise<boolean> =>
    (await segl.client.signingOrder.findUniqueOrThrow({ where: { id } })).state === 'sealing'

  it('asks the signer again, with the reason, when his certificate ended before anybody told the time', async () => {
    const order = await books.order(approver)
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    fail('/tsa', '/tsa2')
    await him.approve(approval)
    // An hour goes by.
    await segl.client.ceremony.updateMany({
      where: { orderId: order.id },
      data: { certificateNotAfter: new Date(Date.now() + 59_000) },
    })
    const asked = await books.until(order.id, ({ signers }) => signers[0]?.state === 'ready', 'the question')
    assert.equal(asked.sealing.lastError, null, 'it is his turn now, not ours')
    recover()
    assert.equal(codeOn(await him.open(linkOf(order))), 'TIMESTAMP_TOO_LATE')
    await visitor(segl, 'approver').sign(linkOf(order))
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })

  it('tells a signer that BankID does not answer, and lets him try again', async () => {
    const order = await books.order(approver)
    const him = visitor(segl, 'approver')
    const atLogin = await him.setOut(linkOf(order))
    fail('/csc')
    const page = await him.logIn(atLogin)
    assert.equal(page.status, 503, page.text)
    assert.equal(codeOn(page), 'TRUST_SERVICE_UNAVAILABLE')
    recover()
    const approval = await him.logIn(await him.submit(formOf(page, 'begin')))
    await him.wait(await him.approve(approval))
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })
})

describe('a certificate that lives for two minutes', () => {
  it('makes a signer who waited too long for his turn log in again', async () => {
    const segl = await startInstallation({ bankid: { certificateSeconds: 140 } })
    try {
      const books = accountant(segl, (await segl.newTenant()).apiKey)
      const order = await books.order([{ bankid: 'attestant' }, { bankid: 'approver' }])
      const [first, second] = [visitor(segl, 'attestant'), visitor(segl, 'approver')]
      const approval = await first.logIn(await first.setOut(linkOf(order)))
      const waiting = await second.logIn(await second.setOut(linkOf(order, 1)))
      assert.equal(refreshOf(waiting), '/sign/continue')
      // Two minutes have to be left of the certificate with which the document is signed.
      const [{ certificateNotAfter }] = await segl.client.$queryRaw<[{ certificateNotAfter: Date }]>`
        select max(certificate_not_after) as "certificateNotAfter" from ceremony where order_id = ${order.id}::uuid`
      await pause(certificateNotAfter.getTime() - 119_000 - Date.now())
      await first.submit(formOf(approval, 'cancel'))
      const late = await second.wait(waiting)
      assert.deepEqual([late.status, codeOn(late)], [410, 'CEREMONY_EXPIRED'])
    } finally {
      await segl.close()
    }
  })
})
