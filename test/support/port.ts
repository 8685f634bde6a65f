// Ports that a test may let go of and take again: nobody else gets them meanwhile, neither another test nor the system's choice.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lives, processIdentity, readIfThere, withLock } from '../../src/postgres/processes.ts'

// Below what systems choose from for port 0 and for outgoing connections: Linux from 32768, others from 49152 (RFC 6335 § 6).
const first = 20_000
export const last = 29_999

const folder = join(tmpdir(), `segl-test-ports-${process.getuid?.() ?? 0}`)
const mine: string[] = []

/** A port of 127.0.0.1 that nobody listens on, and that no other process of these tests gets before this one has ended. */
export async function reservedPort(from = first, to = last): Promise<number> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return withLock(join(folder, 'lock'), async () => {
    const size = to - from + 1
    const start = Math.floor(Math.random() * size)
    for (let step = 0; step < size; step += 1) {
      const port = from + ((start + step) % size)
      const file = join(folder, String(port))
      const owner = readIfThere(file)
      if ((owner !== undefined && lives(owner)) || !(await isFree(port))) continue
      writeFileSync(file, processIdentity(process.pid) ?? '')
      if (mine.push(file) === 1) process.once('exit', letGo)
      return port
    }
    throw new Error(`No port between ${from} and ${to} is free.`)
  })
}

function letGo(): void {
  for (const file of mine) rmSync(file, { force: true })
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    return true
  } catch {
    return false
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}
