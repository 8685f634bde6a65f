// The API process.
import { startApi } from '../compose.ts'
import { loadConfig } from '../config.ts'
import { dieWhere } from './die.ts'
import { runProcess } from './process.ts'

await runProcess(async () => {
  const config = loadConfig({ makeSecrets: false })
  return startApi(config, dieWhere(config))
})
