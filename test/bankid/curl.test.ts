import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import * as jose from 'jose'
import { type BankId, createBankId } from '../../src/bankid/server.ts'
import { needs } from '../support/outside.ts'
import { type Device, deviceOf, hiddenIn, type Page, stepOf } from './browser.ts'
import { keyPair, redirectUri } from './relying-party.ts'

const run = promisify(execFile)

type Phone = { mobile: string; birth: string; requests: { id: string; words?: string; code?: string }[] }

describe('plain curl logs in', { skip: needs('curl') }, () => {
  let bankid: BankId
  let folder: string
  let pair: Awaited<ReturnType<typeof keyPair>>
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bankid-'))
    pair = await keyPair()
    const clients = [{ clientId: 'segl', redirectUris: [redirectUri], jwks: { keys: [pair.jwk] }, nnin: true }]
    bankid = await createBankId({ dataDir: join(folder, 'island'), port: 0, clients })
  })
  after(async () => {
    await bankid.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Status and the address of the redirect, if any, follow the body. */
  const curl = async (...parts: string[]): Promise<Page> => {
    const { stdout } = await run('curl', [
      ...['--silent', '--show-error', '--max-time', '60', '--noproxy', '*'],
      ...['--write-out', '\n%{http_code} %{redirect_url}', ...parts],
    ])
    const at = stdout.lastIndexOf('\n')
    const [status = '', url = ''] = stdout.slice(at + 1).split(' ')
    return { status: Number(status), url, html: stdout.slice(0, at), headers: new Headers() }
  }

  /** Redirects one by one, so that the one to the client is looked at and not followed. */
  const walk = async (jar: string, address: string, form?: Record<string, string>): Promise<Page> => {
    let fields = Object.entries(form ?? {}).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`])
    let url = address
    for (let hop = 0; hop < 10; hop++) {
      if (url.startsWith(redirectUri)) return { status: 0, url, html: '', headers: new Headers() }
      const page = await curl('--cookie', jar, '--cookie-jar', jar, ...fields, url)
      if (page.url === '') return { ...page, url }
      url = page.url
      fields = []
    }
    throw new Error('Too many redirects')
  }

  const visit = async (parameters: Record<string, string> = {}) => {
    const jar = join(folder, `${randomBytes(6).toString('hex')}.cookies`)
    const verifier = randomBytes(32).toString('base64url')
    const query = new URLSearchParams({
      client_id: 'segl',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile nnin_altsub',
      state: 'of-this-walk',
      nonce: 'of-this-walk',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ui_locales: 'en',
      ...parameters,
    })
    let page = await walk(jar, `${bankid.url}/csc/v2/oauth2/authorize?${query}`)
    return {
      page: () => page,
      reload: async () => {
        page = await walk(jar, page.url)
        return page
      },
      send: async (step: string, fields: Record<string, string> = {}) => {
        page = await walk(jar, page.url, { ...hiddenIn(page), step, ...fields })
        return page
      },
      /** The claims of the ID token, its signature, issuer, audience and nonce checked. */
      async claims() {
        const answer = new URL(page.url).searchParams
        assert.equal(answer.get('state'), 'of-this-walk')
        const assertion = await new jose.SignJWT({ jti: randomBytes(16).toString('hex') })
          .setProtectedHeader({ alg: 'ES256', kid: 'one' })
          .setIssuer('segl')
          .setSubject('segl')
          .setAudience(bankid.url)
          .setIssuedAt()
          .setExpirationTime('60s')
          .sign(pair.privateKey)
        const form = {
          grant_type: 'authorization_code',
          code: answer.get('code') ?? '',
          redirect_uri: redirectUri,
          code_verifier: verifier,
          client_id: 'segl',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
        }
        const fields = Object.entries(form).flatMap(([name, value]) => ['--data-urlencode', `${name}=${value}`])
        const tokens = await curl(...fields, `${bankid.url}/csc/v2/oauth2/token`)
        assert.equal(tokens.status, 200, tokens.html)
        const keys = await curl(`${bankid.url}/jwks`)
        const { payload } = await jose.jwtVerify(
          JSON.parse(tokens.html).id_token,
          jose.createLocalJWKSet(JSON.parse(keys.html)),
          { issuer: bankid.url, audience: 'segl' },
        )
        assert.equal(payload['nonce'], 'of-this-walk')
        return payload
      },
    }
  }

  const phoneOf = async (role: string): Promise<Phone> => (await deviceOf(bankid.url, role)) as Device & Phone
  const approve = async (role: string): Promise<void> => {
    const [request] = (await phoneOf(role)).requests
    const fields = ['--data-urlencode', `request=${request?.id ?? ''}`, '--data-urlencode', 'answer=approve']
    assert.equal((await curl(...fields, `${bankid.url}/devices/requests`)).status, 303)
  }

  it('with a code device: number, code, password', async () => {
    const at = await visit()
    const { number, code, password } = await deviceOf(bankid.url, 'chairman')
    await at.send('number', { number })
    await at.send('code', { code })
    await at.send('password', { password })
    const claims = await at.claims()
    assert.equal(claims['acr'], 'urn:bankid:bid;LOA=4')
    assert.deepEqual(claims['amr'], ['bid'])
    assert.equal(claims['nnin_altsub'], number)
  })

  it('with the app: number, approval on the phone, password', async () => {
    const at = await visit()
    const { number, password } = await deviceOf(bankid.url, 'member')
    await at.send('means:app')
    await at.send('number', { number })
    assert.match(at.page().html, /Confirm in the app/)
    await approve('member')
    assert.equal(stepOf(await at.reload()), 'password')
    await at.send('password', { password })
    const claims = await at.claims()
    assert.equal(claims['acr'], 'urn:bankid:bid;LOA=4')
    assert.equal(claims['nnin_altsub'], number)
  })

  it('with BankID på mobil: mobile number and birth date, the same words, the code of the phone', async () => {
    const at = await visit()
    const { mobile, birth } = await phoneOf('auditor')
    await at.send('means:mobile')
    await at.send('mobile', { mobile, birth })
    const [asked] = (await phoneOf('auditor')).requests
    assert.ok(asked?.words && at.page().html.includes(asked.words))
    await approve('auditor')
    const [approved] = (await phoneOf('auditor')).requests
    await at.send('words', { code: approved?.code ?? '' })
    const claims = await at.claims()
    assert.equal(claims['acr'], 'urn:bankid:bim;LOA=4')
    assert.deepEqual(claims['amr'], ['bim'])
  })

  it('but not with a passkey, which curl does not have: the page says so and nobody is logged in', async () => {
    const at = await visit({ acr_values: 'urn:bankid:bis;LOA=3' })
    assert.equal(stepOf(at.page()), 'passkey')
    for (const response of ['', '{}', '{"id":"made-up","type":"public-key"}', 'not json']) {
      const page = await at.send('passkey', { response })
      assert.equal(page.status, 200)
      assert.equal(stepOf(page), 'passkey')
      assert.match(page.html, /The passkey was not accepted/)
    }
    const cancelled = await at.send('cancel')
    assert.equal(new URL(cancelled.url).searchParams.get('error'), 'access_denied')
  })
})
