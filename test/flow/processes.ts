// API and workers as processes of their own, which can be killed, stopped and started again.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { environmentFor } from '../../src/config.ts'
import type { Installation } from '../support/installation.ts'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
export const programs = {
  api: path('../../src/bin/api.ts'),
  worker: path('../../src/bin/worker.ts'),
  mortal: path('./mortal.ts'),
} as const

export type Running = {
  /** The process that runs right now. */
  readonly pid: () => number
  /** How often it was started. */
  readonly starts: () => number
  /** What it wrote, all lives together. */
  readonly written: () => string
  /** Sends a signal and, when that ends the process, waits for the end. */
  readonly end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>
}

/** Starts a program of the installation. With `again`, a death by SIGKILL is followed by the next life. */
export function run(
  { config, databaseUrl }: Pick<Installation, 'config' | 'databaseUrl'>,
  args: readonly string[],
  { again = false, env = {} }: { readonly again?: boolean; readonly env?: Record<string, string> } = {},
): Running {
  let starts = 0
  let ending = false
  let written = ''
  let child = start()

  function start(): ChildProcess {
    starts += 1
    const started = spawn(process.execPath, [...process.execArgv, ...args], {
      env: { ...environmentFor(config, databaseUrl), LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (text) => (written += String(text)))
    started.on('exit', (_code, signal) => {
      if (again && !ending && signal === 'SIGKILL') child = start()
    })
    return started
  }
  return {
    pid: () => child.pid ?? 0,
    starts: () => starts,
    written: () => written,
    async end(signal) {
      ending = true
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      child.kill(signal)
      await once(child, 'exit')
      return child.exitCode
    },
  }
}

/** Waits until the API answers. */
export async function answering(seglUrl: string, seconds = 300): Promise<void> {
  for (const end = Date.now() + seconds * 1000; ; await pause(100)) {
    const answer = await fetch(`${seglUrl}/health/live`).catch(() => undefined)
    if (answer?.ok) return
    if (Date.now() > end) throw new Error(`${seglUrl} does not answer.`)
  }
}
