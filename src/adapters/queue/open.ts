// Objects of the library that are made anew until one is ready: after a failed start it keeps the failure and never connects again
// (a refused login, an answer that is not Redis's), or waits without end for a server that says nothing.

/** What Queue and Worker of the library have in common. */
export type Opened = {
  waitUntilReady(): Promise<unknown>
  on(event: 'error', listener: (error: Error) => void): unknown
  close(): Promise<void>
}

/** How long one attempt may take. */
const connectMs = 10_000
const firstPauseMs = 1000
const longestPauseMs = 15_000
/** How long an object that is given up, or one that is closed, may take to end. */
export const endMs = 2000

/** The connection errors of one object; none after it was given up. */
type Listener = (error: Error) => void

/**
 * Opens what `make` makes, with growing pauses between attempts, until one is ready or `close` is called. `onError` hears of
 * each attempt that fails, and of every error of the object that is ready: this one reconnects on its own.
 */
export function opening<T extends Opened>(make: () => T, onError: Listener) {
  const stop = new AbortController()
  let ready: T | undefined
  let tried = (): void => {}
  const first = new Promise<void>((resolve) => {
    tried = resolve
  })
  const done = (async () => {
    for (let pauseMs = firstPauseMs; !stop.signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      const made = make()
      // An error event that nobody hears ends the process. What it says before it is ready, the failure of the attempt says.
      let last: Error | undefined
      let given = false
      made.on('error', (error) => {
        last = error
        if (ready === made && !given) onError(error)
      })
      try {
        await within(connectMs, made.waitUntilReady(), stop.signal)
        if (!stop.signal.aborted) {
          ready = made
          tried()
          return
        }
      } catch (error) {
        if (!stop.signal.aborted) {
          const retry = `The queue cannot be reached; the next attempt is in ${pauseMs / 1000} s.`
          onError(new Error(retry, { cause: last ?? error }))
        }
      }
      given = true
      tried()
      await end(made)
      await rest(pauseMs, stop.signal)
    }
  })()
  return {
    /** The object that is ready, if there is one after the first attempt. */
    async ready(): Promise<T | undefined> {
      await Promise.race([first, done])
      return ready
    },
    /** Ends what is under way, and closes what is ready within `graceMs`. */
    async close(graceMs: number): Promise<void> {
      stop.abort()
      await done
      // The library's forced close waits for the same jobs as the gentle one that is under way: it is left behind.
      if (ready) await within(graceMs, ready.close()).catch(() => undefined)
    },
  }
}

/** An object that never was ready is left behind when it does not end in time. */
async function end(object: Opened): Promise<void> {
  await within(endMs, object.close()).catch(() => undefined)
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return within(ms, new Promise<void>(() => {}), signal).catch(() => undefined)
}

/** Waits for `work`, at most `ms`, and no longer than until `signal`. */
export async function within<T>(ms: number, work: Promise<T>, signal?: AbortSignal): Promise<T> {
  // What fails after its time was up is nobody's business.
  work.catch(() => undefined)
  if (signal?.aborted) throw new Error('It was called off.')
  let timer: NodeJS.Timeout | undefined
  let calledOff: (() => void) | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The queue did not answer within ${ms} ms.`)), ms)
    calledOff = () => reject(new Error('It was called off.'))
    signal?.addEventListener('abort', calledOff)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    if (calledOff) signal?.removeEventListener('abort', calledOff)
  }
}
