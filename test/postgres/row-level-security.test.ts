// The second wall: queries sent as the application's database role, without the application in between.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { hash, type Tenant, type TwoTenants, twoTenants } from './two-tenants.ts'

let owner: pg.Client
let ours: Tenant
let theirs: Tenant
let asApp: TwoTenants['asApp']
let scoped: string[]

before(async () => {
  ;({ owner, ours, theirs, asApp } = await twoTenants())
  const { rows } = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'tenant_id' order by table_name`,
  )
  scoped = rows.map(({ name }) => name)
})
after(() => owner?.end())

const denied = (error: unknown) => error instanceof pg.DatabaseError && error.code === '42501'

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
