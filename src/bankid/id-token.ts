// Signs an ID token of ours where the library does not do it: the profile bankid-2025, and faults.
import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { type JWTPayload, SignJWT } from 'jose'
import type { JWK } from 'oidc-provider'

const privateKeyOf = (signingKey: JWK): KeyObject => {
  const key: JsonWebKey = JSON.parse(JSON.stringify(signingKey))
  return createPrivateKey({ key, format: 'jwk' })
}

/** @param claims all of them, iss, aud, iat and exp included */
export const signIdToken = ({ kid, alg = 'RS256', ...key }: JWK, claims: JWTPayload): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg, ...(kid && { kid }), typ: 'JWT' }).sign(privateKeyOf({ ...key, alg }))
