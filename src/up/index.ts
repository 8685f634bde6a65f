// Everything on one machine: the database, the simulated BankID, the API and the workers, started in order and kept alive.
import { join } from 'node:path'
import { openDataFolder } from '../data-folder.ts'
import { SeglError } from '../errors.ts'
import {
  applyMigrations,
  assertConnectionBudget,
  type ConnectionBudget,
  connectionsOf,
  openLogin,
  type Postgres,
  startPostgres,
} from '../postgres/index.ts'
import { lives, withLock } from '../postgres/processes.ts'
import { type Child, lastWords, type Program, supervise } from './child.ts'
import { type Address, addressOf, ask, isFree, isHere, until } from './ports.ts'
import { bury, readState, removeState, type StackState, writeState } from './state.ts'

export type StackOptions = {
  readonly dataDir: string
  /** Null: PostgreSQL from npm in `dataDir`. */
  readonly database: { readonly url: string | null; readonly directUrl: string | null }
  /** Null: the queue is kept in PostgreSQL. */
  readonly redisUrl: string | null
  readonly workers: number
  readonly listen: Address
  readonly publicUrl: string
  readonly bankid: { readonly url: string; readonly backchannelUrl: string; readonly data: string }
  /** Environment of `api` and `worker`, once the database's URL is known. */
  readonly environment: (databaseUrl: string) => Readonly<Record<string, string>>
  /** Absolute paths. */
  readonly programs: { readonly api: string; readonly worker: string; readonly bankid: string }
  /** Hears what is going on, in sentences. */
  readonly report: (sentence: string) => void
}

export type Stack = {
  readonly seglUrl: string
  readonly bankidUrl: string
  /** For what the command does in the database itself (a demo's tenant and key). */
  readonly databaseUrl: string
  /** True when it was running already, started by another process. */
  readonly attached: boolean
  /** Stops what this process started, the database last; does nothing to a stack that it only joined. */
  stop(): Promise<void>
}

/** One queue and one BullMQ worker per worker process (adapters/queue). */
const budgetOf = (options: StackOptions): ConnectionBudget => {
  const queues = options.redisUrl === null ? 1 : 0
  return { apis: 1, workers: options.workers, queues, queueWorkers: queues }
}

const readyLimit = 90_000
/** Who has died this often before it was ever ready will not get ready. */
const hopeless = 4

/**
 * Starts everything, or joins what already runs with the same data folder. When this process dies, whatever the cause,
 * all that it started ends too.
 * @throws SeglError PORT_TAKEN, START_FAILED, DATABASE_UNAVAILABLE, SCHEMA_MISMATCH, TOO_MANY_CONNECTIONS with what to do
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const dataDir = openDataFolder(options.dataDir, { database: options.database.url === null })
  return withLock(
    join(dataDir, 'up.lock'),
    async () => {
      const earlier = readState(dataDir)
      if (earlier !== undefined && lives(earlier.supervisor)) return joinRunning(options, earlier)
      if (earlier !== undefined) await bury(dataDir, earlier)
      return start({ ...options, dataDir })
    },
    2 * readyLimit,
  )
}

async function joinRunning(options: StackOptions, running: StackState): Promise<Stack> {
  if (!(await until(async () => (await ask(`${running.localUrl}/health/ready`))?.status === 200, 30_000))) {
    throw new SeglError(
      'START_FAILED',
      `Segl runs already with this data folder (process ${Number.parseInt(running.supervisor, 10)}) but is not ready. ` +
        `Look at ${running.localUrl}/health/ready and at the logs in ${join(options.dataDir, 'logs')}.`,
    )
  }
  const postgres = options.database.url === null ? await startPostgres({ dataDir: options.dataDir }) : undefined
  return {
    seglUrl: running.seglUrl,
    bankidUrl: running.bankidUrl,
    databaseUrl: options.database.url ?? (postgres ? await openLogin(postgres) : ''),
    attached: true,
    stop: async () => postgres?.stop(),
  }
}

async function start(options: StackOptions): Promise<Stack> {
  const { dataDir, report } = options
  const children: Child[] = []
  let database: Database | undefined
  const stop = async (): Promise<void> => {
    // Workers and api first, so that what they return is still received.
    await Promise.all(children.filter(({ name }) => name !== 'bankid').map((child) => child.stop()))
    await Promise.all(children.map((child) => child.stop()))
    await database?.stop()
    removeState(dataDir)
  }
  try {
    if (!(await isFree(options.listen))) await refusePort(options)
    database = await openDatabase(options)
    const urls = { seglUrl: options.publicUrl, bankidUrl: options.bankid.url, localUrl: localUrlOf(options.listen) }
    const remember = (): void =>
      writeState(
        dataDir,
        urls,
        children.map((child) => child.pid()),
      )
    remember()
    const launch = (program: Program): void => void children.push(supervise(program, report, remember))

    await startBankid(options, launch, children)
    const environment = options.environment(database.url)
    for (let number = 1; number <= options.workers; number++) {
      const name = options.workers === 1 ? 'worker' : `worker-${number}`
      launch({ name, file: options.programs.worker, environment, log: logOf(dataDir, name) })
    }
    launch({ name: 'api', file: options.programs.api, environment, log: logOf(dataDir, 'api') })
    await untilReady(dataDir, children, 'api', async () => (await ask(`${urls.localUrl}/health/ready`))?.status === 200)
    remember()
    return { ...urls, databaseUrl: database.url, attached: false, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const logOf = (dataDir: string, name: string): string => join(dataDir, 'logs', `${name}.log`)

const localUrlOf = ({ host, port }: Address): string => {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

type Database = {
  /** What api and worker log in with. */
  readonly url: string
  stop(): Promise<void>
}

