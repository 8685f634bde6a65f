// PostgreSQL is away: every answer is good or 503 with Retry-After, never 500.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, connect as dial, type Socket } from 'node:net'
import { after, before, it } from 'node:test'
import { type RunningApi, startApi } from '../../src/compose.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, linkOf } from './actors.ts'

let segl: Installation
let books: Accountant
let api: RunningApi
let apiKey = ''
let addresses: string[] = []
const sockets = new Set<Socket>()
let away = false
const door = createServer((socket) => {
  if (away) return void socket.destroy()
  const { hostname, port } = new URL(segl.databaseUrl)
  const behind = dial(Number(port || 5432), hostname)
  for (const [one, other] of [
    [socket, behind],
    [behind, socket],
  ] as const) {
    sockets.add(one)
    one
      .on('error', () => {})
      .on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    one.pipe(other)
  }
})

before(async () => {
  segl = await startInstallation()
  apiKey = (await segl.newTenant()).apiKey
  books = accountant(segl, apiKey)
  const order = await books.order([{ bankid: 'approver' }])
  addresses = [
    '/v1/orders',
    `/v1/orders/${order.id}`,
    '/v1/events',
    '/v1/webhooks',
    new URL(linkOf(order)).pathname,
    '/health/live',
    '/health/ready',
  ]
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const address = door.address()
  const url = new URL(segl.databaseUrl)
  url.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  // A second API of the installation, whose way to the database can be cut.
  const database = { ...segl.config.database, url: url.href, directUrl: url.href }
  api = await startApi({ ...segl.config, database, listen: { ...segl.config.listen, port: 0 } }, () => {})
})
after(async () => {
  await api?.close()
  for (const socket of sockets) socket.destroy()
  door.close()
  await segl?.close()
})

type Answer = { readonly path: string; readonly status: number; readonly retryAfter: string | null }
async function get(path: string): Promise<Answer> {
  const answer = await fetch(`${api.url}${path}`, {
    headers: { authorization: `Bearer ${apiKey}` },
    redirect: 'manual',
  })
  await answer.arrayBuffer()
  return { path, status: answer.status, retryAfter: answer.headers.get('retry-after') }
}
function assertNoFault(answers: readonly Answer[]): void {
  const faulty = answers.filter(
    ({ path, status, retryAfter }) =>
      ![200, 303].includes(status) && !(status === 503 && (retryAfter !== null || path === '/health/ready')),
  )
  assert.deepEqual(faulty, [])
}

it('a database that is away is told with 503 and when to come again; what needs none answers', async () => {
  away = true
  for (const socket of sockets) socket.destroy()
  const answers = await Promise.all(addresses.map(get))
  away = false
  assertNoFault(answers)
  assert.deepEqual(
    answers.filter(({ status }) => status === 200).map(({ path }) => path),
    ['/health/live'],
  )
  assert.equal((await get('/v1/orders')).status, 200)
})
