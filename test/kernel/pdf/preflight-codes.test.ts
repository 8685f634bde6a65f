// docs/preflight.md lists every code; each has an example here that is found with that severity, and every refusal names its place.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { judgeUpload } from '../../../src/kernel/checks/upload.ts'
import { bytesSource, defaultLimits, type Preflight, preflight } from '../../../src/kernel/pdf/index.ts'
import { taggedPdf } from '../../conformance/tagged-pdf.ts'
import { appendRevision } from '../checks/raw-pdf.ts'
import { classicPdf, pagesWithInline, signedPdf } from './build.ts'

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.pdf`, import.meta.url))
const judged = (bytes: Uint8Array, options = {}) => preflight(bytesSource(bytes), options)
const withCatalog = (members: string, objects: Record<number, string> = {}) =>
  judged(classicPdf({ objects: { 1: `<</Type /Catalog /Pages 2 0 R ${members}>>`, ...objects } }))
const withAnnotation = (annotation: string) =>
  judged(
    classicPdf({
      objects: {
        3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Annots [6 0 R]>>',
        6: `<</Type /Annot /Rect [0 0 9 9] ${annotation}>>`,
      },
    }),
  )
const withPage = (members: string) =>
  judged(
    classicPdf({ objects: { 3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> ${members}>>` } }),
  )
const signed = (transform: string) =>
  withCatalog('/AcroForm <</Fields [6 0 R]>>', {
    6: '<</FT /Sig /T (s) /V 7 0 R>>',
    7: `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [0 1 2 3] /Contents <00> ${transform}>>`,
  })

