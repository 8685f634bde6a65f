// The demo's own tenant and API key: made once per data folder, and again when the database does not know the key.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTenants } from '../compose/tenants.ts'
import { replacePrivateFile } from '../data-folder.ts'

const tenant = { name: 'Nordlys Demo AS', organisationNumber: '310000019' }

export async function demoKey(dataDir: string, databaseUrl: string): Promise<string> {
  const file = join(dataDir, 'secrets', 'demo-api-key')
  return withTenants(databaseUrl, async (tenants) => {
    const kept = read(file)
    if (kept !== '' && (await tenants.knows(createHash('sha256').update(kept).digest('hex')))) return kept
    const id = await tenants.add(tenant.name, tenant.organisationNumber)
    const key = await tenants.addKey(id, 'demo', ['system'])
    replacePrivateFile(file, `${key}\n`)
    return key
  })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return ''
  }
}
