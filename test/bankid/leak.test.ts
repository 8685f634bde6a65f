import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { reservedPort } from '../support/port.ts'
import { createBrowser } from './browser.ts'
import {
  approve,
  credentialOf,
  csc,
  discover,
  hashOf,
  keyPair,
  logIn,
  type Party,
  type Relation,
  redirectUri,
  signBody,
  startParty,
} from './relying-party.ts'

const roles = [
  'chairman',
  'member',
  'generalManager',
  'auditor',
  'contractPartyA',
  'contractPartyB',
  'attestant',
  'approver',
]

let party: Party
before(async () => {
  party = await startParty()
})
after(() => party.close())

const session = async (party: Relation, role: string, midway?: () => Promise<void>): Promise<void> => {
  const browser = createBrowser()
  const login = await logIn(party, role, browser)
  const { credentialID } = await credentialOf(party, login.access_token)
  await midway?.()
  const approval = await approve(party, role, browser, credentialID, [hashOf(role)])
  const answer = await csc(party, 'signatures/signHash', approval.access_token, signBody(credentialID, [hashOf(role)]))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

describe('signing sessions', () => {
  it('leave no key, token, session or visit behind, one after the other and at once', async () => {
    for (const role of roles) await session(party, role)
    await Promise.all(roles.map((role) => session(party, role)))
    const { credentials, ceremonies, records } = party.bankid.sweep()
    assert.equal(credentials, 0)
    assert.equal(ceremonies, 0)
    const { ReplayDetection: _assertionsSeen, ...living } = records
    assert.deepEqual(
      Object.values(living).reduce((sum, count) => sum + count, 0),
      0,
      JSON.stringify(records),
    )
  })
})

type Usage = { heapUsed: number; external: number; rss: number }

/** Collects the garbage when asked, and tells what is left. */
const probe = `process.on('message', async () => {
  for (let turn = 0; turn < 3; turn++) { globalThis.gc(); await new Promise((done) => setTimeout(done, 100)) }
  process.send(process.memoryUsage())
})`

const usageOf = async (island: ChildProcess): Promise<Usage> => {
  // Connections kept alive end after five seconds: they are no session's.
  await wait(6000)
  island.send('measure')
  const [usage] = (await once(island, 'message')) as [Usage]
  return usage
}

/** Records on disk that have not expired; the memory of client assertions (RFC 7523 §3, jti) lasts as long as they would. */
const livingIn = async (folder: string): Promise<string[]> => {
  const living: string[] = []
  for (const name of await readdir(folder, { recursive: true })) {
    if (!/^(credentials|openid|phone|activation)\/.*\.json$/.test(name) || name.startsWith('openid/replay')) continue
    // What has expired may be swept away between the two looks.
    const text = await readFile(join(folder, name), 'utf8').catch(() => '{"expires":0}')
    const kept: { expires: number } = JSON.parse(text)
    if (kept.expires > Date.now()) living.push(name)
  }
  return living
}

/**
 * Measured after a fifth of the sessions, and after all of them and a tenth as many at once. Few by default; LEAK_SESSIONS=500 is
 * the full count (100; 500 and 50 at once), LEAK_PROGRAM=dist/bin/bankid.js what is delivered.
 */
describe('the memory of the process', () => {
  it('is at most 1.2 times that after the first fifth of the sessions', { timeout: 600_000 }, async (t) => {
    const many = Number(env['LEAK_SESSIONS'] ?? 50)
    const program = env['LEAK_PROGRAM'] ?? 'src/bin/bankid.ts'
    const folder = await mkdtemp(join(tmpdir(), 'bankid-'))
    const { privateKey, jwk } = await keyPair()
    const url = `http://localhost:${await reservedPort()}`
    const island = spawn(
      process.execPath,
      [
        ...(program.endsWith('.ts') ? process.execArgv : []),
        ...['--expose-gc', '--import', `data:text/javascript,${encodeURIComponent(probe)}`, program],
      ],
      {
        env: {
          PATH: env['PATH'],
          BANKID_DATA: folder,
          BANKID_URL: url,
          BANKID_LISTEN: new URL(url).host,
          BANKID_CLIENTS: JSON.stringify([
            { clientId: 'segl', redirectUris: [redirectUri], jwks: { keys: [jwk] }, nnin: true },
          ]),
        },
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      },
    )
    try {
      if (!island.stdout) throw new Error('The island has no output')
      await once(island.stdout, 'data')
      const relation = { bankid: { url }, configuration: await discover(url, 'segl', privateKey) }
      const roleAt = (at: number): string => roles[at % roles.length] ?? ''
      const inTurn = async (count: number) => {
        for (let at = 0; at < count; at++) await session(relation, roleAt(at))
      }
      await session(relation, 'chairman', async () => {
        const living = await livingIn(folder)
        assert.ok(living.some((name) => name.startsWith('credentials/')))
        assert.ok(living.some((name) => name.startsWith('openid/accesstoken/')))
      })
      await inTurn(many / 5 - 1)
      const early = await usageOf(island)
      await inTurn(many - many / 5)
      await Promise.all(Array.from({ length: Math.ceil(many / 10) }, (_, at) => session(relation, roleAt(at))))
      const late = await usageOf(island)
      const figures = (['heapUsed', 'external', 'rss'] as const).map(
        (kind) =>
          `${kind} ${(early[kind] / 1e6).toFixed(1)} -> ${(late[kind] / 1e6).toFixed(1)} MB (${(late[kind] / early[kind]).toFixed(2)})`,
      )
      t.diagnostic(`${many} sessions, then ${Math.ceil(many / 10)} at once: ${figures.join(', ')}`)
      assert.ok(late.heapUsed <= 1.2 * early.heapUsed, figures.join(', '))
      assert.deepEqual(await livingIn(folder), [])
    } finally {
      island.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    }
  })
})
