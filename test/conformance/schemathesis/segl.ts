// The service as a person starts it: `segl up` with a folder and ports of its own, and a key that may do everything.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { env as ours } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../../src/postgres/index.ts'

const program = fileURLToPath(new URL('../../../src/bin/segl.ts', import.meta.url))

export type RunningSegl = {
  readonly url: string
  readonly key: string
  /** The API's log, one JSON object a line. */
  readonly log: string
  stop(): Promise<void>
}

/** @throws with what it said when it is not ready within two minutes */
export async function startSegl(dataDir: string, more: Readonly<Record<string, string>> = {}): Promise<RunningSegl> {
  // The database runs as somebody else when we are root.
  chmodSync(join(dataDir, '..'), 0o711)
  mkdirSync(dataDir, { mode: 0o711 })
  const url = `http://127.0.0.1:${await freePort()}`
  const env = {
    PATH: ours['PATH'] ?? '',
    DATA_DIR: dataDir,
    LISTEN: new URL(url).host,
    BANKID_URL: `http://localhost:${await freePort()}`,
    REQUESTS_PER_MINUTE: '10000000',
    LOG_LEVEL: 'info',
    ...more,
  }
  const up = start(env, 'up')
  const stop = async () => {
    up.child.kill('SIGTERM')
    await Promise.race([up.ended, sleep(30_000, undefined, { ref: false })])
  }
  try {
    for (const end = Date.now() + 120_000; !up.said().includes('Ctrl-C'); await sleep(200)) {
      if (up.child.exitCode !== null || Date.now() > end) throw new Error(`segl up:\n${up.said()}`)
    }
    const [, tenant = ''] = /^tenant +(\S+)/m.exec(await say(env, 'tenant', 'add', 'Prøverommet AS', '310000019')) ?? []
    const scopes = ['system', 'admin', 'reader', 'auditor'].flatMap((scope) => ['--scope', scope])
    const [, key = ''] = /^key +(\S+)/m.exec(await say(env, 'key', 'add', tenant, ...scopes)) ?? []
    return { url, key, log: join(dataDir, 'logs', 'api.log'), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function say(env: Record<string, string>, ...words: string[]): Promise<string> {
  const command = start(env, ...words)
  if ((await command.ended) !== 0) throw new Error(`segl ${words.join(' ')}:\n${command.said()}`)
  return command.said()
}

function start(env: Record<string, string>, ...words: string[]) {
  const child: ChildProcess = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), program, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (said += text))
  return { child, said: () => said, ended: once(child, 'close').then(([code]) => code as number | null) }
}
