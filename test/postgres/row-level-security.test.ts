// The second wall: queries sent as the application's database role, without the application in between.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { connect, createReading, inTransaction } from '../../src/adapters/store/index.ts'
import { isSeglError } from '../../src/errors.ts'
import { assertMigrated } from '../../src/postgres/index.ts'
import { freshDatabase, testDatabase } from '../support/database.ts'

type Tenant = { id: string; order: string; document: string; signer: string; apiKey: string }

const hash = 'ab'.repeat(32)
let owner: pg.Client
let ours: Tenant
let theirs: Tenant
let scoped: string[]

before(async () => {
  owner = new pg.Client({ connectionString: await testDatabase() })
  await owner.connect()
  ours = await tenantWithRows()
  theirs = await tenantWithRows()
  const { rows } = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'tenant_id' order by table_name`,
  )
  scoped = rows.map(({ name }) => name)
})
after(() => owner.end())

/** A tenant with a row in every table that the story writes. */
async function tenantWithRows(): Promise<Tenant> {
  const [id, order, document, signer, ceremony, apiKey] = Array.from({ length: 6 }, () => randomUUID())
  const insert = (sql: string, ...values: unknown[]) => owner.query(sql, values)
  await insert(`insert into tenant (id, name, organisation_number) values ($1, 'A', '313000001')`, id)
  await insert(
    `insert into signing_order (id, tenant_id, kind, title, reference, language, state)
     values ($1, $2, 'contract', 'T', 'same-reference', 'nb', 'open')`,
    ...[order, id],
  )
  await insert(
    `insert into document (id, tenant_id, order_id, kind, title, file_name, language, metadata, preflight, upload_sha256,
       upload_size, pages) values ($1, $2, $3, 'contract', 'T', 't.pdf', 'nb', '{}', '{}', $4, 1, 1)`,
    ...[document, id, order, hash],
  )
  await insert(
    `insert into revision (id, tenant_id, document_id, number, kind, blob_sha256, start_offset, length, file_sha256)
     values ($1, $2, $3, 0, 'upload', $4, 0, 1, $4)`,
    ...[randomUUID(), id, document, hash],
  )
  await insert(
    `insert into signer (id, tenant_id, order_id, position, group_number, role, name, level, language, state, slot)
     values ($1, $2, $3, 0, 1, 'party', 'N', 'high', 'nb', 'ready', 1)`,
    ...[signer, id, order],
  )
  await insert(
    `insert into ceremony (id, tenant_id, order_id, signer_id, state, browser_hash, oidc_state, oidc_nonce,
       code_verifier_encrypted, redirect_kind, language, expires_at)
     values ($1, $2, $3, $4, 'atBankid', 'b', $5, 'n', '', 'login', 'nb', now())`,
    ...[ceremony, id, order, signer, randomUUID()],
  )
  await insert(
    `insert into audit_event (id, tenant_id, order_id, sequence, time, type, actor, data, previous, hash)
     values ($1, $2, $3, 1, now(), 'order.received', 'tenant', '{}', $4, $4)`,
    ...[randomUUID(), id, order, hash],
  )
  await insert(
    `insert into event (id, tenant_id, order_id, type, state, dedupe_key) values ($1, $2, $3, 'order.received', 'received', $4)`,
    ...[randomUUID(), id, order, randomUUID()],
  )
  await insert(
    `insert into task (id, tenant_id, order_id, subject_type, subject_id, step, epoch, state, due_at)
     values ($1, $2, $3, 'order', $3, 'prepare', 1, 'due', now())`,
    ...[randomUUID(), id, order],
  )
  await insert(
    `insert into api_key (id, tenant_id, name, prefix, hash, scopes) values ($1, $2, 'k', 'segl_', $3, '{system}')`,
    ...[apiKey, id, randomUUID()],
  )
  await insert(
    `insert into idempotency_key (tenant_id, key, operation, fingerprint, state, locked_at, expires_at)
     values ($1, 'same-key', 'o', 'f', 'inFlight', now(), now())`,
    ...[id],
  )
  const [tenant = '', ...texts] = [id, order, document, signer, apiKey].map(String)
  const [ofOrder = '', ofDocument = '', ofSigner = '', ofKey = ''] = texts
  return { id: tenant, order: ofOrder, document: ofDocument, signer: ofSigner, apiKey: ofKey }
}

/** Sends statements as the application's role for one tenant, and takes back whatever they did. */
async function asApp<T>(tenantId: string | null, work: (query: pg.Client['query']) => Promise<T>): Promise<T> {
  await owner.query('begin')
  try {
    await owner.query(`set local role segl_app`)
    if (tenantId !== null) await owner.query(`select set_config('segl.tenant', $1, true)`, [tenantId])
    return await work(owner.query.bind(owner))
  } finally {
    await owner.query('rollback')
  }
}

const denied = (error: unknown) => error instanceof pg.DatabaseError && error.code === '42501'

/** Foreign keys between tables with a tenant that do not carry it. */
const withoutTenant = `select c.conname as name from pg_constraint c
  join pg_attribute own on own.attrelid = c.conrelid and own.attname = 'tenant_id'
  join pg_attribute other on other.attrelid = c.confrelid and other.attname = 'tenant_id'
  where c.contype = 'f' and c.connamespace = 'public'::regnamespace
    and not (own.attnum = any (c.conkey) and c.confkey[array_position(c.conkey, own.attnum)] = other.attnum and c.convalidated)`

describe('references between rows', () => {
  it('every foreign key carries the tenant', async () => {
    const { rows } = await owner.query<{ name: string }>(withoutTenant)
    assert.deepEqual(rows, [])
    const count = `select count(*)::int as count from pg_constraint where contype = 'f' and array_length(conkey, 1) = 2`
    const composite = await owner.query<{ count: number }>(count)
    assert.ok((composite.rows[0]?.count ?? 0) >= 26)
  })

  it('every column that names a row has a foreign key, but for the few that may outlive it', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'uuid'::regtype
          and a.attname <> 'id' and not a.attisdropped
          and not exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid and a.attnum = any (k.conkey))
        order by 1`,
    )
    assert.deepEqual(
      rows.map(({ name }) => name),
      // A document of an event may be gone; a lease and a message are no rows; a task's subject is of one of three tables.
      ['event.document_id', 'feed_consumer.lease_id', 'task.subject_id', 'webhook_delivery.message_id'],
    )
  })

  it('a row of one tenant cannot refer to a row of another, whatever the program above says', async () => {
    const task = `insert into task (id, tenant_id, order_id, subject_type, subject_id, step, epoch, state, due_at)
      values ($1, $2, $3, 'order', $4, 'seal', 1, 'due', now())`
    const signer = `insert into signer (id, tenant_id, order_id, position, group_number, role, name, level, language, state, slot)
      values ($1, $2, $3, 7, 1, 'party', 'N', 'high', 'nb', 'ready', 7)`
    const event = `insert into event (id, tenant_id, order_id, signer_id, type, state, dedupe_key)
      values ($1, $2, $3, $4, 'x', 'x', $5)`
    const revision = `insert into revision (id, tenant_id, document_id, number, kind, blob_sha256, start_offset, length, file_sha256)
      values ($1, $2, $3, 5, 'signature', $4, 5, 1, $4)`
    const trail = `insert into audit_event (id, tenant_id, order_id, sequence, time, type, actor, data, previous, hash)
      values ($1, $2, $3, 9, now(), 'x', 'x', '{}', $4, $4)`
    const told = `insert into audit_event (id, tenant_id, order_id, signer_id, sequence, time, type, actor, data, previous, hash)
      values ($1, $2, $3, $4, 9, now(), 'x', 'x', '{}', $5, $5)`
    const instead = `insert into signer (id, tenant_id, order_id, replaces_id, position, group_number, role, name, level, language,
        state, slot) values ($1, $2, $3, $4, 7, 1, 'party', 'N', 'high', 'nb', 'ready', 7)`
    const rotate = `update api_key set successor_id = $2 where id = $1`
    const take = `update document set order_id = $2 where id = $1`
    const attempts = (
      order: string,
      document: string,
      signerId: string,
      key: string,
    ): readonly [string, unknown[]][] => [
      [task, [randomUUID(), ours.id, order, randomUUID()]],
      [signer, [randomUUID(), ours.id, order]],
      [event, [randomUUID(), ours.id, ours.order, signerId, randomUUID()]],
      [revision, [randomUUID(), ours.id, document, hash]],
      [trail, [randomUUID(), ours.id, order, hash]],
      [told, [randomUUID(), ours.id, ours.order, signerId, hash]],
      [instead, [randomUUID(), ours.id, ours.order, signerId]],
      [rotate, [ours.apiKey, key]],
      [take, [ours.document, order]],
    ]
    for (const [sql, values] of attempts(theirs.order, theirs.document, theirs.signer, theirs.apiKey)) {
      await assert.rejects(
        asApp(ours.id, (query) => query(sql, values)),
        (error: unknown) => error instanceof pg.DatabaseError && error.code === '23503',
        sql,
      )
    }
    for (const [sql, values] of attempts(ours.order, ours.document, ours.signer, ours.apiKey)) {
      const { rowCount } = await asApp(ours.id, (query) => query(sql, values))
      assert.equal(rowCount, 1, sql)
    }
  })
})

