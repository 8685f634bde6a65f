// Drafts over the API: changed member by member, and then sent to their signers.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { startApi, synthetic, upload } from './harness.ts'
import { callsOf, kari, ola } from './order-calls.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()
const { send, act, read, trail, opened } = callsOf(harness, tenant)

test('a draft waits: it is changed member by member, null removes, and then goes to its signers', async () => {
  const draft = await opened({ draft: true, reference: 'A-1', deadline: '2100-01-01' })
  assert.equal(draft.state, 'draft')
  assert.deepEqual(await harness.client.task.findMany({ where: { orderId: draft.id } }), [])

  const changed = await send('PATCH', `/v1/orders/${draft.id}`, {
    title: 'Ny avtale',
    reference: null,
    groups: [{ number: 1, required: 1 }],
  })
  assert.equal(changed.statusCode, 200, changed.body)
  const { title, reference, groups, deadline, signers } = changed.json()
  assert.deepEqual([title, reference, groups], ['Ny avtale', null, [{ number: 1, required: 1 }]])
  assert.equal(deadline, draft.deadline, 'what is not named stays')
  assert.deepEqual(
    signers.map(({ id }: { id: string }) => id),
    draft.signers.map(({ id }: { id: string }) => id),
  )

  const replaced = (await send('PATCH', `/v1/orders/${draft.id}`, { signers: [kari], groups: null })).json()
  assert.deepEqual(
    replaced.signers.map(({ name, state }: { name: string; state: string }) => [name, state]),
    [['Kari Nordmann', 'waiting']],
  )
  for (const _ of [1, 2]) {
    const active = await act(`/v1/orders/${draft.id}/activate`)
    assert.deepEqual([active.statusCode, active.json().state], [200, 'received'], active.body)
  }
  const late = await send('PATCH', `/v1/orders/${draft.id}`, { title: 'Zu spät' })
  assert.deepEqual([late.statusCode, late.json().code, late.json().state], [409, 'STATE_CONFLICT', 'received'])
  assert.deepEqual(
    (await trail(draft.id)).map(({ type }: { type: string }) => type),
    ['order.drafted', 'order.changed', 'order.changed', 'order.activated'],
  )
})

test('a draft may still name nobody, but does not go to nobody', async () => {
  const draft = await opened({ draft: true, signers: [] })
  const early = await act(`/v1/orders/${draft.id}/activate`)
  assert.deepEqual([early.statusCode, early.json().code], [422, 'SIGNERS_INVALID'])
  assert.equal((await read(draft.id)).state, 'draft')
  assert.equal((await send('PATCH', `/v1/orders/${draft.id}`, { signers: [kari, ola] })).statusCode, 200)
  assert.equal((await act(`/v1/orders/${draft.id}/activate`)).json().state, 'received')
})

test('a change that is wrong is refused with every mistake, and nothing of it is kept', async () => {
  const draft = await opened({ draft: true })
  const wrong = await send('PATCH', `/v1/orders/${draft.id}`, {
    title: '',
    deadline: 'tomorrow',
    reminders: { afterDays: 0, everyDays: 1, maximum: 1 },
    colour: 'red',
  })
  assert.equal(wrong.statusCode, 400, wrong.body)
  const pointers = wrong.json().errors.map(({ pointer }: { pointer: string }) => pointer)
  assert.deepEqual(pointers.sort(), ['/colour', '/deadline', '/reminders/afterDays', '/title'])
  const groups = await send('PATCH', `/v1/orders/${draft.id}`, { groups: [{ number: 1, required: 3 }] })
  assert.deepEqual([groups.statusCode, groups.json().errors[0].pointer], [422, '/groups/0/required'])
  assert.deepEqual(await read(draft.id), { ...draft })
  const stranger = await harness.tenant()
  assert.equal((await send('PATCH', `/v1/orders/${draft.id}`, { title: 'x' }, stranger)).statusCode, 404)
  assert.equal((await act(`/v1/orders/${draft.id}/activate`, stranger)).statusCode, 404)
})

test('signers of a draft go also when the trail has told of them, and the trail goes on naming them', async () => {
  const draft = await opened({ draft: true })
  const [first] = draft.signers
  const link = await act(`/v1/orders/${draft.id}/signers/${first.id}/links`)
  assert.equal(link.statusCode, 201, link.body)
  const changed = await send('PATCH', `/v1/orders/${draft.id}`, { signers: [kari] })
  assert.equal(changed.statusCode, 200, changed.body)
  assert.notEqual(changed.json().signers[0].id, first.id)
  const told = (await trail(draft.id)).map(({ type, data }: { type: string; data: { signer?: string } }) => [
    type,
    data.signer,
  ])
  assert.deepEqual(told.slice(1), [
    ['signer.linkIssued', first.id],
    ['order.changed', undefined],
  ])
})

test('a document that a draft lets go is free for another order', async () => {
  const draft = await opened({ draft: true })
  const [first] = draft.documents
  const other = await upload(harness, tenant)
  const changed = await send('PATCH', `/v1/orders/${draft.id}`, { documents: [{ id: other }] })
  assert.deepEqual(
    changed.json().documents.map(({ id }: { id: string }) => id),
    [other],
  )
  const body = { title: 'Avtale', signers: [kari, ola] }
  assert.equal((await send('POST', '/v1/orders', { ...body, documents: [{ id: first.id }] })).statusCode, 201)
  assert.equal(
    (await send('POST', '/v1/orders', { ...body, documents: [{ id: other }] })).json().code,
    'DOCUMENT_IN_USE',
  )
})

test('the number in a draft is kept under the vault only, and gone with the draft', async () => {
  const { id } = await opened({ draft: true })
  const row = await harness.client.signingOrder.findUniqueOrThrow({ where: { id } })
  assert.ok(row.draftEncrypted && !Buffer.from(row.draftEncrypted).includes(synthetic))
  const events = JSON.stringify(await harness.client.auditEvent.findMany({ where: { orderId: id } }))
  assert.ok(!events.includes(synthetic))
  await act(`/v1/orders/${id}/activate`)
  assert.equal((await harness.client.signingOrder.findUniqueOrThrow({ where: { id } })).draftEncrypted, null)
})

test('the signers of a draft are changed, not replaced', async () => {
  const draft = await opened({ draft: true })
  const answer = await send('POST', `/v1/orders/${draft.id}/signers/${draft.signers[0].id}/replace`, {
    name: 'Per Hansen',
  })
  assert.deepEqual([answer.statusCode, answer.json().state], [409, 'draft'])
})
