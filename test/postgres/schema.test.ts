// What the database itself refuses, whatever the program above it does wrong.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { testDatabase } from '../support/database.ts'

const id = {
  tenant: randomUUID(),
  order: randomUUID(),
  document: randomUUID(),
  signer: randomUUID(),
  ceremony: randomUUID(),
}
const hash = 'ab'.repeat(32)
let client: pg.Client

before(async () => {
  client = new pg.Client({ connectionString: await testDatabase() })
  await client.connect()
  await client.query(`insert into tenant (id, name, organisation_number) values ($1, 'A', '313000001')`, [id.tenant])
  await client.query(
    `insert into signing_order (id, tenant_id, kind, title, language, state) values ($1, $2, 'contract', 'T', 'nb', 'open')`,
    [id.order, id.tenant],
  )
  await client.query(
    `insert into document (id, tenant_id, order_id, kind, title, file_name, language, metadata, preflight, upload_sha256,
       upload_size, pages) values ($1, $2, $3, 'contract', 'T', 't.pdf', 'nb', '{}', '{}', $4, 1, 1)`,
    [id.document, id.tenant, id.order, hash],
  )
  await client.query(
    `insert into signer (id, tenant_id, order_id, position, group_number, role, name, level, language, state, slot)
     values ($1, $2, $3, 0, 1, 'party', 'N', 'high', 'nb', 'ready', 1)`,
    [id.signer, id.tenant, id.order],
  )
  await client.query(
    `insert into ceremony (id, tenant_id, order_id, signer_id, state, browser_hash, oidc_state, oidc_nonce,
       code_verifier_encrypted, redirect_kind, language, expires_at)
     values ($1, $2, $3, $4, 'atBankid', 'b', 's', 'n', '', 'login', 'nb', now())`,
    [id.ceremony, id.tenant, id.order, id.signer],
  )
})
after(() => client.end())

const sign = (state: string, extra: Partial<Record<'signer' | 'ceremony', string | null>> = {}) =>
  client.query(
    `insert into signature (id, tenant_id, order_id, document_id, signer_id, ceremony_id, kind, slot, base_revision,
       to_be_signed_hash, signed_attributes, to_be_signed, state)
     values ($1, $2, $3, $4, $5, $6, 'signer', 1, 1, '', '', '{}', $7) returning id`,
    [
      randomUUID(),
      id.tenant,
      id.order,
      id.document,
      extra.signer === undefined ? id.signer : extra.signer,
      extra.ceremony === undefined ? id.ceremony : extra.ceremony,
      state,
    ],
  )

const refused = (constraint: string) => (error: unknown) =>
  error instanceof pg.DatabaseError && error.constraint === constraint

test('one signature that is not void per signer and document', async () => {
  const { rows } = await sign('prepared')
  await assert.rejects(sign('authorised'), refused('signature_one_per_signer_and_document'))
  await client.query(`update signature set state = 'void' where id = $1`, [rows[0]?.id])
  await sign('authorised')
  await sign('void')
})

test("a signer's signature names signer and ceremony", async () => {
  await assert.rejects(sign('void', { signer: null }), refused('signature_signer_check'))
  await assert.rejects(sign('void', { ceremony: null }), refused('signature_signer_check'))
})

test('states and kinds outside the contract', async () => {
  const update = (table: string, column: string, value: string) =>
    client.query(`update ${table} set ${column} = $1`, [value])
  await assert.rejects(update('signing_order', 'state', 'done'), refused('signing_order_state_check'))
  await assert.rejects(update('signing_order', 'outcome', 'failed'), refused('signing_order_outcome_check'))
  await assert.rejects(update('signer', 'state', 'at_bankid'), refused('signer_state_check'))
  await assert.rejects(update('ceremony', 'state', 'unknown'), refused('ceremony_state_check'))
  await assert.rejects(update('document', 'kind', 'invoice'), refused('document_kind_check'))
  await assert.rejects(update('document', 'language', 'sv'), refused('document_language_check'))
  await assert.rejects(update('document', 'upload_sha256', 'AB'), refused('document_upload_sha256_check'))
})

