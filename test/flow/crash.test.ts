// A process may be killed at any place of the story: every order ends completed, signed once by everybody.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Order } from '../../src/client/index.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, assertWhole, linkOf, visitor } from './actors.ts'
import { answering, programs, type Running, run } from './processes.ts'

const reached = ['prepare', 'invite', 'beginCeremony', 'identify', 'authorise', 'sign', 'seal']
const phases = ['begin', 'act', 'commit']
const places = reached.flatMap((step) => phases.map((phase) => `died-${step}-${phase}`))

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
      const opened = await Promise.all(roles.map((bankid) => patiently(() => books.order([{ bankid }]))))
      await Promise.all(opened.map((order, index) => signsInTheEnd(order, roles[index] ?? '')))
      orders.push(...opened)
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

  /** As people do: when something breaks, they open the link again. */
  async function signsInTheEnd(order: Order, role: string): Promise<void> {
    for (let visit = 0; visit < 30; visit += 1) {
      await visitor(segl, role)
        .sign(linkOf(order))
        .catch(() => pause(1000))
      const { signers } = await patiently(() => books.read(order.id))
      if (signers[0]?.state === 'signed') return
    }
    assert.fail(`${role} could not sign in thirty visits`)
  }
})

/** A call to a service that may be starting right now. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 60 || error instanceof assert.AssertionError) throw error
      await pause(500)
    }
  }
}
