import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { test } from 'node:test'
import fc from 'fast-check'
import { isSeglError } from '../../src/errors.ts'
import { verify } from '../../src/kernel/checks/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { latin1 } from '../kernel/checks/raw-pdf.ts'
import { signedFile } from '../kernel/checks/signed-file.ts'
import { clock, root } from '../kernel/checks/world.ts'
import { cpuTime } from '../kernel/cpu-time.ts'

/** Cases of each kind; more by hand. */
const runs = Number(env['SEGL_CASES'] ?? 200)
/** Of processor time. */
const longestMs = 5_000
const good = await signedFile()

/** A verdict, or the code of the error that says why there is none; anything else is a crash. */
async function outcome(bytes: Uint8Array): Promise<string> {
  const begun = cpuTime()
  try {
    return (await verify({ source: bytesSource(bytes), trustAnchors: [root], at: clock.now })).verdict
  } catch (error) {
    if (!isSeglError(error) || error.code === 'INTERNAL') throw error
    return error.code
  } finally {
    assert.ok(cpuTime() - begun < longestMs, 'took too long')
  }
}

test('a file that is cut off anywhere is refused or not proven, and never crashes the verifier', async () => {
  const seen = new Set<string>()
  for (let cut = 1; cut < good.length - 1; cut += Math.ceil(good.length / 150)) {
    const verdict = await outcome(good.subarray(0, good.length - cut))
    assert.notEqual(verdict, 'PASSED', `cut by ${cut}`)
    seen.add(verdict)
  }
  assert.ok(seen.size > 1)
})

test('no single changed byte of a signed file passes, save where nothing is signed', async () => {
  const hole = (at: number): boolean => {
    const text = latin1(good)
    return text.lastIndexOf('/Contents <', at) > text.lastIndexOf('>', at - 1)
  }
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const changed = Buffer.from(good)
      changed[at] = (changed[at] ?? 0) ^ flip
      if ((await outcome(changed)) !== 'PASSED') return
      // The case of hexadecimal digits in the last hole means nothing; everything else is covered by a signature.
      assert.ok(hole(at) && flip === 32, `byte ${at} ^ ${flip}`)
    }),
    { numRuns: runs },
  )
})

const words = [
  'obj',
  'endobj',
  'stream',
  'xref',
  'trailer',
  'startxref',
  '%%EOF',
  '/ByteRange',
  '/Contents',
  '/Kids',
  '/Fields',
  '/DSS',
  '/V',
  '/Length',
  '/Prev',
  '/Size',
  '/Root',
  '/Parent',
  'R',
  '[',
  ']',
  '<<',
  '>>',
  '<',
  '>',
  '(',
  ')',
  '0',
  '-1',
  '99999999999',
  'null',
  '/AcroForm',
  '/P',
  '/Reference',
  '/SEGL_Trail',
]

test('structure that was mutated never crashes the verifier, never hangs it, and does not pass when it says something else', async () => {
  const text = latin1(good)
  const mutation = fc.record({
    word: fc.constantFrom(...words),
    other: fc.constantFrom(...words),
    nth: fc.nat(40),
    kind: fc.constantFrom('replace', 'remove', 'double', 'insert'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
      let changed = text
      for (const { word, other, nth, kind } of mutations) {
        let at = -1
        for (let step = 0; step <= nth; step += 1) {
          const next = changed.indexOf(word, at + 1)
          if (next < 0) break
          at = next
        }
        if (at < 0) continue
        const is = { replace: other, remove: '', double: word + word, insert: word + other }[kind]
        changed = changed.slice(0, at) + is + changed.slice(at + word.length)
      }
      const verdict = await outcome(Buffer.from(changed, 'latin1'))
      if (changed !== text) assert.notEqual(verdict, 'PASSED')
    }),
    { numRuns: runs },
  )
})

test('CMS, tokens and revocation data that were mutated never crash the verifier', async () => {
  const text = latin1(good)
  const holes = [...text.matchAll(/\/Contents <([0-9a-f]+?)0*>/g)].map(
    ({ index, 1: digits }) => [index + '/Contents <'.length, digits?.length ?? 0] as const,
  )
  const [dss, dssEnd] = [text.lastIndexOf('/Type /DSS') - 6000, text.lastIndexOf('/Type /DSS')]
  const places = fc.oneof(
    fc.constantFrom(...holes).chain(([start, length]) => fc.nat(length - 1).map((offset) => start + offset)),
    fc.integer({ min: dss, max: dssEnd }),
  )
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(places, fc.constantFrom(...'0123456789abcdef8f')), { minLength: 1, maxLength: 6 }),
      async (digits) => {
        const changed = Buffer.from(good)
        for (const [at, digit] of digits) changed.write(digit, at, 'latin1')
        const verdict = await outcome(changed)
        if (!changed.equals(good)) assert.notEqual(verdict, 'PASSED')
      },
    ),
    { numRuns: runs },
  )
})

test('real documents that nobody signed are not proven, and damaged ones are refused by code', async () => {
  const folder = join(import.meta.dirname, '../fixtures')
  const files = readdirSync(folder).filter((name) => name.endsWith('.pdf'))
  assert.ok(files.length > 0)
  for (const name of files) {
    const verdict = await outcome(readFileSync(join(folder, name)))
    assert.match(verdict, /^(INDETERMINATE|ENCRYPTED|TRUNCATED|MALFORMED_PDF)$/, name)
  }
})

test('a security store of a thousand references to one bomb is refused', async () => {
  const { appendRevision, bodyOf, object } = await import('../kernel/checks/raw-pdf.ts')
  const { deflateSync } = await import('node:zlib')
  const bomb = deflateSync(Buffer.alloc(40_000_000))
  const stream = `<</Filter /FlateDecode /Length ${bomb.length}>>\nstream\n${latin1(bomb)}\nendstream`
  const number = Number(/\/DSS (\d+) 0 R/.exec(bodyOf(good, object.catalog))?.[1])
  const list = Array.from({ length: 1000 }, () => '900 0 R').join(' ')
  const file = appendRevision(good, { [number]: `<</Type /DSS /Certs [${list}]>>`, 900: stream })
  assert.equal(await outcome(file), 'TOO_COMPLEX')
})

test('a file of very many revisions is refused', async () => {
  const { appendRevision } = await import('../kernel/checks/raw-pdf.ts')
  let file: Buffer = good
  for (let revision = 0; revision < 320; revision += 1) file = appendRevision(file, { 400: 'null' })
  assert.equal(await outcome(file), 'TOO_COMPLEX')
})
