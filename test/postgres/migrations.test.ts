// The tables that migrations make, and the rules by which they are made.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { isSeglError } from '../../src/errors.ts'
import { applyMigrations, assertMigrated, type Migration, readMigrations } from '../../src/postgres/migrations.ts'
import { dropDatabase, freshDatabase, testDatabase } from '../support/database.ts'

const query = async <Row extends object>(url: string, sql: string, values: unknown[] = []): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

const withEmpty = async (work: (url: string) => Promise<void>): Promise<void> => {
  const url = await freshDatabase({ tables: false })
  try {
    await work(url)
  } finally {
    await dropDatabase(url)
  }
}

const migration = (name: string, sql: string): Migration => ({ name, sql, checksum: `sum of ${sql}` })
const code = (expected: string) => (error: unknown) => isSeglError(error) && error.code === expected

test('an empty database gets every migration once, however many processes begin at the same time', () =>
  withEmpty(async (url) => {
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url, { queue: true })))
    assert.deepEqual(
      applied.flat(),
      readMigrations().map(({ name }) => name),
    )
    assert.deepEqual(await applyMigrations(url, { queue: true }), [])
    await assertMigrated(url, { queue: true })
  }))

test("Prisma's ledger names each migration with the SHA-256 of its file, finished", async () => {
  const rows = await query<{ migration_name: string; checksum: string; finished: boolean; steps: number }>(
    await testDatabase(),
    `select migration_name, checksum, finished_at is not null as finished, applied_steps_count as steps
       from _prisma_migrations order by migration_name`,
  )
  assert.deepEqual(
    rows,
    readMigrations().map(({ name, checksum }) => ({ migration_name: name, checksum, finished: true, steps: 1 })),
  )
})

