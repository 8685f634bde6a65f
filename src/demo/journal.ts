// What the demo has begun: written before each call, so that a demo that was killed can be resumed and doubles nothing.
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DemoCase } from './cases.ts'

export type Begun = {
  /** Also the Idempotency-Key of the order; the upload's is this with `-document`. */
  readonly key: string
  readonly demo: DemoCase
  /** National identity numbers never lie here: only roles at the simulated BankID. */
  readonly orderId?: string
  readonly finished?: boolean
}

export type Journal = {
  /** Durable when it returns. */
  write(begun: Begun): Promise<void>
  unfinished(): Promise<readonly Begun[]>
}

export async function openJournal(folder: string): Promise<Journal> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = (key: string) => join(folder, `${key}.json`)
  return {
    async write(begun) {
      const temporary = `${path(begun.key)}.${process.pid}.tmp`
      const file = await open(temporary, 'w', 0o600)
      try {
        await file.writeFile(JSON.stringify(begun))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, path(begun.key))
    },
    async unfinished() {
      const found: Begun[] = []
      for (const name of (await readdir(folder)).sort()) {
        if (name.endsWith('.tmp')) await rm(join(folder, name), { force: true })
        if (!name.endsWith('.json')) continue
        const begun = JSON.parse(await readFile(join(folder, name), 'utf8')) as Begun
        if (!begun.finished) found.push(begun)
      }
      return found
    },
  }
}
