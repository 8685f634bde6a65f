// Asks every outside judge about signed files, now, in 2 and in 400 days, and prints their verdicts as a table.
//
//   npm run judge -- [FOLDER]                                what `npm run demo` wrote (default: demo-output)
//   npm run judge -- FOLDER --signers 2                      what `npm run demo -- FILE…` wrote
//   npm run judge -- FILE --trust ROOT.pem --signers N [--original FILE] [--at TIME]...
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readDemoOutput } from './demo-output.ts'
import { type Case, isHybrid, judgeAll, type Verdict } from './judges.ts'

const day = 86_400_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trust: { type: 'string' },
    signers: { type: 'string' },
    original: { type: 'string' },
    at: { type: 'string', multiple: true },
  },
})
process.exitCode = await main(positionals[0] ?? 'demo-output')

async function main(place: string): Promise<number> {
  const at = values.at ?? [0, 2, 400].map((days) => new Date(Date.now() + days * day).toISOString())
  const signers = values.signers === undefined ? undefined : Number(values.signers)
  const isFolder = (await stat(place)).isDirectory()
  const { cases, against } = isFolder
    ? await readDemoOutput(place, at, signers)
    : { cases: [await caseOf(place, at, signers)], against: [] }
  const verdicts = [...against, ...(cases.length > 0 ? await judgeAll(cases) : [])]
  const failed = verdicts.filter((one) => !one.passed)
  print(verdicts, cases)
  console.log(`\npyhanko and dss speak for ${at.join(', ')}`)
  for (const one of failed)
    console.log(`\n${one.judge} refuses ${one.file} at ${one.at}:\n  ${one.reasons.join('\n  ')}`)
  console.log(`\n${verdicts.length - failed.length} passed, ${failed.length} failed`)
  return failed.length === 0 && verdicts.length > 0 ? 0 : 1
}

async function caseOf(file: string, at: readonly string[], signers: number | undefined): Promise<Case> {
  if (values.trust === undefined || signers === undefined) throw new Error('--trust and --signers belong to a FILE')
  const original = values.original === undefined ? {} : { original: values.original }
  return { file, ...original, trust: values.trust, signers, at, strict: !(await isHybrid(file)) }
}

function print(verdicts: readonly Verdict[], cases: readonly Case[]): void {
  const judges = [...new Set(verdicts.map((one) => one.judge))]
  const files = [...new Set(verdicts.map((one) => one.file))]
  const width = Math.max(4, ...files.map((file) => basename(file).length)) + 2
  const row = (first: string, cells: readonly string[]) =>
    console.log((first.padEnd(width) + cells.map((cell) => cell.padEnd(26)).join('')).trimEnd())
  row('file', judges)
  for (const file of files) {
    const isLenient = cases.some((one) => one.file === file && !one.strict)
    const cells = judges.map((judge) => {
      const own = verdicts.filter((one) => one.file === file && one.judge === judge)
      const words = own.map((one) => (one.passed ? 'ok' : 'REFUSED')).join(' ')
      return isLenient && judge === 'pyhanko' ? `${words} (hybrid)` : words
    })
    row(basename(file), cells)
  }
}
