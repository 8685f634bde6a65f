// From the configuration to a running stack: what `segl up` and `segl demo` share.
import { fileURLToPath } from 'node:url'
import { type Config, environmentFor } from '../config.ts'
import { type Stack, startStack } from '../up/index.ts'

/** Starts everything on this machine, or joins what runs already. */
export function openStack(config: Config, report: (sentence: string) => void): Promise<Stack> {
  return startStack({
    ...config,
    environment: (databaseUrl) => environmentFor(config, databaseUrl),
    programs: { api: program('api'), worker: program('worker'), bankid: program('bankid') },
    report,
  })
}

function program(name: string): string {
  const end = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return fileURLToPath(new URL(`./${name}.${end}`, import.meta.url))
}
