// openssl as a judge that shares no line with us.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type Bench = {
  folder: string
  write(name: string, data: string | Uint8Array): Promise<void>
  /** Runs openssl in the folder. @returns stdout and stderr together, and whether it exited 0 */
  openssl(...args: string[]): Promise<{ ok: boolean; text: string }>
  close(): Promise<void>
}

export const createBench = async (): Promise<Bench> => {
  const folder = await mkdtemp(join(tmpdir(), 'openssl-'))
  return {
    folder,
    write: (name, data) => writeFile(join(folder, name), data),
    async openssl(...args) {
      try {
        const { stdout, stderr } = await run('openssl', args, { cwd: folder, timeout: 120_000 })
        return { ok: true, text: stdout + stderr }
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
        return { ok: false, text: stdout + stderr }
      }
    },
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

export const download = async (address: string): Promise<Buffer> => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(60_000) })
  if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`)
  return Buffer.from(await answer.arrayBuffer())
}
