// Biometry: passkeys (WebAuthn level 2) that a person has made here and can log in with, at level substantial.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { type Clock, plusSeconds } from './clock.ts'
import { nameOf, type Person, people } from './people.ts'
import { createShelf, readIfThere, type Shelf, writeAtomic } from './state-files.ts'

type Kept = { id: string; publicKey: string; counter: number }

const challengeSeconds = 300

export type Passkeys = {
  creationOptions(person: Person): Promise<PublicKeyCredentialCreationOptionsJSON>
  /** @returns whether the passkey was accepted and kept */
  register(person: Person, response: unknown): Promise<boolean>
  /** @param ceremony whose challenge it is; asked twice, the same challenge is shown again */
  requestOptions(ceremony: string): Promise<PublicKeyCredentialRequestOptionsJSON>
  /** @returns whose passkey answered, with the person verified (PIN or biometry) */
  verify(ceremony: string, response: unknown): Promise<Person | undefined>
  countOf(person: Person): number
  sweep(): number
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

export const createPasskeys = (options: { folder: string; origin: string; clock: Clock }): Passkeys => {
  const { folder, origin, clock } = options
  const rpID = new URL(origin).hostname
  const challenges: Shelf<string> = createShelf(join(folder, 'challenges'), clock, String)
  const path = (person: Person): string => join(folder, `${person.id}.json`)
  const keysOf = (person: Person): Kept[] => JSON.parse(readIfThere(path(person)) ?? '[]')
  const keep = (person: Person, keys: Kept[]): void => writeAtomic(path(person), JSON.stringify(keys))

  const challengeOf = (purpose: string): string => {
    const known = challenges.get(purpose)
    if (known) return known
    const fresh = randomBytes(32).toString('base64url')
    challenges.put(purpose, fresh, plusSeconds(clock(), challengeSeconds))
    return fresh
  }

  return {
    creationOptions: (person) =>
      generateRegistrationOptions({
        rpName: 'TEST - SimBankID',
        rpID,
        userName: nameOf(person),
        userID: Uint8Array.from(Buffer.from(person.id)),
        challenge: Uint8Array.from(Buffer.from(challengeOf(`make ${person.id}`), 'base64url')),
        attestationType: 'none',
        excludeCredentials: keysOf(person).map(({ id }) => ({ id })),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),

    async register(person, response) {
      const expectedChallenge = challenges.take(`make ${person.id}`)
      if (!expectedChallenge || !isObject(response)) return false
      try {
        const { verified, registrationInfo } = await verifyRegistrationResponse({
          response: response as RegistrationResponseJSON,
          expectedChallenge,
          expectedOrigin: origin,
          expectedRPID: rpID,
          requireUserVerification: true,
        })
        if (!verified) return false
        const { id, publicKey, counter } = registrationInfo.credential
        keep(person, [...keysOf(person), { id, publicKey: Buffer.from(publicKey).toString('base64'), counter }])
        return true
      } catch {
        return false
      }
    },

    requestOptions: (ceremony) =>
      generateAuthenticationOptions({
        rpID,
        challenge: Uint8Array.from(Buffer.from(challengeOf(`use ${ceremony}`), 'base64url')),
        userVerification: 'required',
      }),

    async verify(ceremony, response) {
      const expectedChallenge = challenges.take(`use ${ceremony}`)
      if (!expectedChallenge || !isObject(response)) return undefined
      const id: unknown = Reflect.get(response, 'id')
      const person = people.find((one) => keysOf(one).some((key) => key.id === id))
      const kept = person && keysOf(person).find((key) => key.id === id)
      if (!person || !kept) return undefined
      try {
        const { verified, authenticationInfo } = await verifyAuthenticationResponse({
          response: response as AuthenticationResponseJSON,
          expectedChallenge,
          expectedOrigin: origin,
          expectedRPID: rpID,
          requireUserVerification: true,
          credential: {
            id: kept.id,
            publicKey: Uint8Array.from(Buffer.from(kept.publicKey, 'base64')),
            counter: kept.counter,
          },
        })
        if (!verified) return undefined
        const counter = authenticationInfo.newCounter
        keep(
          person,
          keysOf(person).map((key) => (key.id === kept.id ? { ...key, counter } : key)),
        )
        return person
      } catch {
        return undefined
      }
    },

    countOf: (person) => keysOf(person).length,
    sweep: () => challenges.sweep(),
  }
}
