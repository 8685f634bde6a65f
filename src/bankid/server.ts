// Puts the island together and opens its ports; the only file that others (tests, bin) start it by.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { breakTransport } from './broken-transport.ts'
import { createPki } from './ca.ts'
import { createCeremonies } from './ceremony.ts'
import { systemClock } from './clock.ts'
import { createCodeExchange } from './code-exchange.ts'
import { type BankIdOptions, defaultClient, defaultEst, defaultSigningKeyDays } from './config.ts'
import { createCredentials } from './credentials.ts'
import { createCsc } from './csc.ts'
import { createCscSigning } from './csc-sign.ts'
import { createDevices } from './devices.ts'
import { createEnrolment } from './est.ts'
import { type Circumstances, createFaults } from './faults.ts'
import { createResponder } from './ocsp.ts'
import { createOpenIdProvider, currentOpenId, lifetime, personBySubject } from './oidc.ts'
import { createOidcStore } from './oidc-store.ts'
import { createPasskeys } from './passkeys.ts'
import { createPhone } from './phone.ts'
import { createRoutes } from './routes/index.ts'
import { createActivation } from './sad.ts'
import { createSigningKeys } from './signing-keys.ts'
import { readIfThere, writeAtomic } from './state-files.ts'
import { createTimeStamper } from './tsa.ts'

export type BankId = {
  /** The issuer. */
  url: string
  /** How much is alive: for tests and for /health. */
  sweep(): { credentials: number; ceremonies: number; records: Record<string, number> }
  close(): Promise<void>
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** 32 random bytes, made at first start. Stands for the hardware module that a real trust service keeps its master key in. */
const secretIn = (folder: string, name: string): Buffer => {
  const file = join(folder, `${name}.hex`)
  const kept = readIfThere(file)
  if (kept) return Buffer.from(kept, 'hex')
  const secret = randomBytes(32)
  writeAtomic(file, secret.toString('hex'))
  return secret
}

const listen = async (server: Server, host: string, port: number): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return (server.address() as AddressInfo).port
}

const isAddressTrouble = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(String(error.code))

/** Opens `localhost` on both loopback addresses: browsers take either. A machine without IPv6 has only the first. */
const open = async (
  host: string,
  wantedPort: number,
  handler: Handler,
): Promise<{ servers: Server[]; port: number }> => {
  const first = createServer(handler)
  const port = await listen(first, host === 'localhost' ? '127.0.0.1' : host, wantedPort)
  if (host !== 'localhost') return { servers: [first], port }
  const second = createServer(handler)
  try {
    await listen(second, '::1', port)
  } catch (error) {
    if (isAddressTrouble(error)) return { servers: [first], port }
    await new Promise((resolve) => first.close(resolve))
    // A free port on one address may be taken on the other: try another one, unless it was asked for.
    if (wantedPort === 0) return open(host, wantedPort, handler)
    throw error
  }
  return { servers: [first, second], port }
}

const openIdPaths = [
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  '/csc/v2/oauth2/',
  '/jwks',
  '/userinfo',
  '/logout',
]

