import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import * as client from 'openid-client'
import { allowedMeans, readHint } from '../../src/bankid/means.ts'
import { isSyntheticNumber, people } from '../../src/bankid/people.ts'
import { type Browser, createBrowser, type Device, deviceOf, hiddenIn, type Page, stepOf } from './browser.ts'
import { type Party, redirectUri, startParty } from './relying-party.ts'

let party: Party
let offset = 0
before(async () => {
  party = await startParty({ clock: () => new Date(Date.now() + offset) })
})
after(() => party.close())

type Visit = {
  browser: Browser
  page: Page
  send(step: string, fields?: Record<string, string>): Promise<Page>
  tokens(): Promise<client.IDToken | undefined>
}

const visit = async (parameters: Record<string, string>): Promise<Visit> => {
  const browser = createBrowser()
  const verifier = client.randomPKCECodeVerifier()
  const nonce = client.randomNonce()
  const address = client.buildAuthorizationUrl(party.configuration, {
    redirect_uri: redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    nonce,
    ui_locales: 'en',
    ...parameters,
  })
  let page = await browser.open(address.href, redirectUri)
  return {
    browser,
    get page() {
      return page
    },
    async send(step, fields = {}) {
      page = await browser.post(page.url, { ...hiddenIn(page), step, ...fields }, redirectUri)
      return page
    },
    async tokens() {
      const answer = await client.authorizationCodeGrant(party.configuration, new URL(page.url), {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
      })
      return answer.claims()
    },
  }
}

type Request = { id: string; words?: string; code?: string; documents: { label: string }[]; client: string }
const requestsOf = async (role: string): Promise<Request[]> =>
  ((await deviceOf(party.bankid.url, role)) as Device & { requests: Request[] }).requests
const answer = async (role: string, what: 'approve' | 'reject'): Promise<number> => {
  const [request] = await requestsOf(role)
  const sent = await fetch(`${party.bankid.url}/devices/requests`, {
    method: 'POST',
    body: new URLSearchParams({ request: request?.id ?? '', answer: what }),
    redirect: 'manual',
  })
  return sent.status
}

describe('the synthetic people', () => {
  it('have numbers with month + 80, valid check digits and their own birth date', () => {
    for (const person of people) {
      assert.ok(isSyntheticNumber(person.number), person.id)
      const [year = '', month = '', day = ''] = person.birthdate.split('-')
      assert.equal(person.number.slice(0, 6), `${day}${Number(month) + 80}${year.slice(2)}`)
    }
    assert.equal(new Set(people.map(({ number }) => number)).size, people.length)
    assert.ok(!isSyntheticNumber('01010112345') && !isSyntheticNumber('14836821051'))
  })
})

describe('BankID with the app', () => {
  it('asks on the phone, waits, and takes the password on the page', async () => {
    const at = await visit({ scope: 'openid profile' })
    const { number, password } = await deviceOf(party.bankid.url, 'chairman')
    await at.send('means:app')
    await at.send('number', { number })
    assert.match(at.page.html, /Confirm in the app/)
    assert.match(at.page.html, /http-equiv="refresh"/)
    const [request] = await requestsOf('chairman')
    assert.equal(request?.client, 'Segl')
    assert.equal(await answer('chairman', 'approve'), 303)
    const page = await at.browser.open(at.page.url)
    assert.equal(stepOf(page), 'password')
    await at.send('password', { password })
    const claims = await at.tokens()
    assert.equal(claims?.['acr'], 'urn:bankid:bid;LOA=4')
    assert.deepEqual(claims?.['amr'], ['bid'])
  })

  it('cannot be hurried: a password before the phone has answered goes nowhere', async () => {
    const at = await visit({ scope: 'openid' })
    const { number, password } = await deviceOf(party.bankid.url, 'member')
    await at.send('means:app')
    await at.send('number', { number })
    await at.send('password', { password })
    assert.match(at.page.html, /Confirm in the app/)
  })

  it('goes back to the start when the phone says no, or nothing', async () => {
    const { number } = await deviceOf(party.bankid.url, 'auditor')
    const rejected = await visit({ scope: 'openid' })
    await rejected.send('means:app')
    await rejected.send('number', { number })
    await answer('auditor', 'reject')
    assert.match((await rejected.browser.open(rejected.page.url)).html, /rejected on the phone/)

    const silent = await visit({ scope: 'openid' })
    await silent.send('means:app')
    await silent.send('number', { number })
    offset += 181_000
    assert.match((await silent.browser.open(silent.page.url)).html, /No answer came/)
    assert.equal(await answer('auditor', 'approve'), 404)
  })
})

