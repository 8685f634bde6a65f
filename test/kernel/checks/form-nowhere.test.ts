// Uploads whose catalog names a form that is none: what pre-flight accepts of them ends as a document that holds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wholeWay } from '../whole-way.ts'
import { upload } from './raw-pdf.ts'

const catalog = (form: number): string => `<</Type /Catalog /Pages 2 0 R /AcroForm ${form} 0 R>>`

for (const [name, bytes] of [
  ['does not exist', upload({ 1: catalog(9) })],
  ['is null', upload({ 1: catalog(9), 9: 'null' })],
  ['is the information of the file as well', upload({ 1: catalog(8), 8: '<</Producer (x) /NeedAppearances true>>' })],
] as const) {
  test(`an upload whose form ${name} is refused, or passes at the end`, async () => {
    const { accepted, broke, failed, verdict } = await wholeWay(bytes)
    assert.equal(broke, undefined)
    if (accepted) assert.deepEqual([verdict, failed], ['PASSED', []])
  })
}
