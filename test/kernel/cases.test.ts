// Files that once broke a promise, each the sample of a kind: what is accepted ends PASSED, what is not is told with a code and a place.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isSeglError } from '../../src/errors.ts'
import { createPreFlight } from '../../src/flow/pre-flight.ts'
import { verify } from '../../src/kernel/checks/index.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { type Certificate, parseCertificate } from '../../src/kernel/x509/index.ts'
import { normalisePdf } from '../../src/normalise/index.ts'
import { rows, type Verified } from './cases.ts'
import { wholeWay } from './whole-way.ts'

const folder = fileURLToPath(new URL('fixtures/cases/', import.meta.url))
const elsewhere = fileURLToPath(new URL('../verify/fixtures/signed-before/', import.meta.url))
/** When the files signed by others are judged: their certificates are valid then. */
const at = new Date('2026-12-01T12:00:00Z')

const pathOf = (file: string) => (file.startsWith('signed-before/') ? join(elsewhere, '..', file) : join(folder, file))
const named = (folderOf: string) =>
  readdirSync(folderOf).filter((name) => name.startsWith('root') && name.endsWith('.pem'))

/** The made-up roots that lie beside the file. */
function rootsBeside(path: string): readonly Certificate[] {
  const beside = join(path, '..')
  return named(beside).flatMap((name) =>
    readPem(readFileSync(join(beside, name), 'latin1'), 'CERTIFICATE').map((der) => parseCertificate(der)),
  )
}

async function normalised(bytes: Buffer): Promise<Buffer | string> {
  try {
    return Buffer.from((await normalisePdf(bytesSource(bytes))).bytes)
  } catch (error) {
    if (!isSeglError(error)) throw error
    return error.code
  }
}

/** What the front door says: every finding has its code and a place inside the file. */
async function told(bytes: Buffer): Promise<readonly string[]> {
  const { findings } = await createPreFlight(() => ({ ...bytesSource(bytes), close: () => undefined })).inspect([])
  for (const { code, offset } of findings)
    assert.ok(offset !== undefined && offset >= 0 && offset <= bytes.length, `${code} has no place in the file`)
  return findings.map(({ code, severity }) => (severity === 'refuse' ? `${code}!` : code)).sort()
}

async function judged(bytes: Buffer, trustAnchors: readonly Certificate[]): Promise<Verified> {
  try {
    const { verdict, simulated, signatures } = await verify({ source: bytesSource(bytes), trustAnchors, at })
    const failed = signatures.flatMap(({ checks }) => checks.filter((check) => check.verdict === 'FAILED'))
    const signers = signatures.filter(({ kind }) => kind === 'signer').map(({ signer }) => signer?.name ?? '')
    const timeStamps = signatures.filter(({ kind }) => kind === 'timestamp').length
    return { verdict, broken: failed.map(({ id }) => id), signers, timeStamps, simulated }
  } catch (error) {
    if (!isSeglError(error, 'MALFORMED_PDF')) throw error
    return { verdict: 'MALFORMED_PDF', broken: [], signers: [], timeStamps: 0, simulated: false }
  }
}

for (const row of rows) {
  const path = pathOf(row.file)
  describe(row.file, () => {
    const bytes = readFileSync(path)
    const roots = rootsBeside(path)

    test(`upload: ${row.right}`, async () => {
      assert.deepEqual(await told(bytes), [...row.findings].sort())
      const { accepted, verdict, broke, report } = await wholeWay(bytes, { moreRoots: roots })
      const refused = row.findings.some((finding) => finding.endsWith('!'))
      assert.deepEqual(
        { accepted, verdict, broke },
        { accepted: !refused, verdict: refused ? undefined : 'PASSED', broke: undefined },
      )
      if (refused) return
      const earlier = report?.signatures.filter((signature) => signature.earlier).map(({ signer }) => signer?.name)
      assert.deepEqual(earlier, row.earlier ?? [])
    })

    if (row.normalised !== undefined)
      test(`normalise: ${row.normalised}`, async () => {
        const clean = await normalised(bytes)
        if (typeof clean === 'string') return assert.equal(clean, row.normalised)
        const { accepted, verdict, broke, findings } = await wholeWay(clean)
        const refusal = findings.find(({ severity }) => severity === 'refuse')?.code
        assert.equal(broke, undefined)
        assert.equal(accepted ? verdict : refusal, row.normalised)
      })

    const { verified } = row
    if (verified !== undefined)
      test(`verify: ${verified.verdict}, ${verified.broken?.join(', ') ?? 'nothing called broken'}`, async () => {
        assert.deepEqual(await judged(bytes, roots), { broken: [], timeStamps: 0, simulated: false, ...verified })
      })
  })
}

test('every file of the folder has a row', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pdf'))
  const known = new Set(rows.map(({ file }) => pathOf(file)))
  assert.deepEqual(
    files
      .map((name) => join(folder, name))
      .filter((path) => !known.has(path))
      .map((path) => relative(folder, path)),
    [],
  )
})
