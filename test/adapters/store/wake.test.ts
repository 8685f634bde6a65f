// What a transaction makes due is announced after its commit, as the queue needs it: each task once, as it stands then.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { type Client, connect, createStore, createTasks } from '../../../src/adapters/store/index.ts'
import { createVault } from '../../../src/adapters/vault/index.ts'
import type { Tx } from '../../../src/flow/ports/store.ts'
import type { Task } from '../../../src/flow/ports/tasks.ts'
import { testDatabase } from '../../support/database.ts'
import { seedOrders } from './seed.ts'

describe('the tasks that a transaction schedules', () => {
  let client: Client
  let tenantId: string
  let orderId: string

  before(async () => {
    const url = await testDatabase()
    client = connect(url, 3)
    await seedOrders(url, 10)
    const order = await client.signingOrder.findFirstOrThrow()
    tenantId = order.tenantId
    orderId = order.id
    await client.task.deleteMany()
  })
  after(() => client?.$disconnect())

  /** What is woken when `work` has been committed. */
  async function wokenBy(work: (tx: Tx) => Promise<void>, woken: Task[] = []): Promise<readonly Task[]> {
    const [encryptionKey, hmacKey, linkKey] = [randomBytes(32), randomBytes(32), randomBytes(32)]
    const jobs = { wake: async (tasks: readonly Task[]) => void woken.push(...tasks) }
    const store = createStore({ client, jobs, vault: createVault({ encryptionKey, hmacKey, linkKey }) })
    await store.transaction(tenantId, work)
    return woken
  }
  const due = (tx: Tx, step: Task['step'], at?: Date) =>
    tx.schedule({ orderId, subjectId: orderId, step, ...(at && { at }) })

  test('are woken when they are due, and can be claimed as they were announced', async () => {
    const woken = await wokenBy(async (tx) => {
      await due(tx, 'prepare')
      await due(tx, 'expire', new Date(tx.now.getTime() + 60_000))
    })
    assert.deepEqual(
      woken.map(({ step, subjectId, epoch }) => [step, subjectId, epoch]),
      [['prepare', orderId, 1]],
    )
    const claimed = await createTasks(client, 0).claim('prepare', orderId, 8)
    assert.deepEqual(claimed, { ...woken[0], attempt: 1 })
    assert.equal(await createTasks(client, 0).claim('prepare', orderId, 8), undefined)
    assert.equal(await createTasks(client, 0).claim('expire', orderId, 8), undefined)
  })

  test('are woken once, with the epoch of the last time', async () => {
    const woken = await wokenBy(async (tx) => {
      await due(tx, 'invite')
      await due(tx, 'invite')
    })
    assert.deepEqual(
      woken.map(({ step, epoch }) => [step, epoch]),
      [['invite', 2]],
    )
  })

  test('are not woken when the same transaction finishes them or puts them off', async () => {
    const woken = await wokenBy(async (tx) => {
      for (const step of ['seal', 'remind', 'renew'] as const) await due(tx, step)
      await tx.finishTask(['seal', 'remind'], orderId)
      await due(tx, 'renew', new Date(tx.now.getTime() + 60_000))
    })
    assert.deepEqual(woken, [])
    const left = await client.task.findMany({
      where: { step: { in: ['seal', 'remind', 'renew'] } },
      orderBy: { step: 'asc' },
    })
    assert.deepEqual(
      left.map(({ step, state }) => [step, state]),
      [
        ['remind', 'done'],
        ['renew', 'due'],
        ['seal', 'done'],
      ],
    )
  })

  test('are not woken when the transaction fails', async () => {
    const woken: Task[] = []
    await assert.rejects(
      wokenBy(async (tx) => {
        await due(tx, 'prepare')
        throw new Error('broken off')
      }, woken),
      /broken off/,
    )
    assert.deepEqual(woken, [])
  })
})
