// What goes another way than the happy one: each refusal with its code, its page, and nothing changed but what it says.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { createBrowser } from '../../src/visitor/browser.ts'
import { pdfsig, programs, pyhanko, qpdf } from '../conformance/judges.ts'
import { startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { accountant, assertWhole, codeOn, eventually, formOf, linkOf, visitor } from './actors.ts'

const segl = await startInstallation()
after(() => segl.close())
const books = accountant(segl, (await segl.newTenant()).apiKey)

describe('a signing that goes another way', () => {
  const approver = [{ bankid: 'approver' }]
  const pair = [
    { bankid: 'attestant', group: 1 },
    { bankid: 'approver', group: 2 },
  ]
  const person = (role: string) => visitor(segl, role)
  const attempts = (orderId: string) =>
    segl.client.ceremony.findMany({ where: { orderId }, orderBy: { createdAt: 'asc' } })
  const signerOf = async (orderId: string) => (await books.read(orderId)).signers[0]

  it('tells the wrong person so, voids that attempt, and lets the right person sign', async () => {
    const order = await books.order(approver)
    const stranger = person('stranger')
    const page = await stranger.logIn(await stranger.setOut(linkOf(order)))
    assert.deepEqual([page.status, codeOn(page)], [403, 'WRONG_PERSON'])
    assert.equal((await signerOf(order.id))?.state, 'ready')
    assert.deepEqual(
      (await attempts(order.id)).map(({ state, voidReason }) => [state, voidReason]),
      [['void', 'WRONG_PERSON']],
    )
    assert.match((await person('approver').sign(linkOf(order))).html, /Håkon Rødseth/)
    const done = await books.reaches(order.id, 'completed')
    await assertWhole(segl.client, done, books)
  })

  it('says why the last attempt came to nothing when the link is opened again', async () => {
    const order = await books.order(approver)
    const stranger = person('stranger')
    await stranger.logIn(await stranger.setOut(linkOf(order)))
    const again = await person('approver').open(linkOf(order))
    assert.equal(codeOn(again), 'WRONG_PERSON')
    assert.ok(again.forms.has('begin'))
  })

  it('takes a cancellation at log-in and at approval as the end of that attempt only', async () => {
    const order = await books.order(approver)
    const him = person('approver')
    const atLogin = await him.setOut(linkOf(order))
    const first = await him.submit(formOf(atLogin, 'cancel'))
    assert.deepEqual([first.status, codeOn(first)], [409, 'CEREMONY_CANCELLED'])
    const atApproval = await him.logIn(await him.submit(formOf(first, 'begin')))
    const second = await him.submit(formOf(atApproval, 'cancel'))
    assert.deepEqual([second.status, codeOn(second)], [409, 'CEREMONY_CANCELLED'])
    assert.deepEqual(
      (await attempts(order.id)).map(({ voidReason }) => voidReason),
      ['CEREMONY_CANCELLED', 'CEREMONY_CANCELLED'],
    )
    assert.equal((await signerOf(order.id))?.state, 'ready')
    assert.equal(await segl.client.lease.count(), 0, 'nobody has to wait for an attempt that ended')
  })

  it('voids the earlier link when a new one is asked for', async () => {
    const order = await books.order(approver)
    const holder = person('approver')
    await holder.open(linkOf(order))
    const { status, body } = await books.call('POST', `/v1/orders/${order.id}/signers/${order.signers[0]?.id}/links`)
    assert.equal(status, 201)
    for (const page of [await holder.open(`${segl.seglUrl}/sign`), await person('approver').open(linkOf(order))]) {
      assert.deepEqual([page.status, codeOn(page), page.forms.has('begin')], [410, 'LINK_VOID', false])
    }
    assert.ok((await person('approver').open(String(body['url']))).forms.has('begin'))
    assert.equal(linkOf(await books.read(order.id)), body['url'], 'the order shows the link that works')
  })

  it('knows no link that it did not make', async () => {
    const order = await books.order(approver)
    const link = linkOf(order)
    for (const wrong of [`${link.slice(0, -4)}AAAA`, `${link}x`, `${segl.seglUrl}/sign/nonsense`]) {
      const page = await createBrowser().open(wrong)
      assert.deepEqual([page.status, codeOn(page), page.forms.size], [404, 'LINK_INVALID', 0], wrong)
    }
    assert.equal((await createBrowser().open(`${segl.seglUrl}/sign`)).status, 404, 'a browser that opened no link')
  })

  it('changes nothing when mail scanners open the link twenty times', async () => {
    const order = await books.order(approver)
    const before = await everyRow(order.id)
    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const page = await createBrowser().open(`${linkOf(order)}${index % 2 ? '?utm_source=mail' : ''}`)
        assert.equal(page.status, 200)
      }),
    )
    await fetch(linkOf(order), { method: 'HEAD', redirect: 'manual' })
    assert.deepEqual(await everyRow(order.id), before)
  })

  /** Each row's version in the tables of the story: an update of any kind gives it another one. */
  async function everyRow(orderId: string): Promise<unknown> {
    const where = { orderId, OR: [{ state: 'running' }, { state: 'due', dueAt: { lte: new Date() } }] }
    await eventually('rest', async () => {
      // The sequencer numbers events a moment after their commit.
      const unnumbered = await segl.client.event.count({ where: { orderId, position: null } })
      return unnumbered + (await segl.client.task.count({ where })) === 0
    })
    const own = ['signer', 'ceremony', 'signature', 'audit_event', 'event', 'task'].map(
      (name) => `select '${name}' as name, id, xmin::text from ${name} where order_id = $1::uuid`,
    )
    const sql = [
      ...own,
      `select 'signing_order' as name, id, xmin::text from signing_order where id = $1::uuid`,
      `select 'lease' as name, document_id, lease.xmin::text from lease
        join document on document.id = document_id where order_id = $1::uuid`,
    ]
    return segl.client.$queryRawUnsafe(`select * from (${sql.join(' union all ')}) as rows order by 1, 2`, orderId)
  }

  it('goes on only in the browser in which it was begun', async () => {
    const order = await books.order(approver)
    const him = person('approver')
    const atLogin = await him.setOut(linkOf(order))
    const [attempt] = await attempts(order.id)
    const other = createBrowser()
    await other.open(linkOf(order))
    const stolen = await other.open(`${segl.seglUrl}/sign/callback?code=stolen&state=${attempt?.oidcState}`)
    assert.deepEqual([stolen.status, codeOn(stolen)], [403, 'SESSION_INVALID'])
    assert.equal((await attempts(order.id))[0]?.state, 'atBankid', 'the attempt is untouched')
    assert.ok((await him.logIn(atLogin)).forms.has('approve'))
    const unknown = await other.open(`${segl.seglUrl}/sign/callback?code=a&state=b`)
    assert.deepEqual([unknown.status, codeOn(unknown)], [403, 'SESSION_INVALID'])
  })

  it('signs once, however often buttons are pressed, pages reloaded and callbacks repeated', async () => {
    const order = await books.order(approver)
    const him = person('approver')
    const start = await him.open(linkOf(order))
    const [one, two] = await Promise.all([him.submit(formOf(start, 'begin')), him.submit(formOf(start, 'begin'))])
    assert.ok(one.forms.has('number') || two.forms.has('number'), 'one of the two windows goes on')
    const approval = await him.logIn(await him.submit(formOf(start, 'begin')))
    const state = (await attempts(order.id)).at(-1)?.oidcState
    const [first] = await Promise.all([him.approve(approval), him.open(`${segl.seglUrl}/sign`)])
    const replayed = await him.open(`${segl.seglUrl}/sign/callback?code=again&state=${state}`)
    assert.equal(replayed.status, 200)
    await him.wait(first)
    const done = await books.reaches(order.id, 'completed')
    const late = await him.submit(formOf(start, 'begin'))
    assert.deepEqual([late.status, codeOn(late)], [409, 'STATE_CONFLICT'])
    assert.match((await him.open(linkOf(order))).html, /Håkon Rødseth/, 'his link shows what he signed')
    await assertWhole(segl.client, done, books)
  })

  it('takes no form that did not come from its own page', async () => {
    const order = await books.order(approver)
    const him = person('approver')
    const start = await him.open(linkOf(order))
    for (const [name, csrf] of [
      ['begin', ''],
      ['begin', 'x'.repeat(43)],
      ['decline', ''],
    ] as const) {
      const page = await him.submit({ ...formOf(start, name), fields: { csrf } })
      assert.deepEqual([page.status, codeOn(page)], [403, 'SESSION_INVALID'])
    }
    assert.equal((await attempts(order.id)).length, 0)
    assert.equal((await signerOf(order.id))?.state, 'ready')
  })

  it('ends at once when the first to sign declines, with his reason for the sender', async () => {
    const order = await books.order(pair)
    const him = person('attestant')
    const start = await him.open(linkOf(order))
    const page = await him.submit(formOf(start, 'decline'), { reason: 'Beløpet er feil <b>' })
    assert.match(page.html, /Beløpet er feil &lt;b&gt;/)
    const ended = await books.read(order.id)
    assert.deepEqual(
      [ended.state, ...ended.signers.map(({ state }) => state)],
      ['declined', 'declined', 'notApplicable'],
    )
    await assertWhole(segl.client, ended)
    assert.equal((await books.call('GET', `/v1/documents/${order.documents[0]?.id}/signed`)).status, 409)
    const again = await him.submit(formOf(start, 'decline'), { reason: 'Once more' })
    assert.match(again.html, /Beløpet er feil/, 'what he said stays as it is')
    const next = await person('approver').open(linkOf(order, 1))
    assert.ok(next.status === 200 && !next.forms.has('begin'))
  })

  it('seals what was signed when a later signer declines, and outside judges accept the file', async () => {
    const order = await books.order(pair)
    await person('attestant').sign(linkOf(order))
    await books.until(order.id, ({ signers }) => signers[1]?.state === 'ready', 'the turn of the second')
    const her = person('approver')
    await her.submit(formOf(await her.open(linkOf(order, 1)), 'decline'), { reason: 'Feil konto' })
    const ended = await books.reaches(order.id, 'declined')
    assert.deepEqual([...ended.signers.map(({ state }) => state)], ['signed', 'declined'])
    await assertWhole(segl.client, ended, books)
    await judged(ended.documents[0]?.id ?? '', 1)
  })

  /** By whichever judges are on this machine. */
  async function judged(documentId: string, signers: number): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'segl-judged-'))
    try {
      const [file, trust] = [join(folder, 'signed.pdf'), join(folder, 'root.pem')]
      await writeFile(file, await books.revision(documentId, signers + 3))
      await writeFile(trust, await (await fetch(`${segl.bankidUrl}/certs/root.pem`)).text())
      const one = { file, trust, signers, at: [], strict: true }
      for (const [judge, program] of [
        [pdfsig, programs.pdfsig],
        [qpdf, programs.qpdf],
        [pyhanko, programs.python],
      ] as const) {
        if (needs(program)) continue
        for (const { passed, reasons } of await judge(one)) assert.ok(passed, reasons.join('; '))
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  it('is over when the sender takes the order back, also for who is at BankID right now', async () => {
    const order = await books.order(approver)
    const him = person('approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    const { status, body } = await books.call('POST', `/v1/orders/${order.id}/cancel`)
    assert.deepEqual([status, body['state']], [200, 'cancelled'])
    const page = await him.approve(approval)
    assert.equal(page.status, 200)
    assert.ok(!page.forms.has('begin'), 'there is nothing left to sign')
    await assertWhole(segl.client, await books.read(order.id))
    assert.equal(await segl.client.signature.count({ where: { orderId: order.id, state: { not: 'void' } } }), 0)
    assert.equal((await books.call('POST', `/v1/orders/${order.id}/cancel`)).status, 200, 'once more changes nothing')
  })

  it('is over when the deadline has passed, and seals what was signed until then', async () => {
    const deadline = () => new Date(Date.now() + 600_000).toISOString()
    const [none, half] = [
      await books.order(approver, { deadline: deadline() }),
      await books.order(pair, { deadline: deadline() }),
    ]
    await person('attestant').sign(linkOf(half))
    await pass(none.id)
    await pass(half.id)
    const [expired, sealed] = [await books.reaches(none.id, 'expired'), await books.reaches(half.id, 'expired')]
    assert.deepEqual(
      expired.signers.map(({ state }) => state),
      ['expired'],
    )
    assert.deepEqual(
      sealed.signers.map(({ state }) => state),
      ['signed', 'expired'],
    )
    await assertWhole(segl.client, expired)
    await assertWhole(segl.client, sealed, books)
    const page = await person('approver').open(linkOf(none))
    assert.ok(page.status === 200 && !page.forms.has('begin'))
  })

  /** The time until the deadline goes by. */
  async function pass(orderId: string): Promise<void> {
    const at = new Date(Date.now() - 1000)
    await segl.client.signingOrder.update({ where: { id: orderId }, data: { deadline: at } })
    await segl.client.task.update({
      where: { step_subjectId: { step: 'expire', subjectId: orderId } },
      data: { dueAt: at },
    })
  }

  it('shows nothing personal before anybody has logged in', async () => {
    const order = await books.order(pair)
    const { html } = await createBrowser().open(linkOf(order))
    for (const { name } of order.signers) assert.ok(!html.includes(name) && !html.includes(name.split(' ')[0] ?? '-'))
    assert.doesNotMatch(html, /\b\d{11}\b/)
    assert.ok(!html.includes(linkOf(order).split('/').at(-1) ?? '-'), 'nor the token')
  })

  it('sends pages under a strict policy, and keeps the token out of the address', async () => {
    const order = await books.order(approver)
    const answer = await fetch(linkOf(order), { redirect: 'manual' })
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/sign'])
    const [cookie = ''] = answer.headers.getSetCookie()
    assert.match(cookie, /; Path=\/sign; HttpOnly; SameSite=Lax$/)
    const page = await fetch(`${segl.seglUrl}/sign`, { headers: { cookie: cookie.split(';')[0] ?? '' } })
    for (const { headers } of [answer, page]) {
      const policy = headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'/)
      assert.doesNotMatch(policy, /unsafe|\*/)
      assert.ok(policy.includes(`form-action 'self' ${segl.bankidUrl}`), policy)
      assert.equal(headers.get('referrer-policy'), 'no-referrer')
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.equal(headers.get('cache-control'), 'no-store')
    }
    assert.doesNotMatch(await page.text(), /<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|style=/)
  })

  it('answers 409 where the state does not allow what a system asks', async () => {
    const order = await books.order(approver)
    assert.equal((await books.call('POST', `/v1/orders/${order.id}/retry`)).body['code'], 'STATE_CONFLICT')
    const signed = await books.call('GET', `/v1/documents/${order.documents[0]?.id}/signed`)
    assert.deepEqual([signed.status, signed.body['code']], [409, 'NOT_SIGNED_YET'])
    await person('approver').sign(linkOf(order))
    await books.reaches(order.id, 'completed')
    const links = `/v1/orders/${order.id}/signers/${order.signers[0]?.id}/links`
    for (const path of [`/v1/orders/${order.id}/cancel`, `/v1/orders/${order.id}/retry`, links]) {
      const { status, body } = await books.call('POST', path)
      assert.deepEqual([status, body['code']], [409, 'STATE_CONFLICT'], path)
    }
  })

  it('does not tell another tenant that the order exists', async () => {
    const order = await books.order(approver)
    const others = accountant(segl, (await segl.newTenant()).apiKey)
    const base = `/v1/orders/${order.id}`
    const document = `/v1/documents/${order.documents[0]?.id}`
    for (const path of [base, `${base}/audit`, document, `${document}/original`, `${document}/signed`]) {
      const { status, body } = await others.call('GET', path)
      assert.deepEqual([status, body['code']], [404, 'NOT_FOUND'], path)
    }
    for (const path of [`${base}/cancel`, `${base}/retry`, `${base}/signers/${order.signers[0]?.id}/links`]) {
      const { status, body } = await others.call('POST', path)
      assert.deepEqual([status, body['code']], [404, 'NOT_FOUND'], path)
    }
    assert.equal((await books.read(order.id)).state, 'open')
  })
})
