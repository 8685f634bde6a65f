// The OpenID provider's signing keys: each generation has an age, the next takes over in time, the earlier stays published for a while.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { JWK } from 'oidc-provider'
import { type Clock, plusSeconds } from './clock.ts'
import { readIfThere, writeAtomic } from './state-files.ts'

/** Milliseconds since 1970. */
type Generation = { made: number; retired?: number; keys: JWK[] }

export type SigningKeys = {
  /** Every key to publish, those that sign first. The same array until something has changed. */
  published(): JWK[]
  /** The RS256 key that signs ID tokens now. */
  current(): JWK
}

const makeKeys = (): JWK[] => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  return [
    { ...rsa, kty: 'RSA', alg: 'RS256', use: 'sig', kid: randomUUID() },
    { ...ec, kty: 'EC', alg: 'ES256', use: 'sig', kid: randomUUID() },
  ]
}

/** A file from before keys had an age holds bare keys: they are as old as the first start that reads them. */
const readGenerations = (text: string, now: number): Generation[] => {
  const kept: unknown = JSON.parse(text)
  if (!Array.isArray(kept) || kept.length === 0) throw new Error('openid-keys.json holds no keys')
  return kept.every((one) => typeof one === 'object' && one !== null && 'keys' in one && 'made' in one)
    ? kept
    : [{ made: now, keys: kept }]
}

/**
 * @param folder where openid-keys.json lies; a restart goes on with its keys and their age
 * @param days how long a generation signs
 * @param tokenSeconds how long the last token of a generation may still be checked (OpenID Connect Core §10.1.1)
 */
export const createSigningKeys = (options: {
  folder: string
  clock: Clock
  days: number
  tokenSeconds: number
}): SigningKeys => {
  const { folder, clock, days, tokenSeconds } = options
  const file = join(folder, 'openid-keys.json')
  const text = readIfThere(file)
  let generations = text === undefined ? [] : readGenerations(text, clock().getTime())
  let published: JWK[] = generations.flatMap(({ keys }) => keys)
  const keep = (next: Generation[]): void => {
    // On disk first: what has signed is never lost.
    writeAtomic(file, JSON.stringify(next))
    generations = next
    published = next.flatMap(({ keys }) => keys)
  }
  if (text !== undefined) keep(generations)

  const turn = (): void => {
    const now = clock()
    const [newest] = generations
    if (!newest || plusSeconds(new Date(newest.made), days * 86_400) <= now) {
      const earlier = generations.map((one) => ({ ...one, retired: one.retired ?? now.getTime() }))
      keep([{ made: now.getTime(), keys: makeKeys() }, ...earlier])
    }
    const needed = generations.filter(
      ({ retired }) => retired === undefined || plusSeconds(new Date(retired), tokenSeconds) > now,
    )
    if (needed.length < generations.length) keep(needed)
  }

  return {
    published() {
      turn()
      return published
    },
    current() {
      turn()
      const [key] = published
      if (!key) throw new Error('There is no key to sign ID tokens with')
      return key
    },
  }
}
