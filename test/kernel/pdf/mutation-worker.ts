// Runs mutation cases in a thread of its own, telling by a shared counter which one is under way.

import { env } from 'node:process'
import { parentPort, workerData } from 'node:worker_threads'
import * as fc from 'fast-check'
import { check, malformedPdf } from './mutation.ts'
import { startCoverage } from './mutation-coverage.ts'
import type { Told } from './mutation-run.ts'

const { seed, cases, progress, longest, sampled, step } = workerData as {
  seed: number
  cases: number
  progress: Int32Array
  longest: number
  /** Every so many cases, one is handed back for another program to judge. */
  sampled: number
  /** Every so many cases, what code they reached is told. */
  step: number
}
const tell = (told: Told): void => parentPort?.postMessage(told)
const outcomes: Record<string, number> = {}
const failures: { base64: string; message: string }[] = []
let slowest = 0

function timed(bytes: Buffer): { readonly took: number; readonly outcome: string } {
  const begun = performance.now()
  const { outcome } = check(bytes)
  return { took: performance.now() - begun, outcome }
}

// Who measures the coverage of the tests (c8) would lose what is taken here.
const take = env['NODE_V8_COVERAGE'] === undefined ? await startCoverage() : undefined
let done = 0
for (const bytes of fc.sample(fc.noShrink(malformedPdf), { seed, numRuns: cases })) {
  Atomics.add(progress, 0, 1)
  done += 1
  try {
    // The machine may have been busy with something else: only what is slow again is slow.
    const { took, outcome } = timed(bytes)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    const real = took < longest ? took : Math.min(took, timed(bytes).took)
    slowest = Math.max(slowest, real)
    if (real >= longest) throw new Error(`took ${Math.round(real)} ms`)
    if (done % sampled === 0) tell({ kind: 'sample', bytes, outcome })
  } catch (error) {
    failures.push({
      base64: bytes.toString('base64'),
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
    if (failures.length >= 5) break
  }
  if (take !== undefined && done % step === 0) tell({ kind: 'covered', covered: await take() })
}
tell({ kind: 'end', outcomes, failures, slowest })
