// An upload that claims PDF/A or PDF/UA is still that when it is signed: veraPDF judges it before, prepared, and at B-LTA.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { bytesSource, preflight } from '../../src/kernel/pdf/index.ts'
import { needs } from '../support/outside.ts'
import { type Authority, openAuthority } from './authority.ts'
import { signedFile } from './files.ts'
import { programs, run, type Verdict, verapdf } from './judges.ts'
import { type Flavour, flavours, taggedPdf, type Variant } from './tagged-pdf.ts'

const day = 86_400_000
const variants: readonly (readonly [string, Flavour, Variant])[] = [
  ...flavours.map((flavour) => [flavour, flavour, {}] as const),
  ['2a with a tree of parents', '2a', { parents: 'kids' }],
  ['ua1 without a document element, with plain headings', 'ua1', { parents: 'kids', document: false, heading: 'H' }],
  ['2u, not tagged', '2u', { tagged: false }],
  ['4, not tagged', '4', { tagged: false }],
]
let folder = ''
let authority: Authority
let verdicts: readonly Verdict[] = []

describe('claims of the upload', { skip: needs(programs.java, programs.verapdf, 'openssl') }, () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'segl-claims-'))
    authority = openAuthority(new Date(Date.now() - 900 * day))
    const asked: { file: string; flavour: string }[] = []
    for (const [index, [, flavour, variant]] of variants.entries()) {
      const upload = await taggedPdf(flavour, variant)
      const wanted = { kind: 'ecdsa-p256', digest: 'sha256', level: 'B-LTA', signers: 2 } as const
      const signed = await signedFile(upload, wanted, authority, new Date(Date.now() - 120_000))
      for (const [name, bytes] of [['upload', upload] as const, ['signed', signed] as const]) {
        const file = join(folder, `${index}.${name}.pdf`)
        writeFileSync(file, bytes)
        asked.push({ file, flavour })
      }
    }
    // A file that breaks its claim must be seen, or the judge judges nothing.
    const broken = join(folder, 'broken.pdf')
    writeFileSync(broken, await taggedPdf('2a', { tagged: false }))
    asked.push({ file: broken, flavour: '2a' })
    verdicts = await verapdf(asked)
  })
  after(() => {
    authority.close()
    rmSync(folder, { recursive: true })
  })

  for (const [index, [name]] of variants.entries()) {
    it(`${name}: valid as uploaded, and valid with two signatures, seal and time-stamp`, () => {
      assert.deepEqual(verdicts[2 * index]?.reasons, [])
      assert.deepEqual(verdicts[2 * index + 1]?.reasons, [])
      assert.ok(verdicts[2 * index]?.passed && verdicts[2 * index + 1]?.passed)
    })
  }

  it('the judge refuses a claim that does not hold', () => {
    assert.equal(verdicts.at(-1)?.passed, false)
  })

  it('the signed files have no errors before qpdf', { skip: needs('qpdf') }, async () => {
    for (const [index, [name]] of variants.entries()) {
      const { code, out, err } = await run(programs.qpdf, ['--check', join(folder, `${index}.signed.pdf`)])
      assert.equal(code, 0, `${name}: ${out}${err}`)
    }
  })

  it('pre-flight tells each claim and that it is kept', async () => {
    const { findings, pdfaClaim } = preflight(bytesSource(await taggedPdf('3a')))
    assert.equal(pdfaClaim, '3A')
    assert.deepEqual(
      findings.map(({ code, severity }) => [code, severity]),
      [
        ['PDFA_CLAIM', 'info'],
        ['TAGGED', 'info'],
      ],
    )
  })
})
