// How the application opens its connection: through doors only, each transaction as one role and for one tenant.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { connect, createReading, inTransaction } from '../../src/adapters/store/index.ts'
import { isSeglError } from '../../src/errors.ts'
import { assertMigrated } from '../../src/postgres/index.ts'
import { freshDatabase, testDatabase } from '../support/database.ts'
import { type Tenant, twoTenants } from './two-tenants.ts'

let owner: pg.Client
let ours: Tenant
let theirs: Tenant

before(async () => {
  ;({ owner, ours, theirs } = await twoTenants())
})
after(() => owner?.end())

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
