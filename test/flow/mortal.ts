// An api or a worker that is killed at every place of the story it comes to, once per data folder, as SEGL_DIE does at one.
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { runProcess } from '../../src/bin/process.ts'
import { startApi, startWorker } from '../../src/compose.ts'
import { loadConfig } from '../../src/config.ts'

await runProcess(async () => {
  const config = loadConfig({ makeSecrets: false })
  const start = process.argv[2] === 'api' ? startApi : startWorker
  return start(config, (step, phase) => {
    try {
      closeSync(openSync(join(config.dataDir, `died-${step}-${phase}`), 'wx'))
    } catch {
      return
    }
    process.kill(process.pid, 'SIGKILL')
  })
})
