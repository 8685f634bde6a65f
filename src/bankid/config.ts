// What can be set about the island, and the only place in it that reads the environment.
import { readFileSync } from 'node:fs'
import { type KeyAlgorithm, keyAlgorithms } from './algorithms.ts'

export type JsonWebKeySet = { keys: Record<string, unknown>[] }

export type Client = {
  clientId: string
  /** Shown to the person who logs in. */
  name?: string
  /** Compared character by character. */
  redirectUris: string[]
  /** Where the client publishes the keys of its `private_key_jwt`; or give them here. */
  jwksUri?: string
  jwks?: JsonWebKeySet
  /** May ask for `nnin_altsub`, the national identity number. */
  nnin?: boolean
  /**
   * `csc-oauth2code` (default): the person approves the hashes in a second redirect. `bankid-2025`: one redirect, then
   * credentials/authorize (facts/bankid.md §2.4).
   */
  profile?: Profile
  /** bankid-2025: what credentials/authorize waits for. `login` (default): nothing more; `app`: the person's phone. */
  approval?: 'login' | 'app'
  /** Of the signers' keys; EC (P-256) by default. */
  keyAlgorithm?: KeyAlgorithm
  /** The most hashes that a credential signs at once; 50 by default, which is the most there is. */
  multisign?: number
}

export const profileNames = ['csc-oauth2code', 'bankid-2025'] as const
export type Profile = (typeof profileNames)[number]

export type BankIdOptions = {
  dataDir: string
  /** `localhost` listens on 127.0.0.1 and ::1. */
  host?: string
  /** 0 takes a free one. */
  port?: number
  /** The issuer as browsers see it; default http://localhost:<port>. */
  url?: string
  clients?: Client[]
  est?: { user: string; secret: string }
  /** Life of a signer certificate. */
  certificateSeconds?: number
  /** How long an OpenID signing key signs before the next one takes over. */
  signingKeyDays?: number
  clock?: () => Date
}

export const defaultClient: Client = {
  clientId: 'segl',
  name: 'Segl',
  redirectUris: ['http://127.0.0.1:8080/sign/callback'],
  jwksUri: 'http://127.0.0.1:8080/.well-known/jwks.json',
  nnin: true,
}

export const defaultEst = { user: 'segl', secret: 'enrol-me' }

export const defaultSigningKeyDays = 90

export class ConfigurationRefused extends Error {}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isUrl = (value: unknown): value is string =>
  isText(value) && URL.canParse(value) && ['http:', 'https:'].includes(new URL(value).protocol)

const readClient = (value: unknown): Client => {
  const refuse = (what: string): never => {
    throw new ConfigurationRefused(`BANKID_CLIENTS: ${what}`)
  }
  if (typeof value !== 'object' || value === null) return refuse('every client must be an object')
  const given: Record<string, unknown> = { ...value }
  const { clientId, name, redirectUris, jwksUri, jwks, nnin, multisign } = given
  const oneOf = <T extends string>(key: string, choices: readonly T[]): T | undefined =>
    given[key] === undefined
      ? undefined
      : (choices.find((choice) => choice === given[key]) ?? refuse(`${key} must be one of ${choices.join(', ')}`))
  if (!isText(clientId)) return refuse('clientId is missing')
  if (!Array.isArray(redirectUris) || redirectUris.length === 0 || !redirectUris.every(isUrl)) {
    return refuse(`${clientId} needs redirectUris, a list of URLs`)
  }
  if (isUrl(jwksUri) === (typeof jwks === 'object' && jwks !== null)) {
    return refuse(`${clientId} needs either jwksUri or jwks`)
  }
  const count = typeof multisign === 'number' && Number.isInteger(multisign) && multisign >= 1 && multisign <= 50
  if (multisign !== undefined && !count) return refuse('multisign must be a whole number from 1 to 50')
  return {
    clientId,
    redirectUris,
    ...(isText(name) && { name }),
    ...(isUrl(jwksUri) ? { jwksUri } : { jwks: jwks as JsonWebKeySet }),
    nnin: nnin === true,
    profile: oneOf('profile', profileNames) ?? 'csc-oauth2code',
    approval: oneOf('approval', ['login', 'app'] as const) ?? 'login',
    keyAlgorithm: oneOf('keyAlgorithm', keyAlgorithms) ?? 'EC',
    ...(count && { multisign }),
  }
}

const readClients = (env: NodeJS.ProcessEnv): Client[] => {
  const text = env['BANKID_CLIENTS']
  if (!text) {
    return [
      {
        ...defaultClient,
        ...(env['BANKID_REDIRECT_URIS'] && {
          redirectUris: env['BANKID_REDIRECT_URIS'].split(',').map((u) => u.trim()),
        }),
        ...(env['BANKID_CLIENT_JWKS_URI'] && { jwksUri: env['BANKID_CLIENT_JWKS_URI'] }),
        ...(env['BANKID_PROFILE'] && { profile: env['BANKID_PROFILE'] }),
      },
    ].map(readClient)
  }
  const json = text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text
  let list: unknown
  try {
    list = JSON.parse(json)
  } catch {
    throw new ConfigurationRefused('BANKID_CLIENTS must be a JSON list, or @ and the name of a file with one')
  }
  if (!Array.isArray(list) || list.length === 0) throw new ConfigurationRefused('BANKID_CLIENTS must be a list')
  return list.map(readClient)
}

/** `host:port`, `[::1]:port` or a port alone. */
const readListen = (text: string): { host: string; port: number } => {
  const found = /^(?:(?<host>\[[0-9a-f:]+\]|[^:]+):)?(?<port>\d{1,5})$/i.exec(text)
  const port = Number(found?.groups?.['port'])
  if (!found || port > 65_535) throw new ConfigurationRefused('BANKID_LISTEN must be address:port, e.g. localhost:8081')
  return { host: (found.groups?.['host'] ?? 'localhost').replace(/[[\]]/g, ''), port }
}

const tenYears = 10 * 365 * 86_400

/** @throws ConfigurationRefused with a sentence that names the variable */
export const readConfiguration = (env: NodeJS.ProcessEnv): BankIdOptions => {
  const url = env['BANKID_URL'] ?? 'http://localhost:8081'
  if (!isUrl(url) || new URL(url).pathname !== '/' || new URL(url).search !== '') {
    throw new ConfigurationRefused('BANKID_URL must be an http(s) URL without a path')
  }
  const certificateSeconds = Number(env['BANKID_CERTIFICATE_SECONDS'] ?? 3600)
  if (!Number.isInteger(certificateSeconds) || certificateSeconds < 120 || certificateSeconds > tenYears) {
    throw new ConfigurationRefused('BANKID_CERTIFICATE_SECONDS must be a whole number from 120 to ten years')
  }
  const signingKeyDays = Number(env['BANKID_SIGNING_KEY_DAYS'] ?? defaultSigningKeyDays)
  if (!Number.isInteger(signingKeyDays) || signingKeyDays < 1 || signingKeyDays > 3650) {
    throw new ConfigurationRefused('BANKID_SIGNING_KEY_DAYS must be a whole number from 1 to 3650')
  }
  return {
    dataDir: env['BANKID_DATA'] ?? '.segl/bankid',
    ...readListen(env['BANKID_LISTEN'] ?? 'localhost:8081'),
    url: new URL(url).origin,
    clients: readClients(env),
    est: { user: env['BANKID_EST_USER'] ?? defaultEst.user, secret: env['BANKID_EST_SECRET'] ?? defaultEst.secret },
    certificateSeconds,
    signingKeyDays,
  }
}

export const fromEnvironment = (): BankIdOptions => readConfiguration(process.env)
