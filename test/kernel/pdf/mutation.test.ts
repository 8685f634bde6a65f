// Malformed PDFs never hang, crash or eat memory: 20 000 of them, each within 1 s and 256 MB.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runMutations } from './mutation-run.ts'

test('20 000 malformed PDFs: each refused with code and place, or accepted and prepared', async (t) => {
  const report = await runMutations(20_000, 20_261_122)
  t.diagnostic(JSON.stringify({ outcomes: report.outcomes, slowest: report.slowest }))
  assert.deepEqual(report.failures, [])
  const counted = Object.values(report.outcomes).reduce((sum, count) => sum + count, 0)
  assert.ok(counted >= report.cases)
  // A sample in which one side is missing would prove nothing about it.
  for (const outcome of ['accepted', 'MALFORMED_PDF', 'TRUNCATED', 'ALREADY_SIGNED']) {
    assert.ok((report.outcomes[outcome] ?? 0) > 20, outcome)
  }
})
