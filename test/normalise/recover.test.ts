// Files that no reader refuses and pre-flight does: rewritten where all readers agree about them, refused where they do not.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isSeglError } from '../../src/errors.ts'
import { bytesSource, preflight } from '../../src/kernel/pdf/index.ts'
import { normalisable, normalisePdf } from '../../src/normalise/index.ts'
import { drawAll, enginesMissing } from './engines.ts'
import { attacks, damagedFiles, officeFiles } from './structures.ts'

const refusals = (bytes: Uint8Array) =>
  preflight(bytesSource(bytes)).findings.filter(({ severity }) => severity === 'refuse')
const engines = ['pdfium', 'poppler', 'mupdf'] as const
const rewritten = async (bytes: Uint8Array) => (await normalisePdf(bytesSource(bytes))).bytes

for (const [kind, files] of [
  ['files of office programs and browsers', officeFiles],
  ['slightly damaged files', damagedFiles],
] as const) {
  describe(`${kind}, with normalise`, () => {
    for (const [name, bytes] of Object.entries(files)) {
      test(`${name}: refused as it is, accepted rewritten`, async () => {
        const before = refusals(bytes)
        assert.ok(before.length > 0 && before.every(({ code }) => normalisable.includes(code)), JSON.stringify(before))
        const { bytes: after, changes } = await normalisePdf(bytesSource(bytes))
        assert.ok(changes.includes('STRUCTURE_REPAIRED'))
        assert.deepEqual(refusals(after), [])
        assert.equal(preflight(bytesSource(after)).pages, 2)
        assert.deepEqual(after, await rewritten(bytes), 'the same bytes each time')
      })
    }

    test('each shows the same before and after in PDFium, poppler and MuPDF', { skip: enginesMissing() }, async () => {
      const names = Object.keys(files)
      const before = drawAll(Object.values(files))
      const after = drawAll(await Promise.all(Object.values(files).map(rewritten)))
      for (const [index, name] of names.entries()) {
        for (const engine of engines) {
          const [was, is] = [before[index]?.[engine] ?? [], after[index]?.[engine] ?? []]
          assert.equal(was.length, 2, `${name}: pages in ${engine} before`)
          assert.equal(is.length, 2, `${name}: pages in ${engine} after`)
          for (const [page, drawing] of was.entries())
            assert.ok(is[page]?.equals(drawing), `${name}: page ${page + 1} in ${engine}`)
        }
      }
    })
  })
}

describe('a damaged file that readers could read in two ways', () => {
  for (const [name, bytes] of Object.entries(attacks)) {
    test(`${name}: not repaired into either`, async () => {
      await assert.rejects(
        rewritten(bytes),
        (error: unknown) => isSeglError(error, 'NOT_NORMALISABLE') && error.offset !== undefined,
      )
      assert.ok(refusals(bytes).length > 0, 'nor accepted as it is')
    })
  }
})
