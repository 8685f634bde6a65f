// Revision 1: the upload stays its prefix, and only what sheets, fields and structure need is added.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { prepareRevision } from '../../../src/kernel/pades/index.ts'
import {
  bytesSource,
  catalogOf,
  changedObjects,
  dss,
  formFields,
  isDict,
  isRef,
  openPdf,
  pagesOf,
  preflight,
  revisions,
  serialise,
  structureTreeOf,
} from '../../../src/kernel/pdf/index.ts'
import { appendClassic, classicPdf, streamPdf } from '../pdf/build.ts'
import { prepare } from './ceremony.ts'
import { plainSheet } from './sheet.ts'

const fixture = (name: string) => readFileSync(new URL(`../pdf/fixtures/${name}.pdf`, import.meta.url))
const open = (bytes: Uint8Array) => openPdf(bytesSource(bytes))
const refusedAs = (code: ErrorCode) => (error: unknown) => isSeglError(error, code)

describe('revision 1', () => {
  const uploads: readonly [string, Buffer][] = [
    ['a classic table', classicPdf()],
    ['a cross-reference stream', streamPdf()],
    ['bytes before the header', classicPdf({ prefix: 'junk from a mail gateway\n' })],
    ['bytes after the end, without a line end', classicPdf({ suffix: 'sent by a portal' })],
    ['no line end after %%EOF', classicPdf().subarray(0, -1)],
    ['several revisions', appendClassic(classicPdf(), { 6: '(x)' }, 7)],
    [
      'an empty form that is a direct object',
      classicPdf({ objects: { 1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [] /DA (/F 0 Tf)>>>>' } }),
    ],
    [
      'a form with an unsigned field named as ours',
      classicPdf({
        objects: {
          1: '<</Type /Catalog /Pages 2 0 R /AcroForm 6 0 R>>',
          6: '<</Fields [7 0 R]>>',
          7: '<</FT /Sig /T (Segl-Sig-01)>>',
        },
      }),
    ],
    [
      'kids in an array of their own',
      classicPdf({ objects: { 2: '<</Type /Pages /Kids 6 0 R /Count 1>>', 6: '[3 0 R]' } }),
    ],
    [
      'members in the trailer that nobody knows',
      classicPdf({ trailer: '/DocChecksum /ABC /Info 6 0 R', objects: { 6: '<</Title (x)>>' } }),
    ],
    ['PDF/A-1', fixture('pdfa-1b')],
    ['a linearized file', fixture('linearized')],
    ['no /ID', fixture('no-id')],
    ['object streams', fixture('xref-stream')],
    ['a hybrid cross-reference', fixture('hybrid')],
  ]

  for (const [kind, upload] of uploads) {
    test(`on ${kind}: the upload is the prefix, its pages are untouched, and the file reads strictly`, () => {
      const { bytes, state } = prepare(upload, plainSheet(3))
      assert.ok(upload.equals(bytes.subarray(0, upload.length)))
      assert.match(bytes.subarray(-6).toString('latin1'), /%%EOF\n$/)
      assert.equal(state.size, bytes.length)
      const old = open(upload)
      const file = open(bytes)
      file.each(() => undefined)
      const [oldPages, pages] = [[...pagesOf(old)], [...pagesOf(file)]]
      assert.equal(pages.length, oldPages.length + 2)
      for (const [index, page] of oldPages.entries()) {
        assert.deepEqual(pages[index]?.ref, page.ref)
        assert.equal(serialise(pages[index]?.effective ?? null), serialise(page.effective))
      }
      assert.equal(file.sections[0]?.kind, old.sections[0]?.kind === 'stream' ? 'stream' : 'table')
      const history = revisions(file)
      assert.equal(history.length, revisions(old).length + 1)
      const refusals = preflight(bytesSource(bytes)).findings.filter(({ severity }) => severity === 'refuse')
      assert.deepEqual(
        refusals.map(({ code }) => code),
        kind === 'bytes before the header' ? ['BYTES_BEFORE_HEADER'] : [],
      )
    })
  }

  test('nothing else of the upload changes than catalog, page tree root, form, and what a structure tree grows at', () => {
    const upload = fixture('pdfa-1b')
    const file = open(prepare(upload, plainSheet(2)).bytes)
    const old = open(upload)
    const changed = changedObjects(revisions(file).at(-1) ?? assert.fail())
    const replaced = changed.filter(({ number }) => old.xref.get(number) !== undefined).map(({ number }) => number)
    const tree = structureTreeOf(old) ?? assert.fail()
    const expected = [
      old.trailer.get('Root'),
      catalogOf(old).get('Pages'),
      tree.ref,
      tree.document?.ref,
      tree.parentTree.ref,
    ].map((value) => (isRef(value) ? value.number : assert.fail()))
    const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)
    assert.deepEqual(ascending(replaced), ascending(expected))
    assert.ok(
      changed.every(({ entry }) => entry.type !== 'free'),
      'no object is freed',
    )
  })

  test('the new pages inherit nothing, not even a rotation of the whole document', () => {
    const upload = classicPdf({
      objects: { 2: '<</Type /Pages /Kids [3 0 R] /Count 1 /Rotate 90 /CropBox [5 5 9 9] /MediaBox [0 0 9 9]>>' },
    })
    const [, sheet] = [...pagesOf(open(prepare(upload, plainSheet(1)).bytes))]
    assert.equal(sheet?.effective.get('Rotate'), 0)
    assert.deepEqual(sheet?.effective.get('CropBox'), [0, 0, 595, 842])
    assert.ok(sheet?.dict.has('Resources'))
  })

  test('catalog: form, security store, extension level and a version that signatures need', () => {
    const file = open(prepare(classicPdf({ header: '%PDF-1.3\n' }), plainSheet(1)).bytes)
    const catalog = catalogOf(file)
    assert.equal(file.version, '1.7')
    assert.equal(serialise(catalog.get('Extensions') ?? null), '<</ESIC <</BaseVersion /1.7 /ExtensionLevel 5>>>>')
    assert.deepEqual(dss(file)?.certificates, [])
    const form = file.resolve(catalog.get('AcroForm'))
    assert.ok(isDict(form))
    assert.equal(form.get('SigFlags'), 3)
  })

  test('field names are flat, unique, none a part of another, and never those of the upload', () => {
    const upload = classicPdf({
      objects: {
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm 6 0 R>>',
        6: '<</Fields [7 0 R]>>',
        7: '<</FT /Sig /T (Segl-Sig-01)>>',
      },
    })
    const names = formFields(open(prepare(upload, plainSheet(12)).bytes)).map(({ name }) => name)
    assert.equal(new Set(names).size, 14)
    const ours = names.filter((name) => name !== 'Segl-Sig-01')
    for (const name of ours) {
      assert.ok(!name.includes('.'))
      assert.ok(ours.every((other) => other === name || !other.startsWith(name)))
    }
  })

  test('a file without /ID gets one, and later revisions keep its first part', () => {
    const ids = (bytes: Uint8Array) => serialise(open(bytes).trailer.get('ID') ?? null)
    const once = prepare(classicPdf(), plainSheet(1)).bytes
    assert.match(ids(once), /^\[<?\(?/)
    assert.equal(ids(once), ids(prepare(classicPdf(), plainSheet(1)).bytes), 'the same upload gives the same revision')
  })

  for (const number of [6, 12, 5000, 2_000_000_000]) {
    test(`a reference to object ${number}, which is not there, stays a reference to nothing`, () => {
      const upload = classicPdf({ objects: { 1: `<</Type /Catalog /Pages 2 0 R /PieceInfo ${number} 0 R>>` } })
      assert.ok(preflight(bytesSource(upload)).accepted)
      const { bytes, state } = prepare(upload, plainSheet(2))
      assert.equal(open(bytes).get({ kind: 'ref', number, generation: 0 }), null)
      assert.ok(state.nextObject < 8_388_607, 'numbers stay those that PDF/A knows')
    })
  }

  test('signed and encrypted uploads are refused', () => {
    const signed = classicPdf({
      objects: {
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R]>>>>',
        6: '<</FT /Sig /T (s) /V <</Contents <00>>>>>',
      },
    })
    assert.throws(() => prepareRevision(bytesSource(signed), plainSheet(1)), refusedAs('ALREADY_SIGNED'))
    assert.throws(() => prepareRevision(bytesSource(fixture('encrypted')), plainSheet(1)), refusedAs('ENCRYPTED'))
  })

  test('a sheet with a slot missing, twice, or too many is a mistake of ours', () => {
    const sheet = plainSheet(3)
    const [page, audit] = sheet.pages
    assert.ok(page && audit)
    for (const slots of [page.slots.slice(1), [...page.slots, ...page.slots], plainSheet(41).pages[0]?.slots ?? []]) {
      const wrong = { ...sheet, pages: [{ ...page, slots }, audit] }
      assert.throws(() => prepareRevision(bytesSource(classicPdf()), wrong), refusedAs('INTERNAL'))
    }
  })
})
