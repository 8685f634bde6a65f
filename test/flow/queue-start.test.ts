// A worker whose queue cannot be reached at its start lives, tries again, takes up work when the queue is there, and ends when it is asked to.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, connect as dial, type Server, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Installation, startInstallation } from '../support/installation.ts'
import { reservedPort } from '../support/port.ts'
import { type Accountant, accountant, eventually } from './actors.ts'
import { programs, type Running, run } from './processes.ts'

/** The longest that a worker with nothing under way may take to end. */
const endMs = 6000

let segl: Installation
let books: Accountant
before(async () => {
  segl = await startInstallation({ workers: 0 })
  books = accountant(segl, (await segl.newTenant()).apiKey)
})
after(async () => segl?.close())

/** It says what is wrong, and its timers go on: events get their places, which needs no queue. */
async function livesWithout(worker: Running): Promise<string> {
  await eventually('a word in the log', async () => worker.written().includes('queue cannot be reached'))
  const orderId = await books.place([{ bankid: 'approver' }])
  await eventually('places of the events', async () => {
    const events = await segl.client.event.findMany({ where: { orderId } })
    return events.length > 0 && events.every(({ position }) => position !== null)
  })
  return orderId
}

async function ends(worker: Running): Promise<void> {
  const began = Date.now()
  assert.equal(await Promise.race([worker.end('SIGTERM'), pause(endMs * 3, 'still there')]), 0, worker.written())
  assert.ok(Date.now() - began < endMs, `${Date.now() - began} ms`)
}

async function server(talk: (socket: Socket) => void): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>()
  const listening: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    talk(socket)
  }).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async close() {
      for (const socket of sockets) socket.destroy()
      listening.close()
      await once(listening, 'close')
    },
  }
}

describe('Redis at the start of a worker', () => {
  const on = (port: number) => run(segl, [programs.worker], { env: { REDIS_URL: `redis://127.0.0.1:${port}` } })

  it('refuses connections', async () => {
    const worker = on(await reservedPort())
    try {
      await livesWithout(worker)
      await ends(worker)
    } finally {
      await worker.end('SIGKILL')
    }
  })

  for (const [name, talk] of [
    ['accepts connections and says nothing', () => {}],
    ['answers what is not RESP', (socket: Socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad\r\n\r\n'))],
    ['answers every command with an error', (socket: Socket) => socket.on('data', () => socket.write('-ERR no\r\n'))],
  ] as const) {
    it(name, async () => {
      const redis = await server(talk)
      const worker = on(redis.port)
      try {
        await livesWithout(worker)
        await ends(worker)
      } finally {
        await worker.end('SIGKILL')
        await redis.close()
      }
    })
  }
})

/** ErrorResponse (PostgreSQL protocol 3.0, message formats): a login that is refused. */
function refusal(): Buffer {
  const fields = Buffer.from('SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0', 'latin1')
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(4 + fields.length, 1)
  return Buffer.concat([head, fields])
}

describe('PostgreSQL at the start of a worker', () => {
  for (const fault of ['refuses the login of the queue', 'ends the connections of the queue']) {
    it(`${fault}, and later does not: the worker takes up its work`, async () => {
      const { hostname, port } = new URL(segl.databaseUrl)
      let faulty = true
      let faults = 0
      const door = await server((socket) => {
        const behind = dial(Number(port || 5432), hostname)
        behind.on('error', () => socket.destroy()).on('close', () => socket.destroy())
        socket.on('close', () => behind.destroy())
        socket.once('data', (startup: Buffer) => {
          // Among the connections of a worker, the queue's alone name their schema when they begin.
          const hit = faulty && startup.includes('search_path')
          if (hit) faults += 1
          if (hit && fault.startsWith('refuses')) return void socket.end(refusal())
          behind.write(startup)
          behind.pipe(socket)
          if (hit)
            socket.once('data', (asked: Buffer) => behind.write(asked, () => setTimeout(() => socket.destroy(), 20)))
          else socket.pipe(behind)
        })
      })
      const direct = new URL(segl.databaseUrl)
      direct.host = `127.0.0.1:${door.port}`
      const worker = run(segl, [programs.worker], { env: { DATABASE_DIRECT_URL: direct.href } })
      try {
        const orderId = await livesWithout(worker)
        assert.ok(faults > 0)
        faulty = false
        await books.reaches(orderId, 'open')
        await ends(worker)
      } finally {
        await worker.end('SIGKILL')
        await door.close()
      }
    })
  }
})
