// Malformed PDFs never hang, crash or eat memory: 20 000 of them, each within 1 s and 256 MB.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { needs } from '../../support/outside.ts'
import { askQpdf, compared } from './mutation-qpdf.ts'
import { type MutationReport, runMutations } from './mutation-run.ts'

describe('20 000 malformed PDFs', () => {
  let report: MutationReport
  before(async () => {
    report = await runMutations(20_000, 20_261_122)
  })

  test('are each refused with code and byte, or accepted and prepared', (t) => {
    t.diagnostic(JSON.stringify({ outcomes: report.outcomes, slowest: report.slowest }))
    assert.deepEqual(report.failures, [])
    const counted = Object.values(report.outcomes).reduce((sum, count) => sum + count, 0)
    assert.equal(counted, report.cases)
    // A sample in which one side is missing would prove nothing about it.
    for (const outcome of ['accepted', 'MALFORMED_PDF', 'TRUNCATED', 'ALREADY_SIGNED']) {
      assert.ok((report.outcomes[outcome] ?? 0) > 20, outcome)
    }
  })

  test('reach a plateau: the last quarter finds less than one in a hundred more of the code', (t) => {
    const { plateau } = report
    if (plateau.length === 0) return t.skip('c8 measures the tests')
    for (const { cases, covered } of plateau) t.diagnostic(`${cases} cases: ${covered} characters of code have run`)
    const [before, end] = [plateau[Math.floor(plateau.length * 0.75) - 1], plateau.at(-1)]
    assert.ok(before && end && before.covered > 10_000)
    assert.ok(end.covered - before.covered < before.covered / 100, `${before.covered} and then ${end.covered}`)
  })

  test('are not taken where qpdf, which repairs what it can, gives up: asked about every twentieth', {
    skip: needs('qpdf'),
  }, async (t) => {
    const answers = await askQpdf(report.samples)
    for (const line of compared(answers)) t.diagnostic(line)
    assert.equal(answers.length, 1000)
    const taken = answers.filter(({ outcome, qpdf }) => outcome === 'accepted' && ['refuses', 'stopped'].includes(qpdf))
    assert.deepEqual(
      taken.map(({ said }) => said),
      [],
    )
    assert.ok(answers.some(({ qpdf }) => qpdf === 'refuses'))
  })
})
