// The one clock: the database's time plus a test offset. Nothing else reads a clock.
export interface Clock {
  now(): Promise<Date>
}
