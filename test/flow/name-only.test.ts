// A name is a claim: who may sign for a signer who is given by name only, and what the sender is asked when somebody of another name logs in.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { type Accountant, accountant, assertWhole, codeOn, eventually, formOf, linkOf, visitor } from './actors.ts'

let segl: Installation
let books: Accountant
before(async () => {
  segl = await startInstallation()
  books = accountant(segl, (await segl.newTenant()).apiKey)
})
after(() => segl.close())

const ingrid = { role: 'party', name: 'Ingrid Solbakken', language: 'en' }
const sverre = { role: 'party', name: 'Sverre Lie-Haugen', language: 'en' }
const created = (signers: readonly object[], more: object = {}) => books.order([], { signers, ...more })
const own = async ({ id }: Order, index = 0) => {
  const signer = (await books.read(id)).signers[index]
  assert.ok(signer)
  return signer
}
const decide = ({ id, signers }: Order, decision: 'accept' | 'refuse', index = 0) =>
  books.call('POST', `/v1/orders/${id}/signers/${signers[index]?.id}/identity`, {
    decision,
    reason: 'Hun giftet seg i fjor.',
  })
const trailOf = async ({ id }: Order, type: string) => {
  const { body } = await books.call('GET', `/v1/orders/${id}/audit`)
  const events = body['events'] as readonly {
    readonly type: string
    readonly personal: Record<string, unknown> | null
  }[]
  return events.filter((event) => event.type === type)
}
/** A stranger has opened the link and logged in. */
async function held(more: object = {}, others: readonly object[] = []): Promise<Order> {
  const order = await created([ingrid, ...others], more)
  const page = await visitor(segl, 'stranger').sign(linkOf(order))
  assert.match(page.text, /The sender has to confirm who signs/)
  return order
}

