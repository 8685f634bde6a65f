// Rewriting an upload: what was shown before is still shown, the same input gives the same bytes, and what would get lost is refused.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { type ErrorCode, isSeglError } from '../../src/errors.ts'
import { bytesSource, formFields, openPdf, preflight } from '../../src/kernel/pdf/index.ts'
import { normalisePdf } from '../../src/normalise/index.ts'
import { classicPdf } from '../kernel/pdf/build.ts'
import { needs } from '../support/outside.ts'
import { drawAll, enginesMissing } from './engines.ts'

const fixture = (name: string) => readFileSync(new URL(`../kernel/pdf/fixtures/${name}.pdf`, import.meta.url))
const rewritten = async (bytes: Uint8Array) => Buffer.from((await normalisePdf(bytesSource(bytes))).bytes)
const folder = mkdtempSync(join(tmpdir(), 'segl-normalise-'))
after(() => rmSync(folder, { recursive: true, force: true }))

/** The pages as poppler draws them. */
function drawn(bytes: Uint8Array): readonly Buffer[] {
  const place = mkdtempSync(join(folder, 'drawn-'))
  writeFileSync(join(place, 'file.pdf'), bytes)
  execFileSync('pdftoppm', ['-r', '50', join(place, 'file.pdf'), join(place, 'page')], { stdio: 'ignore' })
  const pages = readdirSync(place).filter((name) => name.endsWith('.ppm'))
  return pages.sort().map((name) => readFileSync(join(place, name)))
}

const words = (bytes: Uint8Array): string => {
  const file = join(folder, 'words.pdf')
  writeFileSync(file, bytes)
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
}

/** One field on the page of `classicPdf`; `widget` and `form` are more of their members. */
const withField = (widget: string, form = '') =>
  classicPdf({
    objects: {
      1: `<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R] ${form}>>>>`,
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Contents 4 0 R /Annots [6 0 R]>>',
      6: `<</Type /Annot /Subtype /Widget /T (felt) /P 3 0 R /Rect [100 50 180 70] ${widget}>>`,
      7: '<</Type /XObject /Subtype /Form /BBox [0 0 40 10] /Resources <<>> /Length 23>>\nstream\n1 0 0 rg 0 0 40 10 re f\nendstream',
    },
  })

describe('a rewritten file', () => {
  for (const name of ['hybrid', 'linearized', 'xref-stream', 'no-id', 'pdfa-1b']) {
    test(`${name} shows what it showed, pixel by pixel`, { skip: needs('pdftoppm') }, async () => {
      const before = fixture(name)
      const bytes = await rewritten(before)
      const [was, is] = [drawn(before), drawn(bytes)]
      assert.ok(was.length > 0 && was.length === is.length)
      for (const [index, page] of was.entries()) assert.ok(is[index]?.equals(page), `page ${index + 1}`)
    })
  }

  test('is one clean revision before qpdf, and the same each time', { skip: needs('qpdf') }, async () => {
    for (const name of ['form-fields', 'hybrid']) {
      const bytes = await rewritten(fixture(name))
      assert.ok(bytes.equals(await rewritten(fixture(name))))
      const file = join(folder, 'clean.pdf')
      writeFileSync(file, bytes)
      assert.match(execFileSync('qpdf', ['--check', file], { encoding: 'utf8' }), /No syntax or stream encoding errors/)
      assert.equal(openPdf(bytesSource(bytes)).sections.length, 1)
    }
  })

  test('has no fields, and still tells what was filled in', { skip: needs('pdftotext') }, async () => {
    const bytes = await rewritten(fixture('form-fields'))
    assert.deepEqual(formFields(openPdf(bytesSource(bytes))), [])
    assert.equal(preflight(bytesSource(bytes)).accepted, true)
    for (const value of ['Fjellrein Transport AS', 'Aksjeselskap (AS)', 'Bokmål']) {
      assert.ok(words(fixture('form-fields')).includes(value), `${value} before`)
      assert.ok(words(bytes).includes(value), `${value} after`)
    }
  })

  test('shows an appearance where its widget lay, and none that was hidden', { skip: needs('pdftoppm') }, async () => {
    const before = withField('/FT /Btn /AP <</N 7 0 R>>')
    assert.deepEqual(drawn(await rewritten(before)), drawn(before))
    const hidden = withField('/FT /Btn /F 2 /AP <</N 7 0 R>>')
    assert.deepEqual(drawn(await rewritten(hidden)), drawn(classicPdf()))
  })

  test('shows background and border of a text field without appearance, in three engines', {
    skip: enginesMissing(),
  }, async () => {
    const files = ['/MK <</BG [1 0 0]>>', '/MK <</BG [0.5]>>', '/MK <</BC [0 0 1]>> /BS <</W 2>>'].map((look) =>
      withField(`/F 4 /FT /Tx ${look}`),
    )
    const [before, after] = [drawAll(files), drawAll(await Promise.all(files.map(rewritten)))]
    for (const [index, pages] of before.entries()) assert.deepEqual(after[index], pages, `file ${index}`)
    assert.notDeepEqual(before[0], before[2])
  })

  test('shows the value of a text field that readers would draw', { skip: needs('pdftotext') }, async () => {
    for (const bytes of [
      withField('/FT /Tx /V (12 500) /DA (/Helv 9 Tf 0 g)'),
      withField('/FT /Tx /V (12 500) /DA (/Helv 0 Tf 0 g) /AP <</N 7 0 R>>', '/NeedAppearances true'),
      withField('/FT /Ch /Ff 131072 /V (b) /Opt [[(a) (Nei)] [(b) (12 500)]] /DA (/Helv 9 Tf 0 g)'),
    ]) {
      assert.match(words(await rewritten(bytes)), /12 500/)
    }
  })
})

describe('what is not rewritten', () => {
  const refused = async (bytes: Uint8Array, code: ErrorCode) =>
    assert.rejects(rewritten(bytes), (error: unknown) => isSeglError(error, code))

  test('a value that our typeface has no letters for', async () => {
    await refused(withField('/FT /Tx /V <feff4e2d6587> /DA (/Helv 9 Tf 0 g)'), 'NOT_NORMALISABLE')
  })
  test('colours that each reader draws in its own way', async () => {
    await refused(withField('/FT /Btn /MK <</BG [1 0 0]>>'), 'NOT_NORMALISABLE')
    await refused(withField('/FT /Tx /AP <<>> /MK <</BG [1 0 0]>>'), 'NOT_NORMALISABLE')
    await refused(withField('/FT /Tx /MK <</BC [0 0 1]>> /BS <</W 2 /S /B>>'), 'NOT_NORMALISABLE')
  })
  test('an encrypted file, a signed one, and a form that only XFA draws', async () => {
    await refused(fixture('encrypted'), 'ENCRYPTED')
    await refused(withField('/FT /Sig /V <</Type /Sig>>'), 'ALREADY_SIGNED')
    const dynamic = '<</Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm <</Fields [] /XFA (x)>>>>'
    await refused(classicPdf({ objects: { 1: dynamic } }), 'XFA')
  })
})
