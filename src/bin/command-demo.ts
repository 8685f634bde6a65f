// `segl demo`: starts or joins Segl, or goes to the one that SEGL_URL names, and lets the demo act.
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Config, loadConfig } from '../config.ts'
import { runDemo } from '../demo/index.ts'
import { SeglError } from '../errors.ts'
import { demoKey } from './demo-key.ts'
import { openStack } from './stack.ts'

type Say = (line: string) => void
type Target = {
  readonly seglUrl: string
  readonly bankidUrl: string
  readonly apiKey: string
  stop(): Promise<void>
}

export async function demo(words: readonly string[], say: Say): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { resume: { type: 'boolean', default: false } },
  })
  if (values.resume && positionals.length > 0) {
    throw new SeglError('INVALID_REQUEST', '--resume finishes what was begun and takes no files.')
  }
  const config = loadConfig({ makeSecrets: true })
  const target = await aim(config, say)
  try {
    return await runDemo({
      ...target,
      output: resolve('demo-output'),
      journal: join(config.dataDir, 'demo'),
      fixtures: fileURLToPath(new URL('../../test/fixtures', import.meta.url)),
      files: positionals.map((file) => resolve(file)),
      resume: values.resume,
      print: say,
    })
  } finally {
    await target.stop()
  }
}

async function aim(config: Config, say: Say): Promise<Target> {
  const { url, apiKey } = config.demo
  if (url !== null) {
    if (apiKey === null) throw new SeglError('CONFIG_INVALID', 'SEGL_URL is set without SEGL_API_KEY. Set both.')
    return { seglUrl: url, bankidUrl: config.bankid.url, apiKey, stop: async () => {} }
  }
  const begun = Date.now()
  const stack = await openStack(config, say)
  const seconds = ((Date.now() - begun) / 1000).toFixed(1)
  say(stack.attached ? `Segl runs already at ${stack.seglUrl}.` : `Segl started in ${seconds} s (${config.dataDir}).`)
  try {
    const key = apiKey ?? (await demoKey(config.dataDir, stack.databaseUrl))
    return { seglUrl: stack.seglUrl, bankidUrl: stack.bankidUrl, apiKey: key, stop: () => stack.stop() }
  } catch (error) {
    await stack.stop()
    throw error
  }
}
