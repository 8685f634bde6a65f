// Where the island takes its time from; tests and faults hand in another one.

export type Clock = () => Date

export const systemClock: Clock = () => new Date()

/** Milliseconds cut off: X.509, OCSP and RFC 3161 times of ours are whole seconds (DER has no trailing zeros to get wrong). */
export const wholeSecond = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000)

export const plusSeconds = (time: Date, seconds: number): Date => new Date(time.getTime() + seconds * 1000)

export const earlier = (a: Date, b: Date): Date => (a < b ? a : b)
