import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createBankId } from '../../src/bankid/server.ts'
import { reservedPort } from '../support/port.ts'
import { createBrowser, deviceOf, hiddenIn } from './browser.ts'
import { download } from './openssl.ts'
import { approve, credentialOf, csc, hashOf, logIn, signBody, startParty } from './relying-party.ts'

const start = async (env: Record<string, string>): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [...process.execArgv, 'src/bin/bankid.ts'], {
    env: { PATH: '/usr/bin:/bin', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (line: Buffer) => line.toString().startsWith('Simulated BankID') && resolve())
    child.on('exit', (code) => reject(new Error(`bankid ended with ${code}`)))
  })
  return child
}

const ended = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.on('exit', resolve))

describe('the process of the simulated BankID', () => {
  it('keeps its PKI, its locks and its devices over kill -9, and stops gently on SIGTERM', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bankid-'))
    const port = await reservedPort()
    const url = `http://localhost:${port}`
    const env = { BANKID_DATA: folder, BANKID_LISTEN: `localhost:${port}`, BANKID_URL: url }
    try {
      const first = await start(env)
      const root = await download(`${url}/certs/root.cer`)
      const tsa = await download(`${url}/certs/tsa.cer`)
      const jwks = await download(`${url}/jwks`)
      const { number, code, id } = await deviceOf(url, 'chairman')
      const browser = createBrowser()
      const query = new URLSearchParams({
        client_id: 'segl',
        redirect_uri: 'http://127.0.0.1:8080/sign/callback',
        response_type: 'code',
        scope: 'openid',
        code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
        code_challenge_method: 'S256',
      })
      let page = await browser.open(`${url}/csc/v2/oauth2/authorize?${query}`)
      page = await browser.post(page.url, { ...hiddenIn(page), step: 'number', number })
      for (let wrong = 0; wrong < 5; wrong++) {
        page = await browser.post(page.url, { ...hiddenIn(page), step: 'code', code: '000000' })
      }
      assert.equal((await deviceOf(url, 'chairman')).locked, true)
      const gone = ended(first)
      first.kill('SIGKILL')
      await gone

      const second = await start(env)
      assert.deepEqual(await download(`${url}/certs/root.cer`), root)
      assert.deepEqual(await download(`${url}/certs/tsa.cer`), tsa)
      assert.deepEqual(await download(`${url}/jwks`), jwks)
      const kept = await deviceOf(url, 'chairman')
      assert.equal(kept.locked, true)
      assert.equal(kept.code, code)
      await fetch(`${url}/devices/unlock`, { method: 'POST', body: new URLSearchParams({ person: id }) })
      // The visit that was under way goes on where it was.
      page = await browser.post(page.url, { ...hiddenIn(page), step: 'code', code })
      assert.match(page.html, /name="password"/)
      const stopped = ended(second)
      second.kill('SIGTERM')
      assert.equal(await stopped, 0)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('finishes a session that a restart interrupted between login and signature', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bankid-'))
    const port = await reservedPort()
    try {
      const first = await startParty({ dataDir, port })
      const browser = createBrowser()
      const login = await logIn(first, 'chairman', browser)
      const { credentialID } = await credentialOf(first, login.access_token)
      await first.bankid.close()
      const second = await startParty({ dataDir, port })
      const approval = await approve(second, 'chairman', browser, credentialID, [hashOf('x')])
      const answer = await csc(
        second,
        'signatures/signHash',
        approval.access_token,
        signBody(credentialID, [hashOf('x')]),
      )
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      await second.close()
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  it('moves its pointers, not its keys, when its address changes', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bankid-'))
    try {
      const first = await startParty({ dataDir })
      const root = await download(`${first.bankid.url}/certs/root.cer`)
      const persons = await download(`${first.bankid.url}/certs/persons.cer`)
      await first.close()
      // Nobody asks it anything: its address is one that only its certificates name.
      const second = await createBankId({ dataDir, port: 0, url: 'http://bankid.example', clients: [] })
      await second.close()
      const third = await startParty({ dataDir })
      assert.deepEqual(await download(`${third.bankid.url}/certs/root.cer`), root)
      const moved = await download(`${third.bankid.url}/certs/persons.cer`)
      assert.notDeepEqual(moved, persons)
      assert.ok(moved.includes(`${third.bankid.url}/ocsp`))
      await third.close()
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  it('writes every file for its owner only, and no key of a signer in the clear', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bankid-'))
    const party = await startParty({ dataDir })
    try {
      const login = await logIn(party, 'member')
      await credentialOf(party, login.access_token)
      for (const name of await readdir(dataDir, { recursive: true })) {
        const info = await stat(join(dataDir, name))
        if (info.isFile()) assert.equal(info.mode & 0o077, 0, name)
      }
      const [file = ''] = await readdir(join(dataDir, 'credentials'))
      const kept = await readFile(join(dataDir, 'credentials', file), 'utf8')
      const sealed = Buffer.from(/"sealedKey":"([^"]+)"/.exec(kept)?.[1] ?? '', 'base64')
      // A PKCS#8 key says what it is: neither the key type nor the curve may be there to read.
      assert.ok(sealed.length > 100)
      assert.ok(!sealed.includes(Buffer.from('06072a8648ce3d0201', 'hex')))
      assert.doesNotMatch(kept, /PRIVATE KEY|"d":/)
    } finally {
      await party.close()
      await rm(dataDir, { recursive: true, force: true })
    }
  })

  it('says which variable is wrong instead of starting', async () => {
    await assert.rejects(start({ BANKID_LISTEN: 'nonsense' }), /ended with 1/)
    await assert.rejects(start({ BANKID_CLIENTS: '[{}]' }), /ended with 1/)
  })
})
