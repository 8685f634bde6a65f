// Gives events their place in the feed after they are committed: rows do not commit in the order of a serial column.
import { type Client, inTransaction } from './client.ts'

/** Key of the sequencer's advisory lock: "segl" and a number. */
const sequencerLock = 0x7365_676c_02n

/**
 * Numbers up to `limit` committed events; answers how many. One sequencer at a time: without the lock somebody else is at
 * it. A reader that follows the positions misses nothing, because a position is only given to what can be seen.
 */
export const sequenceEvents = (client: Client, limit: number): Promise<number> =>
  inTransaction(client, 'system', async (db) => {
    const [lock] = await db.$queryRaw<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${sequencerLock}) as taken`
    if (!lock?.taken) return 0
    return db.$executeRaw`
      with last as (select coalesce(max(position), 0) as position from event),
           next as (select id, row_number() over (order by created_at, id) as n from event
                    where position is null order by created_at, id limit ${limit})
      update event set position = last.position + next.n from last, next where event.id = next.id`
  })
