// What is signed stays provable: the step that renews it comes due on its own, again and again, and happens once each time.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { verify } from '../../src/kernel/checks/index.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { down } from '../adapters/trust-services/proxy.ts'
import { dss, programs, pyhanko } from '../conformance/judges.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { type Accountant, accountant, eventually, linkOf, visitor } from './actors.ts'

const day = 86_400_000

describe('a completed order', () => {
  let segl: Installation
  let books: Accountant
  let folder: string
  let place = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segl-renew-'))
    segl = await startInstallation({
      die(step, phase) {
        if (place !== `${step} ${phase}`) return
        place = ''
        throw new Error(`broken off at ${step} ${phase}`)
      },
    })
    books = accountant(segl, (await segl.newTenant()).apiKey)
  })
  after(async () => {
    await segl?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const key = (order: Order) => ({ step_subjectId: { step: 'renew', subjectId: order.id } })
  const task = (order: Order) => segl.client.task.findUniqueOrThrow({ where: key(order) })
  const renewals = (order: Order) =>
    segl.client.auditEvent.count({ where: { orderId: order.id, type: 'order.renewed' } })
  const documentOf = (order: Order): string => order.documents[0]?.id ?? assert.fail('a document')

  async function completed(): Promise<Order> {
    const order = await books.order([{ bankid: 'approver' }])
    await visitor(segl, 'approver').sign(linkOf(order))
    return books.reaches(order.id, 'completed')
  }

  /** As if the years had passed: what is due then is due now. */
  async function becomesDue(order: Order): Promise<void> {
    await segl.client.task.update({
      where: key(order),
      data: { dueAt: new Date(Date.now() - 1000), updatedAt: new Date(0) },
    })
  }

  async function renewed(order: Order, times: number): Promise<void> {
    await eventually('the renewal', async () => (await renewals(order)) >= times)
  }

  const signed = (order: Order): Promise<Buffer> => books.download(`/v1/documents/${documentOf(order)}/signed`)

  async function root(): Promise<string> {
    return (await fetch(`${segl.bankidUrl}/certs/root.pem`)).text()
  }

  async function judged(bytes: Buffer): Promise<void> {
    const trustAnchors = readPem(await root(), 'CERTIFICATE').map((der) => parseCertificate(der))
    const report = await verify({ source: bytesSource(bytes), trustAnchors, at: new Date() })
    assert.equal(report.verdict, 'PASSED', JSON.stringify(report.signatures))
  }

  it('is to be renewed sixty days before the first thing ends that its time-stamp stands on', async () => {
    const order = await completed()
    const { state, dueAt } = await task(order)
    assert.equal(state, 'due')
    // The simulated CRL of the root, which speaks about the time-stamp authority, ends first.
    const years = (dueAt.getTime() + 60 * day - Date.now()) / (365 * day)
    assert.ok(years > 0.9 && years < 20, `${years} years`)
  })

  it('is renewed when that comes, and the next time is set: twice, and every judge finds it whole', {
    skip: needs(programs.python, programs.java, programs.dssJar),
  }, async () => {
    const order = await completed()
    const before = await signed(order)
    for (const time of [1, 2]) {
      await becomesDue(order)
      await renewed(order, time)
      const { state, dueAt, attempt } = await task(order)
      assert.deepEqual([state, attempt], ['due', 0])
      assert.ok(dueAt.getTime() > Date.now() + 30 * day)
    }
    const now = await signed(order)
    assert.ok(now.length > before.length && now.subarray(0, before.length).equals(before), 'appended, not rewritten')
    assert.equal((await books.read(order.id)).state, 'completed')
    const { revisions } = (await books.call('GET', `/v1/documents/${documentOf(order)}`)).body as object as {
      readonly revisions: readonly { readonly kind: string }[]
    }
    assert.deepEqual(
      revisions.map(({ kind }) => kind),
      ['upload', 'prepared', 'signature', 'seal', 'archive', 'archive', 'archive'],
    )
    const events = await segl.client.event.findMany({ where: { orderId: order.id, type: 'order.renewed' } })
    assert.equal(events.length, 2, 'each renewal is told')
    await judged(now)
    const [file, trust] = [join(folder, 'renewed.pdf'), join(folder, 'root.pem')]
    await writeFile(file, now)
    await writeFile(trust, await root())
    const one = { file, trust, signers: 1, at: [], strict: true }
    assert.deepEqual((await pyhanko(one))[0]?.reasons, [])
    assert.deepEqual((await dss([one]))[0]?.reasons, [])
  })

  for (const phase of ['begin', 'act', 'commit']) {
    it(`is renewed once, also when that broke off at ${phase}`, async () => {
      const order = await completed()
      place = `renew ${phase}`
      await becomesDue(order)
      await renewed(order, 1)
      assert.equal(place, '', 'it broke off')
      const { state, dueAt } = await task(order)
      assert.equal(state, 'due')
      assert.ok(dueAt.getTime() > Date.now() + 30 * day, 'and not again before its time')
      const archives = await segl.client.revision.count({ where: { documentId: documentOf(order), kind: 'archive' } })
      assert.equal(archives, 2)
      assert.equal((await books.read(order.id)).sealing.lastError, null)
      await judged(await signed(order))
    })
  }

  it('keeps its state, tells the reason and tries again while no authority tells the time', async () => {
    const order = await completed()
    for (const path of ['/tsa', '/tsa2']) segl.backchannel.faults.set(path, down)
    await becomesDue(order)
    const waiting = await books.until(order.id, ({ sealing }) => sealing.lastError !== null, 'the reason')
    assert.equal(waiting.state, 'completed')
    assert.equal(waiting.sealing.lastError?.code, 'TRUST_SERVICE_UNAVAILABLE')
    await judged(await signed(order))
    segl.backchannel.faults.clear()
    assert.equal((await books.call('POST', `/v1/orders/${order.id}/retry`)).status, 200)
    await renewed(order, 1)
    assert.equal((await books.call('POST', `/v1/orders/${order.id}/retry`)).status, 409, 'nothing is wrong any more')
    assert.equal((await books.read(order.id)).sealing.lastError, null)
  })

  it('is renewed from the file alone when what was stored beside it is of no use any more', async () => {
    const order = await completed()
    await segl.client.document.update({ where: { id: documentOf(order) }, data: { appendState: { format: 0 } } })
    await becomesDue(order)
    await renewed(order, 1)
    await judged(await signed(order))
  })

  it('that ended before anybody signed has nothing to be renewed', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    await books.call('POST', `/v1/orders/${order.id}/cancel`)
    await books.reaches(order.id, 'cancelled')
    assert.equal(await segl.client.task.count({ where: { orderId: order.id, step: 'renew' } }), 0)
  })
})
