// The database of a machine on its own: shared by processes, gone with the last of them, never left behind or lost.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { isRoot } from '../../src/data-folder.ts'
import { isSeglError } from '../../src/errors.ts'
import { assertConnectionBudget, connectionsOf, startPostgres } from '../../src/postgres/index.ts'
import { processIdentity, withLock } from '../../src/postgres/processes.ts'

const folders: string[] = []
const children: ChildProcess[] = []
after(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL')
  // Watchdogs take their servers down before the folders go.
  await sleep(1500)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 })
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'segl-postgres-'))
  if (isRoot()) chmodSync(path, 0o711)
  folders.push(path)
  return path
}

const query = async <Row extends object>(url: string, sql: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

type Held = { child: ChildProcess; url: string; pid: number; adopted: boolean }

async function hold(dataDir: string): Promise<Held> {
  const file = fileURLToPath(new URL('./holder.ts', import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, file, dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const [line] = await once(child.stdout, 'data')
  return { child, ...JSON.parse(String(line)) }
}

async function untilGone(pid: number): Promise<void> {
  const begun = Date.now()
  while (processIdentity(pid) !== undefined) {
    assert.ok(Date.now() - begun < 120_000, `process ${pid} is still there`)
    await sleep(10)
  }
}

test('the second to come joins the first, and the server stays until the last has left', async () => {
  const dataDir = folder()
  const first = await startPostgres({ dataDir, durable: false })
  const second = await startPostgres({ dataDir, durable: false })
  assert.equal(first.adopted, false)
  assert.equal(second.adopted, true)
  assert.equal(second.url, first.url)
  await first.stop()
  assert.deepEqual(await query(second.url, 'select 1 as one'), [{ one: 1 }])
  await second.stop()
  assert.equal(processIdentity(first.pid), undefined)
  await assert.rejects(query(second.url, 'select 1'))
})

test('three processes that start at once share one server', async () => {
  const dataDir = folder()
  const held = await Promise.all([hold(dataDir), hold(dataDir), hold(dataDir)])
  assert.equal(new Set(held.map(({ url }) => url)).size, 1)
  assert.equal(held.filter(({ adopted }) => !adopted).length, 1)
  // The one who started it dies first, hard.
  held.find(({ adopted }) => !adopted)?.child.kill('SIGKILL')
  await sleep(300)
  assert.deepEqual(await query(held[0].url, 'select 1 as one'), [{ one: 1 }])
  for (const { child } of held) child.stdin?.end()
  await untilGone(held[0].pid)
})

test('when the process that started it is killed, the server goes too; what was committed is there at the next start', async () => {
  const dataDir = folder()
  const held = await hold(dataDir)
  await query(held.url, 'create table kept as select 42 as answer')
  held.child.kill('SIGKILL')
  await untilGone(held.pid)
  const next = await startPostgres({ dataDir, durable: false })
  assert.equal(next.adopted, false)
  assert.deepEqual(await query(next.url, 'select answer from kept'), [{ answer: 42 }])
  await next.stop()
})

test('a server without its watchdog is joined by the next to come, and stopped by it', async () => {
  const dataDir = folder()
  const held = await hold(dataDir)
  const [watchdog] = watchdogsOf(dataDir)
  process.kill(watchdog ?? 0, 'SIGKILL')
  held.child.kill('SIGKILL')
  await sleep(200)
  assert.notEqual(processIdentity(held.pid), undefined)
  const next = await startPostgres({ dataDir, durable: false })
  assert.equal(next.adopted, true)
  await next.stop()
  assert.equal(processIdentity(held.pid), undefined)
})

function watchdogsOf(dataDir: string): number[] {
  return readdirSync(join(dataDir, 'postgres', 'users')).map(Number)
}

test('the process number of a crashed server that is somebody else now does not stop the next start', async () => {
  const dataDir = folder()
  const first = await startPostgres({ dataDir, durable: false })
  const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
  const text = readFileSync(file, 'utf8')
  await first.stop()
  writeFileSync(file, text.replace(/^\d+/, String(process.pid)))
  const next = await startPostgres({ dataDir, durable: false })
  assert.equal(next.adopted, false)
  await next.stop()
})

test('it listens on this machine only, asks for a password, and runs as another user than root', async () => {
  const dataDir = folder()
  const server = await startPostgres({ dataDir, durable: false })
  try {
    const rows = await query<{ name: string; setting: string }>(
      server.url,
      `select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories') order by 1`,
    )
    assert.deepEqual(
      rows.map(({ setting }) => setting),
      ['127.0.0.1', ''],
    )
    const open = new URL(server.url)
    open.password = 'wrong'
    await assert.rejects(query(open.href, 'select 1'), /password authentication failed/)
    assert.equal(statSync(join(dataDir, 'secrets', 'postgres-password')).mode & 0o777, 0o600)
    if (isRoot() && existsSync('/proc')) assert.notEqual(statSync(`/proc/${server.pid}`).uid, 0)
  } finally {
    await server.stop()
  }
})

test('a cluster of another version is refused with what to do', async () => {
  const dataDir = folder()
  await (await startPostgres({ dataDir, durable: false })).stop()
  writeFileSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'), '12\n')
  await assert.rejects(
    startPostgres({ dataDir }),
    (error) => isSeglError(error, 'START_FAILED') && /12/.test(error.detail),
  )
})

test('a budget that the server cannot keep is refused before the first connection is lost', async () => {
  const dataDir = folder()
  const budget = { apis: 1, workers: 1, queues: 1, queueWorkers: 1 }
  const needed = connectionsOf(budget)
  const server = await startPostgres({ dataDir, durable: false, maxConnections: needed + 3 })
  try {
    await assertConnectionBudget(server.url, budget)
    await assert.rejects(
      assertConnectionBudget(server.url, { ...budget, workers: 2 }),
      (error) => isSeglError(error, 'TOO_MANY_CONNECTIONS') && /WORKERS/.test(error.detail),
    )
  } finally {
    await server.stop()
  }
})

test('a lock is held by one at a time, and passes over a holder who died', async () => {
  const path = join(folder(), 'lock')
  let inside = 0
  let most = 0
  await Promise.all(
    [1, 2, 3, 4].map(() =>
      withLock(path, async () => {
        most = Math.max(most, ++inside)
        await sleep(20)
        inside--
      }),
    ),
  )
  assert.equal(most, 1)
  const gone = spawn(process.execPath, ['-e', '0'])
  const identity = processIdentity(gone.pid ?? 0) ?? `${gone.pid} 0`
  await once(gone, 'exit')
  writeFileSync(path, identity)
  assert.equal(await withLock(path, async () => 'mine'), 'mine')
  assert.equal(existsSync(path), false)
})