export const createBankId = async (options: BankIdOptions): Promise<BankId> => {
  const { dataDir, host = 'localhost', port = 8081, clients = [defaultClient], est = defaultEst } = options
  const clock = options.clock ?? systemClock
  let handler: Handler = (_request, response) => response.writeHead(503, { 'retry-after': '1' }).end()
  const opened = await open(host, port, (request, response) => handler(request, response))
  try {
    const urlHost = host.includes(':') ? `[${host}]` : host
    const issuer = options.url ?? `http://${urlHost}:${opened.port}`
    const secrets = join(dataDir, 'secrets')
    const pki = createPki({ folder: join(dataDir, 'pki'), url: issuer, clock })
    const devices = createDevices(join(dataDir, 'people'), secretIn(secrets, 'devices'), clock)
    const faults = createFaults()
    const credentials = createCredentials({
      faults,
      folder: join(dataDir, 'credentials'),
      masterKey: secretIn(secrets, 'master'),
      pki,
      clock,
      certificateSeconds: options.certificateSeconds ?? 3600,
    })
    const store = createOidcStore(join(dataDir, 'openid'), clock)
    const signingKeys = createSigningKeys({
      folder: secrets,
      clock,
      days: options.signingKeyDays ?? defaultSigningKeyDays,
      // A minute more than the tokens live, for clocks that differ.
      tokenSeconds: lifetime.idToken + 60,
    })
    const openIdOptions = {
      faults,
      issuer,
      signingKeys,
      cookieSecret: secretIn(secrets, 'cookies').toString('hex'),
      clients,
      credentials,
      store,
    }
    const provider = createOpenIdProvider(openIdOptions)
    const phone = createPhone(join(dataDir, 'phone'), clock)
    const passkeys = createPasskeys({ folder: join(dataDir, 'passkeys'), origin: issuer, clock })
    const ceremonies = createCeremonies({
      phone,
      passkeys,
      clientName: (id) => clients.find(({ clientId }) => clientId === id)?.name ?? id,
      folder: dataDir,
      clock,
      devices,
      credentials,
      provider,
      cscResource: `${issuer}/csc/v2`,
    })
    const activation = createActivation(join(dataDir, 'activation'), clock, phone)
    const stampers = {
      tsa: createTimeStamper(pki.tsa('tsa'), clock, faults, 'tsa'),
      tsa2: createTimeStamper(pki.tsa('tsa2'), clock, faults, 'tsa2'),
    }
    const csc = createCsc({ issuer, pki, clients, credentials, ceremonies, provider, clock })
    const app = await createRoutes({
      issuer,
      provider,
      pki,
      clock,
      ceremonies,
      devices,
      phone,
      passkeys,
      csc,
      signing: createCscSigning({
        csc,
        pki,
        credentials,
        ceremonies,
        provider,
        phone,
        activation,
        stamper: stampers.tsa,
        faults,
      }),
      exchangeCode: createCodeExchange({ issuer, provider, clients, signingKeys, clock }),
      responder: createResponder(pki, clock, faults),
      stampers,
      enrolment: createEnrolment(pki),
      est,
      formSecret: secretIn(secrets, 'forms').toString('hex'),
      faults,
    })

    const openId = currentOpenId(openIdOptions)
    const { protocol, host: publicHost } = new URL(issuer)
    const answer: Handler = (request, response) => {
      if (!openIdPaths.some((path) => request.url?.startsWith(path))) return app.routing(request, response)
      // Whatever name the request came by (back channel, proxy), the provider speaks as its issuer.
      request.headers.host = publicHost
      request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
      request.headers['x-forwarded-host'] = publicHost
      return openId()(request, response)
    }
    handler = (request, response) => {
      const whois = async (): Promise<Circumstances> => {
        const token = await provider.AccessToken.find(request.headers.authorization?.replace(/^Bearer /i, '') ?? '')
        return { person: personBySubject(token?.accountId ?? '')?.id, client: token?.clientId }
      }
      breakTransport(faults, request, response, whois).then(
        (intact) => intact && answer(request, response),
        () => response.writeHead(500).end(),
      )
    }

    const sweep = () => ({
      credentials: credentials.sweep(),
      ceremonies: ceremonies.sweep() + activation.sweep(),
      records: store.sweep(),
    })
    const sweeper = setInterval(sweep, 60_000).unref()
    return {
      url: issuer,
      sweep,
      async close() {
        clearInterval(sweeper)
        const closed = opened.servers.map((server) => new Promise((resolve) => server.close(resolve)))
        for (const server of opened.servers) server.closeIdleConnections()
        // Answers under way get three seconds.
        const deadline = setTimeout(() => {
          for (const server of opened.servers) server.closeAllConnections()
        }, 3000)
        await Promise.all(closed)
        clearTimeout(deadline)
        await app.close()
      },
    }
  } catch (error) {
    for (const server of opened.servers) server.close()
    throw error
  }
}
