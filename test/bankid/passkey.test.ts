import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { after, before, describe, it } from 'node:test'
import * as client from 'openid-client'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findProgram, needs } from '../support/outside.ts'
import { type Party, startParty } from './relying-party.ts'

/** Ends what hangs; a busy machine takes its time over a browser. */
const limitMs = 180_000
const executablePath = findProgram('chromium') ?? ''

describe('biometry is a real passkey', { skip: needs('chromium') }, () => {
  let party: Party
  let chrome: Browser
  let page: Page
  let home: Server
  let callback: string
  const noise: string[] = []

  before(async () => {
    // Chromium is redirected here in earnest: a redirect cannot be intercepted.
    home = createServer((_request, response) => response.end('back'))
    await new Promise<void>((resolve) => home.listen(0, '127.0.0.1', resolve))
    const address = home.address()
    callback = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/callback`
    party = await startParty({}, [callback])
    chrome = await chromium.launch({
      executablePath,
      timeout: limitMs,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
    page = await (await chrome.newContext({ locale: 'en' })).newPage()
    page.setDefaultTimeout(limitMs)
    page.on('console', (message) => message.type() === 'error' && noise.push(message.text()))
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
  })
  after(async () => {
    await chrome?.close()
    await party?.close()
    home?.close()
  })

  const logIn = async (parameters: Record<string, string>) => {
    const verifier = client.randomPKCECodeVerifier()
    const nonce = client.randomNonce()
    const address = client.buildAuthorizationUrl(party.configuration, {
      redirect_uri: callback,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
      ui_locales: 'en',
      ...parameters,
    })
    await page.goto(address.href)
    return async () => {
      await page.waitForURL(`${callback}**`)
      const answer = await client.authorizationCodeGrant(party.configuration, new URL(page.url()), {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
      })
      return answer.claims()
    }
  }

  it('is refused before one has been made', async () => {
    await logIn({ scope: 'openid profile', login_hint: 'BIS' })
    await page.click('button[value="passkey"]')
    await page.waitForSelector('#message')
    assert.match((await page.textContent('#message')) ?? '', /not accepted/)
  })

  it('is made at the devices page and logs its owner in, at level substantial', async () => {
    await page.goto(`${party.bankid.url}/devices/passkey?person=1007&lang=en`)
    await page.click('button')
    await page.waitForSelector('.message.good')
    const claims = await logIn({ scope: 'openid profile', acr_values: 'urn:bankid:bis;LOA=3' })
    await page.click('button[value="passkey"]')
    const token = await claims()
    assert.equal(token?.['name'], 'Tuva Myrvold')
    assert.equal(token?.['acr'], 'urn:bankid:bis;LOA=3')
    assert.deepEqual(token?.['amr'], ['bis'])
  })

  it('is not offered where something is to be signed', async () => {
    await logIn({ scope: 'openid profile service' })
    assert.equal(await page.locator('button[value="means:passkey"]').count(), 0)
  })

  it('breaks no content security policy', () => {
    assert.deepEqual(
      noise.filter((text) => /Content Security Policy/i.test(text)),
      [],
    )
  })
})
