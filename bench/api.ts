// What the API costs with a million orders, against a thousand: interleaved rounds in one run, the client in a process of its own.
import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { createSegl, type Metadata, type Segl } from '../src/client/index.ts'
import { withTenants } from '../src/compose/tenants.ts'
import { freePort } from '../src/postgres/index.ts'
import { type Seeded, seedOrders } from '../test/adapters/store/seed.ts'
import { smallPdf } from '../test/http/harness.ts'
import { freshDatabase, templateVariable } from '../test/support/database.ts'
import { startTestServer } from '../test/support/server.ts'

const given = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}
const [small, large, rounds, calls] = [
  given('small', 1000),
  given('large', 1_000_000),
  given('rounds', 9),
  given('calls', 20),
]
/** The bound. */
const allowed = 1.3

type Side = { readonly segl: Segl; readonly seeded: Seeded; stop(): void }

const server = await startTestServer()
env[templateVariable] = server.template
const sides: Side[] = []
try {
  for (const orders of [small, large]) {
    const began = Date.now()
    sides.push(await open(orders))
    console.log(`${orders} orders seeded in ${((Date.now() - began) / 1000).toFixed(0)} s`)
  }
  console.log(
    `\nMedian of ${rounds} rounds of ${calls} calls each, interleaved; ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}\n`,
  )
  console.log(
    `| call | ${small} orders | ${large} orders | ratio | of the nine | asked |\n| --- | --- | --- | --- | --- | --- |`,
  )
  let missed = 0
  for (const [name, call] of operations()) {
    for (const side of sides) for (let warm = 0; warm < calls; warm += 1) await call(side)
    const times: number[][] = []
    for (let round = 0; round < rounds; round += 1) {
      const pair: number[] = []
      // Who comes first changes, so that neither always finds the cache that the other has filled.
      for (const side of round % 2 === 0 ? sides : [...sides].reverse()) {
        const took: number[] = []
        for (let turn = 0; turn < calls; turn += 1) took.push(await call(side))
        pair[sides.indexOf(side)] = median(took)
      }
      times.push(pair)
    }
    const ratios = times.map(([a = 1, b = 1]) => b / a)
    const ratio = median(ratios)
    if (ratio > allowed) missed += 1
    const [a, b] = [0, 1].map((side) => median(times.map((pair) => pair[side] ?? 0)))
    const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`
    console.log(
      `| ${name} | ${a?.toFixed(2)} ms | ${b?.toFixed(2)} ms | ${ratio.toFixed(2)} | ${spread} | ${allowed} ${ratio > allowed ? 'MISSED' : 'reached'} |`,
    )
  }
  process.exitCode = missed === 0 ? 0 : 1
} finally {
  for (const side of sides) side.stop()
  await server.stop()
}

async function open(orders: number): Promise<Side> {
  const databaseUrl = await freshDatabase()
  const seeded = await seedOrders(databaseUrl, orders)
  const key = await withTenants(databaseUrl, (tenants) => tenants.addKey(seeded.tenantId, 'bench', ['system']))
  const url = `127.0.0.1:${await freePort()}`
  const secret = () => randomBytes(32).toString('base64')
  const child = spawn(process.execPath, [fileURLToPath(new URL('../dist/bin/api.js', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      DATA_DIR: mkdtempSync(join(tmpdir(), 'segl-bench-')),
      DATABASE_URL: databaseUrl,
      LISTEN: url,
      REQUESTS_PER_MINUTE: '10000000',
      LOG_LEVEL: 'error',
      ENCRYPTION_KEY: secret(),
      HMAC_KEY: secret(),
      LINK_KEY: secret(),
      LOG_KEY: secret(),
      SEAL_KEY_PASSPHRASE: secret(),
    },
  })
  const segl = createSegl({ url: `http://${url}`, key, attempts: 15 })
  await segl.orders.page({ limit: 1 })
  return { segl, seeded, stop: () => void child.kill() }
}

/** Each answers the milliseconds that the call took. */
function operations(): [string, (side: Side) => Promise<number>][] {
  const timed =
    (call: (side: Side) => Promise<unknown>) =>
    async (side: Side): Promise<number> => {
      const began = performance.now()
      await call(side)
      return performance.now() - began
    }
  const list = (filter: object) => timed(({ segl }) => segl.orders.page({ limit: 50, ...filter }))
  return [
    ['list the newest', list({})],
    ['list by state', list({ state: 'open', limit: 20 })],
    [
      'list by organisation',
      timed(({ segl, seeded }) => segl.orders.page({ organisation: seeded.organisation, limit: 10 })),
    ],
    ['list by year', timed(({ segl, seeded }) => segl.orders.page({ year: seeded.year, limit: 50 }))],
    ['find by reference', timed(({ segl, seeded }) => segl.orders.page({ reference: seeded.reference }))],
    ['changed since', list({ changedSince: '2025-12-01T00:00:00Z', limit: 10 })],
    ['read', timed(({ segl, seeded }) => segl.orders.get(seeded.orderId))],
    ['feed', timed(({ segl, seeded }) => segl.events.read({ after: seeded.after, limit: 50 }))],
    [
      'create',
      async (side) => {
        const { id } = await side.segl.documents.upload({
          file: new Uint8Array(smallPdf(randomBytes(8).toString('hex'))),
          fileName: 'a.pdf',
          metadata: { kind: 'contract', title: 'Avtale', parties: [{ name: 'A AS' }, { name: 'B AS' }] } as Metadata,
        })
        const order = {
          title: 'Avtale',
          reference: randomUUID(),
          documents: [{ id }],
          signers: [{ role: 'party', name: 'Kari Nordmann' }],
        }
        return timed(({ segl }) => segl.orders.create(order))(side)
      },
    ],
  ]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
