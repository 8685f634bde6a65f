// The database server that tests run against: DATABASE_URL when it is set, else one of their own that goes with them.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import { closedFolder, isRoot } from '../../src/data-folder.ts'
import { startPostgres } from '../../src/postgres/index.ts'
import { lives, processIdentity, readIfThere } from '../../src/postgres/processes.ts'
import { dropTemplate, makeTemplate } from './database.ts'

export type TestServer = {
  /** URL of the migrated template. */
  readonly template: string
  stop(): Promise<void>
}

/** Starts a server with the migrated template; it stops with this process, however that ends. */
export async function startTestServer(): Promise<TestServer> {
  const given = env['DATABASE_URL']
  if (given !== undefined && given !== '') {
    // A server that is not ours is left as it was found.
    const template = await makeTemplate(given)
    return { template, stop: () => dropTemplate(template, given) }
  }
  const dataDir = makeFolder()
  const server = await startPostgres({ dataDir, durable: false, maxConnections: 300 })
  return {
    template: await makeTemplate(server.url),
    stop: async () => {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function makeFolder(): string {
  const parent = reachable()
  for (const name of readdirSync(parent)) {
    // Left by a run that was killed.
    const owner = name.startsWith('run-') ? readIfThere(join(parent, name, 'owner')) : undefined
    if (owner !== undefined && !lives(owner)) rmSync(join(parent, name), { recursive: true, force: true })
  }
  const folder = mkdtempSync(join(parent, 'run-'))
  writeFileSync(join(folder, 'owner'), processIdentity(process.pid) ?? '')
  return folder
}

/** A folder per user that, when we are root, `nobody` may pass through. */
function reachable(): string {
  const temporary = isRoot() && closedFolder(tmpdir()) !== undefined ? '/var/lib' : tmpdir()
  const folder = join(temporary, `segl-test-${process.getuid?.() ?? 0}`)
  mkdirSync(folder, { recursive: true, mode: isRoot() ? 0o711 : 0o700 })
  return folder
}
