// Filters that ISO 32000-2, 7.4 lets every stream have, in object streams and cross-reference streams too.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { isSeglError } from '../../../src/errors.ts'
import { bytesSource, defaultLimits, openPdf, pagesOf, preflight, ref } from '../../../src/kernel/pdf/index.ts'
import { programs } from '../../conformance/judges.ts'
import { needs } from '../../support/outside.ts'
import { wholeWay } from '../whole-way.ts'
import { classicPdf, plainObjects } from './build.ts'

/** As ISO 32000-2, 7.4.4.2 describes it: the clear-table marker first and again before the table is full. */
function lzw(data: Uint8Array, early: 0 | 1): Buffer {
  const out: number[] = []
  let held = 0
  let bits = 0
  let width = 9
  const put = (code: number): void => {
    held = (held << width) | code
    for (bits += width; bits >= 8; bits -= 8) out.push((held >> (bits - 8)) & 255)
    held &= (1 << bits) - 1
  }
  let table = new Map<string, number>()
  const begin = (): void => {
    put(256)
    table = new Map(Array.from({ length: 256 }, (_, code) => [String.fromCharCode(code), code]))
    width = 9
  }
  begin()
  let next = 258
  let word = ''
  for (const byte of data) {
    const longer = word + String.fromCharCode(byte)
    if (table.has(longer)) word = longer
    else {
      put(table.get(word) ?? 0)
      table.set(longer, next)
      next += 1
      if (next + early > 1 << width && width < 12) width += 1
      if (next >= 4094) {
        begin()
        next = 258
      }
      word = String.fromCharCode(byte)
    }
  }
  if (word !== '') put(table.get(word) ?? 0)
  next += 1
  if (next + early > 1 << width && width < 12) width += 1
  put(257)
  if (bits > 0) put(0)
  return Buffer.from(out)
}

function runLength(data: Uint8Array): Buffer {
  const out: number[] = []
  for (let at = 0; at < data.length; at += 100) {
    const part = [...data.subarray(at, at + 100)]
    if (part.every((byte) => byte === part[0]) && part.length > 1) out.push(257 - part.length, part[0] ?? 0)
    else out.push(part.length - 1, ...part)
  }
  return Buffer.from([...out, 128])
}

const streamOf = (members: string, data: Buffer) =>
  `<<${members} /Length ${data.length}>>\nstream\n${data.toString('latin1')}\nendstream`
function decoded(members: string, data: Buffer, limit = defaultLimits.inflatedBytes): Buffer {
  const file = openPdf(bytesSource(classicPdf({ objects: { 6: streamOf(members, data) } })), {
    ...defaultLimits,
    inflatedBytes: limit,
  })
  return Buffer.from(file.decode(file.get(ref(6))))
}

const texts = [
  Buffer.alloc(0),
  Buffer.from('-----A---B'),
  Buffer.alloc(20_000, 'a'),
  Buffer.from(Array.from({ length: 60_000 }, (_, index) => (index * index * 7 + (index >> 3)) % 251)),
]