test('two signers in one slot of an order', async () => {
  await assert.rejects(
    client.query(
      `insert into signer (id, tenant_id, order_id, position, group_number, role, name, level, language, state, slot)
       values ($1, $2, $3, 1, 1, 'party', 'M', 'high', 'nb', 'ready', 1)`,
      [randomUUID(), id.tenant, id.order],
    ),
    refused('signer_order_id_slot_key'),
  )
})

test('an audit event that is changed or removed; only its salt may go, and what it hid with it', async () => {
  const event = randomUUID()
  await client.query(
    `insert into audit_event (id, tenant_id, order_id, sequence, time, type, actor, data, personal, salt, previous, hash)
     values ($1, $2, $3, 1, now(), 'orderCreated', 'system', '{}', '{"name": "N"}', 'salt', $4, $4)`,
    [event, id.tenant, id.order, hash],
  )
  const final = /never changed or removed/
  await assert.rejects(client.query(`update audit_event set actor = 'other' where id = $1`, [event]), final)
  await assert.rejects(client.query(`update audit_event set salt = 'other' where id = $1`, [event]), final)
  await assert.rejects(client.query(`update audit_event set salt = null, actor = 'x' where id = $1`, [event]), final)
  await assert.rejects(client.query(`delete from audit_event where id = $1`, [event]), final)
  // The salt alone would leave the name, and the name alone a commitment that can be guessed.
  await assert.rejects(client.query(`update audit_event set salt = null where id = $1`, [event]), final)
  await assert.rejects(client.query(`update audit_event set personal = null where id = $1`, [event]), final)
  await assert.rejects(
    client.query(`update audit_event set salt = null, personal = '{}' where id = $1`, [event]),
    final,
  )
  await client.query(`update audit_event set salt = null, personal = null where id = $1`, [event])
})

test('an audit event lets go of a signer only when he is no row any more', async () => {
  const [signer, event] = [randomUUID(), randomUUID()]
  await client.query(
    `insert into signer (id, tenant_id, order_id, position, group_number, role, name, level, language, state, slot)
     values ($1, $2, $3, 8, 1, 'party', 'N', 'high', 'nb', 'waiting', 8)`,
    [signer, id.tenant, id.order],
  )
  await client.query(
    `insert into audit_event (id, tenant_id, order_id, signer_id, sequence, time, type, actor, data, previous, hash)
     values ($1, $2, $3, $4, 2, now(), 'signer.linkIssued', 'tenant', $6, $5, $5)`,
    [event, id.tenant, id.order, signer, hash, { signer }],
  )
  const final = /never changed or removed/
  await assert.rejects(client.query(`update audit_event set signer_id = null where id = $1`, [event]), final)
  // As the application does it when a draft is changed: under row-level security.
  await client.query('begin')
  await client.query('set local role segl_app')
  await client.query(`select set_config('segl.tenant', $1, true)`, [id.tenant])
  await assert.rejects(
    client.query('savepoint s; update audit_event set signer_id = null').finally(() => client.query('rollback to s')),
    final,
  )
  assert.equal((await client.query(`delete from signer where id = $1`, [signer])).rowCount, 1)
  await client.query('commit')
  const { rows } = await client.query(`select signer_id, data from audit_event where id = $1`, [event])
  assert.deepEqual(rows, [{ signer_id: null, data: { signer } }])
})

test('leases get a higher fencing token each time', async () => {
  const take = async (): Promise<bigint> => {
    await client.query('delete from lease')
    const { rows } = await client.query<{ fencing: string }>(
      `insert into lease (document_id, tenant_id, ceremony_id, expires_at) values ($1, $2, $3, now()) returning fencing`,
      [id.document, id.tenant, id.ceremony],
    )
    return BigInt(rows[0]?.fencing ?? 0)
  }
  const [first, second] = [await take(), await take()]
  assert.ok(second > first)
})
