// The real simulated BankID on a free port, with Segl's trust client beside it and a person who acts on its pages.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadClientKey } from '../../../src/adapters/trust-services/client-key.ts'
import { createRemoteSigning, type SigningProfile, simulatedCscUrl } from '../../../src/adapters/trust-services/csc.ts'
import { createEnrolment } from '../../../src/adapters/trust-services/est.ts'
import { createOAuthClient } from '../../../src/adapters/trust-services/oauth-client.ts'
import { createIdentityProvider } from '../../../src/adapters/trust-services/oidc.ts'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { createRevocationSource } from '../../../src/adapters/trust-services/revocation.ts'
import { loadTrustRoot } from '../../../src/adapters/trust-services/trust-root.ts'
import type { Client } from '../../../src/bankid/config.ts'
import { createBankId } from '../../../src/bankid/server.ts'
import type { Redirect } from '../../../src/flow/ports/trust-services.ts'

export const redirectUri = 'http://127.0.0.1:9/sign/callback'
export const clock = { now: async () => new Date() }
const credentials = { username: 'segl', password: 'enrol-me' }

export type Island = Awaited<ReturnType<typeof startIsland>>

/** `client`: how the island knows this Segl (profile, kind of keys, what an approval waits for). */
export async function startIsland(
  options: {
    readonly publicUrl?: string
    readonly client?: Pick<Client, 'profile' | 'approval' | 'keyAlgorithm' | 'nnin'>
    readonly clock?: () => Date
  } = {},
) {
  const profile = options.client?.profile ?? 'csc-oauth2code'
  const folder = await mkdtemp(join(tmpdir(), 'segl-island-'))
  const key = await loadClientKey({ file: join(folder, 'segl', 'client-key.pem'), make: true })
  const bankid = await createBankId({
    dataDir: join(folder, 'bankid'),
    port: 0,
    ...(options.publicUrl === undefined ? {} : { url: options.publicUrl }),
    clients: [
      {
        clientId: 'segl',
        name: 'Segl',
        redirectUris: [redirectUri],
        jwks: { keys: key.jwks.keys.map((member) => ({ ...member })) },
        nnin: true,
        ...options.client,
      },
    ],
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  })
  const call = createOutsideCall({ url: bankid.url })
  const client = createOAuthClient({ call, clientId: 'segl', redirectUri, key, ...codeFlowOf(call.issuer, profile) })
  const enrolment = createEnrolment({ call, credentials })
  const root = await loadTrustRoot({
    file: join(folder, 'segl', 'trust', 'root.pem'),
    fetchCertificates: () => enrolment.caCertificates(),
  })
  return {
    folder,
    url: bankid.url,
    key,
    call,
    client,
    enrolment,
    root,
    identityProvider: createIdentityProvider({ client, clock }),
    remoteSigning: createRemoteSigning({ call, client, profile }),
    revocation: createRevocationSource({ call, trustAnchors: [root.certificate] }),
    async close() {
      await bankid.close()
      await rm(folder, { recursive: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

/** What makes an OAuth client one of the profile. */
export const codeFlowOf = (issuer: string, profile: SigningProfile) =>
  profile === 'bankid-2025' ? { codeFlowAt: simulatedCscUrl(issuer, profile) } : {}

export function newRedirect(): Redirect {
  const random = () => randomBytes(32).toString('base64url')
  return { state: random(), nonce: random(), codeVerifier: random() }
}

type Device = { readonly role: string; readonly number: string; readonly code: string; readonly password: string }

/** A browser of one person: keeps cookies, fills in the island's forms, and stops where it is sent back to the client. */
export function newBrowser(island: { readonly url: string }) {
  const cookies = new Map<string, string>()

  async function visit(url: URL, form?: URLSearchParams): Promise<Response> {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split(/=(.*)/s)
      cookies.set(name, value)
    }
    return response
  }

  async function device(role: string): Promise<Device> {
    const answer: { people: Device[] } = JSON.parse(await (await fetch(`${island.url}/devices.json`)).text())
    const found = answer.people.find((person) => person.role === role)
    if (found === undefined) throw new Error(`nobody has the role ${role}`)
    return found
  }

  return {
    /** Follows `start` as `role` until the island sends the browser back; cancels instead when told to. */
    async complete(start: string, role: string, what: { readonly cancel?: boolean } = {}): Promise<URLSearchParams> {
      let url = new URL(start)
      // The code device, whatever other means the island offers.
      if (!url.searchParams.has('request_uri')) url.searchParams.set('login_hint', 'BID')
      let form: URLSearchParams | undefined
      for (let turn = 0; turn < 20; turn++) {
        const response = await visit(url, form)
        form = undefined
        const location = response.headers.get('location')
        if (location !== null) {
          const next = new URL(location, url)
          if (next.href.startsWith(redirectUri)) return next.searchParams
          url = next
          continue
        }
        const page = await response.text()
        const csrf = /name="csrf" value="([^"]+)"/.exec(page)?.[1]
        const step = what.cancel ? 'cancel' : /name="step" value="([a-z]+)"/.exec(page)?.[1]
        if (csrf === undefined || step === undefined) throw new Error(`no form on the page: ${response.status}`)
        const { number, code, password } = await device(role)
        const fields: Readonly<Record<string, Record<string, string>>> = {
          number: { number },
          code: { code },
          password: { password },
          approve: { password },
        }
        form = new URLSearchParams({ csrf, step, ...fields[step] })
      }
      throw new Error('the ceremony does not end')
    },
  }
}

/** Logs `role` in and gives the one-time credential of the session. */
export async function loggedIn(island: Island, role: string) {
  const browser = newBrowser(island)
  const redirect = newRedirect()
  const url = await island.identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
  const login = await island.identityProvider.finishLogin({ ...redirect, callback: await browser.complete(url, role) })
  return { browser, login }
}
