// `segl up`: everything, until it is told to stop.
import { join } from 'node:path'
import { loadConfig } from '../config.ts'
import { openStack } from './stack.ts'

type Say = (line: string) => void

export async function up(say: Say): Promise<number> {
  const config = loadConfig({ makeSecrets: true })
  const asked = signals()
  const begun = Date.now()
  // Told to stop while things start: what was started notices that we are gone.
  const stack = await Promise.race([openStack(config, say), asked.then(() => undefined)])
  if (stack === undefined) process.exit(130)
  if (stack.attached) {
    say(`Segl runs already with this data folder, at ${stack.seglUrl}.`)
    await stack.stop()
    return 0
  }
  say(`Segl        ${stack.seglUrl}  (started in ${((Date.now() - begun) / 1000).toFixed(1)} s)`)
  say(`BankID      ${stack.bankidUrl}/devices  (simulated: people, passwords and codes)`)
  say(`Data, logs  ${config.dataDir}, ${join(config.dataDir, 'logs')}`)
  say('Ctrl-C stops everything.')
  await asked
  say('Stopping …')
  // A second time: at once.
  void signals().then(() => process.exit(130))
  await stack.stop()
  return 0
}

function signals(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
