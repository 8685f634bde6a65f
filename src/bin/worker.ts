// The worker process; any number of them may run.
import { startWorker } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { dieWhere } from './die.ts'
import { runProcess } from './process.ts'
import { checkDatabase } from './storage.ts'

await runProcess(async () => {
  const config = loadConfig({ makeSecrets: false })
  await checkDatabase(config)
  return startWorker(config, dieWhere(config))
})
