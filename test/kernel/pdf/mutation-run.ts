// Runs many mutation cases in worker threads with 256 MB each; a thread that stands still is stopped and named.

import { Worker } from 'node:worker_threads'
import { add, type Covered } from './mutation-coverage.ts'

type Failure = { readonly base64: string; readonly message: string }
type End = {
  readonly outcomes: Readonly<Record<string, number>>
  readonly failures: readonly Failure[]
  readonly slowest: number
}
export type Sample = { readonly bytes: Uint8Array; readonly outcome: string }
/** What a thread says while it works. */
export type Told =
  | ({ readonly kind: 'sample' } & Sample)
  | { readonly kind: 'covered'; readonly covered: Covered }
  | ({ readonly kind: 'end' } & End)

export type MutationReport = {
  readonly cases: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly failures: readonly Failure[]
  /** Milliseconds of the slowest case. */
  readonly slowest: number
  /** Characters of src/kernel/pdf and pades that had run after so many cases; empty while c8 measures the tests. */
  readonly plateau: readonly { readonly cases: number; readonly covered: number }[]
  /** Every twentieth case, for another program to judge. */
  readonly samples: readonly Sample[]
}

const script = new URL('./mutation-worker.ts', import.meta.url)
const perWorker = 5000
const sampled = 20
const step = 1000
/** One case may take 1 s; a thread that makes no step in this time hangs. */
const longest = 1000
const hangs = 20_000

export async function runMutations(cases: number, seed: number): Promise<MutationReport> {
  const outcomes: Record<string, number> = {}
  const failures: Failure[] = []
  const plateau: { cases: number; covered: number }[] = []
  const samples: Sample[] = []
  const reached = new Map<string, Uint8Array>()
  let slowest = 0
  for (let done = 0; done < cases; done += perWorker) {
    const part = await runWorker(Math.min(perWorker, cases - done), seed + done, (told) => {
      if (told.kind === 'sample') samples.push({ bytes: told.bytes, outcome: told.outcome })
      if (told.kind === 'covered') {
        plateau.push({ cases: (plateau.at(-1)?.cases ?? 0) + step, covered: add(reached, told.covered) })
      }
    })
    for (const [outcome, count] of Object.entries(part.outcomes)) outcomes[outcome] = (outcomes[outcome] ?? 0) + count
    failures.push(...part.failures)
    slowest = Math.max(slowest, part.slowest)
  }
  return { cases, outcomes, failures, slowest, plateau, samples }
}

function runWorker(cases: number, seed: number, hear: (told: Told) => void): Promise<End> {
  const progress = new Int32Array(new SharedArrayBuffer(4))
  return new Promise((resolve) => {
    const worker = new Worker(script, {
      workerData: { seed, cases, progress, longest, sampled, step },
      resourceLimits: { maxOldGenerationSizeMb: 256 },
    })
    let last = -1
    const failed = (message: string): void => {
      clearInterval(watch)
      void worker.terminate()
      const text = `seed ${seed}, case ${Atomics.load(progress, 0)}: ${message}`
      resolve({ outcomes: {}, failures: [{ base64: '', message: text }], slowest: 0 })
    }
    const watch = setInterval(() => {
      const now = Atomics.load(progress, 0)
      if (now === last && now > 0) failed('hangs')
      last = now
    }, hangs)
    worker.on('message', (told: Told) => {
      hear(told)
      if (told.kind !== 'end') return
      clearInterval(watch)
      void worker.terminate()
      resolve(told)
    })
    worker.once('error', (error) => failed(error.message))
  })
}
