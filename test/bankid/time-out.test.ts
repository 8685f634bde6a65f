import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createBrowser, deviceOf, hiddenIn, type Page, stepOf } from './browser.ts'
import {
  approve,
  authorizationUrl,
  credentialOf,
  csc,
  detailsFor,
  hashOf,
  logIn,
  type Party,
  redirectUri,
  startParty,
} from './relying-party.ts'

let party: Party
let offset = 0
before(async () => {
  party = await startParty({ clock: () => new Date(Date.now() + offset) })
})
after(() => party.close())

const visit = async (parameters: Record<string, string>) => {
  const address = await authorizationUrl(party, { ui_locales: 'en', ...parameters })
  const browser = createBrowser()
  const page = await browser.open(address, redirectUri)
  const send = (from: Page, step: string, fields: Record<string, string>) =>
    browser.post(from.url, { ...hiddenIn(from), step, ...fields }, redirectUri)
  return { browser, page, send }
}

describe('a session that takes too long', () => {
  it('ends after ten minutes on the log-in pages: the page says so, and the form counts nothing', async () => {
    const { browser, page, send } = await visit({ scope: 'openid' })
    const { number } = await deviceOf(party.bankid.url, 'member')
    const code = await send(page, 'number', { number })
    assert.equal(stepOf(code), 'code')
    offset += 601_000
    const late = await send(code, 'code', { code: '000000' })
    assert.equal(late.status, 400)
    assert.match(late.html, /Økten er utløpt/)
    assert.equal((await browser.open(code.url)).status, 400)
    // Nothing was counted: the first wrong code of a new visit leaves four.
    const fresh = await visit({ scope: 'openid' })
    const again = await fresh.send(await fresh.send(fresh.page, 'number', { number }), 'code', { code: '000000' })
    assert.match(again.html, /4 attempts left/)
  })

  it('ends an hour after the log-in: no credential is shown, none can be approved', async () => {
    const browser = createBrowser()
    const login = await logIn(party, 'auditor', browser)
    const { credentialID } = await credentialOf(party, login.access_token)
    offset += 3_601_000
    const answer = await csc(party, 'credentials/list', login.access_token, {})
    assert.equal(answer.status, 401)
    assert.equal(answer.body.error, 'invalid_token')
    await assert.rejects(approve(party, 'auditor', browser, credentialID, [hashOf('late')]))
    const { page } = await visit({ authorization_details: detailsFor(credentialID, [hashOf('late')]) })
    assert.equal(new URL(page.url).searchParams.get('error'), 'invalid_authorization_details')
    assert.equal(party.bankid.sweep().credentials, 0)
  })
})

describe('the last form sent twice at once', () => {
  it('lets the person through; the other answer is the client again or the expired page, and nothing is counted', async () => {
    const { page, send } = await visit({ scope: 'openid' })
    const device = await deviceOf(party.bankid.url, 'chairman')
    const password = await send(await send(page, 'number', { number: device.number }), 'code', { code: device.code })
    assert.equal(stepOf(password), 'password')
    const ends = await Promise.allSettled([1, 2].map(() => send(password, 'password', { password: device.password })))
    const pages = ends.map((end) => (end.status === 'fulfilled' ? end.value : assert.fail(String(end.reason))))
    assert.ok(pages.some(({ status, url }) => status === 0 && new URL(url).searchParams.has('code')))
    for (const { status } of pages) assert.ok(status === 0 || status === 400, String(status))
    const fresh = await visit({ scope: 'openid' })
    const wrong = await fresh.send(await fresh.send(fresh.page, 'number', { number: device.number }), 'code', {
      code: '000000',
    })
    assert.match(wrong.html, /4 attempts left/)
  })
})