async function openDatabase(options: StackOptions): Promise<Database> {
  const { dataDir, database, report } = options
  const budget = budgetOf(options)
  const opened =
    database.url === null
      ? await keepPostgres(dataDir, Math.max(100, connectionsOf(budget) + 30), report)
      : { url: database.url, loginPassword: null, stop: async () => {} }
  try {
    const direct = database.directUrl ?? opened.url
    const applied = await applyMigrations(direct, { queue: options.redisUrl === null })
    if (applied.length > 0) report(`Database migrated: ${applied.join(', ')}`)
    await assertConnectionBudget(direct, budget)
    const { url, loginPassword, stop } = opened
    return { url: loginPassword === null ? url : await openLogin({ url, loginPassword }), stop }
  } catch (error) {
    await opened.stop()
    throw error
  }
}

/** The database from npm, started again on the same port should it die. */
async function keepPostgres(
  dataDir: string,
  maxConnections: number,
  report: (sentence: string) => void,
): Promise<Database & Pick<Postgres, 'loginPassword'>> {
  let stopping = false
  let server: Postgres = await startPostgres({ dataDir, maxConnections })
  const port = Number(new URL(server.url).port)
  const watch = async (): Promise<void> => {
    for (let wait = 100; !stopping; ) {
      await server.lost
      if (stopping) return
      report(
        `The database ended; starting it again. Its last words:\n${lastWords(join(dataDir, 'postgres', 'server.log'))}`,
      )
      try {
        server = await startPostgres({ dataDir, maxConnections, port })
        wait = 100
      } catch (error) {
        report(error instanceof Error ? error.message : String(error))
        await new Promise((resolve) => setTimeout(resolve, wait))
        wait = Math.min(wait * 2, 15_000)
      }
    }
  }
  void watch()
  return {
    url: server.url,
    loginPassword: server.loginPassword,
    stop: async () => {
      stopping = true
      await server.stop()
    },
  }
}

/** The simulated BankID is started here only when it is to be on this machine and nobody serves it yet. */
async function startBankid(
  options: StackOptions,
  launch: (program: Program) => void,
  children: Child[],
): Promise<void> {
  const { url, backchannelUrl, data } = options.bankid
  const serves = async (): Promise<boolean> => {
    const answer = await ask(`${backchannelUrl}/.well-known/openid-configuration`)
    const body = answer?.status === 200 ? answer.body : undefined
    return typeof body === 'object' && body !== null && 'issuer' in body && body.issuer === url
  }
  if (await serves()) {
    options.report(`The trust service at ${url} runs already and is used as it is.`)
    return
  }
  if (!isHere(url)) {
    throw new SeglError(
      'TRUST_SERVICE_UNAVAILABLE',
      `Nothing answers at ${backchannelUrl}/.well-known/openid-configuration. Start the trust service, or leave BANKID_URL out.`,
    )
  }
  const address = addressOf(url)
  if (!(await isFree(address))) {
    throw new SeglError(
      'PORT_TAKEN',
      `Another program listens on port ${address.port}, where the simulated BankID is to be. End it, or set BANKID_URL to ` +
        'another port, such as http://localhost:8091.',
    )
  }
  const inherited = Object.entries(options.environment('')).filter(([name]) => forTheIsland.test(name))
  const environment: Record<string, string> = {
    BANKID_LISTEN: `${address.host}:${address.port}`,
    BANKID_REDIRECT_URIS: `${options.publicUrl}/sign/callback`,
    BANKID_CLIENT_JWKS_URI: `${localUrlOf(options.listen)}/.well-known/jwks.json`,
    ...Object.fromEntries(inherited),
    BANKID_URL: url,
    BANKID_DATA: data,
  }
  launch({ name: 'bankid', file: options.programs.bankid, environment, log: logOf(options.dataDir, 'bankid') })
  await untilReady(options.dataDir, children, 'bankid', serves)
}

/** The island is a trust service of its own: it gets none of our secrets, and not our database. */
const forTheIsland =
  /^(BANKID_(?!EST_SECRET_FILE).*|PATH|HOME|USER|TMPDIR|TZ|LANG|LC_.*|NODE_.*|SystemRoot|TEMP|FAKETIME.*|LD_PRELOAD|DONT_FAKE_MONOTONIC)$/

async function untilReady(
  dataDir: string,
  children: readonly Child[],
  name: string,
  ready: () => Promise<boolean>,
): Promise<void> {
  const given = (): Child | undefined => children.find((child) => child.deaths() >= hopeless)
  if (await until(ready, readyLimit, () => given() !== undefined)) return
  const culprit = given()?.name ?? name
  throw new SeglError(
    'START_FAILED',
    `${culprit} ${given() === undefined ? 'does not get ready' : 'dies again and again'}. ` +
      `Its last words:\n${lastWords(logOf(dataDir, culprit), 20)}`,
  )
}

async function refusePort(options: StackOptions): Promise<never> {
  const { port } = options.listen
  const segl = (await ask(`${localUrlOf(options.listen)}/health/live`))?.status === 200
  throw new SeglError(
    'PORT_TAKEN',
    segl
      ? `Another Segl, with another data folder, listens on port ${port}. Stop it, name its DATA_DIR, or set LISTEN to ` +
          'another port, such as 127.0.0.1:8090.'
      : `Another program listens on port ${port}. End it, or set LISTEN to another port, such as 127.0.0.1:8090.`,
  )
}