test('a migration that fails leaves nothing behind, and the one before it stays', () =>
  withEmpty(async (url) => {
    const migrations = [
      migration('1_good', 'create table good (id int)'),
      migration('2_bad', 'create table half (id int); select 1 / 0'),
    ]
    await assert.rejects(applyMigrations(url, { queue: false, migrations }), code('SCHEMA_MISMATCH'))
    const tables = await query<{ name: string }>(
      url,
      `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
    )
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['_prisma_migrations', 'good'],
    )
    const mended = [migrations[0], migration('2_bad', 'create table whole (id int)')].filter((one) => one !== undefined)
    assert.deepEqual(await applyMigrations(url, { queue: false, migrations: mended }), ['2_bad'])
  }))

test('a changed migration, one of a newer version and one left half by another tool are refused', () =>
  withEmpty(async (url) => {
    const first = migration('1_first', 'create table first (id int)')
    await applyMigrations(url, { queue: false, migrations: [first] })
    const changed = { ...first, checksum: 'other' }
    await assert.rejects(applyMigrations(url, { queue: false, migrations: [changed] }), /was changed after/)
    await assert.rejects(applyMigrations(url, { queue: false, migrations: [] }), /older than the database/)
    await query(url, 'update _prisma_migrations set finished_at = null')
    await assert.rejects(applyMigrations(url, { queue: false, migrations: [first] }), /not finished/)
  }))

test('a trail from before its foreign key, which names a signer whom a draft has forgotten, does not stop the migration', () =>
  withEmpty(async (url) => {
    const all = readMigrations()
    const before = all.filter(({ name }) => name < '20261122234800')
    await applyMigrations(url, { queue: false, migrations: before })
    const [tenant, order, gone] = [randomUUID(), randomUUID(), randomUUID()]
    await query(url, `insert into tenant (id, name, organisation_number) values ($1, 'A', '313000001')`, [tenant])
    const opened = `insert into signing_order (id, tenant_id, kind, title, language, state) values ($1, $2, 'contract', 'T', 'nb', 'draft')`
    await query(url, opened, [order, tenant])
    const told = `insert into audit_event (id, tenant_id, order_id, signer_id, sequence, time, type, actor, data, previous, hash)
      values ($1, $2, $3, $4, 1, now(), 'signer.linkIssued', 'tenant', $5, $6, $6)`
    await query(url, told, [randomUUID(), tenant, order, gone, { signer: gone }, 'ab'.repeat(32)])
    await applyMigrations(url, { queue: false, migrations: all })
    const rows = await query(url, 'select signer_id, data from audit_event')
    assert.deepEqual(rows, [{ signer_id: null, data: { signer: gone } }])
  }))

test('a program that needs tables refuses a database without them, and says what to run', () =>
  withEmpty(async (url) => {
    await assert.rejects(assertMigrated(url, { queue: false }), /segl migrate/)
    await applyMigrations(url, { queue: false })
    await assertMigrated(url, { queue: false })
    await assert.rejects(assertMigrated(url, { queue: true }), code('SCHEMA_MISMATCH'))
  }))

test('with a queue elsewhere the database holds no tables of BullMQ', () =>
  withEmpty(async (url) => {
    await applyMigrations(url, { queue: false })
    assert.deepEqual(await query(url, `select 1 from information_schema.schemata where schema_name = 'bullmq'`), [])
  }))

test('a database that does not answer is told from one that refuses its tables', async () => {
  const url = 'postgresql://postgres:wrong@127.0.0.1:1/segl'
  await assert.rejects(applyMigrations(url, { queue: false }), code('DATABASE_UNAVAILABLE'))
})

type Column = { table: string; column: string; type: string; required: boolean; fallback: boolean }

/** The columns that prisma/schema.prisma describes. */
function describedColumns(): Column[] {
  const schema = readFileSync(fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url)), 'utf8')
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)]
  const names = new Set(models.map(([, name]) => name))
  const types: Record<string, string> = {
    String: 'text',
    Int: 'integer',
    Boolean: 'boolean',
    BigInt: 'bigint',
    DateTime: 'timestamp(3) with time zone',
    Json: 'jsonb',
    Bytes: 'bytea',
  }
  return models.flatMap(([, , body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? ''
    return [...body.matchAll(/^ {2}(\w+) +(\w+)(\[\]|\?)?(.*)$/gm)].flatMap(
      ([, field = '', kind = '', mark, rest = '']) => {
        if (names.has(kind)) return []
        const base = rest.includes('@db.Uuid') ? 'uuid' : rest.includes('@db.Date') ? 'date' : types[kind]
        return {
          table,
          column: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field,
          type: mark === '[]' ? `${base}[]` : (base ?? kind),
          required: mark === undefined,
          fallback: rest.includes('@default('),
        }
      },
    )
  })
}

const inOrder = (columns: Column[]): Column[] =>
  columns.sort((a, b) => `${a.table}.${a.column}`.localeCompare(`${b.table}.${b.column}`))

test('the tables are exactly those that the Prisma schema describes, column by column', async () => {
  const made = await query<Column>(
    await testDatabase(),
    `select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
            a.attnotnull as required, a.atthasdef as fallback
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
        and c.relname <> '_prisma_migrations'`,
  )
  const described = describedColumns()
  assert.ok(described.length > 150)
  assert.deepEqual(inOrder(made), inOrder(described))
})

test('the unique constraints and indexes that the Prisma schema describes exist', async () => {
  const schema = readFileSync(fileURLToPath(new URL('../../prisma/schema.prisma', import.meta.url)), 'utf8')
  const rows = await query<{ tablename: string; indexdef: string }>(
    await testDatabase(),
    `select tablename, indexdef from pg_indexes where schemaname = 'public'`,
  )
  const existing = rows.map(({ tablename, indexdef }) => {
    const columns = /\((.*)\)$/.exec(indexdef.replace(/ WHERE .*$/, ''))?.[1]?.replaceAll('"', '')
    return `${indexdef.includes('UNIQUE') ? 'unique' : 'index'} ${tablename}(${columns})`
  })
  const wanted = [...schema.matchAll(/^model \w+ \{\n([\s\S]*?)^\}/gm)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1]
    const column = (field: string): string =>
      new RegExp(`^ {2}${field} .*@map\\("(\\w+)"\\)`, 'm').exec(body)?.[1] ?? field
    return [...body.matchAll(/@@(index|unique)\(\[(.*?)\]\)/g)].map(
      ([, kind, fields = '']) => `${kind} ${table}(${fields.split(', ').map(column).join(', ')})`,
    )
  })
  assert.ok(wanted.length > 30)
  assert.deepEqual(
    wanted.filter((one) => !existing.includes(one)),
    [],
  )
})

test('every foreign key has an index that begins with it', async () => {
  const missing = await query(
    await testDatabase(),
    `select c.conrelid::regclass::text as table, a.attname as column
       from pg_constraint c
       join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.contype = 'f' and c.connamespace = 'public'::regnamespace
        and not exists (select 1 from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1])`,
  )
  assert.deepEqual(missing, [])
})

test('every row belongs to a tenant, but those of the installation itself', async () => {
  const without = await query<{ name: string }>(
    await testDatabase(),
    `select t.table_name as name from information_schema.tables t
      where t.table_schema = 'public' and t.table_name not like '\\_%' and not exists (
        select 1 from information_schema.columns c
         where c.table_schema = 'public' and c.table_name = t.table_name and c.column_name = 'tenant_id')
      order by 1`,
  )
  assert.deepEqual(
    without.map(({ name }) => name),
    ['secret_check', 'setting', 'tenant'],
  )
})
