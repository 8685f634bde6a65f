// Asks every outside judge about signed files, now, in 2 and in 400 days, and prints their verdicts as a table.
//
//   npm run judge -- [FOLDER]                                what `npm run demo` wrote (default: demo-output)
//   npm run judge -- FOLDER --signers 2                      what `npm run demo -- FILE…` wrote
//   npm run judge -- FILE --trust ROOT.pem --signers N [--original FILE]
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Case, isHybrid, judgeAll, type Verdict } from './judges.ts'

/** Who signs what the demo shows (issue 2): chairman, member and general manager; two parties; attestant and approver. */
const demoSigners: Readonly<Record<string, number>> = { 'annual-accounts': 3, contract: 2, voucher: 2 }
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
  const isFolder = (await stat(place)).isDirectory()
  const found = isFolder ? await casesIn(place, at) : { cases: [await caseOf(place, at)], verdicts: [] }
  const verdicts = [...found.verdicts, ...(found.cases.length > 0 ? await judgeAll(found.cases) : [])]
  const failed = verdicts.filter((one) => !one.passed)
  print(verdicts, at)
  for (const one of failed)
    console.log(`\n${one.judge} refuses ${one.file} at ${one.at}:\n  ${one.reasons.join('\n  ')}`)
  console.log(`\n${verdicts.length - failed.length} passed, ${failed.length} failed`)
  return failed.length === 0 && verdicts.length > 0 ? 0 : 1
}

async function caseOf(file: string, at: readonly string[]): Promise<Case> {
  if (values.trust === undefined || values.signers === undefined)
    throw new Error('--trust and --signers belong to a FILE')
  const original = values.original === undefined ? {} : { original: values.original }
  return {
    file,
    ...original,
    trust: values.trust,
    signers: Number(values.signers),
    at,
    strict: !(await isHybrid(file)),
  }
}

/** The demo's output as cases, and verdicts on what is missing or contradicts itself. */
async function casesIn(folder: string, at: readonly string[]): Promise<{ cases: Case[]; verdicts: Verdict[] }> {
  const names = (await readdir(folder)).sort()
  const cases: Case[] = []
  const verdicts: Verdict[] = []
  const complain = (file: string, reason: string) =>
    verdicts.push({ judge: 'files', file: join(folder, file), at: at[0] ?? '', passed: false, reasons: [reason] })

  const expected = values.signers === undefined ? Object.keys(demoSigners) : []
  for (const name of expected) if (!names.includes(`${name}.signed.pdf`)) complain(`${name}.signed.pdf`, 'is missing')
  for (const original of names.filter((name) => name.endsWith('.original.pdf'))) {
    const name = basename(original, '.original.pdf')
    if (!names.includes(`${name}.signed.pdf`) && !names.includes(`${name}.refused.json`)) {
      complain(original, 'was neither signed nor refused')
    }
  }
  for (const signed of names.filter((name) => name.endsWith('.signed.pdf'))) {
    const name = basename(signed, '.signed.pdf')
    const signers = values.signers === undefined ? demoSigners[name] : Number(values.signers)
    if (signers === undefined) {
      complain(signed, 'has no known number of signers: say --signers N')
      continue
    }
    const original = join(folder, `${name}.original.pdf`)
    if (!names.includes(`${name}.original.pdf`)) complain(signed, 'has no original beside it')
    const told = names.includes(`${name}.audit.json`)
      ? signedIn(await readFile(join(folder, `${name}.audit.json`), 'utf8'))
      : 0
    if (told !== signers) complain(`${name}.audit.json`, `tells of ${told} signatures, expected ${signers}`)
    const strict = !(await isHybrid(join(folder, signed)))
    cases.push({ file: join(folder, signed), original, trust: join(folder, 'trust/root.pem'), signers, at, strict })
  }
  return { cases, verdicts }
}

/** How many `signer.signed` events an audit trail tells of, wherever in the answer its list of events is. */
function signedIn(json: string): number {
  const answer: unknown = JSON.parse(json)
  const lists = Array.isArray(answer) ? [answer] : Object.values(answer ?? {}).filter(Array.isArray)
  return lists.flat().filter((event: { type?: unknown }) => event.type === 'signer.signed').length
}

function print(verdicts: readonly Verdict[], at: readonly string[]): void {
  const judges = [...new Set(verdicts.map((one) => one.judge))]
  const files = [...new Set(verdicts.map((one) => one.file))]
  const width = Math.max(4, ...files.map((file) => basename(file).length)) + 2
  console.log('file'.padEnd(width) + judges.map((judge) => judge.padEnd(26)).join(''))
  for (const file of files) {
    const cells = judges.map((judge) => {
      const own = verdicts.filter((one) => one.file === file && one.judge === judge)
      return own.length === 0 ? '' : own.map((one) => (one.passed ? 'ok' : 'REFUSED')).join(' ')
    })
    console.log(basename(file).padEnd(width) + cells.map((cell) => cell.padEnd(26)).join(''))
  }
  console.log(`\npyhanko and dss speak for ${at.join(', ')}`)
}
