// A process that outlives its parent by a moment: it starts the database server (or joins one that runs), and when the
// parent's pipe closes, however the parent died, it stops the server unless another watchdog still needs it.
import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lives, processIdentity, readIfThere, withLock } from './processes.ts'

/** What the parent says, as JSON in the first argument. */
export type WatchdogOrder = {
  /** The folder that holds `cluster`, `users`, `lock` and `server.log`. */
  readonly home: string
  /** Process number of a server that runs; absent when one is to be started. */
  readonly join?: number
  readonly start?: {
    readonly program: string
    readonly arguments: readonly string[]
    readonly environment: Readonly<Record<string, string>>
    readonly uid?: number
    readonly gid?: number
  }
}

const order: WatchdogOrder = JSON.parse(process.argv[2] ?? '{}')
const users = join(order.home, 'users')
const registration = join(users, String(process.pid))

// A Ctrl-C in the terminal reaches us too: the parent decides when the database goes, last of all.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

mkdirSync(users, { recursive: true, mode: 0o700 })
writeFileSync(registration, processIdentity(process.pid) ?? String(process.pid))

let leaving = false
const server = order.join ?? startServer()
process.stdout.write(`${server}\n`)
process.stdin.on('end', () => void leave())
process.stdin.on('error', () => void leave())
process.stdin.resume()

function startServer(): number {
  if (order.start === undefined) throw new Error('neither a server to join nor one to start')
  const log = openSync(join(order.home, 'server.log'), 'a', 0o600)
  const { program, uid, gid, environment } = order.start
  const child = spawn(program, order.start.arguments, {
    cwd: '/',
    detached: true,
    env: environment,
    stdio: ['ignore', log, log],
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  })
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', () => {
    if (leaving) return
    // Stopped by another watchdog, or crashed: the parent sees its connections break and this process end.
    rmSync(registration, { force: true })
    process.exit(0)
  })
  return child.pid ?? 0
}

async function leave(): Promise<void> {
  leaving = true
  // The lock keeps newcomers from joining a server that is about to stop.
  await withLock(join(order.home, 'lock'), async () => {
    rmSync(registration, { force: true })
    if (othersAreHere()) return
    // SIGINT: roll back what is open, disconnect everybody, write a checkpoint, end ("fast shutdown").
    try {
      process.kill(server, 'SIGINT')
    } catch {
      // it is gone already
    }
    for (let waited = 0; processIdentity(server) !== undefined && waited < 20_000; waited += 10) await sleep(10)
  })
  process.exit(0)
}

function othersAreHere(): boolean {
  let found = false
  for (const name of readdirSync(users)) {
    const identity = readIfThere(join(users, name))
    if (identity !== undefined && lives(identity)) found = true
    else rmSync(join(users, name), { force: true })
  }
  return found
}
