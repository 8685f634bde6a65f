// What a page shows: content that readers differ about is refused with its place, pages on which nothing can be seen are told.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { bytesSource, type Finding, preflight } from '../../../src/kernel/pdf/index.ts'
import { classicPdf, streamPdf } from './build.ts'

const stream = (data: string | Buffer, entries = '') =>
  `<<${entries} /Length ${data.length}>>\nstream\n${data.toString('latin1')}\nendstream`
const pageWith = (members: string, objects: Record<number, string> = {}, resources = '') =>
  classicPdf({
    objects: {
      3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<${resources}>> ${members}>>`,
      ...objects,
    },
  })
const findings = (bytes: Uint8Array): readonly Finding[] => preflight(bytesSource(bytes)).findings
const told = (bytes: Uint8Array, code: string) =>
  findings(bytes)
    .filter((one) => one.code === code)
    .map(({ severity }) => severity)

const operators = Buffer.from(
  `100 50 50 50 re f\n${Array.from({ length: 300 }, (_, index) => `${(index * 7) % 200} ${(index * 13) % 100} 5 5 re f`).join('\n')}`,
)
const deflated = deflateSync(operators)
const changed = (at: number): Buffer => {
  const copy = Buffer.from(deflated)
  copy[at] = (copy[at] ?? 0) ^ 0xff
  return copy
}
const content = (data: string | Buffer, entries: string) => pageWith('/Contents 6 0 R', { 6: stream(data, entries) })
/** The last object, 6, becomes free in the table, however its entry is written. */
const freed = (bytes: Buffer, entry: string): Buffer => {
  const text = bytes.toString('latin1')
  return Buffer.from(text.replace(/\d{10} 00000 n (\ntrailer)/, `${entry} $1`), 'latin1')
}

describe('content that readers differ about is CONTENT_AMBIGUOUS, with its place', () => {
  const sixth = stream('100 50 50 50 re f')
  const refused: readonly [string, Buffer][] = [
    ['an array within /Contents', pageWith('/Contents [4 0 R [6 0 R]]', { 6: sixth })],
    ['an array within /Contents that is an object', pageWith('/Contents [4 0 R 7 0 R]', { 6: sixth, 7: '[6 0 R]' })],
    ['nothing but an array within /Contents', pageWith('/Contents [[4 0 R 6 0 R]]', { 6: sixth })],
    ['a dictionary within /Contents', pageWith('/Contents [4 0 R <<>>]')],
    ['a number within /Contents', pageWith('/Contents [4 0 R 7]')],
    ['null within /Contents', pageWith('/Contents [4 0 R null]')],
    ['a reference to nothing within /Contents', pageWith('/Contents [4 0 R 99 0 R]')],
    ['a reference to a reference within /Contents', pageWith('/Contents [7 0 R]', { 6: sixth, 7: '6 0 R' })],
    ['a filter that nobody knows', content(operators, '/Filter /FooDecode')],
    ['a filter of images', content(operators, '/Filter [/DCTDecode]')],
    ['data damaged in the middle', content(changed(deflated.length >> 1), '/Filter /FlateDecode')],
    ...['0000000358 00000 f', '0000000000 00001 f', '0000000000 00000 f', '0000000000 65535 f'].map(
      (entry): [string, Buffer] => [
        `content marked free as ${entry}`,
        freed(pageWith('/Contents [4 0 R 6 0 R]', { 6: sixth }), entry),
      ],
    ),
    [
      'a form XObject that is marked free',
      freed(
        pageWith(
          '/Contents 4 0 R',
          { 6: stream('0 0 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]') },
          '/XObject <</X 6 0 R>>',
        ),
        '0000000000 00001 f',
      ),
    ],
    [
      'an appearance that is marked free',
      freed(
        pageWith('/Contents 4 0 R /Annots [<</Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP <</N 6 0 R>>>>]', {
          6: stream('0 0 9 9 re f', '/Subtype /Form /BBox [0 0 9 9]'),
        }),
        '0000000000 00001 f',
      ),
    ],
    [
      'an annotation that is marked free',
      freed(
        pageWith('/Contents 4 0 R /Annots [6 0 R]', { 6: '<</Type /Annot /Subtype /Square /Rect [0 0 9 9]>>' }),
        '0000000000 00001 f',
      ),
    ],
    ['content of another generation', pageWith('/Contents 4 1 R')],
    [
      'a form XObject with a filter that nobody knows',
      pageWith('/Contents 4 0 R', { 6: stream('x', '/Subtype /Form /Filter /FooDecode') }, '/XObject <</X 6 0 R>>'),
    ],
  ]
  for (const [name, bytes] of refused) {
    test(`refused: ${name}`, () => {
      const found = findings(bytes).filter(({ code }) => code === 'CONTENT_AMBIGUOUS')
      assert.ok(found.length > 0, JSON.stringify(findings(bytes)))
      for (const { severity, offset } of found) {
        assert.equal(severity, 'refuse')
        assert.ok(Number.isSafeInteger(offset))
      }
    })
  }

  // Measured with PDFium, poppler and mupdf, which show the same of these.
  const agreed: readonly [string, Buffer, string[]][] = [
    ['cut off', content(deflated.subarray(0, deflated.length >> 1), '/Filter /FlateDecode'), ['warn']],
    ['without a header that can be read', content(changed(0), '/Filter /FlateDecode'), ['warn']],
    ['with a wrong checksum', content(changed(deflated.length - 1), '/Filter /FlateDecode'), []],
    ['without a checksum', content(deflated.subarray(0, -4), '/Filter /FlateDecode'), []],
    ['with bytes behind the end', content(Buffer.concat([deflated, Buffer.from('\r\n')]), '/Filter /FlateDecode'), []],
    ['with the filter written short', content(deflated, '/Filter /Fl'), []],
    ['in an array that is an object', pageWith('/Contents 6 0 R', { 6: '[4 0 R]' }), []],
    ['that is empty', content('', '/Filter /FlateDecode'), []],
  ]
  for (const [name, bytes, severities] of agreed) {
    test(`${severities.length === 0 ? 'nothing is said of' : 'only told:'} content ${name}`, () => {
      assert.deepEqual(told(bytes, 'CONTENT_AMBIGUOUS'), severities)
      assert.ok(preflight(bytesSource(bytes)).accepted)
    })
  }

  test('a reference to nothing that no page draws is no reason', () => {
    assert.deepEqual(told(pageWith('/Contents 4 0 R /Thumb 99 0 R'), 'CONTENT_AMBIGUOUS'), [])
    const elsewhere = { 6: stream('x', '/Filter /FooDecode'), 1: '<</Type /Catalog /Pages 2 0 R /X 6 0 R>>' }
    assert.deepEqual(told(pageWith('/Contents 4 0 R', elsewhere), 'CONTENT_AMBIGUOUS'), [])
  })

  test('objects of a cross-reference stream are found where they are used', () => {
    assert.deepEqual(findings(streamPdf()), [])
  })
})

describe('pages on which nothing can be seen are BLANK_PAGES', () => {
  const drawn = (operations: string, resources = '', objects: Record<number, string> = {}) =>
    pageWith('/Contents 6 0 R', { 6: stream(operations), ...objects }, resources)
  const font = '/Font <</F 7 0 R>>'
  const type1 = { 7: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>' }
  const type0 = { 7: '<</Type /Font /Subtype /Type0 /BaseFont /X>>' }
  const form = (operations: string, entries = '/BBox [0 0 200 100]') => ({
    8: stream(operations, `/Type /XObject /Subtype /Form ${entries}`),
  })
  const blank: readonly [string, Buffer][] = [
    ['no content', pageWith('')],
    ['content that is missing', pageWith('/Contents 99 0 R')],
    ['white space and comments', drawn(' \n% a comment f\n ')],
    ['a path that is not painted', drawn('0 0 50 50 re n')],
    ['white paint', drawn('1 g 0 0 50 50 re f 1 1 1 rg 0 0 9 9 re f 0 0 0 0 k 0 0 9 9 re f 1 G 0 0 m 9 9 l S')],
    ['paint outside the page', drawn('0 0 0 rg 900 900 50 50 re f 1 0 0 1 5000 0 cm 0 0 9 9 re f')],
    ['text outside the page', drawn('BT /F 12 Tf 900 900 Td (a) Tj ET', font, type1)],
    ['text in rendering mode 3', drawn('BT /F 12 Tf 3 Tr 9 9 Td (Amount) Tj ET', font, type1)],
    ['text of spaces', drawn('BT /F 12 Tf 9 9 Td (   ) Tj [( ) -200 ( )] TJ ET', font, type1)],
    ['paint without opacity', drawn('/G gs 0 0 50 50 re f', '/ExtGState <</G <</ca 0 /CA 0>>>>')],
    ['a clip beside the paint', drawn('0 0 10 10 re W n 50 50 20 20 re f')],
    ['an empty form', drawn('/X Do', '/XObject <</X 8 0 R>>', form(''))],
    [
      'a form that paints beside its box',
      drawn('/X Do', '/XObject <</X 8 0 R>>', form('50 50 9 9 re f', '/BBox [0 0 9 9]')),
    ],
    ['a name that no resource has', drawn('/X Do')],
    ['a crop box beside the page', pageWith('/CropBox [1000 1000 1500 1500] /Contents 4 0 R')],
    ['an empty crop box', pageWith('/CropBox [10 10 10 10] /Contents 4 0 R')],
    [
      'a media box without area',
      classicPdf({ objects: { 3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] /Contents 4 0 R>>' } }),
    ],
    [
      'a hidden annotation only',
      pageWith('/Annots [6 0 R]', { 6: '<</Type /Annot /Subtype /Square /Rect [0 0 9 9] /F 2>>' }),
    ],
    [
      'a layer that is off',
      drawn('/OC /L BDC 0 0 9 9 re f EMC', '/Properties <</L 8 0 R>>', {
        8: '<</Type /OCG /Name (a)>>',
        1: '<</Type /Catalog /Pages 2 0 R /OCProperties <</OCGs [8 0 R] /D <</OFF [8 0 R]>>>>>>',
      }),
    ],
  ]
  for (const [name, bytes] of blank) {
    test(`told: ${name}`, () => {
      const found = findings(bytes).filter(({ code }) => code === 'BLANK_PAGES')
      assert.deepEqual(
        found.map(({ severity, page }) => [severity, page]),
        [['warn', 1]],
      )
      assert.match(found[0]?.detail ?? '', /^Page 1 /)
    })
  }

  const seen: readonly [string, Buffer][] = [
    ['paint', drawn('0 0 50 50 re f')],
    ['paint after white paint', drawn('1 g 0 0 200 100 re f 0 g 5 5 9 9 re f')],
    ['paint after q and Q', drawn('0 g q 1 g Q 5 5 9 9 re f')],
    ['a line along the edge', drawn('0 0 m 200 0 l S')],
    ['paint half outside', drawn('-40 -40 50 50 re f')],
    ['text that begins beside the page', drawn('BT /F 12 Tf -20 50 Td (Amount) Tj ET', font, type1)],
    ['text moved by a matrix', drawn('BT /F 1 Tf 12 0 0 12 50 50 Tm <0041> Tj ET', font, type1)],
    ['a space of a composite font', drawn('BT /F 12 Tf 9 9 Td (  ) Tj ET', font, type0)],
    ['text outlined', drawn('BT /F 12 Tf 1 Tr 9 9 Td (a) Tj ET', font, type1)],
    ['a tint of a spot colour', drawn('/S cs 1 scn 0 0 9 9 re f')],
    ['a shading', drawn('/S sh')],
    ['an inline image', drawn('q 9 0 0 9 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q')],
    ['paint after an inline image outside', drawn('q 9 0 0 9 900 900 cm BI /W 1 /H 1 ID \x00Q EI Q 0 0 9 9 re f')],
    [
      'an image',
      drawn('9 0 0 9 0 0 cm /X Do', '/XObject <</X 8 0 R>>', { 8: stream('\0', '/Subtype /Image /Width 1 /Height 1') }),
    ],
    ['a form', drawn('/X Do', '/XObject <</X 8 0 R>>', form('0 0 9 9 re f'))],
    [
      'a form that is moved into the page',
      drawn(
        '1 0 0 1 -900 -900 cm /X Do',
        '/XObject <</X 8 0 R>>',
        form('0 0 9 9 re f', '/BBox [0 0 9 9] /Matrix [1 0 0 1 910 910]'),
      ),
    ],
    [
      'a form that draws itself',
      drawn('/X Do', '/XObject <</X 8 0 R>>', form('/X Do', '/BBox [0 0 9 9] /Resources <</XObject <</X 8 0 R>>>>')),
    ],
    ['an annotation only', pageWith('/Annots [6 0 R]', { 6: '<</Type /Annot /Subtype /Square /Rect [0 0 9 9]>>' })],
    ['marks behind 20 kB of white', drawn(`1 g ${'0 0 1 1 re f '.repeat(2000)} 0 g 5 5 9 9 re f`)],
    ['an operand in odd form', drawn('--5 0 50. .5 re f')],
    ['a string with parentheses', drawn('BT /F 12 Tf 9 9 Td (\\)\\( \\\\(a)) Tj ET', font, type1)],
    [
      'a box that is turned over',
      classicPdf({ objects: { 3: '<</Type /Page /Parent 2 0 R /MediaBox [200 100 0 0] /Contents 4 0 R>>' } }),
    ],
  ]
  for (const [name, bytes] of seen) {
    test(`not told: ${name}`, () => assert.deepEqual(told(bytes, 'BLANK_PAGES'), []))
  }

  test('pages are named as ranges', () => {
    const page = (contents: string) => `<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] ${contents}>>`
    const bytes = classicPdf({
      objects: {
        2: '<</Type /Pages /Kids [11 0 R 12 0 R 13 0 R 14 0 R 15 0 R] /Count 5>>',
        ...{ 11: page('/Contents 4 0 R'), 12: page(''), 13: page(''), 14: page('/Contents 4 0 R'), 15: page('') },
      },
    })
    const [found] = findings(bytes).filter(({ code }) => code === 'BLANK_PAGES')
    assert.match(found?.detail ?? '', /^Pages 2–3, 5 of the PDF/)
    assert.equal(found?.page, 2)
  })

  test('a document without any page is refused', () => {
    const none = classicPdf({ objects: { 2: '<</Type /Pages /Kids [] /Count 0>>' } })
    const nested = classicPdf({
      objects: { 2: '<</Type /Pages /Kids [6 0 R] /Count 0>>', 6: '<</Type /Pages /Parent 2 0 R /Kids [] /Count 0>>' },
    })
    for (const bytes of [none, nested]) assert.deepEqual(told(bytes, 'NO_PAGES'), ['refuse'])
  })
})
