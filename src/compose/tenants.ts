// Tenants and their API keys, as the command adds them: one connection, opened for the purpose.
import { checkOrganisationNumber } from '../accounting/identifiers.ts'
import { addTenant, connect, createApiKeys, createClock } from '../adapters/store/index.ts'
import { SeglError } from '../errors.ts'
import type { Scope } from '../flow/ports/api-keys.ts'

export { type Scope, scopes } from '../flow/ports/api-keys.ts'

export type Tenants = {
  /** @returns the tenant's id. @throws SeglError ORGANISATION_NUMBER_INVALID */
  add(name: string, organisationNumber: string): Promise<string>
  /** @returns the key, which cannot be shown again. @throws SeglError NOT_FOUND when there is no such tenant */
  addKey(tenantId: string, name: string, scopes: readonly Scope[], expiresAt?: Date): Promise<string>
  /** Whether a key is good right now; `hash` is its SHA-256 in hexadecimal. */
  knows(hash: string): Promise<boolean>
}

/** Runs `work` with the tenants of a migrated database. */
export async function withTenants<T>(databaseUrl: string, work: (tenants: Tenants) => Promise<T>): Promise<T> {
  const client = connect(databaseUrl, 1, { doorsOnly: true })
  const clock = createClock(client)
  const keys = createApiKeys(client)
  try {
    return await work({
      add: async (name, organisationNumber) => {
        const answer = checkOrganisationNumber(organisationNumber)
        if (!answer.valid) throw new SeglError(answer.code, answer.detail)
        return addTenant(client, { name, organisationNumber }, await clock.now())
      },
      addKey: async (tenantId, name, wanted, expiresAt) => {
        const made = await keys.add(tenantId, {
          name,
          scopes: wanted,
          ...(expiresAt === undefined ? {} : { expiresAt }),
        })
        return made.key
      },
      knows: async (hash) => (await keys.holder(hash)) !== undefined,
    })
  } finally {
    await client.$disconnect()
  }
}
