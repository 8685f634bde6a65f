// Who the application is at the PostgreSQL from npm: nobody in particular, who acts as the roles of each transaction.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { createQueue } from '../../src/adapters/queue/index.ts'
import { addTenant, connect, createApiKeys } from '../../src/adapters/store/index.ts'
import { isRoot } from '../../src/data-folder.ts'
import { applyMigrations, assertMigrated, openLogin, startPostgres } from '../../src/postgres/index.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'segl-postgres-'))
let server: Awaited<ReturnType<typeof startPostgres>>
let url: string

before(async () => {
  if (isRoot()) chmodSync(dataDir, 0o711)
  server = await startPostgres({ dataDir, durable: false })
  await applyMigrations(server.url, { queue: true })
  const both = await Promise.all([openLogin(server), openLogin(server)])
  assert.equal(both[0], both[1], 'two commands at once')
  url = both[0]
})
after(async () => {
  await server?.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('RESET ROLE leads to a role that may touch no table, and nothing leads to the superuser', async () => {
  assert.notEqual(new URL(url).password, new URL(server.url).password)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const refused = (sql: string) =>
    assert.rejects(
      client.query(sql),
      (error: unknown) => error instanceof pg.DatabaseError && error.code === '42501',
      `not refused: ${sql}`,
    )
  const forbidden = [
    'set role postgres',
    'set session authorization postgres',
    'set role segl_owner',
    'create role mine superuser',
    'alter role segl_login superuser',
    'grant segl_owner to segl_login',
    'alter table document disable row level security',
    'create table mine (one int)',
    `copy (select 1) to program 'true'`,
    `select pg_read_file('postgresql.conf')`,
  ]
  for (const role of ['segl_app', 'segl_system']) {
    await client.query(`set role ${role}`)
    await client.query('select count(*) from document')
    for (const sql of forbidden) await refused(sql)
    await client.query('reset role')
    await refused('select count(*) from document')
    for (const sql of forbidden) await refused(sql)
  }
  const { rows } = await client.query('select rolsuper, rolbypassrls from pg_roles where rolname = session_user')
  assert.deepEqual(rows, [{ rolsuper: false, rolbypassrls: false }])
  await client.end()
})

test('a program that logs in so finds its tables, its tenants and keys', async () => {
  await assertMigrated(url, { queue: true })
  const client = connect(url, 2, { doorsOnly: true })
  const tenant = await addTenant(client, { name: 'Nordlys Demo AS', organisationNumber: '310000019' }, new Date())
  const key = await createApiKeys(client).add(tenant, { name: 'k', scopes: ['system'] })
  assert.match(key.key, /^segl_/)
  await client.$disconnect()
})

test('a queue in PostgreSQL wakes a worker who logs in so', async () => {
  const problems: unknown[] = []
  const queue = createQueue({ kind: 'postgres', url }, (error) => problems.push(error))
  const id = randomUUID()
  let found: (subjectId: string) => void = () => {}
  const done = new Promise<string>((resolve) => {
    found = resolve
  })
  const worker = queue.work(async ({ subjectId }) => found(subjectId), {
    concurrency: 1,
    onError: (error) => problems.push(error),
  })
  await queue.wake([{ id, tenantId: id, orderId: id, subjectId: id, step: 'prepare', epoch: 1, attempt: 0 }])
  assert.equal(await done, id)
  await worker.close(5000)
  await queue.close()
  assert.deepEqual(problems, [])
})
