// Wakes requests that wait for news (`GET /v1/events?wait=`): one question to the database for all of them.

export type FeedWatch = {
  /**
   * Resolves when the feed has grown, `signal` aborts or the watch is stopped. Ask before you read: what is added after
   * the question is not missed.
   */
  grown(signal: AbortSignal): Promise<void>
  stopped(): boolean
  stop(): void
}

/** Looks every `everyMs` while somebody waits, and not at all otherwise. `end`: the place of the newest event of all. */
export function createFeedWatch(end: () => Promise<bigint>, everyMs = 200): FeedWatch {
  const waiting = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let known: bigint | undefined
  let stopped = false
  const wakeAll = (): void => {
    for (const wake of [...waiting]) wake()
  }
  const look = async (): Promise<void> => {
    // A database that does not answer is met by the reader's own statement.
    const now = await end().catch(() => undefined)
    // The first look has nothing to compare with: whoever waits reads once more.
    if (now !== known) wakeAll()
    known = now
    timer = undefined
    next()
  }
  const next = (): void => {
    if (waiting.size === 0) known = undefined
    else if (!stopped) timer ??= setTimeout(() => void look(), everyMs)
  }
  return {
    grown: (signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        if (stopped || signal.aborted) return resolve()
        signal.addEventListener('abort', wake)
        waiting.add(wake)
        next()
      }),
    stopped: () => stopped,
    stop() {
      stopped = true
      clearTimeout(timer)
      wakeAll()
    },
  }
}
