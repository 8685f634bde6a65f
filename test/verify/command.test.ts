import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execArgv, execPath } from 'node:process'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { reportLines } from '../../src/bin/verification-lines.ts'
import { checks, type Report } from '../../src/kernel/checks/index.ts'
import { languages } from '../../src/text/index.ts'
import { judge } from '../kernel/checks/judge.ts'
import { upload } from '../kernel/checks/raw-pdf.ts'
import { signedFile } from '../kernel/checks/signed-file.ts'
import { clock, person, pki, sha256 } from '../kernel/checks/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'segl-verify-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const path = (name: string): string => join(folder, name)
const stored = (name: string, bytes: Uint8Array | string): string => {
  writeFileSync(path(name), bytes)
  return path(name)
}
const good = await signedFile()
const changed = Buffer.from(good)
changed[200] = 0x21
const files = {
  good: stored('good.pdf', good),
  changed: stored('changed.pdf', changed),
  unsealed: stored('unsealed.pdf', await signedFile({ stopBefore: 'seal' })),
  upload: stored('upload.pdf', upload()),
  text: stored('text.pdf', 'This is no PDF.'),
  empty: stored('empty.pdf', ''),
  root: stored('root.pem', pki.rootPem),
  noRoot: stored('no-root.pem', '-----BEGIN NOTHING-----\n'),
}
const now = clock.now.toISOString()

type Outcome = { readonly code: number; readonly out: string; readonly err: string }

function run(...args: string[]): Promise<Outcome> {
  const program = fileURLToPath(new URL('../../src/bin/verify.ts', import.meta.url))
  return new Promise((resolve) => {
    execFile(execPath, [...execArgv, program, ...args], { timeout: 300_000 }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

const verdict = { enum: ['PASSED', 'FAILED', 'INDETERMINATE'] }
const text = { type: 'string' }
const orNull = (type: string) => ({ type: [type, 'null'] })
const object = (properties: object, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
})
const array = (items: object) => ({ type: 'array', items })
/** CONTRACTS, "Commands": what others read. */
const schema = object({
  file: text,
  sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  verdict,
  subIndication: orNull('string'),
  simulated: { type: 'boolean' },
  revisions: array(object({ number: { type: 'integer' }, end: { type: 'integer' }, sha256: text, change: text })),
  signatures: array(
    object({
      field: text,
      kind: { enum: ['signer', 'seal', 'timestamp'] },
      level: { enum: ['B-B', 'B-T', 'B-LT', 'B-LTA', null] },
      verdict,
      subIndication: orNull('string'),
      signer: { ...object({ name: text, subject: text, issuer: text, serialNumber: text }), type: ['object', 'null'] },
      bestTime: orNull('string'),
      earlier: { type: 'boolean' },
      claimedTime: orNull('string'),
      revision: orNull('integer'),
      checks: array(
        object({ id: text, title: text, verdict, subIndication: text, citation: text, detail: text }, [
          'subIndication',
          'detail',
        ]),
      ),
    }),
  ),
  notProven: array(text),
})

describe('segl-verify', () => {
  test('exits 0 for a file that passes, and prints it as the contract says', async () => {
    const { code, out } = await run(files.good, '--trust', files.root, '--at', now, '--json')
    const report: Report & { readonly file: string } = JSON.parse(out)
    const valid = new Ajv({ allowUnionTypes: true }).compile(schema)
    assert.ok(valid(JSON.parse(out)), JSON.stringify(valid.errors))
    assert.equal(code, 0)
    assert.equal(report.file, 'good.pdf')
    assert.equal(report.sha256, sha256(good))
    assert.equal(report.revisions[0]?.sha256, sha256(upload()))
    assert.deepEqual(
      report.revisions.map(({ change }) => change),
      ['upload', 'prepared', 'signing', 'signing', 'signing', 'archiving'],
    )
    assert.deepEqual(report.notProven, ['LEGAL_EFFECT_SIMULATED', 'AUTHORITY_TO_SIGN', 'CONTENT_UNDERSTOOD'])
  })

  const outcomes: readonly (readonly [string, number, readonly string[], RegExp])[] = [
    ['1 for a file that was changed', 1, [files.changed, '--trust', files.root, '--at', now], /FAILED/],
    ['2 without a root to trust', 2, [files.good, '--at', now], /no root was given/],
    [
      '2 for a file that is not sealed',
      2,
      [files.unsealed, '--trust', files.root, '--at', now],
      /not closed by a seal/,
    ],
    ['2 for a file without signatures', 2, [files.upload, '--trust', files.root], /no signature/],
    ['64 without a file', 64, [], /segl-verify FILE/],
    ['64 for two files', 64, [files.good, files.good], /segl-verify FILE/],
    ['64 for an option that it does not know', 64, [files.good, '--nonsense'], /segl-verify FILE/],
    ['64 for a time that is none', 64, [files.good, '--at', 'soon'], /segl-verify FILE/],
    ['66 for a file that is not there', 66, [path('missing.pdf')], /missing\.pdf/],
    ['66 for a folder', 66, [folder], /segl-verify-/],
    ['66 for what is no PDF', 66, [files.text], /NOT_A_PDF/],
    ['66 for an empty file', 66, [files.empty], /NOT_A_PDF/],
    ['66 for a root that is none', 66, [files.good, '--trust', files.noRoot], /no-root\.pem: CERTIFICATE_INVALID/],
  ]
  for (const [title, expected, args, said] of outcomes) {
    test(`exits ${title}`, async () => {
      const { code, out, err } = await run(...args)
      assert.equal(code, expected, out + err)
      assert.match(out + err, said)
      assert.doesNotMatch(err, /\n\s+at /)
    })
  }
})

describe('a report', () => {
  const day = 86_400_000
  for (const [title, days, expected] of [
    ['two days later', 2, 'PASSED'],
    ['400 days later', 400, 'PASSED'],
    ['after the end of the time-stamping authority', 365 * 16, 'INDETERMINATE'],
  ] as const) {
    test(`is ${expected} ${title}`, async () => {
      assert.equal((await judge(good, new Date(clock.now.getTime() + days * day))).verdict, expected)
    })
  }

  test('is INDETERMINATE for a time before the signing', async () => {
    assert.equal((await judge(good, new Date(clock.now.getTime() - 30 * day))).verdict, 'INDETERMINATE')
  })

  test('has a line in each language for every open question, and none that could move the cursor', async () => {
    const spoof = await judge(await signedFile({ first: person('Kari\u001b[2K\r\n\u202e', 'Nordmann') }))
    for (const language of languages) {
      const lines = reportLines(
        'x\u001b[31m.pdf',
        { ...spoof, notProven: ['NOT_SEALED', 'HYBRID_XREF', 'SAME_CERTIFICATE'] },
        language,
      )
      assert.doesNotMatch(lines.join('\n'), /undefined|[^\P{Cc}\n]|\p{Cf}/u)
    }
  })

  test('notes that two signatures share a certificate', async () => {
    const same = person('Kari', 'Nordmann')
    const { verdict: found, notProven } = await judge(await signedFile({ first: same, second: same }))
    assert.equal(found, 'PASSED')
    assert.ok(notProven.includes('SAME_CERTIFICATE'))
  })
})

test('docs/checks.md lists every check', () => {
  const page = readFileSync(new URL('../../docs/checks.md', import.meta.url), 'utf8')
  for (const { id, title, citation } of checks) assert.ok(page.includes(`| \`${id}\` | ${title} | ${citation} |`), id)
})
