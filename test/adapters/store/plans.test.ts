import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../../../src/adapters/store/generated/client.ts'
import {
  type Client,
  createReading,
  createTasks,
  createWebhookDeliveries,
  sequenceEvents,
} from '../../../src/adapters/store/index.ts'
import type { Vault } from '../../../src/flow/ports/vault.ts'
import { testDatabase } from '../../support/database.ts'
import { type Seeded, seedOrders } from './seed.ts'

type Query = { readonly sql: string; readonly args: unknown[] }

/** Tables that grow with use: no statement may read one from end to end. */
const large = ['signing_order', 'document', 'signer', 'event', 'revision', 'audit_event', 'task', 'webhook_delivery']

/** A client that keeps what it sends. */
function spying(url: string, sent: Query[]): Client {
  const inner: Pick<PrismaPg, 'provider' | 'adapterName' | 'connect'> = new PrismaPg({ connectionString: url })
  type Adapter = Awaited<ReturnType<PrismaPg['connect']>>
  type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>
  const spy = <T extends Adapter | Transaction>(target: T): T =>
    new Proxy(target, {
      get(_target, name) {
        const value: unknown = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        if (name === 'startTransaction') {
          return async (...given: unknown[]) => spy((await value.apply(target, given)) as Transaction)
        }
        if (name !== 'queryRaw' && name !== 'executeRaw') return value.bind(target)
        return (query: Query) => {
          sent.push(query)
          return value.call(target, query)
        }
      },
    })
  const { provider, adapterName } = inner
  const factory = { provider, adapterName, connect: async () => spy(await inner.connect()) }
  return new PrismaClient({ adapter: factory as PrismaPg })
}

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Plan[] }
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

describe('with fifty thousand orders, every statement that the API and the workers wait for uses an index', () => {
  let seeded: Seeded
  let client: Client
  let direct: pg.Client
  const sent: Query[] = []

  before(async () => {
    const url = await testDatabase()
    seeded = await seedOrders(url, 50_000)
    client = spying(url, sent)
    direct = new pg.Client({ connectionString: url })
    await direct.connect()
  })
  after(async () => {
    await client.$disconnect()
    await direct.end()
  })

  /** The indexes that `work`'s statements use, sorted; a large table read from end to end is `TABLE, all of it`. */
  const planOf = async (work: () => Promise<unknown>): Promise<string[]> => {
    sent.length = 0
    await work()
    const used = new Set<string>()
    for (const { sql, args } of [...sent]) {
      if (!/^\s*(select|update|delete|with)/i.test(sql) || /set_config|advisory/.test(sql)) continue
      await direct.query('begin')
      const { rows } = await direct.query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
        `explain (format json) ${sql}`,
        args as unknown[],
      )
      await direct.query('rollback')
      for (const node of nodes(rows[0]?.['QUERY PLAN'][0]?.Plan as Plan)) {
        const table = node['Relation Name'] ?? ''
        if (node['Node Type'] === 'Seq Scan' && large.includes(table)) used.add(`${table}, all of it`)
        if (node['Node Type'] === 'Sort') used.add('sorted afterwards')
        if (node['Index Name'] !== undefined) used.add(node['Index Name'])
      }
    }
    return [...used].sort()
  }

  const list = (filter: object) => () => createReading(client).orders(seeded.tenantId, { ...filter, limit: 51 })
  const at = new Date('2020-06-01T00:00:00Z')

  const expected: readonly (readonly [what: string, work: () => Promise<unknown>, indexes: readonly string[]])[] = [
    ['the newest orders', list({}), ['signing_order_tenant_id_created_at_id_idx']],
    [
      'a page further on',
      list({ before: { at, id: 'ffffffff-ffff-7fff-bfff-ffffffffffff' } }),
      ['signing_order_tenant_id_created_at_id_idx'],
    ],
    ['orders in a state', list({ state: 'open' }), ['signing_order_tenant_id_state_created_at_id_idx']],
    [
      'orders of an organisation',
      list({ organisation: '310000042' }),
      ['signing_order_tenant_id_organisation_number_created_at_id_idx'],
    ],
    ['orders of a year', list({ year: 2018 }), ['signing_order_tenant_id_year_created_at_id_idx']],
    ['orders with a reference', list({ reference: 'R777' }), ['signing_order_tenant_id_reference_created_at_id_idx']],
    [
      'orders changed since',
      list({ changedSince: new Date('2025-12-20T00:00:00Z') }),
      ['signing_order_tenant_id_updated_at_id_idx'],
    ],
    [
      'the feed',
      () => createReading(client).feed(seeded.tenantId, BigInt(seeded.after), 100),
      ['event_tenant_id_position_idx'],
    ],
    ['the end of the feed', () => createReading(client).feedEnd(), ['event_position_key']],
  ]
  for (const [what, work, indexes] of expected) {
    test(`${what}`, async () => assert.deepEqual(await planOf(work), indexes))
  }

  const without: readonly (readonly [what: string, work: () => Promise<unknown>])[] = [
    ['one order', () => createReading(client).order(seeded.tenantId, seeded.orderId)],
    ['whole orders', () => createReading(client).wholeOrders(seeded.tenantId, { limit: 51 })],
    [
      'a document and its revisions',
      async () => {
        const order = await createReading(client).order(seeded.tenantId, seeded.orderId)
        await createReading(client).document(seeded.tenantId, order?.documents[0]?.id ?? '')
        await createReading(client).revisions(seeded.tenantId, order?.documents[0]?.id ?? '')
      },
    ],
    ['the trail', () => createReading(client).trail(seeded.tenantId, seeded.orderId)],
    ['the sequencer', () => sequenceEvents(client, 100)],
    ['the sweeper', () => createTasks(client, 0).sweep(100, 3)],
    [
      'deliveries of webhooks',
      async () => {
        const deliveries = createWebhookDeliveries(client, {} as Vault)
        await deliveries.fanOut(100)
        await deliveries.claim(10, 4, 60)
      },
    ],
  ]
  for (const [what, work] of without) {
    test(`${what}: nothing large is read from end to end`, async () => {
      assert.deepEqual(
        (await planOf(work)).filter((one) => one.endsWith('all of it')),
        [],
      )
    })
  }
})
