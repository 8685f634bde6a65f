#!/usr/bin/env node
// The command `segl`: what it understands, and which part of the program does it.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loadStorageConfig } from '../config.ts'
import { isSeglError } from '../errors.ts'
import { demo } from './command-demo.ts'
import { addKey, addTenant } from './command-tenants.ts'
import { up } from './command-up.ts'
import { migrate } from './storage.ts'

const usage = `segl up                                       everything on this machine; stop it with Ctrl-C
segl demo [FILE… | --resume]                  documents signed from end to end, into demo-output/
segl verify FILE [--trust ROOT.pem] [--json]  check a signed PDF, without Segl and without the network
segl migrate                                  bring the database to the tables that this version needs
segl tenant add NAME ORGANISATION-NUMBER      an organisation whose system uses Segl
segl key add TENANT [--name NAME] [--scope system|reader|auditor|admin]… [--days N | --expires DATE]
                                              an API key for it, shown once

What can be set: docs/config.md`

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const complain = (line: string): void => void process.stderr.write(`${line}\n`)

/** EX_USAGE of sysexits.h. */
const wrongUse = 64

async function run(words: readonly string[]): Promise<number> {
  const [command, ...rest] = words
  switch (command) {
    case 'up':
      return rest.length === 0 ? up(say) : misused()
    case 'demo':
      return demo(rest, say)
    case 'verify':
      return verify(rest)
    case 'migrate':
      if (rest.length > 0) return misused()
      return migrate(loadStorageConfig(), say)
    case 'tenant':
      return rest[0] === 'add' && rest.length === 3 ? addTenant(rest[1] ?? '', rest[2] ?? '', say) : misused()
    case 'key':
      return rest[0] === 'add' ? addKey(rest.slice(1), say) : misused()
    case 'help':
    case '--help':
    case '-h':
      say(usage)
      return 0
    default:
      return misused()
  }
}

function misused(): number {
  complain(usage)
  return wrongUse
}

/** The verifier is a program of its own, which reaches only the kernel and the texts. */
function verify(rest: readonly string[]): Promise<number> {
  const name = import.meta.url.endsWith('.ts') ? './verify.ts' : './verify.js'
  const program = fileURLToPath(new URL(name, import.meta.url))
  const child = spawn(process.execPath, [...process.execArgv, program, ...rest], { stdio: 'inherit' })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  if (isSeglError(error)) complain(`${error.code}: ${error.detail}`)
  else if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    complain(`${error.message}\n\n${usage}`)
    process.exitCode = wrongUse
  } else complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.exitCode ||= 1
}
