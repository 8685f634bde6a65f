import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checks } from '../../../src/kernel/checks/index.ts'
import { complaints, judge } from './judge.ts'
import type { Plant } from './plant.ts'
import { certificatePlants } from './plants-certificates.ts'
import { fillingPlants } from './plants-filling.ts'
import { foreignPlants } from './plants-foreign.ts'
import { laterPlants } from './plants-later.ts'
import { othersPlants } from './plants-others.ts'
import { preparedPlants } from './plants-prepared.ts'
import { certifiedFirst, signaturePlants } from './plants-signature.ts'
import { isTaggedThrough, taggedFile, taggedPlants } from './plants-tagged.ts'
import { trailPlants } from './plants-trail.ts'
import { signedFile } from './signed-file.ts'

const groups: readonly (readonly [string, readonly Plant[]])[] = [
  ['in the prepared revision, the verifier catches', preparedPlants],
  ['in the structure tree, the verifier catches', taggedPlants],
  ['in a finished file, the verifier catches', laterPlants],
  ['beside what other programs may do, the verifier catches', othersPlants],
  ['in a form, the verifier catches', fillingPlants],
  ['in a signature, the verifier catches', signaturePlants],
  ['in what another program signed, the verifier catches', foreignPlants],
  ['in certificates, the verifier catches', certificatePlants],
  ['in the seal, the verifier catches', trailPlants],
]
const [failing, passing] = [new Set<string>(), new Set<string>()]

test('a file that nobody touched passes, and each signature reaches B-LTA', async () => {
  const report = await judge(await signedFile())
  assert.deepEqual(complaints(report), [])
  assert.equal(report.verdict, 'PASSED')
  assert.deepEqual(
    report.signatures.map(({ level }) => level),
    ['B-LTA', 'B-LTA', 'B-LTA', null],
  )
  for (const { checks } of report.signatures) {
    for (const { id, verdict } of checks) if (verdict === 'PASSED') passing.add(id)
  }
})

test('a tagged file whose fields are in its structure tree passes', async () => {
  const bytes = await taggedFile()
  assert.ok(isTaggedThrough(bytes))
  assert.deepEqual(complaints(await judge(bytes)), [])
})

for (const [title, plants] of groups) {
  describe(title, () => {
    for (const { name, file, caughtBy, verdict = 'FAILED' } of plants) {
      test(name, async () => {
        const report = await judge(await file())
        const seen = complaints(report)
        for (const id of caughtBy) {
          assert.ok(
            seen.some((line) => line.startsWith(`${id} `)),
            `${id} says nothing: ${seen.join('\n')}`,
          )
          failing.add(id)
        }
        assert.equal(report.verdict, verdict, seen.join('\n'))
      })
    }
  })
}

test('every check has an example that it passes and one that it does not', async () => {
  const unarchived = await judge(await signedFile({ stopBefore: 'archive' }))
  for (const { checks } of unarchived.signatures) {
    for (const { id, verdict } of checks) if (verdict !== 'PASSED') failing.add(id)
  }
  const certified = await judge(await signedFile(certifiedFirst))
  assert.deepEqual(complaints(certified), [])
  for (const { checks } of certified.signatures) for (const { id } of checks) passing.add(id)
  const ids = checks.map(({ id }) => id)
  assert.equal(new Set(ids).size, ids.length)
  assert.deepEqual(
    ids.filter((id) => !passing.has(id)),
    [],
  )
  assert.deepEqual(
    ids.filter((id) => !failing.has(id)),
    [],
  )
})
