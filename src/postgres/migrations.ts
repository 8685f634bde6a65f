// Brings a database to the tables that this program needs, without Prisma's engine but so that Prisma's tools agree.
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'bullmq'
import pg from 'pg'
import { SeglError } from '../errors.ts'
import { assertRoles, closeTables, ensureRoles, migrating, unprotectedTables } from './roles.ts'

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

export type MigrationOptions = {
  /** Whether BullMQ keeps its jobs in this database (no REDIS_URL): then its tables are made too, in schema `bullmq`. */
  readonly queue: boolean
  /** For tests. */
  readonly migrations?: readonly Migration[]
}

/** Prisma's own number for the same purpose, so that `prisma migrate` by hand and we exclude each other. */
const lockNumber = 72_707_369

/** As Prisma 7 makes it. */
const ledger = `create table if not exists _prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`

/** The migrations that came with this program, in order. */
export function readMigrations(
  folder: string = fileURLToPath(new URL('../../prisma/migrations', import.meta.url)),
): Migration[] {
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Applies what is missing, each migration in a transaction of its own; any number of processes may do so at once.
 * `url` must lead to the database itself, not through a pooler (DATABASE_DIRECT_URL).
 * @returns the names of the migrations that were applied now
 * @throws SeglError SCHEMA_MISMATCH when the database was migrated by other files, DATABASE_UNAVAILABLE
 */
export async function applyMigrations(url: string, options: MigrationOptions): Promise<string[]> {
  const migrations = options.migrations ?? readMigrations()
  return withClient(url, async (client) => {
    await client.query('select pg_advisory_lock($1)', [lockNumber])
    try {
      await ensureRoles(client)
      await client.query(ledger)
      const missing = await compare(client, migrations)
      for (const migration of missing) await apply(client, migration)
      if (missing.length > 0 || (await unprotectedTables(client)).length > 0) await closeTables(client)
      if (options.queue) await runMigrations(client)
      return missing.map(({ name }) => name)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lockNumber])
    }
  })
}

/**
 * Refuses a database that is behind or ahead of this program: `api` and `worker` never migrate by themselves.
 * @throws SeglError SCHEMA_MISMATCH, DATABASE_UNAVAILABLE
 */
export async function assertMigrated(url: string, options: MigrationOptions): Promise<void> {
  const migrations = options.migrations ?? readMigrations()
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ ours: string | null; queue: string | null }>(
      `select to_regclass('_prisma_migrations') as ours, to_regclass('bullmq.migration') as queue`,
    )
    const missing = rows[0]?.ours == null ? migrations : await compare(client, migrations)
    if (missing.length > 0 || (options.queue && rows[0]?.queue == null)) {
      throw new SeglError('SCHEMA_MISMATCH', 'The database lacks tables. Run `segl migrate` (or start with `segl up`).')
    }
    const open = await unprotectedTables(client)
    if (open.length > 0) {
      const names = open.join(', ')
      throw new SeglError('SCHEMA_MISMATCH', `Tenants are not kept apart in ${names}. Run \`segl migrate\`.`)
    }
    await assertRoles(client)
  })
}

async function compare(client: pg.Client, migrations: readonly Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished: boolean }>(
    `select migration_name, checksum, finished_at is not null as finished
       from _prisma_migrations where rolled_back_at is null order by started_at`,
  )
  for (const row of rows) {
    const known = migrations.find(({ name }) => name === row.migration_name)
    if (known === undefined) {
      throw new SeglError(
        'SCHEMA_MISMATCH',
        `The database has the migration ${row.migration_name}, which this program does not know: it is older than the ` +
          'database. Start the newer version.',
      )
    }
    if (known.checksum !== row.checksum) {
      throw new SeglError(
        'SCHEMA_MISMATCH',
        `The migration ${row.migration_name} was changed after it had been applied. Restore the file and write a new one.`,
      )
    }
    if (!row.finished) {
      throw new SeglError(
        'SCHEMA_MISMATCH',
        `The migration ${row.migration_name} was begun by another tool and not finished. ` +
          'Resolve it with `prisma migrate resolve`, then try again.',
      )
    }
  }
  const done = new Set(rows.map((row) => row.migration_name))
  return migrations.filter(({ name }) => !done.has(name))
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migrating)
    await client.query(migration.sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    )
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    const words = cause instanceof Error ? cause.message : String(cause)
    throw new SeglError('SCHEMA_MISMATCH', `The migration ${migration.name} failed and was rolled back: ${words}`, {
      cause,
    })
  }
}

/** Runs `work` on one connection. @throws SeglError DATABASE_UNAVAILABLE when there is none to be had within 10 s */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause)
    throw new SeglError('DATABASE_UNAVAILABLE', `No connection to the database: ${words}. Check DATABASE_URL.`, {
      cause,
    })
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
