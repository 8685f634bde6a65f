// What a file may ask of the reader is counted in operations: bytes of a token, entries, bytes parsed again and again.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { deflateSync } from 'node:zlib'
import { isSeglError } from '../../../src/errors.ts'
import { bytesSource, defaultLimits, isDict, openPdf, preflight, ref } from '../../../src/kernel/pdf/index.ts'
import { cpuTime } from '../cpu-time.ts'
import { classicPdf } from './build.ts'

const page = (resources: string, more = '') =>
  `<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Contents 4 0 R /X ${resources} ${more}>>`
const refusalOf = (upload: Buffer) =>
  preflight(bytesSource(upload)).findings.find(({ severity }) => severity === 'refuse')

/** Processor time that pre-flight needs at the least of three times. */
function effort(upload: Buffer): number {
  const times = [1, 2, 3].map(() => {
    const before = cpuTime()
    preflight(bytesSource(upload))
    return cpuTime() - before
  })
  return Math.min(...times)
}

describe('the work of reading has bounds that are counted', () => {
  const tokens: readonly (readonly [what: string, token: (length: number) => string, pattern: RegExp])[] = [
    ['name', (length) => `/${'N'.repeat(length)}`, /name is longer/],
    ['name of escapes', (length) => `/${'#41'.repeat(length / 3)}`, /name is longer/],
    ['number', (length) => `${'1'.repeat(length)}x`, /number is longer/],
    ['number with a point', (length) => `1.${'1'.repeat(length)}x`, /number is longer/],
    ['literal string', (length) => `(${'s'.repeat(length)})`, /string is too long/],
    ['hexadecimal string', (length) => `<${'41'.repeat(length)}>`, /string is too long|larger than/],
  ]
  for (const [what, token, pattern] of tokens) {
    test(`a ${what} of 15 MB is refused with its place`, () => {
      const upload = classicPdf({ objects: { 3: page(token(15_000_000)) } })
      const finding = refusalOf(upload)
      assert.equal(finding?.code, 'TOO_COMPLEX')
      assert.match(finding.detail, pattern)
      assert.ok((finding.offset ?? 0) > 0)
    })
  }

  test('a name that is ten times as long takes no more work, and one within the bounds is read', () => {
    const long = (length: number) => classicPdf({ objects: { 3: page(`/${'N'.repeat(length)}`) } })
    effort(long(1_000_000))
    const [short, longer] = [effort(long(1_400_000)), effort(long(14_000_000))]
    // Of a name that is read to its end and joined letter by letter, the second takes ten times the first and more.
    assert.ok(longer < 5 * short + 100, `${longer} ms beside ${short} ms`)
    assert.deepEqual(refusalOf(long(10_000)), undefined)
  })

  test('a number of 100 000 digits is not tried from each of its digits', () => {
    const before = cpuTime()
    assert.equal(refusalOf(classicPdf({ objects: { 3: page(`${'1'.repeat(100_000)}x`) } }))?.code, 'TOO_COMPLEX')
    assert.ok(cpuTime() - before < 1000)
  })

  test('a large object that is asked for again and again is too much work', () => {
    const filler = `[${'0 '.repeat(60_000)}]`
    const file = openPdf(
      bytesSource(classicPdf({ objects: { 6: filler, 7: `<</A [${'(aaaaaaaa) '.repeat(400_000)}]>>` } })),
      {
        ...defaultLimits,
        work: 1 << 20,
      },
    )
    // Kept, and so read once only.
    for (let time = 0; time < 200; time += 1) assert.ok(Array.isArray(file.get(ref(6))))
    assert.throws(
      () => {
        for (let time = 0; time < 200; time += 1) assert.ok(isDict(file.get(ref(7))))
      },
      (error) => isSeglError(error, 'TOO_COMPLEX') && error.offset !== undefined,
    )
  })

  test('small cross-reference streams that stand for large ones are counted together', () => {
    const objects = 8_000_000
    const table = deflateSync(Buffer.alloc(objects), { level: 9 })
    let body = '%PDF-1.5\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n'
    let previous = ''
    let startxref = 0
    for (let section = 0; section < 20; section += 1) {
      startxref = body.length
      body +=
        `${20 + section} 0 obj\n<</Type /XRef /Size ${objects} /Root 1 0 R /W [1 0 0] ${previous} /Filter /FlateDecode ` +
        `/Length ${table.length}>>\nstream\n${table.toString('latin1')}\nendstream\nendobj\n`
      previous = `/Prev ${startxref}`
    }
    const upload = Buffer.from(`${body}startxref\n${startxref}\n%%EOF\n`, 'latin1')
    const before = cpuTime()
    const finding = refusalOf(upload)
    assert.equal(finding?.code, 'TOO_COMPLEX')
    assert.match(finding.detail, /cross-reference entries/)
    assert.ok(cpuTime() - before < 5000)
  })
})

describe('page trees of any depth', () => {
  /** `twist` may bend the tree: the kids of node `at` of `depth`. */
  function deepTree(depth: number, twist: (at: number) => string | undefined = () => undefined): Buffer {
    const objects: Record<number, string> = { 2: '<</Type /Pages /Kids [10 0 R] /Count 1>>' }
    for (let at = 0; at < depth; at += 1) {
      const kids = twist(at) ?? `[${at + 1 === depth ? 3 : 11 + at} 0 R]`
      objects[10 + at] = `<</Type /Pages /Parent ${at === 0 ? 2 : 9 + at} 0 R /Kids ${kids} /Count 1>>`
    }
    return classicPdf({ objects })
  }
  test('are read', () => {
    for (const depth of [300, 20_000]) {
      const { pages, findings } = preflight(bytesSource(deepTree(depth)))
      assert.equal(pages, 1)
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'refuse'),
        [],
      )
      // pyHanko and EU DSS call themselves for each level.
      const told = findings.find(({ code }) => code === 'STRICT_VALIDATORS')
      assert.match(told?.detail ?? '', /more than 100 levels/)
    }
    assert.deepEqual(
      preflight(bytesSource(deepTree(50))).findings.filter(({ code }) => code === 'STRICT_VALIDATORS'),
      [],
    )
  })
  test('but neither a loop nor a node that occurs twice', () => {
    const loop = deepTree(500, (at) => (at === 499 ? '[12 0 R]' : undefined))
    const shared = deepTree(500, (at) => (at === 250 ? '[261 0 R 262 0 R]' : undefined))
    for (const upload of [loop, shared]) {
      const finding = refusalOf(upload)
      assert.equal(finding?.code, 'MALFORMED_PDF')
      assert.match(finding.detail, /occurs twice/)
    }
  })
})

describe('/Size', () => {
  const second = { 6: '<</Length 14>>\nstream\n0 0 50 50 re f\nendstream' }
  const drawn = '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Contents [4 0 R 6 0 R]>>'
  const sized = (upload: Buffer, size: number) =>
    Buffer.from(upload.toString('latin1').replace(/\/Size \d+/, `/Size ${size}`), 'latin1')
  test('that does not count an object of the page is refused, since signing would bring it into being', () => {
    const finding = refusalOf(sized(classicPdf({ objects: { 3: drawn, ...second } }), 6))
    assert.equal(finding?.code, 'MALFORMED_PDF')
    assert.match(finding.detail, /object 6 does not exist by the rules/)
    assert.ok((finding.offset ?? 0) > 0)
  })
  test('that does not count an object nobody refers to is no obstacle, nor is one that is too large', () => {
    assert.equal(refusalOf(sized(classicPdf({ objects: second }), 6)), undefined)
    assert.equal(refusalOf(sized(classicPdf({ objects: second }), 4000)), undefined)
  })
})
