// The end of an order's storage: who may not touch it, when it may go, and what stays of it then.
import { SeglError } from '../errors.ts'
import { retentionOfOrder } from './accounting-rules.ts'
import type { Order } from './model.ts'
import { isFinal } from './order.ts'
import { osloClock } from './oslo-time.ts'
import type { Blobs } from './ports/blobs.ts'
import type { Storage, StorageTx, StoredOrder, Storing } from './ports/storage.ts'
import { appendTrail, type TrailEntry } from './trail.ts'

export type StoragePorts = { readonly storing: Storing; readonly blobs: Pick<Blobs, 'remove'> }

/** Who does it: a caller of the API by the id of his key, or the end of the time of storage. */
export type Actor = { readonly key: string } | 'retention'

/**
 * Last day on which a closed order must be kept, ISO date. Null when nobody signed: what was never signed documents
 * nothing, and the accounting system has its own copy.
 */
export function lastDayOf(order: Order): string | null {
  const signed = order.signers.some((signer) => signer.state === 'signed')
  return signed ? (retentionOfOrder(order)?.until ?? null) : null
}

/** Keeps an order from being deleted or erased, whatever its time of storage. Throws STATE_CONFLICT when it is held already. */
export const placeHold = (ports: StoragePorts, order: StoredOrder, reason: string, by: Actor): Promise<Storage> =>
  changed(ports, order, async (tx, _order, storage) => {
    if (storage.hold) throw new SeglError('STATE_CONFLICT', 'The order is under legal hold already.', held(storage))
    await tx.setHold(order.id, reason)
    return { type: 'order.held', actor: 'tenant', data: whom(by), personal: { reason } }
  })

/** Throws STATE_CONFLICT when there is no hold. */
export const releaseHold = (ports: StoragePorts, order: StoredOrder, by: Actor): Promise<Storage> =>
  changed(ports, order, async (tx, _order, storage) => {
    if (!storage.hold) throw new SeglError('STATE_CONFLICT', 'The order is not under legal hold.', held(storage))
    await tx.setHold(order.id, null)
    return { type: 'order.holdReleased', actor: 'tenant', data: whom(by) }
  })

/**
 * Deletes documents and personal data of a closed order; its row, hashes and trail stay. May be repeated: what was begun is
 * finished. Throws LEGAL_HOLD, RETENTION_NOT_OVER with the day, STATE_CONFLICT while the order is open, or failed and not stranded.
 */
export async function deleteOrder(ports: StoragePorts, order: StoredOrder, by: Actor): Promise<Storage> {
  const begun = await ports.storing.transaction(order.tenantId, async (tx) => {
    await tx.lock('order', order.id)
    const storage = await tx.storage(order.id)
    if (!storage) throw notFound()
    if (storage.deletionBegunAt) return storage
    const found = await mayGo(tx, order.id, storage)
    const { date: today } = osloClock(tx.now)
    const keptUntil = lastDayOf(found)
    if (keptUntil !== null && keptUntil >= today) {
      throw new SeglError('RETENTION_NOT_OVER', `The order must be kept until ${keptUntil}.`, { extra: { keptUntil } })
    }
    const documents = found.documents.map(({ id, uploadSha256 }) => ({ id, sha256: uploadSha256 }))
    const deleted = { type: 'order.deleted', actor: by === 'retention' ? 'system' : 'tenant' } as const
    await appendTrail(tx, found, [{ ...deleted, data: { ...whom(by), keptUntil, documents } }])
    await tx.emit({ orderId: order.id, type: 'order.deleted', state: found.state })
    await tx.setKeptUntil(order.id, keptUntil)
    await tx.beginDeletion(order.id)
    return storage
  })
  if (begun.deletedAt) return begun
  await finishDeletion(ports, order)
  return must(await ports.storing.read(order.tenantId, order.id))
}

/** Bytes first, rows last: whoever dies in between leaves rows by which the rest is found. */
async function finishDeletion({ storing, blobs }: StoragePorts, { tenantId, id }: StoredOrder): Promise<void> {
  const names = await storing.transaction(tenantId, (tx) => tx.blobsOf(id))
  for (const sha256 of names) {
    await storing.transaction(tenantId, async (tx) => {
      await tx.lockBlob(sha256)
      if (!(await tx.blobInUseBeside(sha256, id))) await blobs.remove(sha256)
    })
  }
  await storing.transaction(tenantId, async (tx) => {
    await tx.lock('order', id)
    await tx.eraseOrder(id)
  })
}

export type Erased = {
  /** ISO date until which name and signature stay in the document and its trail; null when everything is gone. */
  readonly documentKeptUntil: string | null
}

