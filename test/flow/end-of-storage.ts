// What is kept, and for how long: orders that ended, the worker's part at a moved clock, and what is left in rows and files.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBlobs } from '../../src/adapters/blobs/index.ts'
import { connect, createStoring } from '../../src/adapters/store/index.ts'
import { createVault } from '../../src/adapters/vault/index.ts'
import type { Order } from '../../src/client/index.ts'
import { endStorage, type StoragePorts } from '../../src/flow/storage.ts'
import { chainFault } from '../../src/kernel/evidence/index.ts'
import type { Installation } from '../support/installation.ts'
import { type Accountant, linkOf, visitor } from './actors.ts'

export const yearMs = 366 * 86_400_000

/** The orders of one accounting system in an installation; `close` it before the installation. */
export function openStorage(segl: Installation, books: Accountant) {
  const doors = connect(segl.databaseUrl, 2, { doorsOnly: true })

  /** The worker's part, as it would be so many years from now. */
  function inYears(years: number): { readonly ports: StoragePorts; readonly now: Date } {
    const clockOffsetMs = years * yearMs
    const vault = createVault(segl.config.secrets)
    const storing = createStoring({ client: doors, vault, jobs: { wake: async () => {} }, clockOffsetMs })
    const ports = { storing, blobs: openBlobs(segl.config.blobUrl) }
    return { ports, now: new Date(Date.now() + clockOffsetMs) }
  }

  return {
    inYears,
    endIn: (years: number, within = inYears(years)): Promise<number> =>
      endStorage(within.ports, within.now, (error) => {
        throw error
      }),
    async signed(): Promise<Order> {
      const order = await books.order([{ bankid: 'approver' }])
      await visitor(segl, 'approver').sign(linkOf(order))
      return books.reaches(order.id, 'completed')
    },
    async cancelled(): Promise<Order> {
      const order = await books.order([{ bankid: 'approver' }])
      assert.equal((await books.call('POST', `/v1/orders/${order.id}/cancel`)).status, 200)
      return books.reaches(order.id, 'cancelled')
    },
    remove: ({ id }: Pick<Order, 'id'>) => books.call('DELETE', `/v1/orders/${id}`),
    erase: ({ id, signers: [signer] }: Order) =>
      books.call('POST', `/v1/orders/${id}/signers/${signer?.id}/erasure`, { reason: 'Asked by the signer' }),
    storage: async ({ id }: Pick<Order, 'id'>) => (await books.call('GET', `/v1/orders/${id}/storage`)).body,
    hold: ({ id }: Pick<Order, 'id'>, reason = 'Tilsyn, sak 2026/17') =>
      books.call('POST', `/v1/orders/${id}/legal-hold`, { reason }),
    blobsOf: ({ id }: Pick<Order, 'id'>) =>
      segl.client.revision.findMany({ where: { document: { orderId: id } }, select: { blobSha256: true } }),
    close: () => doors.$disconnect(),
  }
}

/** The file of a blob in the installation's folder. */
export const blobFile = ({ config }: Pick<Installation, 'config'>, sha256: string): string =>
  join(fileURLToPath(config.blobUrl), sha256.slice(0, 2), sha256.slice(2))

/** The trail still chains; answers it. */
export async function assertChained(
  { client }: Pick<Installation, 'client'>,
  order: Pick<Order, 'id'>,
): Promise<readonly { type: string; personal: unknown; salt: string | null }[]> {
  const trail = await client.auditEvent.findMany({ where: { orderId: order.id }, orderBy: { sequence: 'asc' } })
  const chained = trail.map(({ data, personal, time, ...event }) => ({
    ...event,
    order: order.id,
    time: time.toISOString(),
    data: data as Record<string, unknown>,
    personal: personal as Record<string, unknown> | null,
  }))
  assert.equal(chainFault(chained), undefined)
  return chained
}
