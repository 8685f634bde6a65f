// Signers of one document at the same time: each signs over the revision of the one before, and nobody over a stranger's.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, assertWhole, codeOn, linkOf, refreshOf, visitor } from './actors.ts'

const segl = await startInstallation()
after(() => segl.close())
const books = accountant(segl, (await segl.newTenant()).apiKey)

describe('signers of one document at the same time', () => {
  const group = (...roles: string[]) => roles.map((bankid) => ({ bankid }))
  const stateOf = async (order: Order, index: number) => (await books.read(order.id)).signers[index]?.state

  it('wait for each other: the second sees that somebody is signing, and goes on when he has', async () => {
    const order = await books.order(group('attestant', 'approver'))
    const [first, second] = [visitor(segl, 'attestant'), visitor(segl, 'approver')]
    const approval = await first.logIn(await first.setOut(linkOf(order, 0)))
    const waiting = await second.logIn(await second.setOut(linkOf(order, 1)))
    assert.equal(refreshOf(waiting), '/sign/continue')
    assert.ok(!waiting.html.includes('Tuva'), 'he is not told who')
    assert.equal(await stateOf(order, 1), 'identified')
    assert.equal(refreshOf(await second.open(`${segl.seglUrl}/sign/continue`)), '/sign/continue', 'he asked too early')

    await first.approve(approval)
    const his = await second.wait(waiting)
    assert.ok(his.forms.has('approve'), 'it is his turn without another log-in')
    await second.wait(await second.approve(his))
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })

  it('get on at once when the one they wait for gives up', async () => {
    const order = await books.order(group('attestant', 'approver'))
    const [first, second] = [visitor(segl, 'attestant'), visitor(segl, 'approver')]
    const approval = await first.logIn(await first.setOut(linkOf(order, 0)))
    const waiting = await second.logIn(await second.setOut(linkOf(order, 1)))
    const cancel = approval.forms.get('cancel')
    assert.ok(cancel && refreshOf(waiting))
    await first.submit(cancel)
    assert.ok((await second.wait(waiting)).forms.has('approve'))
  })

  it('are not stuck with the browser in which they waited: in another one they begin again', async () => {
    const order = await books.order(group('attestant', 'approver'))
    const [first, lost] = [visitor(segl, 'attestant'), visitor(segl, 'approver')]
    const approval = await first.logIn(await first.setOut(linkOf(order, 0)))
    assert.equal(refreshOf(await lost.logIn(await lost.setOut(linkOf(order, 1)))), '/sign/continue')
    await first.wait(await first.approve(approval))

    await visitor(segl, 'approver').sign(linkOf(order, 1))
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })

  it('all sign, two documents and five people, one revision each', async () => {
    const roles = ['attestant', 'approver', 'chairman', 'member', 'generalManager']
    const order = await books.order(group(...roles), {}, 2)
    await Promise.all(roles.map((role, index) => visitor(segl, role).sign(linkOf(order, index))))
    const done = await books.reaches(order.id, 'completed')
    assert.deepEqual(
      done.signers.map(({ state }) => state),
      roles.map(() => 'signed'),
    )
    await assertWhole(segl.client, done, books)
    assert.equal(await segl.client.lease.count({ where: { document: { orderId: order.id } } }), 0)
  })

  it('sleep past the lease at their own risk: BankID is not asked to sign, and the log-in begins anew', async () => {
    const order = await books.order(group('attestant', 'approver'))
    const [sleeper, other] = [visitor(segl, 'attestant'), visitor(segl, 'approver')]
    const approval = await sleeper.logIn(await sleeper.setOut(linkOf(order, 0)))
    await segl.client.lease.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } })
    await other.sign(linkOf(order, 1))
    await books.until(order.id, ({ signers }) => signers[1]?.state === 'signed', 'the signature of the other')

    const signHash = () => segl.backchannel.seen.filter((call) => call.includes('signHash')).length
    const before = signHash()
    const refused = await sleeper.approve(approval)
    assert.deepEqual([refused.status, codeOn(refused)], [410, 'CEREMONY_EXPIRED'])
    assert.equal(signHash(), before)
    assert.equal(await stateOf(order, 0), 'ready')
    await sleeper.sign(linkOf(order, 0))
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })
})
