// Keeps the OpenID provider's records (grants, codes, tokens, interactions) on shelves: they survive kill -9 and expire.
import { join } from 'node:path'
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'
import { type Clock, plusSeconds } from './clock.ts'
import { createShelf, type Shelf } from './state-files.ts'

const parsePayload = (value: unknown): AdapterPayload => {
  if (typeof value !== 'object' || value === null) throw new Error('Not an OpenID record')
  return { ...value }
}

/** Records that carry no lifetime of their own. */
const longestLife = 86_400

export type OidcStore = { adapter: AdapterFactory; sweep(): Record<string, number> }

export const createOidcStore = (folder: string, clock: Clock): OidcStore => {
  const shelves = new Map<string, Shelf<AdapterPayload>>()
  const shelfOf = (model: string): Shelf<AdapterPayload> => {
    const known = shelves.get(model)
    if (known) return known
    const made = createShelf(join(folder, model.toLowerCase()), clock, parsePayload)
    shelves.set(model, made)
    return made
  }

  const adapter = (model: string): Adapter => {
    const shelf = shelfOf(model)
    const findWhere = (matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined =>
      shelf.all().find(({ value }) => matches(value))?.value
    return {
      async upsert(id, payload, expiresIn) {
        shelf.put(id, payload, plusSeconds(clock(), expiresIn ?? longestLife))
      },
      async find(id) {
        return shelf.get(id)
      },
      async findByUid(uid) {
        return findWhere((payload) => payload.uid === uid)
      },
      async findByUserCode(userCode) {
        return findWhere((payload) => payload.userCode === userCode)
      },
      async consume(id) {
        const payload = shelf.get(id)
        if (payload) shelf.replace(id, { ...payload, consumed: Math.floor(clock().getTime() / 1000) })
      },
      async destroy(id) {
        shelf.remove(id)
      },
      async revokeByGrantId(grantId) {
        for (const { id, value } of shelf.all()) if (value.grantId === grantId) shelf.remove(id)
      },
    }
  }

  return {
    adapter,
    sweep: () => Object.fromEntries([...shelves].map(([model, shelf]) => [model, shelf.sweep()])),
  }
}
