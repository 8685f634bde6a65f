// A relying party on openid-client (certified too): log-in, credential, approval, signature, against a running island.
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as jose from 'jose'
import * as client from 'openid-client'
import type { BankIdOptions } from '../../src/bankid/config.ts'
import { type BankId, createBankId } from '../../src/bankid/server.ts'
import { type Browser, createBrowser, identify } from './browser.ts'

export const redirectUri = 'http://127.0.0.1:8080/sign/callback'
export const sha256 = '2.16.840.1.101.3.4.2.1'
export const ecdsaSha256 = '1.2.840.10045.4.3.2'

/** What a client of an island has, in this process or another one. */
export type Relation = { bankid: { url: string }; configuration: client.Configuration }

export type Party = Relation & {
  bankid: BankId
  /** Another client of the same island, not entitled to national identity numbers. */
  other: client.Configuration
  close(): Promise<void>
}

export const keyPair = async () => {
  const { privateKey, publicKey } = await jose.generateKeyPair('ES256', { extractable: true })
  return { privateKey, jwk: { ...(await jose.exportJWK(publicKey)), alg: 'ES256', use: 'sig', kid: 'one' } }
}

export const discover = (issuer: string, id: string, key: jose.CryptoKey): Promise<client.Configuration> =>
  client.discovery(new URL(issuer), id, undefined, client.PrivateKeyJwt({ key, kid: 'one' }), {
    execute: [client.allowInsecureRequests],
  })

/** @param callbacks further redirect addresses of the first client, for tests in a real browser */
export const startParty = async (options: Partial<BankIdOptions> = {}, callbacks: string[] = []): Promise<Party> => {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'bankid-')))
  const [own, foreign] = [await keyPair(), await keyPair()]
  const bankid = await createBankId({
    port: 0,
    clients: [
      {
        clientId: 'segl',
        name: 'Segl',
        redirectUris: [redirectUri, ...callbacks],
        jwks: { keys: [own.jwk] },
        nnin: true,
      },
      { clientId: 'other', name: 'Other', redirectUris: [redirectUri], jwks: { keys: [foreign.jwk] } },
    ],
    ...options,
    dataDir,
  })
  return {
    bankid,
    configuration: await discover(bankid.url, 'segl', own.privateKey),
    other: await discover(bankid.url, 'other', foreign.privateKey),
    async close() {
      await bankid.close()
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

export type Tokens = Awaited<ReturnType<typeof client.authorizationCodeGrant>>

type Ask = {
  party: Relation
  role: string
  browser?: Browser
  configuration?: client.Configuration
  parameters: Record<string, string>
}

/** Where a browser begins that goes no further than the pages: nobody keeps the verifier. */
export const authorizationUrl = async (
  party: Relation,
  parameters: Record<string, string>,
  configuration = party.configuration,
): Promise<string> =>
  client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
    state: 'abc',
    ...parameters,
  }).href

/** One redirect, as the person of that role, and the code exchanged. */
export const redirectOnce = async ({
  party,
  role,
  browser = createBrowser(),
  parameters,
  ...rest
}: Ask): Promise<Tokens> => {
  const configuration = rest.configuration ?? party.configuration
  const verifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const withOpenId = parameters['scope']?.split(' ').includes('openid') ?? false
  const nonce = client.randomNonce()
  const address = client.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    ...(withOpenId && { nonce }),
    ...parameters,
  })
  const callback = await identify({
    browser,
    bankid: party.bankid.url,
    address: address.href,
    role,
    stopAt: redirectUri,
  })
  return client.authorizationCodeGrant(configuration, new URL(callback), {
    pkceCodeVerifier: verifier,
    expectedState: state,
    ...(withOpenId && { expectedNonce: nonce }),
  })
}

export const logIn = (party: Relation, role: string, browser?: Browser, scope = 'openid profile nnin_altsub service') =>
  redirectOnce({ party, role, ...(browser && { browser }), parameters: { scope } })

/** POST to the CSC API. */
export const csc = async (party: Relation, path: string, token: string | undefined, body: object) => {
  const answer = await fetch(`${party.bankid.url}/csc/v2/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  })
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, body: text === '' ? {} : JSON.parse(text) }
}

export type Credential = { credentialID: string; leaf: Buffer; chain: Buffer[] }

export const credentialOf = async (party: Relation, token: string): Promise<Credential> => {
  const { status, body } = await csc(party, 'credentials/list', token, {
    credentialInfo: true,
    certificates: 'chain',
    certInfo: true,
    authInfo: true,
  })
  if (status !== 200) throw new Error(`credentials/list: ${status} ${JSON.stringify(body)}`)
  const chain = body.credentialInfos[0].cert.certificates.map((one: string) => Buffer.from(one, 'base64'))
  return { credentialID: body.credentialIDs[0], leaf: chain[0], chain }
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64')

export const detailsFor = (credentialID: string, hashes: string[]): string =>
  JSON.stringify([
    {
      type: 'credential',
      credentialID,
      hashAlgorithmOID: sha256,
      documentDigests: hashes.map((hash, index) => ({ hash, label: `Årsregnskap 2025 – dokument ${index + 1}` })),
    },
  ])

/** The second redirect. */
export const approve = (party: Relation, role: string, browser: Browser, credentialID: string, hashes: string[]) =>
  redirectOnce({ party, role, browser, parameters: { authorization_details: detailsFor(credentialID, hashes) } })

export const signBody = (credentialID: string, hashes: string[]) => ({
  credentialID,
  hashes,
  hashAlgorithmOID: sha256,
  signAlgo: ecdsaSha256,
})