/**
 * Erases a signer's personal data on request: what nobody is obliged to keep at once (number, birth date, address, log-in),
 * and the rest too when the order need not be kept. Throws LEGAL_HOLD, NOT_FOUND, STATE_CONFLICT as `deleteOrder` does.
 */
export async function eraseSigner(
  ports: StoragePorts,
  order: StoredOrder,
  signerId: string,
  input: { readonly reason: string; readonly by: Actor },
): Promise<Erased> {
  let documentKeptUntil: string | null = null
  await changed(ports, order, async (tx, found, storage) => {
    if (!found.signers.some(({ id }) => id === signerId)) throw new SeglError('NOT_FOUND', 'There is no such signer.')
    await mayGo(tx, order.id, storage)
    const until = lastDayOf(found)
    documentKeptUntil = until !== null && until >= osloClock(tx.now).date ? until : null
    await tx.eraseSigner(order.id, signerId, documentKeptUntil !== null)
    const data = { ...whom(input.by), documentKeptUntil }
    return { type: 'signer.erased', actor: 'tenant', signerId, data, personal: { reason: input.reason } }
  })
  return { documentKeptUntil }
}

/**
 * What time brings about, for a worker to call now and then: closed orders learn their last day, those beyond it are deleted,
 * and deletions that were cut off are finished. @returns how many orders were deleted
 */
export async function endStorage(
  ports: StoragePorts,
  now: Date,
  onError: (error: unknown, order: StoredOrder) => void,
): Promise<number> {
  const { storing } = ports
  const each = async (orders: readonly StoredOrder[], work: (order: StoredOrder) => Promise<unknown>) => {
    let done = 0
    for (const order of orders) {
      await work(order).then(
        () => {
          done += 1
        },
        (error: unknown) => onError(error, order),
      )
    }
    return done
  }
  await each(await storing.undated(200), ({ tenantId, id }) =>
    storing.transaction(tenantId, async (tx) => {
      const order = await tx.order(id)
      const until = order && lastDayOf(order)
      if (until) await tx.setKeptUntil(id, until)
    }),
  )
  const over = await storing.over(osloClock(now).date, 50)
  return each([...(await storing.halfDeleted(50)), ...over], (order) => deleteOrder(ports, order, 'retention'))
}

/** One change of an order's storage under its lock, with what the trail tells of it. */
async function changed(
  { storing }: StoragePorts,
  { tenantId, id }: StoredOrder,
  change: (tx: StorageTx, order: Order, storage: Storage) => Promise<TrailEntry>,
): Promise<Storage> {
  return storing.transaction(tenantId, async (tx) => {
    await tx.lock('order', id)
    const [order, storage] = [await tx.order(id), await tx.storage(id)]
    if (!order || !storage) throw notFound()
    await appendTrail(tx, order, [await change(tx, order, storage)])
    return must(await tx.storage(id))
  })
}

async function mayGo(tx: StorageTx, orderId: string, storage: Storage): Promise<Order> {
  const order = await tx.order(orderId)
  if (!order) throw notFound()
  if (storage.hold) {
    throw new SeglError('LEGAL_HOLD', 'The order is under legal hold. Release it first, if it may be.', held(storage))
  }
  if (!isFinal(order.state) && !isStranded(order, tx.now)) {
    throw new SeglError('STATE_CONFLICT', notClosed(order), { extra: { state: order.state } })
  }
  return order
}

/**
 * Failed while it was being closed, and still so after its last day: nobody can cancel it, no `retry` has brought it to its end,
 * and what it tells of people must not stay for ever.
 */
function isStranded(order: Order, now: Date): boolean {
  const until = lastDayOf(order)
  return order.state === 'failed' && order.outcome !== null && until !== null && until < osloClock(now).date
}

function notClosed({ state, outcome }: Order): string {
  if (state !== 'failed') return `The order is ${state}. Cancel it first, or wait until it is closed.`
  return outcome === null
    ? 'The order has failed, and `retry` can bring it back. Cancel it first.'
    : 'The order failed while it was being closed, and what people have signed is not sealed yet: try it again (`retry`).'
}

const held = ({ hold }: Storage) => ({ extra: { heldSince: hold?.since.toISOString() ?? null } })
const whom = (by: Actor) => (by === 'retention' ? { by } : { by: 'key', key: by.key })
const notFound = (): SeglError => new SeglError('NOT_FOUND', 'There is no such order.')

function must(storage: Storage | undefined): Storage {
  if (!storage) throw notFound()
  return storage
}