type Judged = Pick<Preflight, 'accepted'> & {
  readonly findings: readonly (Omit<Preflight['findings'][number], 'code'> & { readonly code: string })[]
}
type Example = () => Judged | Promise<Judged>
const examples: Readonly<Record<string, Example>> = {
  NOT_A_PDF: () => judged(Buffer.from('Kjære kunde')),
  BYTES_BEFORE_HEADER: () => judged(classicPdf({ prefix: 'mail gateway\n' })),
  TRUNCATED: () => judged(fixture('pdfa-1b').subarray(0, 50_000)),
  MALFORMED_PDF: () => judged(classicPdf({ objects: { 2: '<</Type /Pages /Kids [3 0 R] /Count 7>>' } })),
  TOO_LARGE: () => judged(classicPdf(), { maximumBytes: 100 }),
  TOO_COMPLEX: () =>
    judged(classicPdf({ objects: { 6: '['.repeat(300) + ']'.repeat(300) } }), {
      limits: { ...defaultLimits, depth: 20 },
    }),
  NO_PAGES: () => judged(classicPdf({ objects: { 2: '<</Type /Pages /Kids [] /Count 0>>' } })),
  CONTENT_AMBIGUOUS: () => withPage('/Contents [4 0 R [4 0 R]]'),
  BLANK_PAGES: () => withPage('/CropBox [900 900 950 950] /Contents 4 0 R'),
  ENCRYPTED: () => judged(fixture('encrypted')),
  JAVASCRIPT: () => withCatalog('/OpenAction <</S /JavaScript /JS (app.alert\\(1\\))>>'),
  LAUNCH_ACTION: () => withAnnotation('/Subtype /Link /A <</S /Launch /F (cmd.exe)>>'),
  EXTERNAL_CONTENT: () => withCatalog('/X 6 0 R', { 6: '<</F (other.bin) /Length 0>>\nstream\n\nendstream' }),
  XFA: () => withCatalog('/AcroForm <</Fields [] /XFA [(a) 6 0 R]>>', { 6: '(x)' }),
  FORM_FIELDS: () => judged(fixture('form-fields')),
  ALREADY_SIGNED: () => signed(''),
  CHANGES_FORBIDDEN: () => judged(certified(), {}),
  TAGS_UNREADABLE: async () =>
    judged(Buffer.from((await taggedPdf('2a')).toString('latin1').replace(/\/Nums \[0/, '/Nums [/'), 'latin1')),
  EARLIER_SIGNATURES: () => judged(readFileSync(new URL('../../verify/fixtures/by-pyhanko.pdf', import.meta.url))),
  EARLIER_CERTIFICATION: () =>
    judged(readFileSync(new URL('../../verify/fixtures/signed-before/certified-2.pdf', import.meta.url))),
  OBJECTS_UNREADABLE: async () => {
    const bytes = appendRevision(classicPdf({ objects: { 6: '<</A 1 /A 2>>' } }), { 6: '<<>>' })
    const report = judged(bytes)
    const more = await judgeUpload(bytesSource(bytes), { signatures: 0, revisions: report.revisions })
    return { accepted: report.accepted, findings: [...report.findings, ...more] }
  },
  INLINE_ANNOTATIONS: () => judged(signedPdf({ objects: pagesWithInline([true]) })),
  HYBRID_XREF: () => judged(fixture('hybrid')),
  STRICT_VALIDATORS: () => withCatalog('/Metadata 6 0 R', { 6: '<</Length 3>>\nstream\n<a>\nendstream' }),
  UNEMBEDDED_FONTS: () =>
    judged(classicPdf({ objects: { 6: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>' } })),
  HIDDEN_LAYERS: () => withCatalog('/OCProperties <</OCGs [6 0 R]>>', { 6: '<</Type /OCG /Name (a)>>' }),
  OVERLAY_ANNOTATIONS: () => withAnnotation('/Subtype /Stamp'),
  MULTIMEDIA: () => withAnnotation('/Subtype /RichMedia'),
  ACTIVE_CONTENT: () => withAnnotation('/Subtype /Link /A <</S /SubmitForm /F (x)>>'),
  USAGE_RIGHTS: () => withCatalog('/Perms <</UR3 6 0 R>>', { 6: '<<>>' }),
  PORTFOLIO: () => withCatalog('/Collection <<>>'),
  EMBEDDED_FILES: () => withAnnotation('/Subtype /FileAttachment'),
  PDFA_CLAIM: async () => judged(await taggedPdf('2b')),
  PDFUA_CLAIM: async () => judged(await taggedPdf('ua1')),
  TAGGED: async () => judged(await taggedPdf('2b')),
}

/** A file that its first signature certifies without room for changes. */
const certified = (): Buffer =>
  signedPdf({ signature: '/Reference [<</TransformMethod /DocMDP /TransformParams <</P 1>>>>]' })

const rows = [
  ...readFileSync(new URL('../../../docs/preflight.md', import.meta.url), 'utf8').matchAll(
    /^\| ([A-Z_]+) \| (refuse|warn|info) \|/gm,
  ),
].map(([, code = '', severity = '']) => ({ code, severity }))

describe('codes of pre-flight', () => {
  test('the page lists each once, and no other', () => {
    assert.deepEqual(rows.map(({ code }) => code).sort(), Object.keys(examples).sort())
  })

  for (const { code, severity } of rows) {
    test(`${code} is found as ${severity}${severity === 'refuse' ? ', with its place in the file' : ''}`, async () => {
      const report = await (examples[code] ?? assert.fail())()
      const found = report.findings.find((finding) => finding.code === code)
      assert.equal(found?.severity, severity, JSON.stringify(report.findings))
      assert.ok((found?.detail.length ?? 0) > 20)
      for (const finding of report.findings) {
        if (finding.severity === 'refuse')
          assert.ok(Number.isSafeInteger(finding.offset), `${finding.code} has no offset`)
      }
      assert.equal(report.accepted, severity !== 'refuse' && report.findings.every((one) => one.severity !== 'refuse'))
    })
  }

  test('pages with annotations that are no objects of their own are told as ranges, and only of what is signed', () => {
    const objects = pagesWithInline([false, true, true, false, true])
    assert.deepEqual(judged(signedPdf({ objects })).unshowable, [
      { from: 2, to: 3 },
      { from: 5, to: 5 },
    ])
    assert.deepEqual(judged(signedPdf({ objects: pagesWithInline([false, false]) })).unshowable, [])
    const unsigned = judged(classicPdf({ objects }))
    assert.deepEqual([unsigned.unshowable, unsigned.accepted], [[], true])
    assert.ok(unsigned.findings.every(({ code }) => code !== 'INLINE_ANNOTATIONS'))
  })

  test('a structure tree that cannot be read is only a warning where nothing claims it', async () => {
    const text = (await taggedPdf('2b')).toString('latin1').replace(/\/Nums \[0/, '/Nums [/')
    const report = judged(Buffer.from(text, 'latin1'))
    assert.equal(report.findings.find(({ code }) => code === 'TAGS_UNREADABLE')?.severity, 'warn')
  })

  test('level A without tags, and a level that nobody knows, are told as warnings', async () => {
    const untagged = judged(await taggedPdf('2a', { tagged: false }))
    assert.equal(untagged.findings.find(({ code }) => code === 'PDFA_CLAIM')?.severity, 'warn')
    const text = (await taggedPdf('2b')).toString('latin1').replace('<pdfaid:part>2', '<pdfaid:part>9')
    const unknown = judged(Buffer.from(text, 'latin1'))
    assert.equal(unknown.pdfaClaim, '9B')
    assert.equal(unknown.findings.find(({ code }) => code === 'PDFA_CLAIM')?.severity, 'warn')
  })
})
