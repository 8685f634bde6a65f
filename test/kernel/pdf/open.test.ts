// Reading of PDF files: every kind of cross-reference, and a code with a place for each kind of damage.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import {
  type ByteSource,
  bytesSource,
  catalogOf,
  changedObjects,
  fileAt,
  isDict,
  nameOf,
  openPdf,
  pagesOf,
  ref,
  revisions,
  serialise,
} from '../../../src/kernel/pdf/index.ts'
import { appendClassic, classicPdf, plainObjects, streamPdf } from './build.ts'

const open = (bytes: Uint8Array) => openPdf(bytesSource(bytes))
const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}.pdf`, import.meta.url))

function refused(work: () => unknown, code: ErrorCode, detail?: RegExp): void {
  assert.throws(work, (error) => {
    assert.ok(isSeglError(error, code), `expected ${code}, got ${String(error)}`)
    assert.equal(typeof error.offset, 'number', 'a refusal names a byte offset')
    if (detail !== undefined) assert.match(error.detail, detail)
    return true
  })
}

const readAll = (bytes: Uint8Array) => {
  const file = open(bytes)
  let count = 0
  file.each(() => {
    count += 1
  })
  return count
}

describe('cross-references', () => {
  test('a classic table leads to every object', () => {
    const file = open(classicPdf())
    assert.equal(file.xrefKind, 'table')
    assert.equal(nameOf(catalogOf(file).get('Type')), 'Catalog')
    assert.equal([...pagesOf(file)].length, 1)
    assert.equal(readAll(classicPdf()), 5)
  })

  for (const deflate of [true, false]) {
    test(`a cross-reference stream and an object stream, ${deflate ? 'deflated' : 'plain'}, lead to every object`, () => {
      const file = open(streamPdf({ deflate }))
      assert.equal(file.xrefKind, 'stream')
      assert.equal([...pagesOf(file)].length, 1)
      assert.equal(serialise(file.get(ref(2))), '<</Type /Pages /Kids [3 0 R] /Count 1>>')
    })
  }

  test('in a hybrid file the table wins, then /XRefStm shows the hidden objects, then /Prev', () => {
    const file = open(fixture('hybrid'))
    assert.equal(file.xrefKind, 'hybrid')
    const tree = file.resolve(catalogOf(file).get('StructTreeRoot'))
    assert.ok(isDict(tree), 'the structure tree lies in an object stream')
    assert.equal(revisions(file).length, 2)
  })

  test('the two sections of a linearized file are one revision', () => {
    const file = open(fixture('linearized'))
    assert.equal(file.linearized, true)
    assert.equal(file.sections.length, 2)
    assert.equal(revisions(file).length, 1)
  })

  test('bytes before the header are counted where the offsets count from the header', () => {
    const file = open(classicPdf({ prefix: 'HTTP/1.1 200 OK\r\n\r\n' }))
    assert.equal(file.headerOffset, 19)
    assert.equal(file.offsetBase, 19)
    assert.equal([...pagesOf(file)].length, 1)
  })

  test('bytes after the end change nothing', () => {
    const file = open(classicPdf({ suffix: '\n<!-- sent by a portal -->\n' }))
    assert.equal([...pagesOf(file)].length, 1)
  })

  test('a reference to a missing object, or with another generation, is null', () => {
    const file = open(classicPdf())
    assert.equal(file.get(ref(99)), null)
    assert.equal(file.get(ref(1, 3)), null)
  })

  test('each revision shows the objects as they were then', () => {
    const base = classicPdf()
    const later = appendClassic(base, { 3: plainObjects[3]?.replace('200', '300') ?? '', 6: '(new)' }, 7)
    const file = open(later)
    const history = revisions(file)
    assert.deepEqual(
      history.map(({ end }) => end),
      [base.length, later.length],
    )
    const [first, second] = history
    assert.ok(first && second)
    assert.deepEqual(
      changedObjects(second).map(({ number }) => number),
      [3, 6],
    )
    assert.match(serialise(file.get(ref(3))), /300/)
    assert.match(serialise(fileAt(file, first).get(ref(3))), /200/)
    assert.equal(fileAt(file, first).get(ref(6)), null)
  })

  test('an object larger than the first window is read whole', () => {
    const kids = Array.from({ length: 30_000 }, (_, index) => `${index + 10} 0 R`).join(' ')
    const file = open(classicPdf({ objects: { 6: `[${kids}]` } }))
    const value = file.get(ref(6))
    assert.ok(Array.isArray(value))
    assert.equal(value.length, 30_000)
  })

  test('a source that gives only what was asked for reads the same as one in memory', () => {
    const bytes = fixture('xref-stream')
    let largest = 0
    const source: ByteSource = {
      size: bytes.length,
      read(offset, length) {
        largest = Math.max(largest, length)
        return Uint8Array.from(bytes.subarray(offset, offset + length))
      },
    }
    const file = openPdf(source)
    let count = 0
    file.each(() => {
      count += 1
    })
    assert.equal(count, readAll(bytes))
    assert.ok(largest < bytes.length)
  })
})

describe('damage', () => {
  const replaced = (from: string | RegExp, to: string, base = classicPdf()) =>
    Buffer.from(base.toString('latin1').replace(from, to), 'latin1')

  test('something else than a PDF is NOT_A_PDF', () => {
    for (const bytes of ['', 'PK\x03\x04 a zip', '<html>', '%PDF-x'])
      refused(() => open(Buffer.from(bytes)), 'NOT_A_PDF')
  })

  test('a file cut off anywhere is refused, and never without a place', () => {
    const whole = classicPdf()
    for (let length = 9; length < whole.length - 6; length += 1) {
      refused(() => open(whole.subarray(0, length)), 'TRUNCATED')
    }
  })

  test('sections that lead back to each other are refused', () => {
    const base = classicPdf()
    const start = /startxref\s+(\d+)/.exec(base.toString('latin1'))?.[1]
    refused(() => open(replaced('/Root', `/Prev ${start} /Root`, base)), 'MALFORMED_PDF', /loop/)
  })

  test('a table whose entries are not 20 bytes long is refused', () => {
    refused(() => open(replaced(/ 00000 n \n/, ' 00000 n\n')), 'MALFORMED_PDF', /20 bytes/)
  })

  test('an object that is not where the table says is refused when it is read', () => {
    refused(() => readAll(replaced(/^0000000015 00000 n/m, '0000000016 00000 n')), 'MALFORMED_PDF')
  })

  test('objects that overlap are refused: two readers could see two documents', () => {
    const bytes = classicPdf({ objects: { 6: '(7 0 obj (x) endobj)', 7: '(inner)' } })
    const text = bytes.toString('latin1')
    const inner = text.indexOf('7 0 obj (x)')
    const real = text.indexOf('7 0 obj\n')
    const moved = text.replace(String(real).padStart(10, '0'), String(inner).padStart(10, '0'))
    refused(() => readAll(Buffer.from(moved, 'latin1')), 'MALFORMED_PDF', /inside another/)
  })

  test('a dictionary with a key twice is refused', () => {
    refused(
      () => catalogOf(open(classicPdf({ objects: { 1: '<</Type /Catalog /Pages 2 0 R /Pages 9 0 R>>' } }))),
      'MALFORMED_PDF',
      /twice/,
    )
  })

  test('a stream whose length is wrong, its own, or missing is refused', () => {
    for (const body of ['<</Length 3>>', '<</Length 6 0 R>>', '<<>>', '<</Length -1>>', '<</Length 99999>>']) {
      const bytes = classicPdf({ objects: { 6: `${body}\nstream\nabcdef\nendstream` } })
      assert.throws(
        () => readAll(bytes),
        (error) => isSeglError(error, 'MALFORMED_PDF', 'TRUNCATED'),
        body,
      )
    }
  })

  test('nesting beyond the limit is TOO_COMPLEX, not a crash', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    refused(() => readAll(classicPdf({ objects: { 6: deep } })), 'TOO_COMPLEX')
  })

  test('an object number beyond the limit is TOO_COMPLEX and costs no memory', () => {
    refused(() => open(replaced('0 6\n', '4000000000 6\n')), 'TOO_COMPLEX')
  })

  test('a stream that inflates without end is TOO_COMPLEX', () => {
    const bomb = deflateSync(Buffer.alloc(80 << 20))
    refused(() => readAll(streamPdf({ container: bomb })), 'TOO_COMPLEX')
  })

  test('an object stream whose table points anywhere is refused', () => {
    const container = deflateSync(Buffer.from('1 0 2 0 3 0 (a) (b) (c)'))
    refused(() => readAll(streamPdf({ container })), 'MALFORMED_PDF')
  })

  test('a cross-reference stream with a wrong /Index is refused', () => {
    for (const index of ['/Index [0 4000000] ', '/Index [0] ', '/Index [0 5 3 5] ']) {
      refused(() => open(streamPdf({ indexArray: index })), 'MALFORMED_PDF')
    }
  })

  test('a page tree that counts wrongly, or has a page twice, is refused', () => {
    const tree = (pages: string) => () => [...pagesOf(open(classicPdf({ objects: { 2: pages } })))]
    refused(tree('<</Type /Pages /Kids [3 0 R] /Count 2>>'), 'MALFORMED_PDF')
    refused(tree('<</Type /Pages /Kids [3 0 R 3 0 R] /Count 2>>'), 'MALFORMED_PDF')
    refused(tree('<</Type /Pages /Kids [2 0 R] /Count 1>>'), 'MALFORMED_PDF')
  })
})
