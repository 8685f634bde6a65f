// BankID approves so many hashes at once and no more: what waits beyond that is signed in a second go.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, assertWhole, codeOn, formOf, linkOf, visitor } from './actors.ts'

describe('more documents than BankID approves at once', () => {
  let segl: Installation
  let books: Accountant

  before(async () => {
    segl = await startInstallation({ client: { multisign: 2 } })
    books = accountant(segl, (await segl.newTenant()).apiKey)
  })
  after(() => segl?.close())

  const approvals = () => segl.backchannel.seen.filter((call) => call.includes('pushed_authorize')).length

  it('are offered in portions; who chooses more is told so and has signed nothing', async () => {
    const orders = []
    for (let index = 0; index < 3; index += 1) orders.push(await books.order([{ bankid: 'approver' }]))
    const his = visitor(segl, 'approver')
    const [first] = orders
    assert.ok(first)
    const list = await his.logInOnly(await his.setOut(linkOf(first)))
    assert.ok(list.text.includes('at most 2 documents at a time'), list.text)
    const form = formOf(list, 'choose')
    assert.equal(Object.keys(form.fields).filter((name) => name.startsWith('signer-')).length, 2)
    const all = Object.fromEntries(orders.map(({ signers }) => [`signer-${signers[0]?.id}`, 'yes']))
    const refused = await his.submit({ ...form, fields: { ...form.fields, ...all } })
    assert.deepEqual([refused.status, codeOn(refused)], [409, 'TOO_MANY_TO_APPROVE'])
    assert.ok((await his.open(`${segl.seglUrl}/sign`)).forms.has('choose'), 'he can choose anew without another log-in')

    const before = approvals()
    const signed = await books.call('POST', `/v1/test/people/${first.signers[0]?.id}/sign-all`)
    assert.equal(signed.status, 200, JSON.stringify(signed.body))
    for (const { id } of orders) await assertWhole(segl.client, await books.reaches(id, 'completed', 300), books)
    assert.equal(approvals() - before, 2, 'two goes')
  })

  it('cannot be one order; exactly as many can', async () => {
    const [two, three] = [
      await books.order([{ bankid: 'attestant' }], {}, 2),
      await books.order([{ bankid: 'chairman' }], {}, 3),
    ]
    const her = visitor(segl, 'chairman')
    const refused = await her.logIn(await her.setOut(linkOf(three)))
    assert.deepEqual([refused.status, codeOn(refused)], [409, 'TOO_MANY_TO_APPROVE'])
    assert.equal((await books.read(three.id)).signers[0]?.state, 'ready')
    await visitor(segl, 'attestant').sign(linkOf(two))
    await assertWhole(segl.client, await books.reaches(two.id, 'completed', 300), books)
  })
})
