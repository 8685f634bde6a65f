// `segl up`: everything, until it is told to stop.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Config, loadConfig } from '../config.ts'
import { openSample } from '../demo/sample.ts'
import type { Stack } from '../up/index.ts'
import { demoKey } from './demo-key.ts'
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
  if (config.bankid.simulated) await tellSample(config, stack, say)
  say('Ctrl-C stops everything.')
  await asked
  say('Stopping …')
  // A second time: at once.
  void signals().then(() => process.exit(130))
  await stack.stop()
  return 0
}

/** A document waits to be signed by hand; a start without one is still a start. */
async function tellSample({ dataDir }: Config, stack: Stack, say: Say): Promise<void> {
  try {
    const sample = await openSample({
      ...stack,
      apiKey: await demoKey(dataDir, stack.databaseUrl),
      journal: join(dataDir, 'sample'),
      fixtures: fileURLToPath(new URL('../../test/fixtures', import.meta.url)),
    })
    say('')
    say(`"${sample.title}" waits to be signed. Open a link; number, code and password are on BankID's page above.`)
    for (const { name, role, url } of sample.signers) say(`  ${name} (${role}): ${url}`)
    say('')
  } catch (error) {
    say(`No sample order: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function signals(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
