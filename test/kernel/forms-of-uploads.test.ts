// /AcroForm of an upload as it may come: leading nowhere, to something else, or to an object that serves twice.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesSource, catalogOf, isRef, openPdf } from '../../src/kernel/pdf/index.ts'
import { complaints, judge } from './checks/judge.ts'
import { lastStartxref, rewriteRevision } from './checks/raw-pdf.ts'
import { goOn, signedFile } from './checks/signed-file.ts'
import { appendClassic, classicPdf } from './pdf/build.ts'
import { wholeWay } from './whole-way.ts'

const withForm = (form: string, more: Readonly<Record<number, string>> = {}, trailer = '', catalog = '') =>
  classicPdf({ objects: { 1: `<</Type /Catalog /Pages 2 0 R /AcroForm ${form} ${catalog}>>`, ...more }, trailer })
const field = { 7: '<</FT /Sig /T (empty) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R>>' }

const forms: readonly (readonly [what: string, upload: Buffer])[] = [
  ['leads to no object', withForm('6 0 R')],
  ['leads to an object of another generation', withForm('6 1 R', { 6: '<</Fields []>>' })],
  ['leads to null', withForm('6 0 R', { 6: 'null' })],
  ['is null itself', withForm('null')],
  [
    'leads to an object that a later revision freed',
    appendClassic(withForm('6 0 R', { 6: '<</Fields []>>' }), { 6: 'null' }, 7),
  ],
  ['leads to a reference to a form', withForm('6 0 R', { 6: '8 0 R', 8: '<</Fields []>>' })],
  ['leads to a reference to nothing', withForm('6 0 R', { 6: '9 0 R' })],
  ['leads to an array', withForm('6 0 R', { 6: '[]' })],
  ['is a number', withForm('14')],
  ['leads to an empty dictionary', withForm('6 0 R', { 6: '<<>>' })],
  ['is written into the catalog', withForm('<</Fields [] /DA (/Helv 0 Tf)>>')],
  ['has /Fields that lead nowhere', withForm('6 0 R', { 6: '<</Fields 9 0 R>>' })],
  ['has /Fields that are null', withForm('6 0 R', { 6: '<</Fields null>>' })],
  ['has /Fields of the wrong kind', withForm('6 0 R', { 6: '<</Fields <<>>>>' })],
  ['has a field that leads nowhere', withForm('6 0 R', { 6: '<</Fields [9 0 R]>>' })],
  ['has /Fields as an object of its own', withForm('6 0 R', { 6: '<</Fields 8 0 R>>', 8: '[]' })],
  ['has an empty signature field', withForm('6 0 R', { 6: '<</Fields [7 0 R]>>', ...field })],
  ['is /Info too', withForm('6 0 R', { 6: '<</Fields [] /NeedAppearances true /Producer (x)>>' }, '/Info 6 0 R')],
  ['is /Info too, with a field', withForm('6 0 R', { 6: '<</Fields [7 0 R]>>', ...field }, '/Info 6 0 R')],
  ['is the outlines too', withForm('6 0 R', { 6: '<</Fields []>>' }, '', '/Outlines 6 0 R')],
  ['is /MarkInfo too', withForm('6 0 R', { 6: '<</Fields []>>' }, '', '/MarkInfo 6 0 R')],
  [
    'is the resources of a page too',
    withForm('6 0 R', {
      3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources 6 0 R /Contents 4 0 R>>',
      6: '<</Fields []>>',
    }),
  ],
]

describe('an upload whose /AcroForm', () => {
  for (const [what, upload] of forms) {
    test(`${what} is signed to the end, or refused with a code`, async () => {
      const { accepted, findings, verdict, failed, broke } = await wholeWay(upload)
      if (!accepted) assert.ok(findings.some(({ severity, code }) => severity === 'refuse' && code !== undefined))
      else assert.deepEqual({ verdict, failed, broke }, { verdict: 'PASSED', failed: [], broke: undefined })
      assert.ok(accepted, 'nothing here keeps anybody from signing')
    })
  }

  test('a form that serves as something else becomes an object of its own, and the other stays as it was', async () => {
    const { bytes } = await wholeWay(withForm('6 0 R', { 6: '<</Fields [] /Producer (x)>>' }, '/Info 6 0 R'))
    assert.ok(bytes)
    const file = openPdf(bytesSource(bytes))
    const form = catalogOf(file).get('AcroForm')
    assert.ok(isRef(form) && form.number !== 6)
    assert.equal(bytes.toString('latin1').match(/\n6 0 obj/g)?.length, 1)
  })
})

describe('a form that was exchanged while it was prepared is still caught', () => {
  const upload = withForm('6 0 R', { 6: '<</Fields [7 0 R] /DA (/Helv 0 Tf)>>', ...field })
  const exchanged = (change: (form: string) => Readonly<Record<number, string>>) =>
    signedFile({
      upload,
      prepared: ({ bytes, state }) =>
        goOn(
          state,
          rewriteRevision(upload, bytes, (all) => {
            const catalog = all[1] ?? ''
            return { 1: catalog.replace('/AcroForm 6 0 R', '/AcroForm 900 0 R'), ...change(all[6] ?? '') }
          }),
        ),
    })
  const attacks: readonly (readonly [string, (form: string) => Readonly<Record<number, string>>])[] = [
    ['for one with other appearances', (form) => ({ 900: form.replace('/Helv', '/Zapf') })],
    ['for one that lacks a field', (form) => ({ 900: form.replace('7 0 R ', '') })],
    ['with other words in the object that was the form', (form) => ({ 900: form, 6: '<</Producer (someone else)>>' })],
  ]
  for (const [what, change] of attacks) {
    test(what, async () => {
      const bytes = await exchanged(change)
      assert.ok(lastStartxref(bytes) > 0)
      const report = await judge(bytes)
      assert.equal(report.verdict, 'FAILED')
      assert.ok(
        complaints(report).some((line) => line.startsWith('UPLOAD_KEPT')),
        complaints(report).join('\n'),
      )
    })
  }
})
