// A simulated BankID behind a back channel that changes its answers, and Segl's side of it: for the tests of misbehaviour.
import { after, afterEach, before } from 'node:test'
import { createRemoteSigning } from '../../../src/adapters/trust-services/csc.ts'
import { createOAuthClient } from '../../../src/adapters/trust-services/oauth-client.ts'
import { createIdentityProvider } from '../../../src/adapters/trust-services/oidc.ts'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { clock, type Island, newBrowser, newRedirect, redirectUri, startIsland } from './island.ts'
import { type BackChannel, type Fault, hanging, hangingLimitMs, startProxy } from './proxy.ts'

export type Json = Record<string, unknown>

/** Lets the island answer and then changes the JSON that it answered. */
export const changed =
  (change: (json: Json) => void): Fault =>
  async (body, pass) => {
    const answer = await pass(body)
    const json: Json = JSON.parse(Buffer.from(answer.body).toString())
    change(json)
    return { ...answer, body: Buffer.from(JSON.stringify(json)) }
  }

export const changedCredential = (change: (credential: Record<string, Json>) => void): Fault =>
  changed((json) => {
    const infos = json['credentialInfos']
    if (Array.isArray(infos)) change(infos[0])
  })

/** Only who never answers is waited for: everything else has the time that it needs. */
export const limitFor = (fault: Fault): number | undefined => (fault === hanging ? hangingLimitMs : undefined)

/** To be called in a `describe`: what its tests share. */
export function misbehavingBankId() {
  let island: Island
  let proxy: BackChannel
  before(async () => {
    island = await startIsland()
    proxy = await startProxy(island)
  })
  afterEach(() => proxy.faults.clear())
  after(async () => {
    proxy.close()
    await island.close()
  })

  /** Segl's side anew, all its own calls through the back channel. */
  function segl(timeoutMs = 60_000) {
    const call = createOutsideCall({ url: island.url, backchannelUrl: proxy.url, timeoutMs })
    const client = createOAuthClient({ call, clientId: 'segl', redirectUri, key: island.key })
    return {
      identityProvider: createIdentityProvider({ client, clock }),
      remoteSigning: createRemoteSigning({ call, client }),
    }
  }

  async function logIn(atToken?: Fault, timeoutMs?: number) {
    const { identityProvider, remoteSigning } = segl(timeoutMs)
    const browser = newBrowser(island)
    const redirect = newRedirect()
    const url = await identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
    const callback = await browser.complete(url, 'chairman')
    if (atToken !== undefined) proxy.faults.set('/csc/v2/oauth2/token', atToken)
    const login = await identityProvider.finishLogin({ ...redirect, callback })
    return { browser, login, remoteSigning }
  }

  return { island: () => island, proxy: () => proxy, segl, logIn }
}
