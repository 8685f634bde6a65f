// Programs that a test needs and npm does not bring: without one, the test is skipped and says so; in CI it fails.
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env } from 'node:process'

/** Absolute path of a program on the PATH, or undefined. A name with a slash is a file of ours, built or installed by .ci/run. */
export function findProgram(name: string): string | undefined {
  if (name.includes('/')) return existsSync(name) ? name : undefined
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // not here
    }
  }
  return undefined
}

/**
 * For the `skip` option of a test: false when all `programs` are on the PATH, else the reason.
 * `test('…', { skip: needs('redis-server') }, async () => …)`
 * @throws when one is missing and CI=true: there nothing may be left out unseen
 */
export function needs(...programs: string[]): false | string {
  const missing = programs.filter((name) => findProgram(name) === undefined)
  if (missing.length === 0) return false
  const reason = `needs ${missing.join(', ')}`
  if (env['CI'] === 'true') throw new Error(`CI=true, and this test ${reason}. Install it, or run without CI.`)
  return reason
}