describe('filters that are legal everywhere', () => {
  test('LZW with either /EarlyChange, and RunLength', () => {
    for (const text of texts) {
      assert.deepEqual(decoded('/Filter /LZWDecode', lzw(text, 1)), text)
      assert.deepEqual(decoded('/Filter /LZWDecode /DecodeParms <</EarlyChange 0>>', lzw(text, 0)), text)
      assert.deepEqual(decoded('/Filter [/RunLengthDecode]', runLength(text)), text)
    }
    // The example of the standard (7.4.4.2).
    assert.deepEqual(decoded('/Filter /LZWDecode', Buffer.from('800B6050220C0C8501', 'hex')), Buffer.from('-----A---B'))
  })

  test('qpdf reads the same', { skip: needs(programs.qpdf) }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'segl-filters-'))
    const members = '/Filter /LZWDecode /DecodeParms <</EarlyChange 0>>'
    const text = texts.at(-1) ?? Buffer.alloc(0)
    const file = join(folder, 'lzw.pdf')
    writeFileSync(file, classicPdf({ objects: { 6: streamOf(members, lzw(text, 0)) } }))
    const shown = execFileSync(programs.qpdf, ['--show-object=6', '--filtered-stream-data', file], {
      maxBuffer: 1 << 24,
    })
    rmSync(folder, { recursive: true, force: true })
    assert.deepEqual(shown, text)
  })

  test('one behind the other, each with its parameters, and a crypt filter that does nothing', () => {
    const text = texts[1] ?? Buffer.alloc(0)
    const hex = Buffer.from(`${lzw(text, 0).toString('hex')}>`)
    const members =
      '/Filter [/ASCIIHexDecode /Crypt /LZWDecode] /DecodeParms [null <</Name /Identity>> <</EarlyChange 0>>]'
    assert.deepEqual(decoded(members, hex), text)
  })

  test('the predictors of TIFF for every size of a component, behind LZW as behind Flate', () => {
    // Two components of four bits, three to a row: each is the sum of those before it in the row.
    const nibbles = Buffer.from([0x12, 0x34, 0xf1, 0x12, 0x34, 0xf1])
    const sums = Buffer.from([0x12, 0x46, 0x37, 0x12, 0x46, 0x37])
    const four = '/DecodeParms <</Predictor 2 /Colors 2 /BitsPerComponent 4 /Columns 3>>'
    assert.deepEqual(decoded(`/Filter /FlateDecode ${four}`, deflateSync(nibbles)), sums)
    assert.deepEqual(decoded(`/Filter /LZWDecode ${four}`, lzw(nibbles, 1)), sums)
    const wide = '/DecodeParms <</Predictor 2 /BitsPerComponent 16 /Columns 2>>'
    const sixteen = Buffer.from([0x01, 0xff, 0x00, 0x02])
    assert.deepEqual(decoded(`/Filter /FlateDecode ${wide}`, deflateSync(sixteen)), Buffer.from([1, 255, 2, 1]))
  })

  test('what they stand for is bounded, and what is none of their codes is refused', () => {
    const bombs: readonly (readonly [string, Buffer])[] = [
      ['/Filter /LZWDecode', lzw(Buffer.alloc(200_000), 1)],
      ['/Filter /RunLengthDecode', runLength(Buffer.alloc(200_000))],
    ]
    for (const [members, data] of bombs) {
      assert.throws(
        () => decoded(members, data, 100_000),
        (error) => isSeglError(error, 'TOO_COMPLEX') && error.offset !== undefined,
      )
    }
    const wrong: readonly (readonly [string, Buffer])[] = [
      ['/Filter /LZWDecode', Buffer.from([0xff, 0xff, 0xff])],
      ['/Filter /LZWDecode /DecodeParms <</EarlyChange 2>>', lzw(Buffer.alloc(3), 1)],
      ['/Filter /RunLengthDecode', Buffer.from([9, 1])],
      ['/Filter /LZW', lzw(Buffer.alloc(3), 1)],
      ['/Filter /Crypt /DecodeParms <</Name /StdCF>>', Buffer.alloc(3)],
    ]
    for (const [members, data] of wrong) {
      assert.throws(
        () => decoded(members, data),
        (error) => isSeglError(error, 'MALFORMED_PDF'),
        members,
      )
    }
  })
})

/** Catalog, page tree and page in an object stream, the cross-reference in a stream, both encoded as `encode` does. */
function packed(filter: string, encode: (data: Buffer) => Buffer): Buffer {
  let body = '%PDF-1.5\n%\xe2\xe3\xcf\xd3\n'
  const entries: (readonly [number, number, number])[] = [[0, 0, 255]]
  let [head, content] = ['', '']
  for (const number of [1, 2, 3]) {
    head += `${number} ${content.length} `
    content += `${plainObjects[number]} `
    entries[number] = [2, 6, number - 1]
  }
  const add = (number: number, text: string): void => {
    entries[number] = [1, body.length, 0]
    body += `${number} 0 obj\n${text}\nendobj\n`
  }
  add(4, plainObjects[4] ?? '')
  add(5, plainObjects[5] ?? '')
  add(6, streamOf(`/Type /ObjStm /N 3 /First ${head.length} ${filter}`, encode(Buffer.from(head + content))))
  const startxref = body.length
  entries[7] = [1, startxref, 0]
  const table = Buffer.from(entries.flatMap(([type, second, third]) => [type, second >> 8, second & 255, third]))
  add(7, streamOf(`/Type /XRef /Size 8 /Root 1 0 R /W [1 2 1] ${filter}`, encode(table)))
  return Buffer.from(`${body}startxref\n${startxref}\n%%EOF\n`, 'latin1')
}

describe('a file whose structure is packed with', () => {
  const packings: readonly (readonly [string, string, (data: Buffer) => Buffer])[] = [
    ['LZW', '/Filter /LZWDecode', (data) => lzw(data, 1)],
    ['LZW that changes late', '/Filter [/LZWDecode] /DecodeParms [<</EarlyChange 0>>]', (data) => lzw(data, 0)],
    ['RunLength', '/Filter /RunLengthDecode', runLength],
    ['nothing', '', (data) => data],
    [
      'hexadecimal digits over LZW',
      '/Filter [/ASCIIHexDecode /LZWDecode]',
      (data) => Buffer.from(`${lzw(data, 1).toString('hex')}>`),
    ],
  ]
  for (const [what, filter, encode] of packings) {
    test(`${what} is signed to the end`, async () => {
      const upload = packed(filter, encode)
      assert.equal([...pagesOf(openPdf(bytesSource(upload)))].length, 1)
      const { accepted, findings } = preflight(bytesSource(upload))
      assert.equal(accepted, true)
      // pyHanko reads structure through Flate and the two ASCII filters only.
      const told = findings.some(({ code, detail }) => code === 'STRICT_VALIDATORS' && /is encoded by/.test(detail))
      assert.equal(told, /LZW|RunLength/.test(filter))
      assert.equal((await wholeWay(upload)).verdict, 'PASSED')
    })
  }
})
