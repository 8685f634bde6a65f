// The database of a machine on its own: PostgreSQL from npm in the data folder, started, shared and stopped.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type Account, createPrivateFile, databaseAccount, openDataFolder, replacePrivateFile } from '../data-folder.ts'
import { SeglError } from '../errors.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { processIdentity, readIfThere, withLock } from './processes.ts'
import type { WatchdogOrder } from './watchdog.ts'

export { assertConnectionBudget, type ConnectionBudget, connectionsOf } from './connection-budget.ts'
export { openLogin } from './login.ts'
export { applyMigrations, assertMigrated } from './migrations.ts'

export type Postgres = {
  /** `postgresql://…@127.0.0.1:<port>/segl`, with the password: of the superuser, who migrates. */
  readonly url: string
  /** For `openLogin`: what the application logs in with. */
  readonly loginPassword: string
  /** True when the server was running already. */
  readonly adopted: boolean
  /** Process number of the server. */
  readonly pid: number
  /** Lets go of the server; it stops when nobody else holds it. Resolves when that is done. */
  stop(): Promise<void>
  /** Resolves when the server or its watchdog ended without being asked to. */
  readonly lost: Promise<void>
}

export type PostgresOptions = {
  /** DATA_DIR; the cluster lies in `postgres/` below. */
  readonly dataDir: string
  readonly maxConnections?: number
  /** Tried first, so that clients of a server that died find the next one where they look for it. */
  readonly port?: number
  /** False only for tests: a crash of the machine may then lose everything. */
  readonly durable?: boolean
}

type Place = {
  readonly home: string
  readonly cluster: string
  readonly password: string
  readonly loginPassword: string
  readonly account: Account | undefined
}

type Found = { readonly pid: number; readonly port: number }

const database = 'segl'
const startLimit = 60_000

/**
 * Starts the server of a data folder, or joins the one that runs there already. It ends when the last process that
 * started or joined it has ended, whether or not that process could say goodbye.
 * @throws SeglError START_FAILED, CONFIG_INVALID with what to do
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dataDir = openDataFolder(options.dataDir)
  const binaries = findBinaries(dataDir)
  const home = join(dataDir, 'postgres')
  mkdirSync(home, { recursive: true, mode: 0o711 })
  const secret = (name: string) =>
    createPrivateFile(join(dataDir, 'secrets', name), randomBytes(24).toString('base64url'))
  const place = {
    home,
    cluster: join(home, 'cluster'),
    password: secret('postgres-password'),
    loginPassword: secret('postgres-login-password'),
    account: databaseAccount(),
  }

  return withLock(join(home, 'lock'), async () => {
    await makeCluster(place, binaries)
    const running = await findRunning(place)
    if (running !== undefined) return hold(place, running, { home, join: running.pid }, true)
    let failure: unknown
    for (let attempt = 0; attempt < 3; attempt++) {
      const port = attempt === 0 && options.port !== undefined ? options.port : await freePort()
      try {
        const start = {
          program: binaries.postgres,
          arguments: serverArguments(place.cluster, port, options),
          environment,
          ...place.account,
        }
        return await hold(place, { pid: 0, port }, { home, start }, false)
      } catch (error) {
        // Somebody may have taken the port between our look and the server's start.
        failure = error
        if (!lastLines(place).includes('could not bind')) break
      }
    }
    throw failure
  })
}

const environment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/local/bin:/usr/bin:/bin' }

function serverArguments(cluster: string, port: number, options: PostgresOptions): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: options.maxConnections ?? 120,
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    ...(options.durable === false
      ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }
      : {}),
  }
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

async function makeCluster(place: Place, binaries: Binaries): Promise<void> {
  if (existsSync(place.cluster)) return checkVersion(place, binaries)
  const folder = mkdtempSync(join(place.home, 'new-'))
  const secret = `${folder}.password`
  try {
    replacePrivateFile(secret, place.password)
    if (place.account !== undefined) {
      chownSync(folder, place.account.uid, place.account.gid)
      chownSync(secret, place.account.uid, place.account.gid)
    }
    chmodSync(folder, 0o700)
    await run(place, binaries.initdb, [
      ...['--pgdata', folder, '--username', 'postgres', '--pwfile', secret, '--auth', 'scram-sha-256'],
      ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
      '--no-instructions',
    ])
    // Renamed when complete, so that a death in between leaves no half cluster.
    renameSync(folder, place.cluster)
  } finally {
    rmSync(secret, { force: true })
    rmSync(folder, { recursive: true, force: true })
  }
}

function checkVersion(place: Place, binaries: Binaries): void {
  const made = readIfThere(join(place.cluster, 'PG_VERSION'))?.trim()
  const [ours] = binaries.version.split('.')
  if (made === ours) return
  throw new SeglError(
    'START_FAILED',
    `The database in ${place.cluster} was made by PostgreSQL ${made}, and this is PostgreSQL ${ours}. ` +
      'Dump it with the older version and restore it into a new data folder.',
  )
}

/** The server named in postmaster.pid, when it answers that this is its folder. */
async function findRunning(place: Place): Promise<Found | undefined> {
  const file = join(place.cluster, 'postmaster.pid')
  const end = Date.now() + startLimit
  for (;;) {
    const lines = readIfThere(file)?.split('\n')
    if (lines === undefined) return undefined
    const pid = Number(lines[0])
    const port = Number(lines[3])
    if (processIdentity(pid) === undefined) return undefined
    if (!isPostgres(pid)) {
      // Left by a crash; the number belongs to somebody else now, and PostgreSQL would take him for a server.
      rmSync(file, { force: true })
      return undefined
    }
    const answer = await ask(place, port)
    if (answer === 'ours') return { pid, port }
    if (answer === 'a stranger') return undefined
    if (Date.now() > end) {
      throw new SeglError('START_FAILED', `The database server (process ${pid}) does not answer. End it and try again.`)
    }
    await sleep(50)
  }
}

