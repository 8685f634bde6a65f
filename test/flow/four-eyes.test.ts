// Four eyes on a voucher when the order names nobody by number: asked when people have logged in with BankID.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { voucherExample } from '../../src/accounting/examples.ts'
import type { Order } from '../../src/client/index.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, codeOn, linkOf, visitor } from './actors.ts'

let segl: Installation
let books: Accountant
let apiKey: string
before(async () => {
  segl = await startInstallation()
  apiKey = (await segl.newTenant()).apiKey
  books = accountant(segl, apiKey)
})
after(() => segl.close())

const attestant = { role: 'attestant', name: 'Somebody in accounts', anyone: true, language: 'en' }
const approver = { role: 'approver', group: 2, name: 'Somebody in management', anyone: true, language: 'en' }

async function uploadVoucher(): Promise<string> {
  const form = new FormData()
  form.set('metadata', new Blob([JSON.stringify(voucherExample)], { type: 'application/json' }))
  const file = await readFile(new URL('../fixtures/voucher.pdf', import.meta.url))
  form.set('file', new Blob([file], { type: 'application/pdf' }), 'voucher.pdf')
  const headers = { authorization: `Bearer ${apiKey}`, 'idempotency-key': randomUUID() }
  const response = await fetch(`${segl.seglUrl}/v1/documents`, { method: 'POST', headers, body: form })
  const answer = (await response.json()) as { readonly id: string }
  assert.equal(response.status, 201, JSON.stringify(answer))
  return answer.id
}

async function openOrder(signers: readonly object[]): Promise<Order> {
  const { status, body } = await books.call('POST', '/v1/orders', {
    title: 'Bilag 7',
    documents: [{ id: await uploadVoucher() }],
    signers,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return books.reaches(String(body['id']), 'open')
}
const stateOf = (order: Order, index: number) => order.signers[index]?.state

describe('one person with both links', () => {
  test('cannot approve what he has attested, and somebody else still can', async () => {
    const order = await openOrder([attestant, approver])
    await visitor(segl, 'attestant').sign(linkOf(order, 0))
    const attested = await books.until(order.id, (one) => stateOf(one, 1) === 'ready', 'the turn of the approver')
    const page = await visitor(segl, 'attestant').sign(linkOf(attested, 1))
    assert.equal(codeOn(page), 'FOUR_EYES_SAME_PERSON', page.text)
    const refused = await books.read(order.id)
    assert.equal(stateOf(refused, 1), 'ready')
    await visitor(segl, 'approver').sign(linkOf(refused, 1))
    await books.reaches(order.id, 'completed')
  })

  test('cannot attest what he is named to approve', async () => {
    const order = await openOrder([
      attestant,
      { ...approver, anyone: false, name: 'Håkon Rødseth', person: { birthDate: '1979-05-30' } },
    ])
    const page = await visitor(segl, 'approver').sign(linkOf(order, 0))
    assert.equal(codeOn(page), 'FOUR_EYES_SAME_PERSON', page.text)
    assert.equal(stateOf(await books.read(order.id), 0), 'ready')
  })

  test('cannot do both at once from two browsers', async () => {
    const order = await openOrder([attestant, { ...approver, group: 1 }])
    const [first, second] = [visitor(segl, 'attestant'), visitor(segl, 'attestant')]
    const pages = await Promise.all([first.sign(linkOf(order, 0)), second.sign(linkOf(order, 1))])
    assert.equal(pages.filter((page) => codeOn(page) === 'FOUR_EYES_SAME_PERSON').length >= 1, true)
    const { signers } = await books.read(order.id)
    assert.ok(signers.filter(({ state }) => state === 'signed' || state === 'authorised').length <= 1)
  })
})
