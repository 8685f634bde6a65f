// A whole Segl tells the sender by mail: completed, declined, and nothing of the matter in the mail itself.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openMailbox } from '../../src/adapters/notify/mail.ts'
import type { KeptMail } from '../../src/flow/ports/notify.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, assertWhole, eventually, formOf, linkOf, visitor } from './actors.ts'

let segl: Installation
let books: Accountant
before(async () => {
  segl = await startInstallation()
  books = accountant(segl, (await segl.newTenant()).apiKey)
})
after(() => segl?.close())

async function mailTo(address: string): Promise<KeptMail> {
  const found = async () => (await openMailbox(segl.config.mail.folder).list()).filter(({ to }) => to === address)
  await eventually(`a mail to ${address}`, async () => (await found()).length > 0)
  const [mail, ...more] = await found()
  assert.ok(mail)
  assert.deepEqual(more, [])
  return mail
}

test('the sender gets one mail when the order is completed, in his own language, without title or names', async () => {
  const notify = { email: 'ferdig@example.com', language: 'nn' }
  const opened = await books.order([{ bankid: 'attestant' }, { bankid: 'approver', group: 2 }], { notify })
  await visitor(segl, 'attestant').sign(linkOf(opened))
  const next = await books.until(opened.id, ({ signers }) => signers[1]?.state === 'ready', 'the turn of the second')
  await visitor(segl, 'approver').sign(linkOf(next, 1))
  const order = await books.reaches(opened.id, 'completed')
  const { subject, text } = await mailTo(notify.email)
  assert.equal(subject, 'Ferdig signert: Avtale for Nordlys Demo AS')
  assert.match(text, /Signeringa er fullført.* 2 av 2 har signert\./)
  assert.match(text, new RegExp(order.id))
  for (const secret of [order.title, ...order.signers.map(({ name }) => name), '/sign/']) {
    assert.ok(!text.includes(secret) && !subject.includes(secret), secret)
  }
  const told = () => segl.client.auditEvent.count({ where: { orderId: order.id, type: 'order.senderTold' } })
  await eventually('the trail tells it', async () => (await told()) === 1)
  await assertWhole(segl.client, order, books)
})

test('the sender gets one mail when a signer declines, after what was signed is sealed', async () => {
  const notify = { email: 'avslag@example.com' }
  const opened = await books.order([{ bankid: 'attestant' }, { bankid: 'approver', group: 2 }], { notify })
  await visitor(segl, 'attestant').sign(linkOf(opened))
  const next = await books.until(opened.id, ({ signers }) => signers[1]?.state === 'ready', 'the turn of the second')
  const him = visitor(segl, 'approver')
  await him.submit(formOf(await him.open(linkOf(next, 1)), 'decline'), { reason: 'Beløpet er feil' })
  await books.reaches(next.id, 'declined')
  const { subject, text } = await mailTo(notify.email)
  assert.equal(subject, 'Avslått: Avtale for Nordlys Demo AS')
  assert.match(text, /1 av 2 har signert\./)
  assert.doesNotMatch(text, /Beløpet/)
})
