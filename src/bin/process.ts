// How a process of ours lives: starts or says why not, and stops gracefully when it is asked to.
import { isSeglError } from '../errors.ts'

/** Runs until SIGTERM or SIGINT, which up/end-with-parent.ts also sends when a supervisor is gone. */
export async function runProcess(start: () => Promise<{ close(): Promise<void> }>): Promise<void> {
  const running = await start().catch((error: unknown) => {
    const told = isSeglError(error) ? `${error.code}: ${error.detail}` : error instanceof Error ? error.stack : error
    process.stderr.write(`${told}\n`)
    process.exit(1)
  })
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
