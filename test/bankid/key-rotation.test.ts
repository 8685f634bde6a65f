import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import * as jose from 'jose'
import { reservedPort } from '../support/port.ts'
import { logIn, type Party, startParty } from './relying-party.ts'

const day = 86_400_000
const file = 'secrets/openid-keys.json'

let dataDir: string
let port: number
let party: Party
let offset = 0
const clock = () => new Date(Date.now() + offset)
const restart = async () => {
  await party.close()
  party = await startParty({ dataDir, port, clock })
}
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'bankid-'))
  port = await reservedPort()
  party = await startParty({ dataDir, port, clock })
})
after(async () => {
  await party.close()
  await rm(dataDir, { recursive: true, force: true })
})

const publishedNow = async (): Promise<jose.JSONWebKeySet> => {
  const answer = await fetch(`${party.bankid.url}/jwks`, { signal: AbortSignal.timeout(60_000) })
  return (await answer.json()) as jose.JSONWebKeySet
}
const kidsNow = async () => (await publishedNow()).keys.filter(({ alg }) => alg === 'RS256').map(({ kid }) => kid)
const newToken = async (): Promise<string> => (await logIn(party, 'auditor')).id_token ?? ''
const kidOf = (token: string) => jose.decodeProtectedHeader(token).kid
const verify = async (token: string) => jose.jwtVerify(token, jose.createLocalJWKSet(await publishedNow()))

describe('the keys that sign ID tokens', () => {
  it('take turns after 90 days; the earlier stays published until its last token has expired, over a restart too', async () => {
    const early = await newToken()
    assert.deepEqual(await kidsNow(), [kidOf(early)])

    offset = 89 * day
    assert.equal(kidOf(await newToken()), kidOf(early))

    offset = 90 * day + 1000
    const late = await newToken()
    assert.notEqual(kidOf(late), kidOf(early))
    assert.deepEqual(await kidsNow(), [kidOf(late), kidOf(early)])
    await verify(early)
    await verify(late)

    await restart()
    assert.deepEqual(await kidsNow(), [kidOf(late), kidOf(early)])
    assert.equal(kidOf(await newToken()), kidOf(late))

    offset += 300_000
    await verify(early)
    offset += 61_000
    assert.deepEqual(await kidsNow(), [kidOf(late)])
    await assert.rejects(verify(early), jose.errors.JWKSNoMatchingKey)
    // The private half is gone from the disk as well.
    assert.ok(!(await readFile(join(dataDir, file), 'utf8')).includes(String(kidOf(early))))
    await restart()
    assert.deepEqual(await kidsNow(), [kidOf(late)])
  })

  it('publish no private part', async () => {
    for (const key of (await publishedNow()).keys) assert.equal(key.d, undefined)
  })

  it('are kept when their file is from before keys had an age', async () => {
    const [generation] = JSON.parse(await readFile(join(dataDir, file), 'utf8'))
    const before = await kidsNow()
    await writeFile(join(dataDir, file), JSON.stringify(generation.keys))
    await restart()
    assert.deepEqual(await kidsNow(), before)
  })
})
