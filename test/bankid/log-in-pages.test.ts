// What the island refuses in a browser: at the authorization endpoint, and on the log-in pages.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createBrowser, deviceOf, hiddenIn, identify, type Page, stepOf } from './browser.ts'
import {
  authorizationUrl,
  credentialOf,
  hashOf,
  logIn,
  type Party,
  redirectOnce,
  redirectUri,
  sha256,
  startParty,
} from './relying-party.ts'

let party: Party
before(async () => {
  party = await startParty()
})
after(() => party.close())

const errorOf = async (
  parameters: Record<string, string>,
  configuration = party.configuration,
): Promise<string | null> => {
  const page = await createBrowser().open(await authorizationUrl(party, parameters, configuration), redirectUri)
  const { search, hash } = new URL(page.url)
  const answer = new URLSearchParams(search || hash.slice(1))
  assert.equal(answer.get('state'), 'abc')
  return answer.get('error')
}

describe('the authorization endpoint', () => {
  it('refuses an address that is not registered, on a page of its own', async () => {
    for (const uri of [
      `${redirectUri}/`,
      `${redirectUri}?x=1`,
      'http://localhost:8080/sign/callback',
      'https://evil.example/',
    ]) {
      const page = await createBrowser().open(
        await authorizationUrl(party, { scope: 'openid', redirect_uri: uri }),
        'https://evil',
      )
      assert.equal(page.status, 400)
      assert.match(page.html, /invalid_redirect_uri/)
    }
  })

  it('insists on PKCE with S256', async () => {
    assert.equal(await errorOf({ scope: 'openid', code_challenge_method: 'plain' }), 'invalid_request')
    const url = new URL(await authorizationUrl(party, { scope: 'openid' }))
    url.searchParams.delete('code_challenge')
    url.searchParams.delete('code_challenge_method')
    const page = await createBrowser().open(url.href, redirectUri)
    assert.equal(new URL(page.url).searchParams.get('error'), 'invalid_request')
  })

  it('gives the national identity number to entitled clients only', async () => {
    assert.equal(await errorOf({ scope: 'openid nnin_altsub' }, party.other), 'invalid_scope')
    const tokens = await redirectOnce({
      party,
      role: 'contractPartyB',
      configuration: party.other,
      parameters: { scope: 'openid profile' },
    })
    assert.equal(tokens.claims()?.['nnin_altsub'], undefined)
    assert.equal(tokens.claims()?.['name'], 'Sverre Lie-Haugen')
  })

  it('only knows the code flow', async () => {
    assert.equal(await errorOf({ scope: 'openid', response_type: 'id_token', nonce: 'x' }), 'unsupported_response_type')
  })

  it('refuses prompt=none: BankID always asks', async () => {
    assert.equal(await errorOf({ scope: 'openid', prompt: 'none' }), 'login_required')
  })

  it('refuses approvals that say too little, too much or nonsense', async () => {
    const browser = createBrowser()
    const login = await logIn(party, 'deputy', browser)
    const { credentialID } = await credentialOf(party, login.access_token)
    const digest = { hash: hashOf('x'), label: 'x' }
    const good = { type: 'credential', credentialID, hashAlgorithmOID: sha256, documentDigests: [digest] }
    const bad = [
      { ...good, type: 'payment' },
      { ...good, credentialID: 'other' },
      { ...good, credentialID: undefined },
      { ...good, hashAlgorithmOID: '1.3.14.3.2.26' },
      { ...good, documentDigests: [] },
      { ...good, documentDigests: [{ ...digest, label: '' }] },
      { ...good, documentDigests: [{ ...digest, hash: 'AAAA' }] },
      { ...good, documentDigests: Array.from({ length: 51 }, () => digest) },
      { ...good, signAlgo: '1.2.3' },
    ]
    for (const detail of bad) {
      assert.equal(await errorOf({ authorization_details: JSON.stringify([detail]) }), 'invalid_authorization_details')
    }
    assert.equal(
      await errorOf({ authorization_details: JSON.stringify([good, good]) }),
      'invalid_authorization_details',
    )
    assert.equal(await errorOf({ scope: 'credential', credentialID, hashes: 'x' }), 'invalid_request')
    assert.equal(
      await errorOf({ scope: 'credential', authorization_details: JSON.stringify([good]) }),
      'invalid_request',
    )
  })
})

