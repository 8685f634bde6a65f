// Detects a secret that is not the one this database was made with, before anything is written under it.
import { SeglError } from '../../errors.ts'
import type { Client } from './client.ts'

/** Stores the check value of each key at first start, and compares it ever after. Throws SECRET_WRONG naming the variable. */
export async function checkSecrets(client: Client, checks: Readonly<Record<string, string>>): Promise<void> {
  await client.secretCheck.createMany({
    data: Object.entries(checks).map(([name, value]) => ({ name, value })),
    skipDuplicates: true,
  })
  const known = await client.secretCheck.findMany({ where: { name: { in: Object.keys(checks) } } })
  const wrong = known.filter(({ name, value }) => checks[name] !== value).map(({ name }) => name)
  if (wrong.length > 0) {
    throw new SeglError(
      'SECRET_WRONG',
      `${wrong.join(', ')} is not what this database was made with. Restore the old value: what is stored needs it.`,
    )
  }
}
