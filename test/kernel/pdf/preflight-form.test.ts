// Signatures and fields that the form hides, annotations drawn over the content, and content that lies in another file.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesSource, type Finding, preflight } from '../../../src/kernel/pdf/index.ts'
import { classicPdf, signedPdf, streamPdf } from './build.ts'

const findings = (bytes: Uint8Array): readonly Finding[] => preflight(bytesSource(bytes)).findings
const refusals = (bytes: Uint8Array) =>
  findings(bytes)
    .filter(({ severity }) => severity === 'refuse')
    .map(({ code }) => code)
const page = (annotations: string) =>
  `<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Contents 4 0 R /Annots ${annotations}>>`
const catalog = (members: string) => `<</Type /Catalog /Pages 2 0 R ${members}>>`
const signature =
  '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <00>>>'
const widget = (members: string) => `<</Type /Annot /Subtype /Widget /Rect [10 10 90 30] /F 132 ${members}>>`

describe('a signature that is not the value of a field in the form is ALREADY_SIGNED, with its place', () => {
  const form = catalog('/AcroForm <</Fields [6 0 R] /SigFlags 3>>')
  const hidden: readonly [string, Record<number, string>][] = [
    [
      '/V in the child widget',
      {
        1: form,
        3: page('[7 0 R]'),
        6: '<</FT /Sig /T (s) /Kids [7 0 R]>>',
        7: widget('/Parent 6 0 R /V 8 0 R'),
        8: signature,
      },
    ],
    [
      '/FT and /V in the child widget',
      {
        1: form,
        3: page('[7 0 R]'),
        6: '<</T (s) /Kids [7 0 R]>>',
        7: widget('/FT /Sig /Parent 6 0 R /V 8 0 R'),
        8: signature,
      },
    ],
    ['no form at all', { 3: page('[7 0 R]'), 7: widget('/FT /Sig /T (s) /V 8 0 R'), 8: signature }],
    [
      'an empty form',
      {
        1: catalog('/AcroForm <</Fields []>>'),
        3: page('[7 0 R]'),
        7: widget('/FT /Sig /T (s) /V 8 0 R'),
        8: signature,
      },
    ],
    [
      'a form of other fields',
      { 1: form, 3: page('[7 0 R]'), 6: '<</FT /Sig /T (t)>>', 7: widget('/FT /Sig /T (s) /V 8 0 R'), 8: signature },
    ],
    ['written into the widget', { 3: page('[7 0 R]'), 7: widget(`/FT /Sig /T (s) /V ${signature}`) }],
    ['a widget written into the page', { 3: page(`[${widget('/FT /Sig /T (s) /V 8 0 R')}]`), 8: signature }],
    [
      'without /Type',
      { 3: page('[7 0 R]'), 7: widget('/FT /Sig /T (s) /V 8 0 R'), 8: signature.replace('/Type /Sig ', '') },
    ],
    ['a field without /FT', { 1: form, 3: page('[6 0 R]'), 6: widget('/T (s) /V 8 0 R'), 8: signature }],
    [
      'a document time-stamp',
      { 3: page('[7 0 R]'), 7: widget('/FT /Sig /T (s) /V 8 0 R'), 8: signature.replace('/Sig ', '/DocTimeStamp ') },
    ],
  ]
  for (const [name, objects] of hidden) {
    test(name, () => {
      const bytes = classicPdf({ objects })
      const found = findings(bytes).find(({ severity }) => severity === 'refuse')
      assert.equal(found?.code, 'ALREADY_SIGNED', JSON.stringify(findings(bytes)))
      const at = bytes.subarray(found?.offset).toString('latin1')
      assert.match(at.slice(0, at.indexOf('endobj')), /ByteRange/)
    })
  }

  test('in an object stream too', () => {
    const objects = { 3: page('[7 0 R]'), 7: widget('/FT /Sig /T (s) /V 8 0 R'), 8: signature }
    assert.deepEqual(refusals(streamPdf({ objects, compressed: [1, 2, 3, 7, 8] })), ['ALREADY_SIGNED'])
  })

  test('not what nothing leads to any more, nor usage rights, nor a signature of the form', () => {
    assert.deepEqual(refusals(classicPdf({ objects: { 8: signature } })), [])
    for (const rights of ['/Perms <</UR3 8 0 R>>', `/Perms <</UR3 ${signature}>>`, '/Perms 9 0 R'])
      assert.deepEqual(refusals(classicPdf({ objects: { 1: catalog(rights), 8: signature, 9: '<</UR 8 0 R>>' } })), [])
    assert.ok(findings(signedPdf()).some(({ code }) => code === 'EARLIER_SIGNATURES'))
    assert.deepEqual(refusals(signedPdf()), [])
  })
})

