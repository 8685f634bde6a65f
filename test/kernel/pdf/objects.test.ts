// Filters, strings, dates and sources: the small parts that a whole file is read and written with.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { isSeglError } from '../../../src/errors.ts'
import {
  byteString,
  bytesSource,
  concatSource,
  dateText,
  dict,
  name,
  openPdf,
  type PdfObject,
  prefixSource,
  readInPieces,
  ref,
  serialise,
  serialiseText,
  textOf,
  textString,
  timeOf,
} from '../../../src/kernel/pdf/index.ts'
import { classicPdf } from './build.ts'

/** Reads `body` back as object 6 of a file. */
function read(body: string): PdfObject {
  return openPdf(bytesSource(classicPdf({ objects: { 6: body } }))).get(ref(6))
}

function decoded(members: string, data: Buffer): Uint8Array {
  const body = `<<${members} /Length ${data.length}>>\nstream\n${data.toString('latin1')}\nendstream`
  const file = openPdf(bytesSource(classicPdf({ objects: { 6: body } })))
  return file.decode(file.get(ref(6)))
}

describe('filters', () => {
  const rows = Array.from({ length: 6 }, (_, row) =>
    Buffer.from(Array.from({ length: 8 }, (_, at) => (row * 37 + at * at * 11) & 255)),
  )
  const plain = Buffer.concat(rows)

  /** PNG filter of one row (PNG 1.2, 6), the other way round than the kernel does it. */
  function filtered(type: number, row: Buffer, above: Buffer, pixel: number): Buffer {
    const out = Buffer.alloc(row.length + 1, type)
    for (const [at, byte] of row.entries()) {
      const left = at < pixel ? 0 : (row[at - pixel] ?? 0)
      const up = above[at] ?? 0
      const corner = at < pixel ? 0 : (above[at - pixel] ?? 0)
      const distances = [left, up, corner].map((one) => Math.abs(left + up - corner - one))
      const paeth = [left, up, corner][distances.indexOf(Math.min(...distances))] ?? 0
      out[at + 1] = byte - ([0, left, up, (left + up) >> 1, paeth][type] ?? 0)
    }
    return out
  }

  for (const [type, label] of ['none', 'sub', 'up', 'average', 'Paeth'].entries()) {
    test(`Flate with the PNG predictor "${label}"`, () => {
      const data = Buffer.concat(rows.map((row, index) => filtered(type, row, rows[index - 1] ?? Buffer.alloc(8), 2)))
      const members = '/Filter /FlateDecode /DecodeParms <</Predictor 15 /Columns 4 /Colors 2>>'
      assert.deepEqual(Buffer.from(decoded(members, deflateSync(data))), plain)
    })
  }

  test('Flate with the TIFF predictor', () => {
    const data = Buffer.concat(
      rows.map((row) => Buffer.from(row.map((byte, at) => byte - (at < 1 ? 0 : (row[at - 1] ?? 0))))),
    )
    const members = '/Filter /FlateDecode /DecodeParms <</Predictor 2 /Columns 8>>'
    assert.deepEqual(Buffer.from(decoded(members, deflateSync(data))), plain)
  })

  test('ASCIIHex and ASCII85, alone and one after the other', () => {
    assert.equal(
      Buffer.from(decoded('/Filter /ASCIIHexDecode', Buffer.from('48 65 6c6C 6f7>'))).toString('latin1'),
      'Hellop',
    )
    const text = Buffer.from('87cURD]i,"Ebo80~>')
    assert.equal(Buffer.from(decoded('/Filter [/ASCII85Decode]', text)).toString(), 'Hello World!')
    assert.deepEqual([...decoded('/Filter /ASCII85Decode', Buffer.from('z~>'))], [0, 0, 0, 0])
    assert.equal(Buffer.from(decoded('/Filter /ASCII85Decode', Buffer.from('87cURDZ~>'))).toString(), 'Hello')
    const hex = Buffer.from(`${deflateSync(plain).toString('hex')}>`)
    assert.deepEqual(
      Buffer.from(decoded('/Filter [/ASCIIHexDecode /FlateDecode] /DecodeParms [null null]', hex)),
      plain,
    )
  })

  test('what cannot be decoded is MALFORMED_PDF or TOO_COMPLEX, never wrong bytes', () => {
    const wrong: readonly [string, Buffer][] = [
      ['/Filter /FlateDecode', Buffer.from('not deflate')],
      ['/Filter /FlateDecode', deflateSync(plain).subarray(0, -6)],
      ['/Filter /LZWDecode', plain],
      ['/Filter /FlateDecode /DecodeParms <</Predictor 7>>', deflateSync(plain)],
      ['/Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns -3>>', deflateSync(plain)],
      ['/Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 7>>', deflateSync(Buffer.alloc(16, 9))],
      ['/Filter /ASCIIHexDecode', Buffer.from('4865')],
      ['/Filter /ASCII85Decode', Buffer.from('a~>')],
      ['/Filter /ASCII85Decode', Buffer.from('s8W-"~>')],
      ['/Filter /ASCII85Decode', Buffer.from('\x7f~>')],
      [`/Filter [${'/ASCIIHexDecode '.repeat(9)}]`, Buffer.from('00>')],
    ]
    for (const [members, data] of wrong) {
      assert.throws(
        () => decoded(members, data),
        (error) => isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX'),
        members,
      )
    }
  })
})

