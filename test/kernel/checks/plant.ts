// What a plant is: a file that somebody tampered with, and the checks that have to see it.
import type { Verdict } from '../../../src/kernel/x509/index.ts'

export type Plant = {
  /** Reads after "catches". */
  readonly name: string
  readonly file: () => Promise<Buffer> | Buffer
  /** Ids of checks, each of which must complain of at least one signature. */
  readonly caughtBy: readonly string[]
  /** FAILED when absent. */
  readonly verdict?: Verdict
}
