// Groups of which fewer than all have to sign: whoever comes first; the others are let go, and a refusal counts when it must.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, assertWhole, formOf, linkOf, visitor } from './actors.ts'

const segl = await startInstallation()
after(() => segl.close())
const books = accountant(segl, (await segl.newTenant()).apiKey)

describe('a group of which two of three have to sign', () => {
  const board = [
    { bankid: 'chairman', group: 1 },
    { bankid: 'member', group: 1 },
    { bankid: 'attestant', group: 1 },
    { bankid: 'approver', group: 2 },
  ]
  const twoOfThree = { groups: [{ number: 1, required: 2 }] }
  const states = ({ signers }: Order) => signers.map(({ state }) => state)
  const signs = async (order: Order, index: number, turnOf: number) => {
    await visitor(segl, board[index]?.bankid ?? '').sign(linkOf(order, index))
    return books.until(order.id, ({ signers }) => signers[turnOf]?.state !== 'waiting', 'the next turn')
  }
  const declines = async (order: Order, index: number) => {
    const him = visitor(segl, board[index]?.bankid ?? '')
    const page = await him.open(linkOf(order, index))
    return him.submit(formOf(page, 'decline'), { reason: 'Uenig' })
  }
  const trailOf = async (order: Order, type: string) =>
    segl.client.auditEvent.findMany({ where: { orderId: order.id, type } })

  it('goes on when two have signed; the third is no longer needed, and what he had begun is void', async () => {
    const order = await books.order(board, twoOfThree)
    const third = visitor(segl, 'attestant')
    const approval = await third.logIn(await third.setOut(linkOf(order, 2)))
    assert.ok(approval.forms.has('approve'))
    // He holds the document; his turn ends by itself so that the test need not wait five minutes for it.
    await segl.client.lease.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } })
    await visitor(segl, 'chairman').sign(linkOf(order, 0))
    await books.until(order.id, ({ signers }) => signers[0]?.state === 'signed', 'the first signature')
    const open = await signs(order, 1, 3)
    assert.deepEqual(states(open), ['signed', 'signed', 'notApplicable', 'ready'])
    const refused = await third.approve(approval)
    assert.equal(refused.forms.has('begin'), false, 'he cannot begin again')
    assert.match((await third.open(`${segl.seglUrl}/sign`)).html, /no longer needed/)

    await visitor(segl, 'approver').sign(linkOf(order, 3))
    const done = await books.reaches(order.id, 'completed')
    assert.deepEqual(states(done), ['signed', 'signed', 'notApplicable', 'signed'])
    assert.equal((await trailOf(order, 'signer.notApplicable')).length, 1)
    await assertWhole(segl.client, done, books)
  })

  it('bears one refusal, not two', async () => {
    const order = await books.order(board, twoOfThree)
    await declines(order, 0)
    assert.deepEqual(states(await books.read(order.id)), ['declined', 'ready', 'ready', 'waiting'])
    assert.equal((await books.read(order.id)).state, 'open')
    await declines(order, 1)
    const ended = await books.reaches(order.id, 'declined')
    assert.deepEqual(states(ended), ['declined', 'declined', 'notApplicable', 'notApplicable'])
    await assertWhole(segl.client, ended, books)
  })

  it('is completed with a refusal when the others sign', async () => {
    const order = await books.order(board.slice(0, 3), twoOfThree)
    await declines(order, 0)
    for (const index of [1, 2]) await visitor(segl, board[index]?.bankid ?? '').sign(linkOf(order, index))
    const done = await books.reaches(order.id, 'completed')
    assert.deepEqual(states(done), ['declined', 'signed', 'signed'])
    await assertWhole(segl.client, done, books)
  })

  it('is refused when it asks for more than it has, or does not exist', async () => {
    const { signers } = await books.order(board.slice(0, 1))
    const wrong = await books.call('POST', '/v1/orders', {
      title: 'Bilag 7',
      documents: [{ id: await books.upload() }],
      signers: signers.map(({ role, name }) => ({ role, name })),
      groups: [
        { number: 1, required: 2 },
        { number: 2, required: 1 },
        { number: 1, required: 1 },
      ],
    })
    assert.equal(wrong.status, 422)
    assert.deepEqual(
      (wrong.body['errors'] as { pointer: string; code: string }[]).map(({ pointer, code }) => [pointer, code]),
      [
        ['/groups/0/required', 'SIGNERS_INVALID'],
        ['/groups/1/number', 'SIGNERS_INVALID'],
        ['/groups/2/number', 'SIGNERS_INVALID'],
      ],
    )
  })
})
