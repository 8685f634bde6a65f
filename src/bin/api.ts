// The API process.
import { startApi } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { dieWhere } from './die.ts'
import { runProcess } from './process.ts'
import { checkDatabase } from './storage.ts'

await runProcess(async () => {
  const config = loadConfig({ makeSecrets: false })
  await checkDatabase(config)
  return startApi(config, dieWhere(config))
})
