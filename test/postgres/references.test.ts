// Rows name each other by foreign keys that carry the tenant, so that none can name what is another's.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { hash, type Tenant, type TwoTenants, twoTenants } from './two-tenants.ts'

let owner: pg.Client
let ours: Tenant
let theirs: Tenant
let asApp: TwoTenants['asApp']

before(async () => {
  ;({ owner, ours, theirs, asApp } = await twoTenants())
})
after(() => owner?.end())

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
