// A database of its own for every test file, made from a migrated template in some tens of milliseconds.
import { randomBytes } from 'node:crypto'
import { env } from 'node:process'
import pg from 'pg'
import { applyMigrations } from '../../src/postgres/migrations.ts'

/** What test/run.ts gives each file: the URL of the migrated template. Others are made from it, next to it. */
export const templateVariable = 'SEGL_TEST_TEMPLATE'

let made: Promise<string> | undefined

/**
 * URL of this file's own database: the same one however often it is asked for, empty but for its tables.
 * Run by hand (`npx tsx --test …`) without the runner, it starts a server for this file alone.
 */
export function testDatabase(): Promise<string> {
  made ??= freshDatabase()
  return made
}

/** URL of one more database, for tests that need two or that break theirs; without any table when `tables` is false. */
export async function freshDatabase({ tables = true } = {}): Promise<string> {
  const template = env[templateVariable] ?? (await ownTemplate())
  const from = nameOf(template)
  const name = `${from}_${process.pid}_${randomBytes(4).toString('hex')}`
  await onServer(template, `create database ${name} template ${tables ? from : 'template0'}`)
  return urlWith(template, name)
}

/** Drops a database that `freshDatabase` made, with whoever is still connected. */
export async function dropDatabase(url: string): Promise<void> {
  await onServer(url, `drop database if exists ${nameOf(url)} with (force)`)
}

/** Makes the template on the server of `url`. @returns its URL */
export async function makeTemplate(url: string): Promise<string> {
  const name = `segl_test_${randomBytes(4).toString('hex')}`
  const template = urlWith(url, name)
  await onServer(url, `create database ${name}`, nameOf(url))
  await applyMigrations(template, { queue: true })
  return template
}

/** Drops the template and all that was made from it. */
export async function dropTemplate(template: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name from pg_database where starts_with(datname, $1)`,
      [nameOf(template)],
    )
    for (const { name } of rows) await client.query(`drop database if exists ${name} with (force)`)
  } finally {
    await client.end()
  }
}

let own: Promise<string> | undefined

function ownTemplate(): Promise<string> {
  // Loaded only here: under the runner no test process needs it.
  own ??= import('./server.ts').then(async ({ startTestServer }) => (await startTestServer()).template)
  return own
}

/** A template must have nobody connected while it is copied, so what is done about it is done from the next database. */
async function onServer(url: string, sql: string, from = 'postgres'): Promise<void> {
  const client = new pg.Client({ connectionString: urlWith(url, from) })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1)

function urlWith(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
