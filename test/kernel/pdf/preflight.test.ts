// Pre-flight: what is refused, with which code, and what is only said.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { bytesSource, type FindingCode, preflight } from '../../../src/kernel/pdf/index.ts'
import { classicPdf } from './build.ts'

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.pdf`, import.meta.url))
const codes = (bytes: Uint8Array, severity: string) =>
  preflight(bytesSource(bytes))
    .findings.filter((finding) => finding.severity === severity)
    .map(({ code }) => code)
const withCatalog = (members: string, objects: Record<number, string> = {}) =>
  classicPdf({ objects: { 1: `<</Type /Catalog /Pages 2 0 R ${members}>>`, ...objects } })
const withAnnotation = (annotation: string) =>
  classicPdf({
    objects: {
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Annots [6 0 R]>>',
      6: `<</Type /Annot /Rect [0 0 9 9] ${annotation}>>`,
    },
  })

describe('real files', () => {
  const expected: readonly [string, FindingCode[], FindingCode[]][] = [
    ['pdfa-1b', [], []],
    ['no-id', [], []],
    ['xref-stream', [], []],
    ['linearized', [], []],
    ['hybrid', [], ['HYBRID_XREF']],
    ['form-fields', ['FORM_FIELDS'], ['UNEMBEDDED_FONTS']],
    ['encrypted', ['ENCRYPTED'], []],
    ['javascript', ['JAVASCRIPT', 'FORM_FIELDS'], ['UNEMBEDDED_FONTS']],
  ]
  for (const [name, refusals, warnings] of expected) {
    test(`${name}: ${refusals.length === 0 ? 'accepted' : `refused as ${refusals.join(', ')}`}`, () => {
      const report = preflight(bytesSource(fixture(name)))
      assert.equal(report.accepted, refusals.length === 0)
      assert.deepEqual(codes(fixture(name), 'refuse'), refusals)
      assert.deepEqual(codes(fixture(name), 'warn'), warnings)
    })
  }

  test('a file cut off at 62 % is TRUNCATED, with the place where it ends', () => {
    const whole = fixture('pdfa-1b')
    const cut = whole.subarray(0, Math.floor(whole.length * 0.62))
    const [finding] = preflight(bytesSource(cut)).findings
    assert.equal(finding?.code, 'TRUNCATED')
    assert.equal(finding?.offset, cut.length)
  })

  test('claims are reported: PDF/A, tagging, version, pages', () => {
    const report = preflight(bytesSource(fixture('pdfa-1b')))
    assert.equal(report.pdfaClaim, '1A')
    assert.equal(report.tagged, true)
    assert.equal(report.version, '1.4')
    assert.equal(report.pages, 3)
  })
})

describe('refusals', () => {
  test('scripts are found wherever the catalog leads to them', () => {
    const script = '<</S /JavaScript /JS (app.alert\\(1\\))>>'
    for (const bytes of [
      withCatalog(`/OpenAction ${script}`),
      withCatalog('/OpenAction 6 0 R', { 6: script }),
      withCatalog('/OpenAction <</S /GoTo /D [3 0 R /Fit] /Next 6 0 R>>', { 6: script }),
      withCatalog(`/AA <</WC ${script}>>`),
      withCatalog(`/Names <</JavaScript <</Names [(a) ${script}]>>>>`),
      withAnnotation(`/Subtype /Link /A ${script}`),
      withAnnotation(`/Subtype /Link /A <</S /Java#53cript /JS (x)>>`),
      withAnnotation(`/Subtype /Screen /A <</S /Rendition /JS (x)>>`),
    ]) {
      assert.deepEqual(codes(bytes, 'refuse'), ['JAVASCRIPT'])
    }
  })

  test('a script that nothing leads to any more is no reason to refuse', () => {
    assert.deepEqual(codes(classicPdf({ objects: { 6: '<</S /JavaScript /JS (x)>>' } }), 'refuse'), [])
  })

  test('an /OpenAction that only says where to open the document is harmless', () => {
    assert.deepEqual(codes(withCatalog('/OpenAction [3 0 R /Fit]'), 'refuse'), [])
    assert.deepEqual(codes(withCatalog('/OpenAction <</S /GoTo /D [3 0 R /Fit]>>'), 'refuse'), [])
  })

  test('programs that would be started are LAUNCH_ACTION', () => {
    assert.deepEqual(codes(withAnnotation('/Subtype /Link /A <</S /Launch /F (cmd.exe)>>'), 'refuse'), [
      'LAUNCH_ACTION',
    ])
  })

  test('an XFA form is XFA', () => {
    assert.deepEqual(codes(withCatalog('/AcroForm <</Fields [] /XFA [(a) 6 0 R]>>', { 6: '(x)' }), 'refuse'), ['XFA'])
  })

  test('form fields are FORM_FIELDS, empty forms and unsigned signature fields are not', () => {
    const field = (type: string) => withCatalog('/AcroForm <</Fields [6 0 R]>>', { 6: `<</FT /${type} /T (a)>>` })
    assert.deepEqual(codes(field('Tx'), 'refuse'), ['FORM_FIELDS'])
    assert.deepEqual(codes(field('Sig'), 'refuse'), [])
    assert.deepEqual(codes(withCatalog('/AcroForm <</Fields []>>'), 'refuse'), [])
  })

  test('a field type that is inherited counts too', () => {
    const bytes = withCatalog('/AcroForm <</Fields [6 0 R]>>', {
      6: '<</FT /Btn /T (group) /Kids [7 0 R]>>',
      7: '<</T (kid) /Parent 6 0 R>>',
    })
    assert.deepEqual(codes(bytes, 'refuse'), ['FORM_FIELDS'])
  })

  test('a signature that is there already is ALREADY_SIGNED', () => {
    const bytes = withCatalog('/AcroForm <</Fields [6 0 R]>>', {
      6: '<</FT /Sig /T (s) /V 7 0 R>>',
      7: '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00>>>',
    })
    const report = preflight(bytesSource(bytes))
    assert.deepEqual(codes(bytes, 'refuse'), ['ALREADY_SIGNED'])
    assert.equal(report.existingSignatures[0]?.subFilter, 'adbe.pkcs7.detached')
  })

  test('content that lies in another file is EXTERNAL_CONTENT', () => {
    const bytes = withCatalog('/X 6 0 R', { 6: '<</F (other.bin) /Length 0>>\nstream\n\nendstream' })
    assert.deepEqual(codes(bytes, 'refuse'), ['EXTERNAL_CONTENT'])
  })

  test('objects behind the end are TRUNCATED: an update was cut off or smuggled in', () => {
    const bytes = classicPdf({ suffix: '3 0 obj\n<</Type /Page>>\nendobj\n' })
    assert.deepEqual(codes(bytes, 'refuse'), ['TRUNCATED'])
  })

  test('bytes before the header are refused, because validators do not read such files', () => {
    assert.deepEqual(codes(classicPdf({ prefix: 'mail gateway\n' }), 'refuse'), ['BYTES_BEFORE_HEADER'])
  })

  test('an upload over the limit is TOO_LARGE and is not read', () => {
    const report = preflight({ size: 501, read: () => assert.fail('nothing should be read') }, { maximumBytes: 500 })
    assert.deepEqual(
      report.findings.map(({ code }) => code),
      ['TOO_LARGE'],
    )
  })
})

describe('warnings', () => {
  test('layers, stamps and missing fonts are told', () => {
    assert.deepEqual(codes(withCatalog('/OCProperties <</OCGs [6 0 R]>>', { 6: '<</Type /OCG /Name (a)>>' }), 'warn'), [
      'HIDDEN_LAYERS',
    ])
    assert.deepEqual(codes(withAnnotation('/Subtype /Stamp'), 'warn'), ['OVERLAY_ANNOTATIONS'])
    assert.deepEqual(
      codes(classicPdf({ objects: { 6: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>' } }), 'warn'),
      ['UNEMBEDDED_FONTS'],
    )
  })
})
