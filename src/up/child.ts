// One program under supervision: started, started again with growing pauses when it dies, stopped gently.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

export type Program = {
  readonly name: string
  /** Absolute path of a JavaScript (in tests TypeScript) file. */
  readonly file: string
  readonly environment: Readonly<Record<string, string>>
  /** Everything it prints is appended here. */
  readonly log: string
}

export type Child = {
  readonly name: string
  /** Process number while it runs. */
  pid(): number | undefined
  /** How often it has died. */
  deaths(): number
  /** SIGTERM, and SIGKILL for what has not ended after `graceMs`. Resolves when it is gone. */
  stop(graceMs?: number): Promise<void>
}

/** Pauses before the next start: doubled with each death in a row, from the first to the last of these milliseconds. */
const pause = { first: 250, last: 15_000 }
/** Who lived this long has recovered: the next death counts as the first. */
const recovered = 30_000
const largestLog = 10 * 1024 * 1024

/** Starts `program` and keeps it running. `report` hears a sentence about each death, `started` of each start. */
export function supervise(program: Program, report: (sentence: string) => void, started: () => void = () => {}): Child {
  let current: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let stopping = false
  let inARow = 0
  let deaths = 0

  const start = (): void => {
    const begun = Date.now()
    const child = launch(program)
    current = child
    let over = false
    const ended = (how: string): void => {
      if (over) return
      over = true
      current = undefined
      if (stopping) return
      inARow = Date.now() - begun > recovered ? 1 : inARow + 1
      deaths++
      const wait = Math.min(pause.first * 2 ** (inARow - 1), pause.last)
      report(
        `${program.name} ended (${how}); starting it again in ${wait} ms. Its last words:\n${lastWords(program.log)}`,
      )
      timer = setTimeout(start, wait)
    }
    child.once('error', (error) => ended(error.message))
    child.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`))
    queueMicrotask(started)
  }
  start()

  return {
    name: program.name,
    pid: () => current?.pid,
    deaths: () => deaths,
    async stop(graceMs = 12_000) {
      stopping = true
      clearTimeout(timer)
      const child = current
      if (child === undefined) return
      const gone = new Promise<void>((resolve) => {
        child.once('exit', () => resolve())
        child.once('error', () => resolve())
      })
      child.kill('SIGTERM')
      const kill = setTimeout(() => child.kill('SIGKILL'), graceMs)
      await gone
      clearTimeout(kill)
    },
  }
}

function launch(program: Program): ChildProcess {
  const source = import.meta.url.endsWith('.ts')
  const leash = new URL(source ? './end-with-parent.ts' : './end-with-parent.js', import.meta.url).href
  // Threads inherit `--import`; each has an input of its own, which has ended from the start.
  const preload = `import{isMainThread}from'node:worker_threads';if(isMainThread)await import(${JSON.stringify(leash)})`
  const loader = source ? process.execArgv : []
  mkdirSync(dirname(program.log), { recursive: true, mode: 0o700 })
  turnLog(program.log)
  const log = openSync(program.log, 'a', 0o600)
  try {
    return spawn(
      process.execPath,
      [...loader, '--import', `data:text/javascript,${encodeURIComponent(preload)}`, program.file],
      {
        env: program.environment,
        // The pipe on standard input is the leash; nothing is ever written to it.
        stdio: ['pipe', log, log],
      },
    )
  } finally {
    closeSync(log)
  }
}

/** One earlier log is kept. */
function turnLog(path: string): void {
  try {
    if (statSync(path).size > largestLog) renameSync(path, `${path}.1`)
  } catch {
    // the first start
  }
}

/** The end of what a program printed. */
export function lastWords(log: string, lines = 6): string {
  try {
    const text = readFileSync(log, 'utf8').trimEnd().slice(-8_000)
    return text.split('\n').slice(-lines).join('\n')
  } catch {
    return '(it said nothing)'
  }
}
