// Runs many mutation cases in worker threads with 256 MB each; a thread that stands still is stopped and named.

import { Worker } from 'node:worker_threads'

export type MutationReport = {
  readonly cases: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly failures: readonly { readonly base64: string; readonly message: string }[]
  /** Milliseconds of the slowest case. */
  readonly slowest: number
}

const script = new URL('./mutation-worker.ts', import.meta.url).href
const perWorker = 5000
/** One case may take 1 s; a thread that makes no step in this time hangs. */
const longest = 1000
const hangs = 20_000

export async function runMutations(cases: number, seed: number): Promise<MutationReport> {
  const outcomes: Record<string, number> = {}
  const failures: { base64: string; message: string }[] = []
  let slowest = 0
  for (let done = 0; done < cases; done += perWorker) {
    const part = await runWorker(Math.min(perWorker, cases - done), seed + done)
    for (const [outcome, count] of Object.entries(part.outcomes)) outcomes[outcome] = (outcomes[outcome] ?? 0) + count
    failures.push(...part.failures)
    slowest = Math.max(slowest, part.slowest)
  }
  return { cases, outcomes, failures, slowest }
}

function runWorker(cases: number, seed: number): Promise<MutationReport> {
  const progress = new Int32Array(new SharedArrayBuffer(4))
  return new Promise((resolve) => {
    // On Node 20 a thread does not inherit the loader of TypeScript files.
    const start = `import('tsx/esm/api').then(({ register }) => (register(), import(${JSON.stringify(script)})))`
    const worker = new Worker(start, {
      eval: true,
      workerData: { seed, cases, progress, longest },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    })
    let last = -1
    const failed = (message: string): void => {
      clearInterval(watch)
      void worker.terminate()
      const text = `seed ${seed}, case ${Atomics.load(progress, 0)}: ${message}`
      resolve({ cases, outcomes: {}, failures: [{ base64: '', message: text }], slowest: 0 })
    }
    const watch = setInterval(() => {
      const now = Atomics.load(progress, 0)
      if (now === last && now > 0) failed('hangs')
      last = now
    }, hangs)
    worker.once('message', (report: MutationReport) => {
      clearInterval(watch)
      void worker.terminate()
      resolve({ ...report, cases })
    })
    worker.once('error', (error) => failed(error.message))
  })
}