describe('a field on a page that the form does not know is FORM_FIELDS, with page and place', () => {
  const appearance = { 9: '<</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0>>\nstream\n\nendstream' }
  const stray: readonly [string, Record<number, string>][] = [
    ['a text without a form', { 3: page('[7 0 R]'), 7: widget('/FT /Tx /T (a) /V (x)') }],
    [
      'a text beside an empty form',
      { 1: catalog('/AcroForm <</Fields []>>'), 3: page('[7 0 R]'), 7: widget('/FT /Tx /T (a)') },
    ],
    ['a check box', { 3: page('[7 0 R]'), 7: widget('/FT /Btn /T (a) /AS /Yes') }],
    ['a choice', { 3: page('[7 0 R]'), 7: widget('/FT /Ch /T (a)') }],
    ['a push button', { 3: page('[7 0 R]'), 7: widget('/FT /Btn /Ff 65536 /T (a)') }],
    ['a widget of no type', { 3: page('[7 0 R]'), 7: widget('') }],
    [
      'a type inherited from a field outside the form',
      { 3: page('[7 0 R]'), 6: '<</FT /Tx /T (a) /Kids [7 0 R]>>', 7: widget('/Parent 6 0 R') },
    ],
    [
      'a widget that its field does not list',
      {
        1: catalog('/AcroForm <</Fields [6 0 R]>>'),
        3: page('[7 0 R]'),
        6: '<</FT /Sig /T (a)>>',
        7: widget('/Parent 8 0 R'),
        8: '<</FT /Tx /T (b)>>',
      },
    ],
    ['a widget written into the page', { 3: page(`[${widget('/FT /Tx /T (a)')}]`) }],
    // Measured: PDFium shows it once the file has a form, and not before.
    [
      'an empty signature field with an appearance, without a form',
      { 3: page('[7 0 R]'), 7: widget('/FT /Sig /T (s) /AP <</N 9 0 R>>'), ...appearance },
    ],
  ]
  for (const [name, objects] of stray) {
    test(name, () => {
      const bytes = classicPdf({ objects })
      assert.deepEqual(refusals(bytes), ['FORM_FIELDS'])
      const found = findings(bytes).find(({ code }) => code === 'FORM_FIELDS')
      assert.equal(found?.page, 1)
      assert.ok(Number.isSafeInteger(found?.offset))
    })
  }

  test('empty signature fields show the same before and after', () => {
    assert.deepEqual(refusals(classicPdf({ objects: { 3: page('[7 0 R]'), 7: widget('/FT /Sig /T (s)') } })), [])
    const known = {
      1: catalog('/AcroForm <</Fields [7 0 R]>>'),
      3: page('[7 0 R]'),
      7: widget('/FT /Sig /T (s) /AP <</N 9 0 R>>'),
    }
    assert.deepEqual(refusals(classicPdf({ objects: { ...known, ...appearance } })), [])
  })
})

describe('whatever is drawn over a page is OVERLAY_ANNOTATIONS', () => {
  const told = (members: string) =>
    findings(classicPdf({ objects: { 3: page('[7 0 R]'), 7: `<</Rect [0 0 9 9] ${members}>>` } })).some(
      ({ code }) => code === 'OVERLAY_ANNOTATIONS',
    )
  const drawn =
    'Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Caret Stamp Ink FileAttachment Redact ' +
    'Watermark Sound Movie Screen 3D RichMedia Projection'
  for (const subtype of drawn.split(' ')) {
    test(subtype, () => {
      assert.ok(told(`/Type /Annot /Subtype /${subtype}`))
      assert.ok(told(`/Subtype /${subtype} /F 4`), 'without /Type')
    })
  }
  test('a subtype that nobody knows, and a link, by their appearance', () => {
    assert.ok(told('/Subtype /Foo /AP <</N null>>'))
    assert.ok(told('/Subtype /Link /AP <</N null>>'))
    assert.ok(!told('/Subtype /Foo'))
  })
  test('not links, pop-ups, printer’s marks and trap networks', () => {
    for (const subtype of ['Link', 'Popup', 'PrinterMark', 'TrapNet']) assert.ok(!told(`/Subtype /${subtype}`), subtype)
  })
})

describe('content that lies in another file is EXTERNAL_CONTENT', () => {
  for (const [name, entries] of [
    ['/OPI of a form', '/Subtype /Form /BBox [0 0 9 9] /OPI <</2.0 <</Type /OPI /Version 2.0 /F (a.tif)>>>>'],
    ['/OPI of an image', '/Subtype /Image /OPI <</1.3 <</Version 1.3 /F (a.tif)>>>>'],
    ['/Ref of a form', '/Subtype /Form /BBox [0 0 9 9] /Ref <</F (a.pdf) /Page 0>>'],
    ['/F of a stream', '/F (a.bin)'],
  ]) {
    test(name ?? '', () => {
      const used = `<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <</XObject <</X 6 0 R>>>> /Contents 4 0 R>>`
      const bytes = classicPdf({ objects: { 3: used, 6: `<<${entries} /Length 0>>\nstream\n\nendstream` } })
      assert.deepEqual(refusals(bytes), ['EXTERNAL_CONTENT'])
    })
  }
})
