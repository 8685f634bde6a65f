// What preparing appends gets numbers that nothing of the upload mentions: no reference to nothing may come to lead somewhere.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isSeglError } from '../../src/errors.ts'
import { prepareRevision, prepareSigned, reopen } from '../../src/kernel/pades/index.ts'
import {
  bytesSource,
  catalogOf,
  changedObjects,
  isArray,
  isDict,
  openPdf,
  type PdfFile,
  pagesOf,
  preflight,
  revisions,
} from '../../src/kernel/pdf/index.ts'
import { plainSheet } from './pades/sheet.ts'
import { appendClassic, classicPdf, plainObjects, signedPdf, streamPdf } from './pdf/build.ts'
import { wholeWay } from './whole-way.ts'

/** Numbers of the objects that preparing made. */
function given(upload: Buffer): readonly number[] {
  const { increment } = prepareRevision(bytesSource(upload), plainSheet(2))
  const file = openPdf(bytesSource(Buffer.concat([upload, increment])))
  const before = openPdf(bytesSource(upload))
  const last = revisions(file).at(-1)
  assert.ok(last)
  return changedObjects(last)
    .map(({ number }) => number)
    .filter((number) => before.xref.get(number) === undefined)
}

const page = (more: string) =>
  `<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Contents 4 0 R ${more}>>`
const inObjectStream = { ...plainObjects, 3: page('/Thumb 31 0 R') }

const mentioning: readonly (readonly [what: string, upload: Buffer, mentioned: number])[] = [
  ['/Info of the trailer', classicPdf({ trailer: '/Info 6 0 R' }), 6],
  ['another member of the trailer', classicPdf({ trailer: '/AdditionalStreams [<</Subtype /x /Stream 9 0 R>>]' }), 9],
  ['a trailer that a later one replaced', appendClassic(classicPdf({ trailer: '/Info 7 0 R' }), { 5: '14' }, 6), 7],
  [
    'a page that a later one replaced',
    appendClassic(classicPdf({ objects: { 3: page('/Thumb 8 0 R') } }), { 3: page('') }, 6),
    8,
  ],
  ['an object in an object stream', streamPdf({ objects: inObjectStream }), 31],
  [
    'an object in an object stream that a later one replaced',
    appendClassic(streamPdf({ objects: inObjectStream }), { 3: page('') }, 22),
    31,
  ],
  ['the dictionary of a cross-reference stream', streamPdf({ indexArray: '/AdditionalStreams 24 0 R ' }), 24],
  [
    'the dictionary of an object stream',
    streamPdf({ objects: { 6: '<</Length 0 /Extends 26 0 R>>\nstream\n\nendstream' } }),
    26,
  ],
  ['a number far above', classicPdf({ objects: { 3: page('/Thumb 300000 0 R') } }), 300_000],
  ['a number with another generation', classicPdf({ objects: { 3: page('/Thumb 7 3 R') } }), 7],
]

describe('numbers that nobody uses', () => {
  for (const [what, upload, mentioned] of mentioning) {
    test(`what ${what} mentions stays nothing, and the finished file passes`, async () => {
      const numbers = given(upload)
      assert.ok(Math.min(...numbers) > mentioned, `${numbers} after ${mentioned}`)
      const { accepted, verdict, failed, broke } = await wholeWay(upload)
      assert.deepEqual(
        { accepted, verdict, failed, broke },
        { accepted: true, verdict: 'PASSED', failed: [], broke: undefined },
      )
    })
  }

  test('so do signatures behind others, and renewals', () => {
    const upload = signedPdf({ objects: { 3: page('/Thumb 12 0 R') } })
    const replaced = appendClassic(upload, { 3: page('') }, 8)
    assert.equal(reopen(bytesSource(replaced)).nextObject > 12, true)
    assert.equal(prepareSigned(bytesSource(upload), 2).nextObject > 12, true)
  })

  test('a number that no object can have is passed by, and none of ours comes near it', async () => {
    for (const absurd of [2_147_483_647, 4_294_967_295, 9_999_999_999, 8_388_607]) {
      const upload = classicPdf({ objects: { 3: page(`/Thumb ${absurd} 0 R`) } })
      const numbers = given(upload)
      assert.ok(!numbers.includes(absurd) && Math.max(...numbers) < 1000)
      assert.equal((await wholeWay(upload)).verdict, 'PASSED')
    }
  })

  test('a file whose numbers are used up is refused with a place before anybody is asked', () => {
    const upload = appendClassic(classicPdf(), { 8388600: 'null' }, 8_388_601)
    const [finding] = preflight(bytesSource(upload)).findings.filter(({ severity }) => severity === 'refuse')
    assert.equal(finding?.code, 'TOO_COMPLEX')
    assert.match(finding.detail, /object numbers/)
    assert.notEqual(finding.offset, undefined)
    assert.throws(
      () => prepareRevision(bytesSource(upload), plainSheet(2)),
      (error) => isSeglError(error, 'TOO_COMPLEX'),
    )
  })
})

