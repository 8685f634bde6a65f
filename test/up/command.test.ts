// The command `segl`, run as a person runs it: from the source, with ports and a data folder of its own.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { lives } from '../../src/postgres/processes.ts'
import { testDatabase } from '../support/database.ts'
import { reservedPort } from '../support/port.ts'

const folders: string[] = []
const running: ChildProcess[] = []
after(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
  await sleep(1000)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
})

type Place = { readonly env: Record<string, string>; readonly dataDir: string; readonly url: string }

async function place(): Promise<Place> {
  const dataDir = mkdtempSync(join(tmpdir(), 'segl-command-'))
  chmodSync(dataDir, 0o711)
  folders.push(dataDir)
  const [port, bankidPort] = [await reservedPort(), await reservedPort()]
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: dataDir,
    LISTEN: `127.0.0.1:${port}`,
    BANKID_URL: `http://localhost:${bankidPort}`,
  }
  return { env, dataDir, url: `http://127.0.0.1:${port}` }
}

const program = fileURLToPath(new URL('../../src/bin/segl.ts', import.meta.url))

type Command = { child: ChildProcess; said: () => string; ended: Promise<number | null> }

function segl(env: Record<string, string>, ...words: string[]): Command {
  const child = spawn(process.execPath, [...process.execArgv, program, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text
    })
  }
  return { child, said: () => said, ended: once(child, 'close').then(([code]) => code) }
}

async function until(look: () => Promise<boolean> | boolean, what: () => string, limit = 120_000): Promise<void> {
  const end = Date.now() + limit
  while (!(await look())) {
    assert.ok(Date.now() < end, `it took too long: ${what()}`)
    await sleep(50)
  }
}

const isReady = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    ({ status }) => status === 200,
    () => false,
  )

const childrenOf = (dataDir: string): string[] => JSON.parse(readFileSync(join(dataDir, 'up.json'), 'utf8')).children
const serverOf = (dataDir: string): string =>
  readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0] ?? ''

test('segl up: ready, joined by a second, whole again after a kill, gone with its supervisor, and back', async () => {
  const { env, dataDir, url } = await place()
  const up = segl(env, 'up')
  await until(() => up.said().includes('Ctrl-C'), up.said)
  await until(() => isReady(url), up.said)

  const second = segl(env, 'up')
  assert.equal(await second.ended, 0)
  assert.match(second.said(), /runs already/)

  const children = childrenOf(dataDir)
  assert.equal(children.length, 3)
  const [, , api] = children.map((identity) => Number.parseInt(identity, 10))
  process.kill(api ?? 0, 'SIGKILL')
  await until(async () => !lives(children[2] ?? '') && (await isReady(url)), up.said)
  assert.match(up.said(), /api ended \(SIGKILL\)/)

  const all = childrenOf(dataDir)
  const server = serverOf(dataDir)
  up.child.kill('SIGKILL')
  await until(
    () => !all.some(lives) && !existsSync(`/proc/${server}`),
    () => 'something outlived the supervisor',
  )

  const again = segl(env, 'up')
  await until(() => again.said().includes('Ctrl-C'), again.said)
  await until(() => isReady(url), again.said)
  const last = childrenOf(dataDir)
  again.child.kill('SIGTERM')
  assert.equal(await again.ended, 0, again.said())
  assert.ok(!last.some(lives))
  assert.ok(!existsSync(join(dataDir, 'up.json')))
})

test('segl up: a port that somebody else has is told, with what to do, and nothing is left running', async () => {
  for (const taken of ['LISTEN', 'BANKID_URL'] as const) {
    const { env, dataDir } = await place()
    const server = createServer((socket) => socket.destroy())
    const port = Number(/:(\d+)$/.exec(env[taken] ?? '')?.[1])
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    try {
      const up = segl(env, 'up')
      assert.equal(await up.ended, 1)
      assert.match(up.said(), /PORT_TAKEN: Another program listens on port \d+/)
      assert.match(up.said(), new RegExp(taken))
      assert.ok(!existsSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid')))
    } finally {
      server.close()
    }
  }
})

test('segl migrate, tenant add and key add work in the database that is named, and the key is stored as its hash', async () => {
  const { env: start } = await place()
  const url = await testDatabase()
  const env = { ...start, DATABASE_URL: url }
  const migrate = segl(env, 'migrate')
  assert.equal(await migrate.ended, 0, migrate.said())
  assert.match(migrate.said(), /up to date/)

  const tenant = segl(env, 'tenant', 'add', 'Fjord Regnskap AS', '313 000 001')
  assert.equal(await tenant.ended, 0, tenant.said())
  const [id] = /[0-9a-f-]{36}/.exec(tenant.said()) ?? []
  const add = segl(env, 'key', 'add', id ?? '', '--scope', 'system,reader', '--name', 'ERP', '--expires', '2099-12-31')
  assert.equal(await add.ended, 0, add.said())
  const [key = ''] = /segl_[\w-]{43}/.exec(add.said()) ?? []

  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      'select tenant_id, name, hash, scopes, prefix, expires_at::text as until from api_key',
    )
    const hash = createHash('sha256').update(key).digest('hex')
    assert.deepEqual(rows, [
      {
        tenant_id: id,
        name: 'ERP',
        hash,
        scopes: ['system', 'reader'],
        prefix: key.slice(0, 11),
        until: '2099-12-31 23:59:59+00',
      },
    ])
  } finally {
    await client.end()
  }
})

const misuse: readonly [readonly string[], number, RegExp][] = [
  [[], 64, /segl up/],
  [['fly'], 64, /segl up/],
  [['up', 'now'], 64, /segl up/],
  [['demo', '--fast'], 64, /Unknown option/],
  [['tenant', 'add', 'A', '313000002'], 1, /ORGANISATION_NUMBER_INVALID/],
  [['key', 'add', 'nobody'], 1, /INVALID_REQUEST/],
  [['key', 'add', '01a203b3-531c-71b0-a182-0d95408baf16'], 1, /NOT_FOUND/],
  [['key', 'add', '01a203b3-531c-71b0-a182-0d95408baf16', '--scope', 'god'], 1, /There is no scope/],
  [['key', 'add', '01a203b3-531c-71b0-a182-0d95408baf16', '--expires', '2027-02-30'], 1, /--expires must be/],
  [['key', 'add', '01a203b3-531c-71b0-a182-0d95408baf16', '--expires', '2099-01-01', '--days', '3'], 1, /not by both/],
]
for (const [words, code, says] of misuse) {
  test(`segl ${words.join(' ')}: refused with a sentence and exit code ${code}`, async () => {
    const { env } = await place()
    const command = segl({ ...env, DATABASE_URL: await testDatabase() }, ...words)
    assert.equal(await command.ended, code, command.said())
    assert.match(command.said(), says)
  })
}
