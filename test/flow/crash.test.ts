// A process may be killed at any place of the story: every order ends completed, signed once by everybody.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Order } from '../../src/client/index.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, assertWhole, eventually, linkOf, visitor } from './actors.ts'
import { answering, programs, type Running, run } from './processes.ts'

const reached = ['prepare', 'invite', 'beginCeremony', 'identify', 'authorise', 'sign', 'augment', 'seal']
const phases = ['begin', 'act', 'commit']
const places = reached.flatMap((step) => phases.map((phase) => `died-${step}-${phase}`))
/** Signed by one after the other, with a month between them. */
const long = ['member', 'generalManager'].map((bankid, index) => ({ bankid, group: index + 1 }))

describe('processes that are killed at every place of the story', () => {
  let segl: Installation
  let books: Accountant
  let running: Running[] = []

  before(async () => {
    segl = await startInstallation({ api: false })
    const { apiKey } = await segl.newTenant()
    running = ['api', 'worker', 'worker'].map((kind) => run(segl, [programs.mortal, kind], { again: true }))
    await answering(segl.seglUrl)
    books = accountant(segl, apiKey)
  })
  after(async () => {
    await Promise.all(running.map((one) => one.end('SIGKILL')))
    await segl?.close()
  })

  const roles = ['attestant', 'approver', 'chairman']
  const alive = () => places.filter((place) => !existsSync(join(segl.dataDir, place)))

  it('lose nothing and double nothing', async () => {
    const orders: Order[] = []
    for (let round = 0; round < 4 && alive().length > 0; round += 1) {
      const short = roles.map(async (bankid) => {
        const order = await patiently(() => books.order([{ bankid }]))
        await signsInTheEnd(order, 0, bankid)
        return order
      })
      orders.push(...(await Promise.all([...short, openForLong()])))
    }
    assert.deepEqual(alive(), [], 'the story came to every place')
    for (const { id } of orders) {
      const order = await patiently(() => books.reaches(id, 'completed'))
      await patiently(() => assertWhole(segl.client, order, books))
    }
    const deaths = running.reduce((sum, one) => sum + one.starts() - 1, 0)
    // Attempts that a death ended are void, and that row of the story has its places too.
    assert.ok(deaths >= places.length, `${deaths} deaths`)
  })

  /** An order that waits so long for its second signer that the signature of the first is proven meanwhile. */
  async function openForLong(): Promise<Order> {
    const order = await patiently(() => books.order(long))
    for (const [index, { bankid }] of long.entries()) {
      if (index > 0) await monthPasses(order)
      await patiently(() => books.until(order.id, ({ signers }) => signers[index]?.state !== 'waiting', 'his turn'))
      await signsInTheEnd(order, index, bankid)
    }
    return order
  }

  async function monthPasses({ id }: Order): Promise<void> {
    const where = { step_subjectId: { step: 'augment', subjectId: id } }
    await segl.client.task.update({ where, data: { dueAt: new Date(Date.now() - 1000), updatedAt: new Date(0) } })
    const proven = { orderId: id, type: 'order.augmented' }
    await eventually('a time-stamp', async () => (await segl.client.auditEvent.count({ where: proven })) > 0)
  }

  /** As people do: when something breaks, they open the link again. */
  async function signsInTheEnd({ id }: Order, index: number, role: string): Promise<void> {
    await eventually(`the signature of ${role}`, async () => {
      const { signers, ...order } = await patiently(() => books.read(id))
      if (signers[index]?.state === 'signed') return true
      await visitor(segl, role)
        .sign(linkOf({ signers, ...order }, index))
        .catch(() => pause(1000))
      return false
    })
  }
})

/** A call to a service that may be starting right now, and on a busy machine dies again before it has answered once. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + 600_000; ; ) {
    try {
      return await work()
    } catch (error) {
      if (Date.now() > end || error instanceof assert.AssertionError) throw error
      await pause(500)
    }
  }
}
