// Two tenants with a row in every table that the story writes, and statements sent as the application's role for one of them.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { testDatabase } from '../support/database.ts'

export type Tenant = { id: string; order: string; document: string; signer: string; apiKey: string }

export type TwoTenants = {
  /** The database's owner, who sees everything. */
  readonly owner: pg.Client
  readonly ours: Tenant
  readonly theirs: Tenant
  /** Sends statements as the application's role for one tenant, and takes back whatever they did. */
  asApp<T>(tenantId: string | null, work: (query: pg.Client['query']) => Promise<T>): Promise<T>
}

export const hash = 'ab'.repeat(32)

/** In this file's own database; `owner.end()` when done. */
export async function twoTenants(): Promise<TwoTenants> {
  const owner = new pg.Client({ connectionString: await testDatabase() })
  await owner.connect()
  return {
    owner,
    ours: await tenantWithRows(owner),
    theirs: await tenantWithRows(owner),
    async asApp(tenantId, work) {
      await owner.query('begin')
      try {
        await owner.query(`set local role segl_app`)
        if (tenantId !== null) await owner.query(`select set_config('segl.tenant', $1, true)`, [tenantId])
        return await work(owner.query.bind(owner))
      } finally {
        await owner.query('rollback')
      }
    },
  }
}

async function tenantWithRows(owner: pg.Client): Promise<Tenant> {
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