describe('BankID på mobil', () => {
  const start = async (role: string) => {
    const at = await visit({ scope: 'openid profile' })
    const { mobile, birth } = (await deviceOf(party.bankid.url, role)) as Device & { mobile: string; birth: string }
    await at.send('means:mobile')
    await at.send('mobile', { mobile, birth })
    return at
  }

  it('shows the same two words on the page and on the phone, and takes the code that the phone then shows', async () => {
    const at = await start('contractPartyA')
    const words = /<dt>Reference words<\/dt><dd>([^<]+)<\/dd>/.exec(at.page.html)?.[1]
    const [asked] = await requestsOf('contractPartyA')
    assert.match(words ?? '', /^\p{Lu}+ \p{Lu}+$/u)
    assert.equal(asked?.words, words)
    assert.equal((await at.send('words', { code: '000000' })).html.includes('not been approved on the phone yet'), true)
    await answer('contractPartyA', 'approve')
    const [approved] = await requestsOf('contractPartyA')
    await at.send('words', { code: approved?.code === '000000' ? '000001' : '000000' })
    assert.match(at.page.html, /The code is wrong. 4 attempts left/)
    await at.send('words', { code: approved?.code ?? '' })
    const claims = await at.tokens()
    assert.equal(claims?.['acr'], 'urn:bankid:bim;LOA=4')
    assert.deepEqual(claims?.['amr'], ['bim'])
    assert.equal(claims?.['name'], 'Ánte Gáŋgaviika')
    assert.deepEqual(await requestsOf('contractPartyA'), [])
  })

  it('knows the number only together with the birth date', async () => {
    const at = await visit({ scope: 'openid' })
    const { mobile } = (await deviceOf(party.bankid.url, 'contractPartyA')) as Device & { mobile: string }
    await at.send('means:mobile')
    await at.send('mobile', { mobile, birth: '010190' })
    assert.match(at.page.html, /do not know this mobile number/)
  })
})

describe('what the client may ask for', () => {
  it('starts with the means of login_hint and fills in what it holds', async () => {
    const at = await visit({ scope: 'openid', login_hint: 'BIM:00001001:140368' })
    assert.equal(stepOf(at.page), 'mobile')
    assert.match(at.page.html, /value="00001001"/)
    assert.match(at.page.html, /value="140368"/)
    assert.deepEqual(readHint('BID:14836821050'), { means: 'device', number: '14836821050' })
    assert.deepEqual(readHint(':14836821050'), { means: undefined, number: '14836821050' })
    assert.deepEqual(readHint('<script>'), { means: undefined })
  })

  it('offers only what acr_values allows, and says so when nothing is left', async () => {
    const mobileOnly = await visit({ scope: 'openid', acr_values: 'urn:bankid:bim;LOA=4' })
    assert.equal(stepOf(mobileOnly.page), 'mobile')
    assert.doesNotMatch(mobileOnly.page.html, /means:device/)
    await mobileOnly.send('means:device')
    assert.equal(stepOf(mobileOnly.page), 'mobile')
    for (const parameters of [
      { scope: 'openid', acr_values: 'urn:nobody' },
      { scope: 'openid service', acr_values: 'urn:bankid:bis;LOA=3' },
    ]) {
      const at = await visit(parameters)
      assert.equal(new URL(at.page.url).searchParams.get('error'), 'unmet_authentication_requirements')
    }
  })

  it('never offers biometry where something is signed: its level is substantial', () => {
    assert.deepEqual(allowedMeans('', true), ['device', 'app', 'mobile'])
    assert.deepEqual(allowedMeans(undefined, false), ['device', 'app', 'mobile', 'passkey'])
    assert.deepEqual(allowedMeans('urn:bankid:bid', false), ['device', 'app'])
    assert.deepEqual(allowedMeans('urn:bankid:bid;LOA=3', false), [])
  })
})
