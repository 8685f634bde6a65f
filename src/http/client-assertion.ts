// A client's proof of who it is: a JWT that it signed with its own key (private_key_jwt; RFC 7523 § 2.2 and § 3).
import { createLocalJWKSet, decodeJwt, errors, importJWK, type JWK, jwtVerify } from 'jose'
import { SeglError } from '../errors.ts'
import type { KeySet } from '../flow/ports/oauth-clients.ts'

/** Signature algorithms that are taken: none that is deterministic over PKCS#1 v1.5 padding, none that shares a secret. */
export const assertionAlgorithms = ['ES256', 'ES384', 'PS256', 'EdDSA'] as const

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Seconds: an assertion is made for one call, and two clocks may disagree by so much. */
const longestLife = 300
const clockTolerance = 30

export type Assertion = { readonly jti: string; readonly expiresAt: Date }

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The client that an assertion says it is of, not yet believed. Undefined when it is no such thing. */
export function claimedClient(assertion: string): string | undefined {
  try {
    const { sub } = decodeJwt(assertion)
    return sub !== undefined && uuid.test(sub) ? sub : undefined
  } catch {
    return undefined
  }
}

/**
 * Checks signature, issuer, subject, audience and times of an assertion. `audiences`: what we are called (the issuer, the
 * token endpoint); an assertion that also names somebody else is refused, who could use it here.
 * @returns undefined with every fault: the caller tells no more than that the client is not known
 */
export async function checkAssertion(
  assertion: string,
  client: { readonly id: string; readonly jwks: KeySet },
  { audiences, now }: { readonly audiences: readonly string[]; readonly now: Date },
): Promise<Assertion | undefined> {
  try {
    const keys = createLocalJWKSet({ keys: client.jwks.keys as JWK[] })
    const { payload } = await jwtVerify(assertion, keys, {
      algorithms: [...assertionAlgorithms],
      issuer: client.id,
      subject: client.id,
      audience: [...audiences],
      requiredClaims: ['exp', 'jti'],
      clockTolerance,
      currentDate: now,
    })
    const { jti, exp = 0, iat, aud } = payload
    const seconds = now.getTime() / 1000
    if (typeof jti !== 'string' || jti === '' || jti.length > 255) return undefined
    if (exp > seconds + longestLife + clockTolerance) return undefined
    if (iat !== undefined && (iat > seconds + clockTolerance || exp - iat > longestLife)) return undefined
    if (![aud].flat().every((one) => one !== undefined && audiences.includes(one))) return undefined
    // Remembered as long as it would be believed.
    return { jti, expiresAt: new Date((exp + clockTolerance) * 1000) }
  } catch (error) {
    // RFC 7515 § 5.2 leaves several keys that fit one `kid` to the verifier; ours must be told apart when they are registered.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined
    throw error
  }
}

const publicMembers = ['kty', 'kid', 'alg', 'use', 'crv', 'x', 'y', 'n', 'e']
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * The keys of a client as they are kept: public members only.
 * @throws SeglError KEY_SET_INVALID naming each key at fault by its JSON pointer
 */
export async function readKeySet(given: { readonly keys: readonly Record<string, unknown>[] }): Promise<KeySet> {
  const faults = await Promise.all(given.keys.map((key) => faultOf(key)))
  const errors = faults.flatMap((detail, place) =>
    detail === undefined ? [] : [{ pointer: `/jwks/keys/${place}`, code: 'KEY_SET_INVALID' as const, detail }],
  )
  const kids = given.keys.map(({ kid }) => kid)
  if (errors.length === 0 && kids.length > 1 && new Set(kids.filter((kid) => kid !== undefined)).size < kids.length) {
    const detail = 'Give each of several keys a `kid` of its own.'
    errors.push({ pointer: '/jwks/keys', code: 'KEY_SET_INVALID', detail })
  }
  const [first] = errors
  if (first) throw new SeglError('KEY_SET_INVALID', first.detail, { errors })
  return {
    keys: given.keys.map((key) => ({
      ...Object.fromEntries(Object.entries(key).filter(([name]) => publicMembers.includes(name))),
      alg: algorithmOf(key),
    })),
  }
}

async function faultOf(key: Record<string, unknown>): Promise<string | undefined> {
  if (privateMembers.some((name) => name in key)) {
    return 'This is a private or secret key, and has now been sent over a network: make a new one, and send its public half.'
  }
  const alg = algorithmOf(key)
  if (alg === undefined) return `Use a key for one of ${assertionAlgorithms.join(', ')}: P-256, P-384, RSA or Ed25519.`
  if ('use' in key && key['use'] !== 'sig') return 'The key is not for signatures (`use`).'
  // RFC 7518 § 3.5: at least 2048 bits.
  if (key['kty'] === 'RSA' && (typeof key['n'] !== 'string' || Buffer.from(key['n'], 'base64url').length < 256)) {
    return 'An RSA key has at least 2048 bits.'
  }
  try {
    await importJWK(key as JWK, alg)
    return undefined
  } catch {
    return 'The key cannot be read (RFC 7517).'
  }
}

function algorithmOf({ kty, crv, alg }: Record<string, unknown>): string | undefined {
  const fitting =
    kty === 'RSA'
      ? 'PS256'
      : { 'P-256': 'ES256', 'P-384': 'ES384', Ed25519: 'EdDSA' }[typeof crv === 'string' ? crv : '']
  return alg === undefined || alg === fitting ? fitting : undefined
}
