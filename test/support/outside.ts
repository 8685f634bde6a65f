// Programs from outside that a test asks for a verdict: used where they are, named where they are missing.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'node:test'

/** The path of a program: itself when it names a file, else its first place on the PATH, or undefined. */
export function programPath(program: string): string | undefined {
  const candidates = program.includes('/')
    ? [program]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program))
  return candidates.find(isReadable)
}

/**
 * True when every program (by name on the PATH, or file by path) is there. Otherwise the running test is skipped with
 * the reason, and false comes back. Under CI=true nothing may be skipped: a missing judge is a failure.
 */
export function needs(t: TestContext, ...programs: string[]): boolean {
  const missing = programs.filter((program) => programPath(program) === undefined)
  if (missing.length === 0) return true
  const reason = `needs ${missing.join(', ')}; .ci/run installs what the judges need`
  if (process.env['CI'] === 'true') throw new Error(reason)
  t.skip(reason)
  return false
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}
