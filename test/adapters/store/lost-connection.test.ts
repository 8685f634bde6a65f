// A connection that is lost between two statements takes its transaction with it: the whole is done again, or refused for now.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { inTransaction } from '../../../src/adapters/store/client.ts'
import { connect } from '../../../src/adapters/store/index.ts'
import { isSeglError } from '../../../src/errors.ts'
import { testDatabase } from '../../support/database.ts'

const url = await testDatabase()
const admin = connect(url, 4)
const client = connect(url, 4, { doorsOnly: true })
after(async () => {
  await client.$disconnect()
  await admin.$disconnect()
})

const kill = (pid: number) => admin.$queryRawUnsafe(`select pg_terminate_backend(${pid})`)

for (const pauseMs of [0, 50]) {
  test(`a transaction whose server process ends is done again (${pauseMs} ms later)`, async () => {
    let attempts = 0
    const result = await inTransaction(client, 'system', async (db) => {
      attempts += 1
      const [row] = await db.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
      if (attempts < 3) {
        await kill(row?.pid ?? 0)
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      }
      await db.$queryRaw`select 1`
      return 'done'
    })
    assert.deepEqual([result, attempts], ['done', 3])
  })
}

test('many at once, with processes that end among them, are all done; never an error that nobody knows', async () => {
  let killed = 0
  const work = Array.from({ length: 40 }, (_, index) =>
    inTransaction(client, 'system', async (db) => {
      const [row] = await db.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
      if (index % 4 === 0 && killed < 15) {
        killed += 1
        void kill(row?.pid ?? 0)
      }
      await db.$queryRaw`select pg_sleep(0.01)::text`
      return index
    }),
  )
  assert.deepEqual(
    await Promise.all(work),
    Array.from({ length: 40 }, (_, index) => index),
  )
})

test('one that is lost again and again is refused for now, with when to come again', async () => {
  const lost = inTransaction(client, 'system', async (db) => {
    const [row] = await db.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`
    await kill(row?.pid ?? 0)
    await db.$queryRaw`select 1`
  })
  await assert.rejects(lost, (error) => isSeglError(error, 'UNAVAILABLE') && error.retryAfter !== undefined)
})
