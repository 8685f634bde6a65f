// Widgets that no form knows, and signatures wherever they lie: drawn where readers agree, else refused; a signed file is never rewritten.
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { describe, test } from 'node:test'
import { type ErrorCode, isSeglError } from '../../src/errors.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { normalisePdf } from '../../src/normalise/index.ts'
import { classicPdf, signedPdf } from '../kernel/pdf/build.ts'
import { drawAll, enginesMissing } from './engines.ts'

const rewritten = async (bytes: Uint8Array) => (await normalisePdf(bytesSource(bytes))).bytes
const refused = (bytes: Uint8Array, code: ErrorCode) =>
  assert.rejects(rewritten(bytes), (error: unknown) => isSeglError(error, code) && error.offset !== undefined)

const appearance =
  '<</Type /XObject /Subtype /Form /BBox [0 0 80 20] /Resources <<>> /Length 23>>\nstream\n1 0 0 rg 0 0 80 20 re f\nendstream'
const outside = (widget: string, form: string, more: Readonly<Record<number, string>> = {}) =>
  classicPdf({
    objects: {
      1: `<</Type /Catalog /Pages 2 0 R ${form}>>`,
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Contents 4 0 R /Annots [6 0 R]>>',
      6: `<</Type /Annot /Subtype /Widget /P 3 0 R /Rect [100 50 180 70] ${widget}>>`,
      7: appearance,
      ...more,
    },
  })
const emptyForm = '/AcroForm <</Fields []>>'
const text = '/F 4 /FT /Tx /T (a) /V (12 500) /DA (/Helv 9 Tf 0 g)'
const button = '/F 4 /FT /Btn /T (a) /AS /On /AP <</N <</On 7 0 R>>>>'

describe('a widget outside the form, with normalise', () => {
  const same = [outside(button, emptyForm), outside(`${text} /AP <</N 7 0 R>>`, emptyForm)]
  const empty = [outside('/F 4 /FT /Tx /T (a)', ''), outside(`/F 2 /FT /Tx /T (a) /AP <</N 7 0 R>>`, '')]

  test('shows the same before and after in three engines', { skip: enginesMissing() }, async () => {
    const files = [...same, ...empty]
    const [before, after] = [drawAll(files), drawAll(await Promise.all(files.map(rewritten)))]
    for (const [index, drawn] of before.entries()) assert.deepEqual(after[index], drawn, `file ${index}`)
  })
  test('shows its text', { skip: enginesMissing() }, async () => {
    const [blank, shown] = drawAll([
      await rewritten(outside('/F 4 /FT /Tx', emptyForm)),
      await rewritten(outside(text, emptyForm)),
    ])
    for (const engine of ['pdfium', 'poppler', 'mupdf'] as const)
      assert.notDeepEqual(shown?.[engine], blank?.[engine], engine)
  })
  test('is refused where readers show different things', async () => {
    for (const bytes of [
      outside(text, ''),
      outside(button, ''),
      outside('/F 4 /AP <</N 7 0 R>>', emptyForm),
      outside('/F 4 /FT /Sig /AP <</N 7 0 R>>', emptyForm),
      outside('/F 4 /FT /Ch /V (b) /Opt [(a) (b)] /DA (/Helv 9 Tf 0 g)', emptyForm),
      outside('/F 4 /FT /Tx /MK <</BG [1 0 0]>>', ''),
    ])
      await refused(bytes, 'FORM_FIELDS')
  })
})

describe('a signed file is never rewritten', () => {
  const signature =
    '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00>>>'
  const kinds: Readonly<Record<string, Buffer>> = {
    'in the form': signedPdf(),
    'in a widget, without a form': outside('/F 4 /FT /Sig /T (s) /V 8 0 R /AP <</N 7 0 R>>', '', { 8: signature }),
    'in a dictionary that nothing refers to': classicPdf({ objects: { 8: signature } }),
    'written directly in its field': outside(`/F 4 /FT /Sig /T (s) /V ${signature}`, emptyForm),
    'in the child of a field': classicPdf({
      objects: {
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R]>>>>',
        6: '<</T (s) /Kids [9 0 R]>>',
        8: signature,
        9: '<</Type /Annot /Subtype /Widget /Parent 6 0 R /FT /Sig /V 8 0 R /Rect [0 0 0 0]>>',
      },
    }),
  }
  for (const [name, bytes] of Object.entries(kinds)) {
    test(`${name}, the structure sound or damaged`, async () => {
      await refused(bytes, 'ALREADY_SIGNED')
      const damaged = bytes.toString('latin1').replace(/startxref\n\d+/, 'startxref\n77')
      await refused(Buffer.from(damaged, 'latin1'), 'ALREADY_SIGNED')
    })
  }
})

describe('repairing is bounded', () => {
  const megabytes = 20
  const hostile: Readonly<Record<string, string>> = {
    'strings that never end': '1 0 obj\n(((((\n',
    'streams that never end': '1 0 obj\n<<>>stream\n',
    'beginnings in one comment': '% 1 0 obj',
    'arrays that never end': '1 0 obj [',
    'trailers that are none': 'trailer << ',
  }
  for (const [name, piece] of Object.entries(hostile)) {
    test(`${name}: told within five seconds of processor time`, async () => {
      const bytes = Buffer.from(`%PDF-1.7\n${piece.repeat((megabytes << 20) / piece.length)}`, 'latin1')
      const began = process.cpuUsage()
      const started = performance.now()
      await assert.rejects(rewritten(bytes), (error: unknown) => isSeglError(error))
      const { user, system } = process.cpuUsage(began)
      assert.ok(
        user + system < 5_000_000,
        `${(user + system) / 1000} ms of processor, ${performance.now() - started} ms`,
      )
    })
  }
})
