// Somebody else signs instead: named by the sender, or by the signer himself; and what the sender learns of who logged in.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { people } from '../../src/visitor/visitor.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, assertWhole, codeOn, linkOf, visitor } from './actors.ts'

type Shown = {
  readonly id: string
  readonly state: string
  readonly identityCheck: Readonly<Record<string, unknown>> | null
}

const segl = await startInstallation()
after(() => segl.close())
const books = accountant(segl, (await segl.newTenant()).apiKey)

describe('signers who are named, replaced and compared', () => {
  const person = async (bankid: string) => {
    const found = (await people(segl.bankidUrl)).find(({ role }) => role === bankid)
    assert.ok(found, bankid)
    return found
  }
  const birthDateOf = (number: string): string => {
    const [day, month, year] = [number.slice(0, 2), Number(number.slice(2, 4)) - 80, Number(number.slice(4, 6))]
    const century = year < 30 ? 2000 : 1900
    return `${century + year}-${String(month).padStart(2, '0')}-${day}`
  }
  const signersOf = (order: Order) => order.signers as object as readonly Shown[]
  const trailOf = (order: Order, type: string) =>
    segl.client.auditEvent.findMany({ where: { orderId: order.id, type }, orderBy: { sequence: 'asc' } })
  const replace = async (order: Order, index: number, name: string, birthDate: string) =>
    books.call('POST', `/v1/orders/${order.id}/signers/${order.signers[index]?.id}/replace`, {
      name,
      person: { birthDate },
    })

  it('a signer who is replaced in the middle of his log-in cannot go on; the new one signs in his own field', async () => {
    const order = await books.order([{ bankid: 'attestant' }])
    const old = visitor(segl, 'attestant')
    const approval = await old.logIn(await old.setOut(linkOf(order)))
    const { name, number } = await person('approver')
    const answer = await replace(order, 0, name, birthDateOf(number))
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    await old.approve(approval)
    assert.match((await old.open(linkOf(order))).html, /Somebody else signs in your place/)

    const changed = await books.read(order.id)
    assert.deepEqual(
      changed.signers.map(({ state }) => state),
      ['replaced', 'ready'],
    )
    await visitor(segl, 'approver').sign(linkOf(changed, 1))
    const done = await books.reaches(order.id, 'completed')
    assert.equal(signersOf(done)[1]?.identityCheck?.['result'], 'match')
    await assertWhole(segl.client, done, books)
  })

  it('a signer may name somebody else only where the sender allows it', async () => {
    const order = await books.order([{ bankid: 'attestant' }])
    const page = await visitor(segl, 'attestant').open(linkOf(order))
    assert.equal(page.forms.has('delegate-name'), false)
    assert.ok(!page.html.includes('/sign/delegate'))
  })

  it('a signer who may names somebody else on the page, who then signs', async () => {
    const { name, number } = await person('approver')
    const { number: own, name: ownName } = await person('attestant')
    const order = await books.order([], {
      signers: [
        { role: 'approver', language: 'en', name: ownName, person: { nationalIdentityNumber: own }, mayDelegate: true },
      ],
    })
    const him = visitor(segl, 'attestant')
    const start = await him.open(linkOf(order))
    const form = [...start.forms.values()].find(({ action }) => action.endsWith('/sign/delegate'))
    assert.ok(form, 'the form is on the page')
    const nobody = await him.submit(form, { name: '', birthDate: '1980-02-30' })
    assert.deepEqual([nobody.status, codeOn(nobody)], [400, 'INVALID_REQUEST'])
    const closed = await him.submit(form, { name, birthDate: birthDateOf(number) })
    assert.match(closed.html, /Somebody else signs in your place/)

    const changed = await books.read(order.id)
    const [event] = await trailOf(order, 'signer.delegated')
    assert.equal(event?.actor, 'signer')
    const before = await visitor(segl, 'attestant').sign(linkOf(changed, 1))
    assert.equal(codeOn(before), 'WRONG_PERSON', 'he is not the one he named')
    await visitor(segl, 'approver').sign(linkOf(changed, 1))
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })

  it('tells the sender of a near miss, with the name; of a stranger only that it was one', async () => {
    const { name, number } = await person('approver')
    const [first = ''] = name.split(' ')
    const wish = (given: string) => ({
      signers: [{ role: 'approver', language: 'en', name: given, person: { birthDate: birthDateOf(number) } }],
    })
    const order = await books.order([], wish(`${first} Skrivefeil`))
    const near = await visitor(segl, 'approver').sign(linkOf(order))
    assert.equal(codeOn(near), 'WRONG_PERSON')
    const [told] = signersOf(await books.read(order.id))
    assert.deepEqual(
      [told?.state, told?.identityCheck?.['result'], told?.identityCheck?.['differs'], told?.identityCheck?.['name']],
      ['ready', 'nearMiss', ['name'], name],
    )
    const [event] = await trailOf(order, 'signer.identityMismatch')
    assert.deepEqual(event?.personal, { name })
    assert.ok(!JSON.stringify(event?.data).includes(first), 'the chain holds a commitment only')

    await visitor(segl, 'stranger').sign(linkOf(order))
    const [after] = signersOf(await books.read(order.id))
    assert.deepEqual([after?.identityCheck?.['result'], after?.identityCheck?.['name']], ['mismatch', null])

    // He corrects it, and she signs; a middle name less is no other person, but is told.
    const corrected = await replace(order, 0, name, birthDateOf(number))
    assert.equal(corrected.status, 200)
    await visitor(segl, 'approver').sign(linkOf(await books.read(order.id), 1))
    await books.reaches(order.id, 'completed')
  })

  it('asks BankID for the ways to log in that the sender accepts, and for no others', async () => {
    const { name, number } = await person('approver')
    const order = await books.order([], {
      signers: [
        { role: 'approver', language: 'en', name, person: { nationalIdentityNumber: number }, methods: ['mobile'] },
      ],
    })
    const offered = await visitor(segl, 'approver').setOut(linkOf(order))
    assert.equal(offered.url.startsWith(segl.bankidUrl), true, offered.url)
    assert.ok(offered.forms.has('mobile'), offered.html)
    assert.equal(offered.forms.has('number'), false, 'BankID offers nothing but what is accepted')
  })

  it('refuses a way to log in that the sender does not accept, whatever BankID offered, and says so', async () => {
    const { name, number } = await person('approver')
    const order = await books.order([], {
      signers: [{ role: 'approver', language: 'en', name, person: { nationalIdentityNumber: number } }],
    })
    const him = visitor(segl, 'approver')
    const offered = await him.setOut(linkOf(order))
    // `acr_values` is a wish (OpenID Connect Core 1.0 § 3.1.2.1): here BankID does not heed it.
    await segl.client.signer.updateMany({ where: { orderId: order.id }, data: { methods: ['mobile'] } })
    const refused = await him.logIn(offered)
    assert.deepEqual([refused.status, codeOn(refused)], [403, 'METHOD_NOT_ACCEPTED'])
    const [told] = signersOf(await books.read(order.id))
    assert.deepEqual(
      [told?.identityCheck?.['result'], told?.identityCheck?.['method']],
      ['methodNotAccepted', 'appOrCodeDevice'],
    )
  })

  it('shows that an order is not open yet, and when it will be', async () => {
    const { body } = await books.call('POST', '/v1/orders', {
      title: 'Bilag 8',
      language: 'en',
      documents: [{ id: await books.upload() }],
      signers: [{ role: 'approver', name: 'Kari Nordmann' }],
      activateAt: '2099-06-30T10:00:00Z',
    })
    const page = await visitor(segl, 'approver').open(linkOf(body as object as Order))
    assert.match(page.html, /not open yet/)
    assert.match(page.html, /2099/)
    assert.equal(page.forms.has('begin'), false)
  })
})
