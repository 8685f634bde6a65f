// How much of the kernel's code mutation cases reach, by V8's own block coverage in this thread: a plateau shows that more find no more.

import { type Profiler, Session } from 'node:inspector'

/** By script: 1 for each character of its code that ran. */
export type Covered = Readonly<Record<string, Uint8Array>>

const ours = /\/src\/kernel\/(pdf|pades)\//

/** Begins to count; each call of what it returns tells what ran since the last. */
export async function startCoverage(): Promise<() => Promise<Covered>> {
  const session = new Session()
  session.connect()
  await new Promise<void>((resolve) => session.post('Profiler.enable', () => resolve()))
  await new Promise<void>((resolve) =>
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true }, () => resolve()),
  )
  return () =>
    new Promise((resolve, reject) => {
      session.post('Profiler.takePreciseCoverage', (error, answer) => {
        if (error) reject(error)
        else resolve(Object.fromEntries(answer.result.filter(({ url }) => ours.test(url)).map(covered)))
      })
    })
}

function covered({ url, functions }: Profiler.ScriptCoverage): readonly [string, Uint8Array] {
  const ranges = functions.flatMap((one) => one.ranges)
  const ran = new Uint8Array(Math.max(0, ...ranges.map(({ endOffset }) => endOffset)))
  // Inner blocks and functions come after those around them.
  for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset)
  return [url, ran]
}

/** Adds what ran now to what ran before; returns how many characters have run in all. */
export function add(sum: Map<string, Uint8Array>, now: Covered): number {
  for (const [url, ran] of Object.entries(now)) {
    const before = sum.get(url) ?? new Uint8Array()
    const longer = before.length >= ran.length ? before : new Uint8Array(ran.length)
    if (longer !== before) longer.set(before)
    for (const [index, one] of ran.entries()) if (one === 1) longer[index] = 1
    sum.set(url, longer)
  }
  let all = 0
  for (const ran of sum.values()) for (const one of ran) all += one
  return all
}
