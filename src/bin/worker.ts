// The worker process; any number of them may run.
import { startWorker } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { dieWhere } from './die.ts'
import { runProcess } from './process.ts'

await runProcess(async () => {
  const config = loadConfig({ makeSecrets: false })
  return startWorker(config, dieWhere(config))
})
