// Fills a database with as many orders as asked for, as years of use would: by SQL, in seconds.
import { randomUUID } from 'node:crypto'
import pg from 'pg'

export type Seeded = {
  readonly tenantId: string
  /** An order in the middle of them all. */
  readonly orderId: string
  readonly organisation: string
  readonly year: number
  readonly reference: string
  /** Place of the feed, near its end. */
  readonly after: number
}

/**
 * `orders` orders of one tenant, each with a document, two signers, a revision, three events and trail entries; spread over ten
 * years, a hundred organisations and all states. `analyze` is run: plans are made for what is there.
 */
export async function seedOrders(databaseUrl: string, orders: number): Promise<Seeded> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const tenantId = randomUUID()
  try {
    await client.query(`set session_replication_role = replica`)
    await client.query(
      `insert into tenant (id, name, organisation_number) values ($1, 'Store Regnskap AS', '310000019')`,
      [tenantId],
    )
    await client.query(`create temp table seed as
      select n, gen_random_uuid() as order_id, gen_random_uuid() as document_id,
        timestamptz '2016-01-01' + n * (interval '315576000 seconds' / ${orders}) as at
      from generate_series(1, ${orders}) n`)
    await client.query(
      `insert into signing_order (id, tenant_id, kind, title, reference, language, organisation_number, organisation_name, year, state, created_at, updated_at, completed_at)
       select order_id, $1, (array['contract', 'voucher', 'annualAccounts'])[1 + n % 3], 'Ordre ' || n, 'R' || n, 'nb',
         (310000000 + n % 100)::text, 'Org ' || n % 100, 2016 + n * 10 / ${orders + 1},
         case when n % 50 = 0 then 'open' when n % 51 = 0 then 'declined' else 'completed' end, at, at + interval '1 day', at + interval '1 day' from seed`,
      [tenantId],
    )
    await client.query(
      `insert into document (id, tenant_id, order_id, kind, title, file_name, language, metadata, preflight, upload_sha256, upload_size, pages, created_at)
       select document_id, $1, order_id, 'contract', 'Dokument', 'a.pdf', 'nb', '{}', '{}', encode(sha256(order_id::text::bytea), 'hex'), 1000, 1, at from seed`,
      [tenantId],
    )
    for (const position of [0, 1]) {
      await client.query(
        `insert into signer (id, tenant_id, order_id, position, group_number, role, name, level, language, state, slot, created_at)
         select gen_random_uuid(), $1, order_id, $2, 1, 'party', 'Kari Nordmann', 'high', 'nb', 'signed', $2 + 1, at from seed`,
        [tenantId, position],
      )
    }
    for (const part of [0, 1, 2]) {
      await client.query(
        `insert into event (id, tenant_id, order_id, type, state, position, dedupe_key, created_at)
         select gen_random_uuid(), $1, order_id, 'order.completed', 'completed', n * 3 + $2, order_id || ':' || $2, at from seed`,
        [tenantId, part],
      )
    }
    await client.query(`set session_replication_role = default`)
    await client.query('vacuum (analyze) signing_order, document, signer, event')
    const { rows } = await client.query<{ order_id: string }>(
      `select order_id from seed where n = ${Math.ceil(orders / 2)}`,
    )
    return {
      tenantId,
      orderId: rows[0]?.order_id ?? '',
      organisation: '310000042',
      year: 2020,
      reference: `R${Math.ceil(orders / 3)}`,
      after: orders * 3 - 60,
    }
  } finally {
    await client.end()
  }
}
