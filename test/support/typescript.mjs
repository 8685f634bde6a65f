// `node --import ./test/support/typescript.mjs FILE.ts`: runs TypeScript as it stands, with its types blanked out, and what waits
// for a database in two thirds of the time that node:test lets it take.
import { createHook } from 'node:async_hooks'
import { register } from 'node:module'
import { isMainThread } from 'node:worker_threads'

// Threads inherit `--import`, and so each registers for itself.
register('./typescript-hooks.mjs', import.meta.url)

// node:test follows every promise of the process, to tell whose an error is that nobody caught. That costs a third of the time of
// a test with a database. Without it such an error fails the file instead of the test.
if (isMainThread && process.argv[1]?.endsWith('.test.ts')) {
  const hooks = Object.getPrototypeOf(createHook({}))
  const { enable } = hooks
  hooks.enable = function () {
    const caller = new Error().stack?.split('\n')[2] ?? ''
    return caller.includes('node:internal/test_runner/harness') ? this : enable.call(this)
  }
}