describe('the log-in pages', () => {
  const start = async (parameters: Record<string, string> = {}) => {
    const browser = createBrowser()
    const page = await browser.open(await authorizationUrl(party, { scope: 'openid profile service', ...parameters }))
    const send = (from: Page, step: string, fields: Record<string, string> = {}) =>
      browser.post(from.url, { ...hiddenIn(from), step, ...fields }, redirectUri)
    return { browser, page, send }
  }

  it('cannot be framed, run no script and send forms nowhere else', async () => {
    const { page } = await start()
    const policy = page.headers.get('content-security-policy') ?? ''
    assert.match(policy, /frame-ancestors 'none'/)
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /form-action 'self' http:\/\/127\.0\.0\.1:8080;/)
    assert.equal(page.headers.get('x-frame-options'), 'DENY')
    assert.doesNotMatch(page.html, /<script|style="|onclick/)
  })

  it('speak the language that was asked for', async () => {
    const { page: en } = await start({ ui_locales: 'en' })
    assert.match(en.html, /<html lang="en">[\s\S]*National identity number/)
    const { page: nn } = await start({ ui_locales: 'nn nb' })
    assert.match(nn.html, /<html lang="nn">/)
    const { page: other } = await start({ ui_locales: 'de' })
    assert.match(other.html, /<html lang="nb">[\s\S]*Fødselsnummer/)
  })

  it('send the person back with access_denied when he cancels', async () => {
    const { page, send } = await start()
    const end = await send(page, 'cancel')
    assert.equal(new URL(end.url).searchParams.get('error'), 'access_denied')
    assert.equal(new URL(end.url).searchParams.get('state'), 'abc')
  })

  it('never put the national identity number into an address', async () => {
    const { page, send } = await start()
    const { number } = await deviceOf(party.bankid.url, 'contractPartyB')
    const next = await send(page, 'number', { number })
    assert.ok(!next.url.includes(number) && !next.html.includes(number))
  })

  it('refuse a form without their own token', async () => {
    const { browser, page } = await start()
    const answer = await browser.post(page.url, { csrf: 'x', step: 'number', number: '1' })
    assert.equal(answer.status, 403)
  })

  it('show an expired page to a browser that did not start here, and to a form sent after the end', async () => {
    const { page, send } = await start()
    assert.equal((await createBrowser().open(page.url)).status, 400)
    await send(page, 'cancel')
    const late = await send(page, 'number', { number: '1' })
    assert.equal(late.status, 400)
    assert.match(late.html, /Økten er utløpt/)
  })

  it('take a form sent twice, or from a page the back button brought up, as one', async () => {
    const { page, send } = await start()
    const { number } = await deviceOf(party.bankid.url, 'contractPartyB')
    const code = await send(page, 'number', { number })
    const again = await send(page, 'number', { number })
    assert.equal(stepOf(code), 'code')
    assert.equal(stepOf(again), 'code')
  })

  it('lock after five wrong codes and passwords together, and unlock at the devices page', async () => {
    const role = 'generalManager'
    const { page, send } = await start({ ui_locales: 'en' })
    let device = await deviceOf(party.bankid.url, role)
    let now = await send(page, 'number', { number: device.number })
    now = await send(now, 'code', { code: '000000' })
    assert.match(now.html, /The code is wrong. 4 attempts left/)
    now = await send(now, 'code', { code: 'abc' })
    now = await send(now, 'code', { code: device.code })
    assert.equal(stepOf(now), 'password')
    now = await send(now, 'password', { password: 'wrong' })
    assert.match(now.html, /The password is wrong. 2 attempts left/)
    now = await send(now, 'password', { password: 'wrong' })
    now = await send(now, 'password', { password: 'wrong' })
    assert.match(now.html, /locked after too many errors/)
    // The right password does not help any more.
    now = await send(now, 'password', { password: device.password })
    assert.match(now.html, /locked after too many errors/)
    assert.equal(stepOf(now), undefined)
    device = await deviceOf(party.bankid.url, role)
    assert.equal(device.locked, true)
    await fetch(`${party.bankid.url}/devices/unlock`, {
      method: 'POST',
      body: new URLSearchParams({ person: device.id }),
    })
    assert.equal((await deviceOf(party.bankid.url, role)).locked, false)
    await logIn(party, role)
  })

  it('know a used code from a wrong one, and do not count it', async () => {
    const role = 'contractPartyB'
    const { code, number } = await deviceOf(party.bankid.url, role)
    const first = await start()
    let page = await first.send(first.page, 'number', { number })
    assert.equal(stepOf(await first.send(page, 'code', { code })), 'password')
    const second = await start()
    page = await second.send(second.page, 'number', { number })
    page = await second.send(page, 'code', { code })
    assert.match(page.html, /allerede brukt/)
    const fresh = await deviceOf(party.bankid.url, role)
    assert.notEqual(fresh.code, code)
    page = await second.send(page, 'code', { code: '000000' })
    assert.match(page.html, /4 forsøk igjen/)
  })

  it('turn away a number nobody has, a withdrawn BankID and a person under age', async () => {
    const { page, send } = await start({ ui_locales: 'en' })
    assert.match((await send(page, 'number', { number: '11111111111' })).html, /do not know this number/)
    const revoked = await deviceOf(party.bankid.url, 'revoked')
    assert.match((await send(page, 'number', { number: revoked.number })).html, /withdrawn by its bank/)
    const other = await start({ ui_locales: 'en' })
    const minor = await deviceOf(party.bankid.url, 'minor')
    assert.match((await other.send(other.page, 'number', { number: minor.number })).html, /18 years old/)
  })

  it('let a person under age log in where nothing is signed', async () => {
    const tokens = await logIn(party, 'minor', createBrowser(), 'openid profile')
    assert.equal(tokens.claims()?.['name'], 'Sondre Nygård')
  })

  it('work in two windows of one browser at once', async () => {
    const browser = createBrowser()
    const [a, b] = [
      await browser.open(await authorizationUrl(party, { scope: 'openid' })),
      await browser.open(await authorizationUrl(party, { scope: 'openid' })),
    ]
    for (const page of [b, a]) {
      const end = await identify({
        browser,
        bankid: party.bankid.url,
        address: page.url,
        role: 'stranger',
        stopAt: redirectUri,
      })
      assert.ok(new URL(end).searchParams.get('code'))
    }
  })
})
