// The queue only wakes: whatever happens to it, and to the workers, every order is completed and nothing happens twice.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { enter } from '../../src/adapters/store/client.ts'
import type { Order } from '../../src/client/index.ts'
import { hanging } from '../adapters/trust-services/proxy.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { reservedPort } from '../support/port.ts'
import { type Accountant, accountant, assertWhole, eventually, linkOf, visitor } from './actors.ts'
import { programs, type Running, run } from './processes.ts'

const roles = ['attestant', 'approver', 'chairman']

/** Three orders, each signed by one person, all at once; `meanwhile` is called again and again until they are completed. */
async function three(segl: Installation, books: Accountant, meanwhile: () => Promise<unknown>): Promise<Order[]> {
  let going = true
  const trouble = (async () => {
    while (going) {
      await meanwhile()
      await pause(200)
    }
  })()
  try {
    return await Promise.all(
      roles.map(async (bankid) => {
        const order = await books.order([{ bankid }])
        await visitor(segl, bankid).sign(linkOf(order))
        return books.reaches(order.id, 'completed')
      }),
    )
  } finally {
    going = false
    await trouble
  }
}

describe('on the queue in PostgreSQL', () => {
  let segl: Installation
  let books: Accountant
  let workers: Running[] = []

  before(async () => {
    segl = await startInstallation({ workers: 0 })
    books = accountant(segl, (await segl.newTenant()).apiKey)
    workers = [worker(), worker()]
  })
  after(async () => {
    await Promise.all(workers.map((one) => one.end('SIGKILL')))
    await segl?.close()
  })

  const worker = (env: Record<string, string> = {}) => run(segl, [programs.worker], { env })
  const whole = async (orders: readonly Order[]) => {
    for (const order of orders) await assertWhole(segl.client, order, books)
  }

  it('all orders are completed while jobs are deleted again and again', async () => {
    let deleted = 0
    const orders = await three(segl, books, async () => {
      deleted += await segl.client.$executeRaw`delete from bullmq.job`
    })
    assert.ok(deleted > 0)
    await whole(orders)
  })

  it('all orders are completed while jobs are declared failed again and again', async () => {
    let failed = 0
    const orders = await three(segl, books, async () => {
      failed += await segl.client.$executeRaw`update bullmq.job set state = 'failed'`
    })
    assert.ok(failed > 0)
    await whole(orders)
  })

  it('a worker that sleeps in the middle of its work and wakes up again changes nothing', async () => {
    const sleeper = workers[0]?.pid() ?? 0
    let asleep = false
    const orders = await three(segl, books, async () => {
      if (asleep || (await segl.client.task.count({ where: { state: 'running' } })) === 0) return
      asleep = true
      process.kill(sleeper, 'SIGSTOP')
    }).finally(() => process.kill(sleeper, 'SIGCONT'))
    assert.ok(asleep)
    await pause(3000)
    await whole(orders)
  })

  it('a transaction that stands still is ended, and with it the locks that keep everybody else waiting', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    const answers: number[] = []
    const standing = segl.client.$transaction(
      async (db) => {
        await enter(db, 'system', 0)
        await db.$queryRaw`select id from signing_order where id = ${order.id}::uuid for update`
        // It would stand for as long as the other one waits for it.
        answers.push((await books.call('POST', `/v1/orders/${order.id}/cancel`)).status)
        await db.$queryRaw`select 1`
      },
      { timeout: 120_000 },
    )
    await assert.rejects(standing)
    assert.deepEqual(answers, [200])
  })

  it('a worker that is asked to stop gives back what it cannot finish, and another one takes it at once', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    // Only this worker is there, and nobody answers what it asks.
    await workers[1]?.end('SIGKILL')
    for (const path of ['/ocsp', '/crl']) segl.backchannel.faults.set(path, hanging)
    await him.approve(approval)
    const task = { step_subjectId: { step: 'sign', subjectId: order.signers[0]?.id ?? '' } }
    const state = async () => (await segl.client.task.findUniqueOrThrow({ where: task })).state
    while ((await state()) !== 'running') await pause(50)
    assert.equal(await workers[0]?.end('SIGTERM'), 0)
    assert.equal(await state(), 'due')
    segl.backchannel.faults.clear()
    workers = [worker()]
    await whole([await books.reaches(order.id, 'completed')])
  })

  it('dies where SEGL_DIE says, once, and the next one goes on', async () => {
    await Promise.all(workers.map((one) => one.end('SIGTERM')))
    workers = [run(segl, [programs.worker], { again: true, env: { SEGL_DIE: 'prepare:act' } })]
    const order = await books.order([{ bankid: 'approver' }])
    assert.ok(existsSync(join(segl.dataDir, 'died-prepare-act')))
    assert.equal(workers[0]?.starts(), 2)
    await visitor(segl, 'approver').sign(linkOf(order))
    await whole([await books.reaches(order.id, 'completed')])
  })

  it('events got their places once, in order and without gaps', async () => {
    await eventually(
      'a place for each',
      async () => (await segl.client.event.count({ where: { position: null } })) === 0,
    )
    const events = await segl.client.event.findMany({ orderBy: { position: 'asc' } })
    assert.ok(events.length > 20)
    assert.deepEqual(
      events.map(({ position }) => Number(position)),
      events.map((_, index) => index + 1),
    )
  })
})

describe('on the queue in Redis', { skip: needs('redis-server') }, () => {
  it('all orders are completed while it is emptied again and again, and PostgreSQL holds no job', async () => {
    const port = await reservedPort()
    const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
      stdio: 'ignore',
    })
    const url = `redis://127.0.0.1:${port}`
    const redis = new Redis(url)
    redis.on('error', () => {})
    const segl = await startInstallation({ env: { REDIS_URL: url } })
    try {
      const books = accountant(segl, (await segl.newTenant()).apiKey)
      let keys = 0
      const orders = await three(segl, books, async () => {
        keys = Math.max(keys, await redis.dbsize())
        await redis.flushall()
      })
      assert.ok(keys > 0)
      for (const order of orders) await assertWhole(segl.client, order, books)
      const [row] = await segl.client.$queryRaw<{ jobs: bigint }[]>`select count(*) as jobs from bullmq.job`
      assert.equal(row?.jobs, 0n)
    } finally {
      await segl.close()
      redis.disconnect()
      server.kill()
      await once(server, 'exit')
    }
  })
})