describe('somebody of another name than the one that was given', () => {
  test('is held at the log-in, before anything is built, and the sender is asked', async () => {
    const order = await held({}, [sverre])
    const { state, identityCheck: check } = await own(order)
    assert.equal(state, 'awaitingSender')
    assert.deepEqual(
      [check?.result, check?.comparedWith, check?.differs, check?.name],
      ['nameDiffers', 'name', ['name'], 'Live Østmoen'],
    )
    const orderId = order.id
    assert.equal(await segl.client.signature.count({ where: { orderId } }), 0)
    assert.equal(await segl.client.lease.count({ where: { document: { orderId } } }), 0)
    const [attempt] = await segl.client.ceremony.findMany({ where: { orderId } })
    assert.deepEqual(
      [attempt?.state, attempt?.credentialId, attempt?.identityEncrypted, attempt?.certificateChain],
      ['void', null, null, []],
    )
    // The feed tells an event as soon as it has its position, which comes after the transaction.
    const pending = () => segl.client.event.count({ where: { orderId, position: null } })
    await eventually('the feed', async () => (await pending()) === 0)
    const { body } = await books.call('GET', '/v1/events?limit=500')
    const events = body['events'] as readonly {
      readonly type: string
      readonly order: string
      readonly state: string
    }[]
    const told = events.filter((event) => event.order === orderId && event.type === 'signer.awaitingSender')
    assert.deepEqual(
      told.map((event) => event.state),
      ['awaitingSender'],
    )
    const [line] = await trailOf(order, 'signer.awaitingSender')
    assert.equal(line?.personal?.['name'], 'Live Østmoen')

    // Others are not in the way of this, nor this in theirs.
    await visitor(segl, 'contractPartyB').sign(linkOf(order, 1))
    await books.until(orderId, ({ signers }) => signers[1]?.state === 'signed', 'the signature of the other')
    assert.equal((await own(order)).state, 'awaitingSender')
  })

  test('sees a page in three languages that says what happens next, and can decline there, but not begin anew', async () => {
    const order = await held()
    const browser = visitor(segl, 'stranger')
    const page = await browser.open(linkOf(order))
    assert.equal(page.forms.has('begin'), false)
    assert.match(page.text, /log in anew/)
    assert.match((await browser.open(`${segl.seglUrl}/sign?lang=nb`)).text, /logger inn på nytt/)
    assert.match((await browser.open(`${segl.seglUrl}/sign?lang=nn`)).text, /loggar inn på nytt/)
    await browser.submit(formOf(page, 'decline'), { reason: 'Ikke meg' })
    await books.reaches(order.id, 'declined')
    assert.equal((await own(order)).state, 'declined')
  })

  test('whom the sender accepts logs in anew and signs; nobody else does any more, not even of the name that was given', async () => {
    const order = await held()
    const answer = await decide(order, 'accept')
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.equal((await own(order)).state, 'ready')
    const again = await decide(order, 'accept')
    assert.equal(again.status, 200, 'once more changes nothing')
    assert.equal((await decide(order, 'refuse')).status, 409)
    const [line, ...more] = await trailOf(order, 'signer.identityAccepted')
    assert.deepEqual([line?.personal, more], [{ name: 'Live Østmoen', reason: 'Hun giftet seg i fjor.' }, []])

    const named = await visitor(segl, 'chairman').sign(linkOf(order))
    assert.equal(codeOn(named), 'WRONG_PERSON')
    await visitor(segl, 'stranger').sign(linkOf(order))
    const done = await books.reaches(order.id, 'completed')
    assert.deepEqual(
      [done.signers[0]?.signedName, done.signers[0]?.identityCheck?.result],
      ['Live Østmoen', 'acceptedBySender'],
    )
    assert.equal((await decide(order, 'accept')).status, 200, 'also when it is long over')
    await assertWhole(segl.client, done, books)
  })

  test('whom the sender refuses is refused at once from then on, and the right person signs', async () => {
    const order = await held()
    assert.equal((await decide(order, 'refuse')).status, 200)
    assert.deepEqual([(await own(order)).state, (await own(order)).reasonCode], ['ready', 'WRONG_PERSON'])
    assert.equal(codeOn(await visitor(segl, 'stranger').sign(linkOf(order))), 'WRONG_PERSON')
    assert.equal((await own(order)).state, 'ready')
    // Another stranger is another question.
    await visitor(segl, 'deputy').sign(linkOf(order))
    assert.equal((await own(order)).state, 'awaitingSender')
    assert.equal((await decide(order, 'refuse')).status, 200)
    assert.equal((await trailOf(order, 'signer.awaitingSender')).length, 2)
    await visitor(segl, 'chairman').sign(linkOf(order))
    const done = await books.reaches(order.id, 'completed')
    assert.deepEqual(
      [done.signers[0]?.signedName, done.signers[0]?.identityCheck?.result],
      ['Ingrid Solbakken', 'nameOnly'],
    )
  })

  test('is refused at once where the order asks for that', async () => {
    const order = await created([ingrid], { onNameMismatch: 'refuse' })
    assert.equal(order.onNameMismatch, 'refuse')
    assert.equal(codeOn(await visitor(segl, 'stranger').sign(linkOf(order))), 'WRONG_PERSON')
    const { state, identityCheck: check } = await own(order)
    assert.deepEqual([state, check?.result, check?.name], ['ready', 'mismatch', null])
  })

  test('awaits nobody when the order ends, or when another signer is named instead', async () => {
    const cancelled = await held()
    await books.call('POST', `/v1/orders/${cancelled.id}/cancel`, {})
    await books.reaches(cancelled.id, 'cancelled')
    assert.equal((await own(cancelled)).state, 'notApplicable')
    assert.equal((await decide(cancelled, 'accept')).status, 409)

    const late = await held({ deadline: new Date(Date.now() + 3600_000) })
    await segl.client.signingOrder.update({ where: { id: late.id }, data: { deadline: new Date(0) } })
    await segl.client.task.updateMany({ where: { orderId: late.id, step: 'expire' }, data: { dueAt: new Date(0) } })
    await books.reaches(late.id, 'expired')
    assert.equal((await own(late)).state, 'expired')

    const replaced = await held()
    const path = `/v1/orders/${replaced.id}/signers/${replaced.signers[0]?.id}/replace`
    const { status } = await books.call('POST', path, { name: 'Live Østmoen', person: { birthDate: '1999-10-28' } })
    assert.equal(status, 200)
    assert.deepEqual([(await own(replaced)).state, (await own(replaced, 1)).state], ['replaced', 'ready'])
    await visitor(segl, 'stranger').sign(linkOf(await books.read(replaced.id), 1))
    const done = await books.reaches(replaced.id, 'completed')
    assert.equal(done.signers[1]?.identityCheck?.result, 'match')
  })
})