describe('objects', () => {
  test('what is written is read back the same', () => {
    const leaf = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
      fc.integer({ min: -1_000_000, max: 1_000_000 }).map((number) => number / 1000),
      fc
        .string({ unit: 'binary', maxLength: 12 })
        .map((text) => name([...text].filter((one) => one > '\0' && one < '\x80').join(''))),
      fc.uint8Array({ maxLength: 20 }).map(byteString),
      fc.tuple(fc.nat(1000), fc.nat(9)).map(([number, generation]) => ref(number, generation)),
    )
    const { value } = fc.letrec<{ value: PdfObject }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('value'), { maxLength: 5 }),
        fc
          .dictionary(fc.stringMatching(/^[A-Za-z0-9]{1,6}$/), tie('value'), { maxKeys: 5 })
          .map((entries) => dict(entries)),
      ),
    }))
    void fc.assert(
      fc.property(value, (object) => {
        const text = serialise(object)
        assert.equal(serialise(read(text)), text)
      }),
      { numRuns: 500 },
    )
  })

  test('escapes, nested parentheses and line ends of literal strings', () => {
    const strings: readonly [string, string][] = [
      ['(a(b)c)', 'a(b)c'],
      ['(\\n\\r\\t\\b\\f\\(\\)\\\\\\x)', '\n\r\t\b\f()\\x'],
      ['(\\0532\\53\\400)', '+2+\0'],
      ['(a\\\r\nb\\\nc\\\rd)', 'abcd'],
      ['(a\r\nb\rc\nd)', 'a\nb\nc\nd'],
      ['<48656C6c6F7>', 'Hellop'],
      ['< 4 8 >', 'H'],
    ]
    for (const [written, expected] of strings) {
      const value = read(written)
      assert.ok(value !== null && typeof value === 'object' && 'bytes' in value)
      assert.equal(Buffer.from(value.bytes).toString('latin1'), expected)
    }
  })

  test('names with signs, numbers of every form, comments between', () => {
    assert.equal(
      serialise(read('[/A#20B/C /#41 +1 -2.50 .5 4. 0.0000001 % comment\n 1 0 R 1 0 2]')),
      '[/A#20B /C /A 1 -2.5 0.5 4 0.0000001 1 0 R 1 0 2]',
    )
  })
})

describe('text and time', () => {
  test('text strings hold every name: ASCII plain, others in UTF-16', () => {
    for (const text of ['Kari (Nordmann) \\', 'Ánne Márjá Čáppagiettis', '王小明', '🦌', '']) {
      assert.equal(textOf(textString(text)), text)
    }
    assert.equal(textOf(byteString(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('Åse')]))), 'Åse')
  })

  test('a text is written the same by the short way and through its bytes', () => {
    for (const text of ['Kari Nordmann', 'Kari (Nordmann) \\', '[]~!', 'tab\there', 'Ole Ås', '\x7f', '']) {
      assert.equal(serialiseText(text), serialise(textString(text)))
    }
  })

  test('dates: to the second in UTC, and zones are read', () => {
    const time = new Date('2026-11-22T13:57:52.900Z')
    assert.equal(dateText(time), 'D:20261122135752Z')
    const read = (text: string) => timeOf(byteString(Buffer.from(text)))?.toISOString()
    assert.equal(read('D:20261122135752Z'), '2026-11-22T13:57:52.000Z')
    assert.equal(read("D:20261122145752+01'00'"), '2026-11-22T13:57:52.000Z')
    assert.equal(read("D:20261122102752-03'30"), '2026-11-22T13:57:52.000Z')
    assert.equal(read('D:2026'), '2026-01-01T00:00:00.000Z')
    for (const wrong of ['2026', 'D:20261399', 'D:2026112', '']) assert.equal(read(wrong), undefined)
  })
})

describe('sources', () => {
  test('parts read as one file, whatever the borders', () => {
    const parts = [Buffer.from('abc'), bytesSource(Buffer.from('')), Buffer.from('defgh'), Buffer.from('i')]
    const source = concatSource(parts)
    assert.equal(source.size, 9)
    for (let offset = 0; offset <= 10; offset += 1) {
      for (let length = 0; length <= 10; length += 1) {
        assert.equal(Buffer.from(source.read(offset, length)).toString(), 'abcdefghi'.slice(offset, offset + length))
      }
    }
    assert.equal(Buffer.from(prefixSource(source, 4).read(2, 9)).toString(), 'cd')
    assert.equal(Buffer.concat([...readInPieces(source, 1, 9, 3)]).toString(), 'bcdefghi')
  })
})