/** A tagged upload; `tree` are members of its structure tree, `members` of its page, `more` further objects. */
const taggedUpload = (tree: string, members: string, more: Readonly<Record<number, string>> = {}) =>
  classicPdf({
    objects: {
      1: '<</Type /Catalog /Pages 2 0 R /MarkInfo <</Marked true>> /Lang (nb) /StructTreeRoot 6 0 R>>',
      3: page(members),
      6: `<</Type /StructTreeRoot /K 7 0 R ${tree}>>`,
      7: '<</Type /StructElem /S /Document /P 6 0 R /K []>>',
      ...more,
    },
  })

function keysOf(file: PdfFile): readonly number[] {
  const root = file.resolve(catalogOf(file).get('StructTreeRoot'))
  const parents = isDict(root) ? file.resolve(root.get('ParentTree')) : null
  const numbers = isDict(parents) ? file.resolve(parents.get('Nums')) : null
  return (isArray(numbers) ? numbers : []).filter((key): key is number => typeof key === 'number')
}

describe('places in the parent tree that nobody uses', () => {
  const uploads: readonly (readonly [what: string, upload: Buffer, used: number])[] = [
    ['a page whose key no parent tree knows', taggedUpload('', '/StructParents 0'), 0],
    [
      'a page that the parent tree lacks',
      taggedUpload('/ParentTree <</Nums [0 7 0 R]>> /ParentTreeNextKey 1', '/StructParents 5'),
      5,
    ],
    ['a key that is an object of its own', taggedUpload('', '/StructParents 8 0 R', { 8: '6' }), 6],
    [
      'an annotation',
      taggedUpload('', '/Annots [8 0 R]', { 8: '<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /StructParent 41>>' }),
      41,
    ],
    [
      'a form that is drawn',
      taggedUpload('', '', {
        8: '<</Type /XObject /Subtype /Form /BBox [0 0 1 1] /StructParents 3 /Length 0>>\nstream\n\nendstream',
      }),
      3,
    ],
  ]
  for (const [what, upload, used] of uploads) {
    test(`${what} keeps it`, async () => {
      const { bytes, verdict, failed } = await wholeWay(upload)
      assert.ok(bytes && verdict === 'PASSED', failed.join('\n'))
      const file = openPdf(bytesSource(bytes))
      const before = keysOf(openPdf(bytesSource(upload)))
      const added = keysOf(file).slice(before.length)
      assert.ok(added.length > 0 && Math.min(...added) > used, `${added} after ${used}`)
      const sheets = [...pagesOf(file)].slice(1).map(({ dict }) => dict.get('StructParents'))
      assert.ok(sheets.some((key) => typeof key === 'number'))
      assert.ok(sheets.every((key) => key === undefined || (typeof key === 'number' && key > used)))
    })
  }

  test('a key that no reader can count to costs nothing and is not come near', async () => {
    for (const absurd of [2_147_483_647, 9_007_199_254_740_991, -4]) {
      const { bytes, verdict } = await wholeWay(taggedUpload('', `/StructParents ${absurd}`))
      assert.equal(verdict, 'PASSED')
      assert.ok(bytes && Math.max(...keysOf(openPdf(bytesSource(bytes)))) < 1000)
    }
  })
})