describe('row-level security', () => {
  it('every table with a tenant is closed by it, also to its owner, and so is the table of tenants', async () => {
    assert.ok(scoped.length >= 13, `${scoped.length} tables`)
    const { rows } = await owner.query<{ name: string; forced: boolean; owner: string; policies: string[] }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced, c.relowner::regrole::text as owner,
         array(select p.polname::text from pg_policy p where p.polrelid = c.oid order by 1) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any($1) order by 1`,
      [[...scoped, 'tenant']],
    )
    assert.equal(rows.length, scoped.length + 1)
    for (const { name, ...rest } of rows) {
      const policies = ['of_a_migration', 'of_the_system', 'of_the_tenant']
      assert.deepEqual(rest, { forced: true, owner: 'segl_owner', policies }, name)
    }
  })

  it('none of the roles logs in, bypasses the policies, or may make another', async () => {
    const { rows } = await owner.query(
      `select rolname from pg_roles where rolname like 'segl\\_%' and (rolcanlogin or rolbypassrls or rolsuper or rolcreaterole)
       and rolname in ('segl_owner', 'segl_app', 'segl_system')`,
    )
    assert.deepEqual(rows, [])
  })

  it('a tenant sees its own rows and no others, in every table', async () => {
    for (const table of scoped) {
      const counted = async (tenantId: string) =>
        (await owner.query<{ n: string }>(`select count(*) as n from ${table} where tenant_id = $1`, [tenantId]))
          .rows[0]?.n
      const expected = await counted(ours.id)
      await asApp(ours.id, async (query) => {
        const { rows } = await query<{ tenant_id: string }>(`select tenant_id from ${table}`)
        assert.equal(String(rows.length), expected, table)
        assert.ok(
          rows.every((row) => row.tenant_id === ours.id),
          table,
        )
      })
    }
    await asApp(ours.id, async (query) => {
      assert.deepEqual((await query('select id from tenant')).rows, [{ id: ours.id }])
    })
  })

  it('without a tenant there is nothing to see', async () => {
    for (const nobody of [null, '']) {
      for (const table of [...scoped, 'tenant']) {
        await asApp(nobody, async (query) => assert.equal((await query(`select 1 from ${table}`)).rowCount, 0, table))
      }
    }
  })

  it('the other tenant’s real ids open nothing: neither to read, lock, change nor remove', async () => {
    const rows = [
      ['signing_order', theirs.order],
      ['document', theirs.document],
      ['signer', theirs.signer],
    ] as const
    for (const [table, id] of rows) {
      await asApp(ours.id, async (query) => {
        assert.equal((await query(`select 1 from ${table} where id = $1`, [id])).rowCount, 0)
        assert.equal((await query(`select 1 from ${table} where id = $1 for update`, [id])).rowCount, 0)
        assert.equal((await query(`update ${table} set created_at = now() where id = $1`, [id])).rowCount, 0)
        assert.equal((await query(`delete from ${table} where id = $1`, [id])).rowCount, 0)
      })
    }
  })

  it('a row cannot be written for the other tenant, nor be given to it', async () => {
    const write = `insert into api_key (id, tenant_id, name, prefix, hash, scopes) values ($1, $2, 'k', 'p', $3, '{system}')`
    await asApp(ours.id, (query) => assert.rejects(query(write, [randomUUID(), theirs.id, randomUUID()]), denied))
    await asApp(ours.id, (query) =>
      assert.rejects(query('update signing_order set tenant_id = $1', [theirs.id]), denied),
    )
  })

  it('the application may neither make tenants nor read what belongs to the installation', async () => {
    const make = `insert into tenant (id, name, organisation_number) values ($1, 'A', '313000001')`
    await asApp(ours.id, (query) => assert.rejects(query(make, [randomUUID()]), denied))
    for (const table of ['secret_check', 'setting', '_prisma_migrations']) {
      await asApp(ours.id, (query) => assert.rejects(query(`select 1 from ${table}`), denied))
    }
    await asApp(ours.id, (query) => assert.rejects(query('create table mine (id int)'), denied))
    await asApp(ours.id, (query) => assert.rejects(query('alter table signer disable row level security'), denied))
    await asApp(ours.id, (query) => assert.rejects(query('truncate task'), denied))
  })

  it('two tenants have the same reference and the same idempotency key, and each finds its own', async () => {
    for (const tenant of [ours, theirs]) {
      await asApp(tenant.id, async (query) => {
        const found = await query(`select id from signing_order where reference = 'same-reference'`)
        assert.deepEqual(found.rows, [{ id: tenant.order }])
        assert.equal((await query(`select 1 from idempotency_key where key = 'same-key'`)).rowCount, 1)
      })
    }
  })

  it('a blob of the other tenant counts as used, so that its bytes are not forgotten; nothing else is told of it', async () => {
    await asApp(ours.id, async (query) => {
      assert.deepEqual((await query('select blob_in_use($1) as used', [hash])).rows, [{ used: true }])
      assert.deepEqual((await query('select blob_in_use($1) as used', ['cd'.repeat(32)])).rows, [{ used: false }])
    })
  })

  it('the system’s role sees every tenant, and may not write what is proof', async () => {
    await owner.query('begin')
    await owner.query('set local role segl_system')
    const { rows } = await owner.query('select distinct tenant_id from task where tenant_id = any($1)', [
      [ours.id, theirs.id],
    ])
    assert.equal(rows.length, 2)
    for (const table of ['audit_event', 'document', 'revision', 'signer', 'signature', 'ceremony']) {
      await owner.query('savepoint before')
      await assert.rejects(owner.query(`delete from ${table}`), denied, table)
      await owner.query('rollback to savepoint before')
    }
    await owner.query('rollback')
  })

  it('the owner of the tables sees nothing but in a migration', async () => {
    await owner.query('begin')
    await owner.query('set local role segl_owner')
    assert.equal((await owner.query('select 1 from signing_order')).rowCount, 0)
    await owner.query(`select set_config('segl.migrating', 'on', true)`)
    assert.notEqual((await owner.query('select 1 from signing_order')).rowCount, 0)
    await owner.query('rollback')
  })
})

describe('the application’s own connection', () => {
  it('sends nothing outside a door: no statement, and no transaction that does not say for whom', async () => {
    const client = connect(await testDatabase(), 2, { doorsOnly: true })
    const shut = /outside a door/
    await assert.rejects(client.signingOrder.findMany(), shut)
    await assert.rejects(client.$executeRaw`delete from task`, shut)
    await assert.rejects(
      client.$transaction((db) => db.signingOrder.findMany()),
      shut,
    )
    await assert.rejects(client.$transaction([client.task.count()]), shut)
    const orders = await inTransaction(client, { tenantId: ours.id }, (db) => db.signingOrder.findMany())
    assert.deepEqual(
      orders.map(({ id }) => id),
      [ours.order],
    )
    await client.$disconnect()
  })

  it('is in a role and a tenant for one transaction only', async () => {
    const client = connect(await testDatabase(), 1, { doorsOnly: true })
    const who = (tenantId: string) =>
      inTransaction(
        client,
        { tenantId },
        (db) =>
          db.$queryRaw<
            { role: string; tenant: string }[]
          >`select current_user::text as role, current_setting('segl.tenant') as tenant`,
      )
    assert.deepEqual(await who(ours.id), [{ role: 'segl_app', tenant: ours.id }])
    assert.deepEqual(await who(theirs.id), [{ role: 'segl_app', tenant: theirs.id }])
    await client.$disconnect()
    const plain = connect(await testDatabase(), 1)
    await inTransaction(plain, { tenantId: ours.id }, async () => {})
    const left = await plain.$queryRaw<{ role: string; tenant: string }[]>`
      select current_user = session_user as same, current_setting('segl.tenant', true) as tenant`
    assert.deepEqual(left, [{ same: true, tenant: '' }])
    await plain.$disconnect()
  })

  it('reads nothing of another tenant even when a query forgets to ask for one', async () => {
    const client = connect(await testDatabase(), 2, { doorsOnly: true })
    assert.equal(await createReading(client).order(ours.id, theirs.order), undefined)
    const all = await inTransaction(client, { tenantId: ours.id }, (db) =>
      db.signer.findMany({ include: { order: true } }),
    )
    assert.deepEqual(
      all.map(({ id }) => id),
      [ours.signer],
    )
    await client.$disconnect()
  })

  it('is not opened on a database where a table is left open', async () => {
    const url = await freshDatabase()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query('alter table task no force row level security')
    await client.end()
    await assert.rejects(
      assertMigrated(url, { queue: true }),
      (error) => isSeglError(error, 'SCHEMA_MISMATCH') && /kept apart in task/.test(error.detail),
    )
  })
})
