// Lets no statement reach the database before its transaction has said as which role and for which tenant it runs.
import type { PrismaPg } from '@prisma/adapter-pg'
import { SeglError } from '../../errors.ts'

/** Takes the time, and from here on the role ($2) and the tenant ($3), in one round trip. */
export const doorStatement = `select date_trunc('milliseconds', now()) as now,
  set_config('idle_in_transaction_session_timeout', $1, true), set_config('role', $2, true), set_config('segl.tenant', $3, true)`

/** The one question that is nobody's: what time it is. */
export const clockStatement = `select date_trunc('milliseconds', now()) as now`

type Factory = Pick<PrismaPg, 'provider' | 'adapterName' | 'connect'>
type Adapter = Awaited<ReturnType<PrismaPg['connect']>>
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>
type Query = Parameters<Adapter['queryRaw']>[0]

/** The same connections, closed to everything that does not come through `inTransaction`. */
export function onlyThroughDoors(factory: PrismaPg): Factory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => guarded(await factory.connect()),
  }
}

const guarded = (adapter: Adapter): Adapter =>
  guard(adapter, {
    queryRaw: (query: Query) => (query.sql === clockStatement ? adapter.queryRaw(query) : refuse(query)),
    executeRaw: refuse,
    startTransaction: async (...given: Parameters<Adapter['startTransaction']>) =>
      guardedTransaction(await adapter.startTransaction(...given)),
  })

function guardedTransaction(transaction: Transaction): Transaction {
  let entered = false
  // The transaction ends by statements of the client's own making.
  const free = /^(COMMIT|ROLLBACK)$/i
  return guard(transaction, {
    queryRaw: async (query: Query) => {
      if (!entered && query.sql !== doorStatement) return refuse(query)
      const answer = await transaction.queryRaw(query)
      entered = true
      return answer
    },
    executeRaw: async (query: Query) =>
      entered || free.test(query.sql) ? transaction.executeRaw(query) : refuse(query),
  })
}

/** `target` with some methods replaced; everything else stays bound to it. */
function guard<T extends object>(target: T, replaced: Partial<T>): T {
  return new Proxy(target, {
    get(_target, name) {
      const value: unknown = Reflect.get(Object.hasOwn(replaced, name) ? replaced : target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

async function refuse(query: Query): Promise<never> {
  throw new SeglError('INTERNAL', `A statement came to the database outside a door: ${query.sql.slice(0, 80)}`)
}
