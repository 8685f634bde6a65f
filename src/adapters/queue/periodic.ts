// A timer of ours that runs one thing again and again, never twice at once: BullMQ's schedulers die with FLUSHALL.

/** Runs `work` every `intervalMs` until `stop`, which waits for a run under way. Errors go to `onError`. */
export function periodically(
  intervalMs: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  const next = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      running = work().catch(onError).finally(next)
    }, intervalMs)
  }
  next()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
