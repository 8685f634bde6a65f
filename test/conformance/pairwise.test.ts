// The matrix that CI runs is small, but no two values of two factors may be left that never met.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cells } from './expected.ts'
import { pairwise, product, shuffled } from './pairwise.ts'

describe('the pairwise matrix', () => {
  const sizes = [10, 5, 3, 5, 2]
  const rows = pairwise(sizes)
  it('holds every pair of values of two factors', () => {
    const met = new Set(rows.flatMap((row) => row.flatMap((x, a) => row.map((y, b) => `${a}=${x} ${b}=${y}`))))
    for (const [a, size] of sizes.entries()) {
      for (const [b, other] of sizes.entries()) {
        if (a === b) continue
        for (let x = 0; x < size; x += 1) {
          for (let y = 0; y < other; y += 1)
            assert.ok(met.has(`${a}=${x} ${b}=${y}`), `${a}=${x} never meets ${b}=${y}`)
        }
      }
    }
  })
  it('is a small part of the product', () => {
    assert.equal(product(sizes).length, 1500)
    assert.deepEqual(new Set(shuffled(rows)), new Set(rows))
    assert.ok(rows.length >= 50 && rows.length <= 70, `${rows.length} rows`)
  })
})

describe('what is expected of a file', () => {
  const wanted = { kind: 'ecdsa-p256', digest: 'sha256', level: 'B-LTA', signers: 1 } as const
  const silence = { cms: [], later: [], ts: [], ocsp: [] }
  const producer = { name: 'x', bytes: async () => new Uint8Array() }
  const told = (indication: string, reasons: readonly string[] = []) => {
    const signature = { kind: 'signer', indication } as const
    const verdict = { judge: 'pyhanko', file: 'x', at: 'x', passed: true, reasons, signatures: [signature, signature] }
    return cells(wanted, producer, { verdicts: [verdict], openssl: silence, times: 3 }).find(
      (one) => one.judge === 'pyHanko',
    )
  }
  it('is met by AdESPassed.OK of everybody and nothing else to say', () => {
    const cell = told('PASSED OK')
    assert.equal(cell?.seen, cell?.expected)
  })
  it('is not met by another indication, by a reason, or by silence', () => {
    for (const cell of [told('INDETERMINATE NO_POE'), told('PASSED OK', ['x: covers only UNCLEAR'])]) {
      assert.notEqual(cell?.seen, cell?.expected)
    }
    const silent = cells(wanted, producer, { verdicts: [], openssl: silence, times: 3 })
    assert.ok(silent.every(({ expected, seen }) => expected !== seen))
  })
})
