// SEGL_DIE: ends the process hard at one place of the story, once per data folder, to prove that nothing is lost there.
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Ports } from '../flow/ports/index.ts'

export function dieWhere({ die, dataDir }: Config): Ports['die'] {
  return (step, part) => {
    if (die?.step !== step || die.part !== part) return
    try {
      // The marker is made by one process only, whatever else runs.
      closeSync(openSync(join(dataDir, `died-${step}-${part}`), 'wx'))
    } catch {
      return
    }
    process.kill(process.pid, 'SIGKILL')
  }
}
