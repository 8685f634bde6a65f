// The one clock: the database's time plus the test offset.
import type { Clock } from '../../flow/ports/clock.ts'
import { type Client, databaseNow } from './client.ts'

export function createClock(client: Client, offsetMs = 0): Clock {
  return { now: () => databaseNow(client, offsetMs) }
}
