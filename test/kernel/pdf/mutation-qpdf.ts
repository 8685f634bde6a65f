// What qpdf says of files that mutation made, beside what we say: it repairs what it can, we refuse what does not hold.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sample } from './mutation-run.ts'

/** Exit codes of `qpdf --check`: 0, 3 and 2; `stopped` when it took more than a minute. */
export type QpdfWord = 'sound' | 'warns' | 'refuses' | 'stopped'

export async function askQpdf(
  samples: readonly Sample[],
): Promise<(Sample & { readonly qpdf: QpdfWord; said: string })[]> {
  const folder = await mkdtemp(join(tmpdir(), 'segl-mutants-'))
  const answers: (Sample & { readonly qpdf: QpdfWord; said: string })[] = []
  const rest = samples.entries()
  const lane = async (): Promise<void> => {
    for (const [index, sample] of rest) {
      const file = join(folder, `${index}.pdf`)
      await writeFile(file, sample.bytes)
      answers.push({ ...sample, ...(await check(file)) })
      await rm(file)
    }
  }
  try {
    await Promise.all([lane(), lane()])
  } finally {
    await rm(folder, { recursive: true })
  }
  return answers
}

const check = (file: string): Promise<{ qpdf: QpdfWord; said: string }> =>
  new Promise((resolve) => {
    execFile('qpdf', ['--check', file], { timeout: 60_000, maxBuffer: 1 << 24 }, (error, out, err) => {
      const said = `${out}\n${err}`.trim()
      if (error === null) resolve({ qpdf: 'sound', said })
      else if (error.code === 3) resolve({ qpdf: 'warns', said })
      else resolve({ qpdf: error.code === 2 ? 'refuses' : 'stopped', said })
    })
  })

/** Lines of a table: what we said by what qpdf said. */
export function compared(answers: readonly { readonly outcome: string; readonly qpdf: QpdfWord }[]): string[] {
  const words: readonly QpdfWord[] = ['sound', 'warns', 'refuses', 'stopped']
  const outcomes = [...new Set(answers.map(({ outcome }) => outcome))].sort()
  return outcomes.map((outcome) => {
    const own = answers.filter((one) => one.outcome === outcome)
    const counts = words.map((word) => `qpdf ${word} ${own.filter(({ qpdf }) => qpdf === word).length}`)
    return `${outcome}: ${own.length}; ${counts.join(', ')}`
  })
}
