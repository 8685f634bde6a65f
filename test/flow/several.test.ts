// Many orders that wait for one person: one log-in, one approval, one call for all signatures, and every order whole.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { people } from '../../src/visitor/visitor.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, assertWhole, codeOn, formOf, linkOf, refreshOf, visitor } from './actors.ts'

type Body = Readonly<Record<string, unknown>>
type Told = { readonly id: string; readonly order: string; readonly state: string; readonly reasonCode: string | null }

const signersIn = (body: Body): readonly Told[] => body['signers'] as readonly Told[]
const stateOf = ({ signers }: Order, index = 0): string | undefined => signers[index]?.state

describe('many orders that wait for one person', () => {
  let segl: Installation
  let books: Accountant
  /** Where the next step breaks off, once. */
  let place = ''
  let brokenOff = 0

  before(async () => {
    segl = await startInstallation({
      workers: 1,
      die(step, phase) {
        if (place !== `${step} ${phase}`) return
        place = ''
        brokenOff += 1
        throw new Error(`broken off at ${step} ${phase}`)
      },
    })
    books = accountant(segl, (await segl.newTenant()).apiKey)
  })
  after(() => segl?.close())
  afterEach(() => {
    place = ''
    segl.backchannel.faults.clear()
  })

  const calls = (part: string) => segl.backchannel.seen.filter((call) => call.includes(part)).length

  /** A new tenant, so that nothing else waits for anybody. */
  async function freshBooks(): Promise<Accountant> {
    return accountant(segl, (await segl.newTenant()).apiKey)
  }

  async function several(count: number, bankid: string, own: Accountant): Promise<readonly Order[]> {
    const orders = []
    for (let index = 0; index < count; index += 1) orders.push(await own.order([{ bankid }]))
    return orders
  }

  async function sessionOf(orders: readonly Order[], own: Accountant): Promise<string> {
    const { status, body } = await own.call('POST', '/v1/signing-sessions', {
      signers: orders.map(({ signers }) => signers[0]?.id),
      language: 'en',
    })
    assert.equal(status, 201, JSON.stringify(body))
    return String(body['url'])
  }

  it('are forty, made in one call, and signed over the test door with one act', { timeout: 600_000 }, async () => {
    const approver = (await people(segl.bankidUrl)).find(({ role }) => role === 'approver')
    assert.ok(approver)
    const documents = []
    for (let index = 0; index < 40; index += 1) documents.push(await books.upload())
    const made = await books.call('POST', '/v1/orders/batch', {
      orders: documents.map((id, index) => ({
        title: `Bilag ${index + 1}`,
        documents: [{ id }],
        signers: [
          {
            role: 'approver',
            name: approver.name,
            person: { nationalIdentityNumber: approver.number },
            language: 'nb',
          },
        ],
      })),
    })
    assert.equal(made.status, 200, JSON.stringify(made.body).slice(0, 500))
    assert.deepEqual([made.body['created'], made.body['refused']], [40, 0])
    const results = made.body['results'] as readonly { readonly order: Order }[]
    for (const { order } of results) await books.reaches(order.id, 'open', 300)

    const [before, begun] = [
      ['credentials/list', 'pushed_authorize', 'signHash'].map((part) => calls(part)),
      performance.now(),
    ]
    const person = results[0]?.order.signers[0]?.id
    const signed = await books.call('POST', `/v1/test/people/${person}/sign-all`)
    const after = ['credentials/list', 'pushed_authorize', 'signHash'].map((part) => calls(part))
    assert.equal(signed.status, 200, JSON.stringify(signed.body))
    console.log(`forty orders signed with one act in ${Math.round(performance.now() - begun)} ms`)
    assert.deepEqual(
      after.map((count, index) => count - (before[index] ?? 0)),
      [1, 1, 1],
      'one key, one approval, one call for all signatures',
    )
    // What has not arrived in its document within the visit does so by itself: it is approved.
    const states = signersIn(signed.body).map(({ state }) => state)
    assert.ok(
      states.every((state) => state === 'signed' || state === 'authorised'),
      states.join(' '),
    )
    assert.equal(signersIn(signed.body).length, 40)

    const shown = []
    for (const { order } of results) {
      const done = await books.reaches(order.id, 'completed', 300)
      await assertWhole(segl.client, done, books)
      const trail = await segl.client.auditEvent.findMany({ where: { orderId: order.id, type: 'signer.hashesShown' } })
      assert.equal(trail.length, 1)
      shown.push(
        trail[0]?.data as {
          approval: Body
          ceremony: string
          documents: { document: string; toBeSignedSha256: string }[]
        },
      )
    }
    console.log(`and all sealed after ${Math.round(performance.now() - begun)} ms`)
    // Every trail tells that it was one of forty, without telling which others; who has all of them can check it.
    const hashes = shown.flatMap((one) => one.documents).sort((a, b) => (a.document < b.document ? -1 : 1))
    const sha256 = createHash('sha256')
      .update(hashes.map(({ toBeSignedSha256 }) => `${toBeSignedSha256}\n`).join(''))
      .digest('hex')
    for (const one of shown) assert.deepEqual(one.approval, { hashes: 40, sha256 })
    assert.equal(new Set(shown.map(({ ceremony }) => ceremony)).size, 1)
    assert.equal(
      await segl.client.lease.count({ where: { document: { orderId: { in: results.map(({ order }) => order.id) } } } }),
      0,
    )
  })

  it('are shown only after the log-in, each with title and hash, and can be read then', async () => {
    const own = await freshBooks()
    const orders = await several(2, 'attestant', own)
    const her = visitor(segl, 'attestant')
    const link = await sessionOf(orders, own)
    const start = await her.open(link)
    const [document] = orders[0]?.documents ?? []
    assert.ok(document)
    assert.ok(start.text.includes('2 documents wait'), start.text)
    assert.ok(!start.html.includes(document.sha256.slice(0, 8)) && !start.html.includes('Bilag 7'))
    assert.equal((await her.open(`${segl.seglUrl}/sign/documents/${document.id}`)).status, 404)
    const chosen = await her.logIn(await her.submit(formOf(start, 'begin')))
    for (const { documents } of orders) {
      for (const { sha256, title, id } of documents) {
        assert.ok(chosen.html.includes(title) && chosen.html.includes(`/sign/documents/${id}`))
        for (const group of sha256.match(/.{8}/g) ?? []) assert.ok(chosen.html.includes(group))
      }
    }
    assert.equal((await her.open(`${segl.seglUrl}/sign/documents/${document.id}`)).status, 200)
    const other = visitor(segl, 'attestant')
    await other.open(link)
    assert.equal((await other.open(`${segl.seglUrl}/sign/documents/${document.id}`)).status, 404, 'in another browser')
  })

  it('are offered to whoever opens the link of one of them, when he has logged in; those of other tenants and people are not', async () => {
    const own = await freshBooks()
    const [first, second] = await several(2, 'approver', own)
    const [hers] = await several(1, 'attestant', own)
    const [foreign] = await several(1, 'approver', await freshBooks())
    assert.ok(first && second && hers && foreign)
    const his = visitor(segl, 'approver')
    const start = await his.setOut(linkOf(first))
    const list = await his.logInOnly(start)
    const mentions = (order: Order) => order.documents.some(({ id }) => list.html.includes(id))
    assert.deepEqual([first, second, hers, foreign].map(mentions), [true, true, false, false])
    for (const [order, status] of [
      [second, 200],
      [hers, 404],
      [foreign, 404],
    ] as const) {
      const id = order.documents[0]?.id
      assert.equal((await his.open(`${segl.seglUrl}/sign/documents/${id}`)).status, status)
    }
    const all = await his.wait(await his.approve(await his.submit(formOf(list, 'choose'))))
    assert.ok(all.text.includes('signed'), all.text)
    for (const order of [first, second])
      await assertWhole(segl.client, await own.reaches(order.id, 'completed', 300), own)
    assert.equal(stateOf(await own.read(hers.id)), 'ready')
  })

  it('need not be signed: only the one of the link is, and the others go on waiting', async () => {
    const own = await freshBooks()
    const [first, second] = await several(2, 'approver', own)
    assert.ok(first && second)
    await visitor(segl, 'approver').sign(linkOf(first))
    await own.reaches(first.id, 'completed')
    assert.deepEqual([stateOf(await own.read(second.id)), (await own.read(second.id)).state], ['ready', 'open'])
    const left = await segl.client.ceremonySigner.count({ where: { orderId: second.id } })
    assert.equal(left, 0, 'no attempt was ever over it')
  })

  it('are offered in part while somebody else signs one of them', async () => {
    const own = await freshBooks()
    const shared = await own.order([{ bankid: 'approver' }, { bankid: 'attestant' }])
    const [free] = await several(1, 'approver', own)
    assert.ok(free)
    const her = visitor(segl, 'attestant')
    const hers = await her.logIn(await her.setOut(linkOf(shared, 1)))
    const his = visitor(segl, 'approver')
    const list = await his.logInOnly(await his.setOut(linkOf(free)))
    assert.ok(list.text.includes('One document cannot be part of this now'), list.text)
    assert.ok(list.text.includes('Someone else is signing this right now'))
    const form = formOf(list, 'choose')
    assert.ok(!Object.keys(form.fields).includes(`signer-${shared.signers[0]?.id}`), 'cannot be chosen')
    // Who forces it is shown the list again.
    const forced = { ...form, fields: { ...form.fields, [`signer-${shared.signers[0]?.id}`]: 'yes' } }
    const again = await his.submit(forced)
    assert.ok(again.text.includes('One document cannot be part of this now'), again.text)
    await his.wait(await his.approve(await his.submit(formOf(again, 'choose'))))
    await own.reaches(free.id, 'completed', 300)
    assert.equal(stateOf(await own.read(shared.id)), 'ready')
    await her.wait(await her.approve(hers))
    await visitor(segl, 'approver').sign(linkOf(shared))
    await assertWhole(segl.client, await own.reaches(shared.id, 'completed', 300), own)
  })

  it('are all left alone when a lease is taken between the choice and the turn; then the rest is offered', async () => {
    const own = await freshBooks()
    const orders = await several(3, 'approver', own)
    const his = visitor(segl, 'approver')
    const list = await his.logIn(await his.submit(formOf(await his.open(await sessionOf(orders, own)), 'begin')))
    // Somebody takes a lease after the list was made: a row as another attempt would have it.
    const [hers] = await several(1, 'attestant', own)
    assert.ok(hers)
    await visitor(segl, 'attestant').setOut(linkOf(hers))
    const { id: ceremonyId } = await segl.client.ceremony.findFirstOrThrow({ where: { orderId: hers.id } })
    const documentId = orders[1]?.documents[0]?.id ?? ''
    const { tenantId: owner } = await segl.client.document.findUniqueOrThrow({ where: { id: documentId } })
    await segl.client.lease.create({
      data: { documentId, tenantId: owner, ceremonyId, expiresAt: new Date(Date.now() + 3600_000) },
    })
    const offered = await his.submit(formOf(list, 'choose'))
    assert.ok(offered.text.includes('One document cannot be part of this now'), offered.text)
    assert.equal(
      await segl.client.lease.count({
        where: { documentId: { in: orders.map(({ documents }) => documents[0]?.id ?? '') } },
      }),
      1,
    )
    await his.wait(await his.approve(await his.submit(formOf(offered, 'choose'))))
    for (const order of [orders[0], orders[2]])
      await own.until(order?.id ?? '', (one) => stateOf(one) === 'signed', 'signing')
    assert.equal(stateOf(await own.read(orders[1]?.id ?? '')), 'ready')
    await segl.client.lease.deleteMany({ where: { documentId } })
  })

  it('lose nothing but the one that is declined or cancelled meanwhile', async () => {
    const own = await freshBooks()
    const orders = await several(4, 'approver', own)
    const [declined, cancelled, third, fourth] = orders
    assert.ok(declined && cancelled && third && fourth)
    const his = visitor(segl, 'approver')
    const list = await his.logIn(await his.submit(formOf(await his.open(await sessionOf(orders, own)), 'begin')))
    const approval = await his.submit(formOf(list, 'choose'))
    assert.ok(approval.forms.has('approve'))
    assert.equal(
      (await own.call('POST', `/v1/test/signers/${declined.signers[0]?.id}/decline`, { reason: 'Not mine' })).status,
      200,
    )
    assert.equal((await own.call('POST', `/v1/orders/${cancelled.id}/cancel`)).status, 200)
    await his.wait(await his.approve(approval))
    for (const { id } of [third, fourth]) await assertWhole(segl.client, await own.reaches(id, 'completed', 300), own)
    await assertWhole(segl.client, await own.reaches(declined.id, 'declined'))
    await assertWhole(segl.client, await own.reaches(cancelled.id, 'cancelled'))
    const kept = await segl.client.signature.count({
      where: { orderId: { in: [declined.id, cancelled.id] }, signatureValue: { not: null } },
    })
    assert.equal(kept, 0, 'no signature over what was taken back is on record')
  })

  for (const step of ['beginCeremony', 'identify', 'choose', 'authorise']) {
    for (const phase of ['begin', 'act', 'commit']) {
      it(`are all signed once, also when ${step} broke off at ${phase}`, async () => {
        const own = await freshBooks()
        const orders = await several(2, 'approver', own)
        const before = brokenOff
        place = `${step} ${phase}`
        const person = orders[0]?.signers[0]?.id
        for (let visit = 0; visit < 4; visit += 1) {
          await own.call('POST', `/v1/test/people/${person}/sign-all`)
          const states = await Promise.all(orders.map(async ({ id }) => stateOf(await own.read(id))))
          if (states.every((state) => state === 'signed' || state === 'authorised')) break
        }
        assert.equal(brokenOff, before + 1)
        for (const { id } of orders) await assertWhole(segl.client, await own.reaches(id, 'completed', 300), own)
      })
    }
  }

  it('are all asked for again when the answer of signHash was lost: the attempt is void for all of them', async () => {
    const own = await freshBooks()
    const orders = await several(3, 'approver', own)
    segl.backchannel.faults.set('/csc/v2/signatures/signHash', async (body, pass) => {
      await pass(body)
      segl.backchannel.faults.clear()
      return { status: 500, type: 'application/json', body: Buffer.from('{}') }
    })
    const his = visitor(segl, 'approver')
    const list = await his.logIn(await his.submit(formOf(await his.open(await sessionOf(orders, own)), 'begin')))
    const failed = await his.approve(await his.submit(formOf(list, 'choose')))
    assert.equal(codeOn(failed), 'TRUST_SERVICE_UNAVAILABLE')
    for (const { id } of orders) {
      const { signers } = await own.read(id)
      assert.deepEqual([signers[0]?.state, signers[0]?.reasonCode], ['ready', 'TRUST_SERVICE_UNAVAILABLE'])
    }
    assert.equal(
      await segl.client.lease.count({ where: { document: { orderId: { in: orders.map(({ id }) => id) } } } }),
      0,
    )
    const again = await own.call('POST', `/v1/test/people/${orders[0]?.signers[0]?.id}/sign-all`)
    assert.deepEqual(
      signersIn(again.body).map(({ state }) => state),
      ['signed', 'signed', 'signed'],
    )
    for (const { id } of orders) await assertWhole(segl.client, await own.reaches(id, 'completed', 300), own)
  })

  it('come from the link of a session for one person only', async () => {
    const own = await freshBooks()
    const [his] = await several(1, 'approver', own)
    const [hers] = await several(1, 'attestant', own)
    const [foreign] = await several(1, 'approver', await freshBooks())
    const open = (...orders: (Order | undefined)[]) =>
      own.call('POST', '/v1/signing-sessions', { signers: orders.map((order) => order?.signers[0]?.id) })
    const mixed = await open(his, hers)
    assert.deepEqual([mixed.status, mixed.body['code']], [422, 'SIGNERS_INVALID'])
    assert.deepEqual(
      (mixed.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer),
      ['/signers/1'],
    )
    const strange = await open(his, foreign)
    assert.deepEqual([strange.status, strange.body['code']], [404, 'NOT_FOUND'])
    await own.call('POST', `/v1/orders/${his?.id}/cancel`)
    assert.equal((await open(his)).status, 409)
    const away = await own.call('POST', '/v1/signing-sessions', {
      signers: [hers?.signers[0]?.id],
      returnUrl: 'https://elsewhere.example/',
    })
    assert.deepEqual([away.status, away.body['code']], [422, 'RETURN_URL_NOT_ALLOWED'])
  })

  it('fail over the test door as they do before a real browser', async () => {
    const own = await freshBooks()
    const [order] = await several(1, 'approver', own)
    const signer = order?.signers[0]?.id
    const cancelled = await own.call('POST', `/v1/test/signers/${signer}/fail`)
    assert.deepEqual(signersIn(cancelled.body), [
      { id: signer, order: order?.id, state: 'ready', reasonCode: 'CEREMONY_CANCELLED' },
    ])
    const wrong = await own.call('POST', `/v1/test/signers/${signer}/fail`, { how: 'wrongPerson' })
    assert.deepEqual(
      signersIn(wrong.body).map(({ state, reasonCode }) => [state, reasonCode]),
      [['ready', 'WRONG_PERSON']],
    )
    const foreign = await (await freshBooks()).call('POST', `/v1/test/signers/${signer}/sign`)
    assert.equal(foreign.status, 404)
    const signed = await own.call('POST', `/v1/test/signers/${signer}/sign`)
    assert.deepEqual(
      signersIn(signed.body).map(({ state }) => state),
      ['signed'],
    )
    const nothing = await own.call('POST', `/v1/test/people/${signer}/sign-all`)
    assert.deepEqual([nothing.status, nothing.body['code']], [409, 'STATE_CONFLICT'])
  })

  it('wait page by page: the attempt of another browser is not gone on with here', async () => {
    const own = await freshBooks()
    const orders = await several(2, 'approver', own)
    const link = await sessionOf(orders, own)
    const [his, other] = [visitor(segl, 'approver'), visitor(segl, 'approver')]
    await his.logIn(await his.submit(formOf(await his.open(link), 'begin')))
    const elsewhere = await other.open(link)
    assert.ok(elsewhere.forms.has('begin') && !elsewhere.forms.has('choose'))
    assert.equal(refreshOf(elsewhere), undefined)
  })
})