function isPostgres(pid: number): boolean {
  const command = readIfThere(`/proc/${pid}/cmdline`)
  return command === undefined || command === '' || /postgres/.test(command.split('\0')[0] ?? '')
}

async function ask(place: Place, port: number): Promise<'ours' | 'a stranger' | 'nothing'> {
  if (!Number.isInteger(port) || port <= 0) return 'nothing'
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres'), connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return realpathSync(rows[0]?.data_directory ?? '') === realpathSync(place.cluster) ? 'ours' : 'a stranger'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    // 28P01: a server with another password is not ours. 57P03: it is starting up or shutting down.
    return code === '28P01' ? 'a stranger' : 'nothing'
  } finally {
    await client.end().catch(() => {})
  }
}

/** Starts the watchdog and waits until the server answers. */
async function hold(place: Place, found: Found, order: WatchdogOrder, adopted: boolean): Promise<Postgres> {
  const source = import.meta.url.endsWith('.ts')
  const watchdog = fileURLToPath(new URL(source ? './watchdog.ts' : './watchdog.js', import.meta.url))
  const loader = source ? process.execArgv : []
  const child = spawn(process.execPath, [...loader, watchdog, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  child.stdin.on('error', () => {})
  const release = async (): Promise<void> => {
    child.ref()
    child.stdin.end()
    await ended
  }
  const pid = await new Promise<number>((resolve) => {
    child.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())))
    void ended.then(() => resolve(0))
  })
  try {
    await untilReady(place, found.port, ended)
  } catch (error) {
    // The lock is ours and the watchdog needs it to leave: let it find the lock free.
    child.stdin.end()
    throw error
  }
  // Nothing here keeps the parent alive: it ends when its own work ends, and the pipe tells the watchdog.
  child.unref()
  for (const stream of [child.stdin, child.stdout])
    if ('unref' in stream && typeof stream.unref === 'function') stream.unref()
  const { loginPassword } = place
  return { url: urlOf(place, found.port, database), loginPassword, adopted, pid, stop: release, lost: ended }
}

async function untilReady(place: Place, port: number, ended: Promise<void>): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  const end = Date.now() + startLimit
  while (!over && Date.now() < end) {
    if ((await ask(place, port)) === 'ours') return makeDatabase(place, port)
    await sleep(15)
  }
  throw new SeglError('START_FAILED', `The database server did not start. Its last words:\n${lastLines(place)}`)
}

async function makeDatabase(place: Place, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(place, port, 'postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
    if (rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

function urlOf(place: Place, port: number, name: string): string {
  return `postgresql://postgres:${place.password}@127.0.0.1:${port}/${name}`
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return address.port
}

function lastLines(place: Place): string {
  const log = readIfThere(join(place.home, 'server.log')) ?? ''
  return log.trimEnd().split('\n').slice(-8).join('\n')
}

async function run(place: Place, program: string, programArguments: string[]): Promise<void> {
  const child = spawn(program, programArguments, {
    cwd: '/',
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...place.account,
  })
  let words = ''
  child.stdout.on('data', (text) => {
    words += text
  })
  child.stderr.on('data', (text) => {
    words += text
  })
  const code = await new Promise<number | Error | null>((resolve) => {
    child.once('error', resolve)
    child.once('close', resolve)
  })
  if (code === 0) return
  const account = place.account === undefined ? '' : ' as user nobody'
  throw new SeglError('START_FAILED', `${program} failed${account} (${code}). Its last words:\n${words.trim()}`)
}
