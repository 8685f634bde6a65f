// Detects a secret that is not the one this database was made with, before anything is written under it.
import { SeglError } from '../../errors.ts'
import { type Client, inTransaction } from './client.ts'

/** Stores the check value of each key at first start, and compares it ever after. Throws SECRET_WRONG naming the variable. */
export async function checkSecrets(client: Client, checks: Readonly<Record<string, string>>): Promise<void> {
  const data = Object.entries(checks).map(([name, value]) => ({ name, value }))
  const known = await inTransaction(client, 'system', async (db) => {
    await db.secretCheck.createMany({ data, skipDuplicates: true })
    return db.secretCheck.findMany({ where: { name: { in: Object.keys(checks) } } })
  })
  const wrong = known.filter(({ name, value }) => checks[name] !== value).map(({ name }) => name)
  if (wrong.length > 0) {
    throw new SeglError(
      'SECRET_WRONG',
      `${wrong.join(', ')} is not what this database was made with. Restore the old value: what is stored needs it.`,
    )
  }
}