test('a decision is refused for a signer whom nobody asks about, and needs a reason', async () => {
  const order = await created([ingrid])
  const answer = await decide(order, 'accept')
  assert.deepEqual([answer.status, answer.body['code']], [409, 'STATE_CONFLICT'])
  const path = `/v1/orders/${order.id}/signers/${order.signers[0]?.id}/identity`
  for (const body of [
    { decision: 'accept' },
    { decision: 'accept', reason: ' ' },
    { decision: 'maybe', reason: 'x' },
  ]) {
    assert.equal((await books.call('POST', path, body)).status, 400, JSON.stringify(body))
  }
})

test('a number that agrees signs, and another name beside it is told', async () => {
  const person = { nationalIdentityNumber: '14836821050' }
  const order = await created([{ ...ingrid, name: 'Ingrid Hansen', person }])
  await visitor(segl, 'chairman').sign(linkOf(order))
  const done = await books.reaches(order.id, 'completed')
  const { identityCheck: check, name, signedName } = done.signers[0] ?? assert.fail()
  assert.deepEqual(
    [check?.result, check?.differs, name, signedName],
    ['matchNameDiffers', ['name'], 'Ingrid Hansen', 'Ingrid Solbakken'],
  )
  const [line] = await trailOf(order, 'signer.identified')
  assert.equal(line?.personal?.['name'], 'Ingrid Solbakken')
})

test('the sheet tells both names, and of nobody what did not happen to that person', {
  skip: needs('pdftotext'),
}, async () => {
  const order = await held()
  await decide(order, 'accept')
  await visitor(segl, 'stranger').sign(linkOf(order))
  const done = await books.reaches(order.id, 'completed')
  const file = await books.download(`/v1/documents/${done.documents[0]?.id}/signed`)
  const sheet = execFileSync('pdftotext', ['-layout', '-', '-'], { input: file, encoding: 'utf8' })
  for (const said of [
    /Live Østmoen/,
    /Oppgitt av avsenderen som Ingrid Solbakken/,
    /Ingrid Solbakken ble invitert til å signere/,
    /Den med lenken \(Ingrid Solbakken\) gikk til BankID/,
    /Live Østmoen logget inn med BankID/,
    /Live Østmoen har signert/,
  ]) {
    assert.match(sheet, said)
  }
  assert.doesNotMatch(sheet, /Live Østmoen ble invitert|Ingrid Solbakken (logget inn|har signert|godkjente)/)
})

describe('a signer who may be anyone', () => {
  test('is whoever has the link, which the sender is warned of, and is not called a match', async () => {
    const order = await created([{ role: 'party', name: 'The tenant', anyone: true, language: 'en' }])
    const warned = order.warnings.filter(({ code }) => code === 'ANYONE_MAY_SIGN')
    assert.deepEqual(
      warned.map(({ pointer }) => pointer),
      ['/signers/0/anyone'],
    )
    assert.equal(order.signers[0]?.person.matchedBy, 'open')
    await visitor(segl, 'stranger').sign(linkOf(order))
    const done = await books.reaches(order.id, 'completed')
    assert.equal(done.signers[0]?.identityCheck?.result, 'anyone')
  })

  test('cannot be somebody in particular as well', async () => {
    const signers = [{ ...ingrid, anyone: true, person: { birthDate: '1968-03-14' } }]
    const documents = [{ id: await books.upload() }]
    const { status, body } = await books.call('POST', '/v1/orders', { title: 'x', documents, signers })
    assert.deepEqual([status, body['code']], [422, 'SIGNERS_INVALID'])
  })

  test('is nobody in an order that says nothing of it: a name only is a name', async () => {
    const order = await created([ingrid])
    assert.deepEqual(
      order.warnings.filter(({ code }) => code === 'ANYONE_MAY_SIGN'),
      [],
    )
    assert.equal(order.signers[0]?.person.matchedBy, 'name')
  })
})
