// Runs mutation cases in a thread of its own, telling by a shared counter which one is under way.

import { parentPort, workerData } from 'node:worker_threads'
import * as fc from 'fast-check'
import { check, malformedPdf } from './mutation.ts'

const { seed, cases, progress, longest } = workerData as {
  seed: number
  cases: number
  progress: Int32Array
  longest: number
}
const outcomes: Record<string, number> = {}
const failures: { base64: string; message: string }[] = []
let slowest = 0

function timed(bytes: Buffer): number {
  const begun = performance.now()
  const { outcome } = check(bytes)
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  return performance.now() - begun
}

for (const bytes of fc.sample(fc.noShrink(malformedPdf), { seed, numRuns: cases })) {
  Atomics.add(progress, 0, 1)
  try {
    // The machine may have been busy with something else: only what is slow again is slow.
    const took = timed(bytes)
    const real = took < longest ? took : Math.min(took, timed(bytes))
    slowest = Math.max(slowest, real)
    if (real >= longest) throw new Error(`took ${Math.round(real)} ms`)
  } catch (error) {
    failures.push({
      base64: bytes.toString('base64'),
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    if (failures.length >= 5) break
  }
}
parentPort?.postMessage({ outcomes, failures, slowest })
