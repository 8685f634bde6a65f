// The database, for commands that work in it and end: the one that is named, or the one in the data folder.
import type { StorageConfig } from '../config.ts'
import { applyMigrations, assertConnectionBudget, assertMigrated, openLogin, startPostgres } from '../postgres/index.ts'

/** Runs `work` with the URL of a database that has its tables. */
export async function withDatabase<T>(
  config: StorageConfig,
  work: (url: string, applied: readonly string[]) => Promise<T>,
): Promise<T> {
  const own = config.database.url === null ? await startPostgres({ dataDir: config.dataDir }) : undefined
  try {
    const url = own?.url ?? config.database.directUrl ?? ''
    const applied = await applyMigrations(url, { queue: config.redisUrl === null })
    return await work(own ? await openLogin(own) : url, applied)
  } finally {
    await own?.stop()
  }
}

export function migrate(config: StorageConfig, say: (line: string) => void): Promise<number> {
  return withDatabase(config, async (_url, applied) => {
    say(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
    return 0
  })
}

/**
 * Refuses to start a process whose database lacks tables or cannot hold all the connections that the installation may open.
 * @throws SeglError SCHEMA_MISMATCH, TOO_MANY_CONNECTIONS
 */
export async function checkDatabase({ database, redisUrl, workers }: StorageConfig): Promise<void> {
  const url = database.directUrl ?? ''
  const queued = redisUrl === null
  await assertMigrated(url, { queue: queued })
  await assertConnectionBudget(url, { apis: 1, workers, queues: queued ? 1 : 0, queueWorkers: queued ? 1 : 0 })
}
