// The rows of the story that end something, broken off at each place: asked once more, they have happened exactly once.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, assertWhole, eventually, formOf, linkOf, visitor } from './actors.ts'

describe('an ending that is broken off', () => {
  let segl: Installation
  let books: Accountant
  /** Where the next one breaks off. */
  let place = ''

  before(async () => {
    segl = await startInstallation({
      die(step, phase) {
        if (place !== `${step} ${phase}`) return
        place = ''
        throw new Error(`broken off at ${step} ${phase}`)
      },
    })
    books = accountant(segl, (await segl.newTenant()).apiKey)
  })
  after(() => segl?.close())

  const pair = [
    { bankid: 'attestant', group: 1 },
    { bankid: 'approver', group: 2 },
  ]
  const phases = ['begin', 'act', 'commit']
  const trailOf = (order: Order, type: string) => segl.client.auditEvent.count({ where: { orderId: order.id, type } })

  /** An order that waits for `approver`; broken off at `commit`, it has a signature already, so that its end is sealed. */
  async function orderFor(phase: string, more: Readonly<Record<string, unknown>> = {}): Promise<Order> {
    if (phase !== 'commit')
      return books.order(
        pair.slice(1).map(({ bankid }) => ({ bankid })),
        more,
      )
    const order = await books.order(pair, more)
    await visitor(segl, 'attestant').sign(linkOf(order))
    return books.until(order.id, ({ signers }) => signers[1]?.state === 'ready', 'the turn of the second')
  }

  for (const phase of phases) {
    it(`cancels once, also when it broke off at ${phase}`, async () => {
      const order = await orderFor(phase)
      place = `cancel ${phase}`
      assert.equal((await books.call('POST', `/v1/orders/${order.id}/cancel`)).status, 500)
      const again = await books.call('POST', `/v1/orders/${order.id}/cancel`)
      assert.equal(again.status, 200, JSON.stringify(again.body))
      const ended = await books.reaches(order.id, 'cancelled')
      assert.equal(await trailOf(order, 'order.cancelled'), 1)
      await assertWhole(segl.client, ended, books)
    })

    it(`declines once, also when it broke off at ${phase}`, async () => {
      const order = await orderFor(phase)
      const her = visitor(segl, 'approver')
      const start = await her.open(linkOf(order, order.signers.length - 1))
      place = `decline ${phase}`
      assert.equal((await her.submit(formOf(start, 'decline'), { reason: 'Feil konto' })).status, 500)
      const again = await her.submit(formOf(start, 'decline'), { reason: 'Feil konto' })
      assert.match(again.html, /Feil konto/)
      const ended = await books.reaches(order.id, 'declined')
      assert.equal(await trailOf(order, 'signer.declined'), 1)
      await assertWhole(segl.client, ended, books)
    })

    it(`expires once, also when it broke off at ${phase}`, async () => {
      const order = await orderFor(phase, { deadline: new Date(Date.now() + 600_000).toISOString() })
      const at = new Date(Date.now() - 1000)
      place = `expire ${phase}`
      await segl.client.signingOrder.update({ where: { id: order.id }, data: { deadline: at } })
      await segl.client.task.update({
        where: { step_subjectId: { step: 'expire', subjectId: order.id } },
        data: { dueAt: at },
      })
      const ended = await books.reaches(order.id, 'expired')
      assert.equal(await trailOf(order, 'order.expired'), 1)
      assert.equal(ended.sealing.lastError, null, 'trouble that is over is forgotten')
      await assertWhole(segl.client, ended, books)
    })

    it(`voids once, also when it broke off at ${phase}, and the signer goes on`, async () => {
      const order = await books.order([{ bankid: 'approver' }])
      const stranger = visitor(segl, 'stranger')
      place = `void ${phase}`
      const page = await stranger.logIn(await stranger.setOut(linkOf(order)))
      assert.equal(page.status, 403)
      assert.equal(place, '', 'it broke off')
      await visitor(segl, 'approver').sign(linkOf(order))
      await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
    })
  }

  it('leaves nothing behind that is still to be done', async () => {
    const where = { state: { not: 'done' }, step: { not: 'renew' } }
    await eventually('an end of everything', async () => (await segl.client.task.count({ where })) === 0)
  })
})
