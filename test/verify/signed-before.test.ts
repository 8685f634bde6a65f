import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { Report } from '../../src/kernel/checks/report.ts'
import { documentsIn, type TrailEvent } from '../../src/kernel/checks/trail.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { canonicalJson, chainHash, genesis } from '../../src/kernel/evidence/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { judge } from '../kernel/checks/judge.ts'
import { appendRevision, latin1 } from '../kernel/checks/raw-pdf.ts'
import { goOn, sign, signedDocument, signedFile } from '../kernel/checks/signed-file.ts'
import { clock, person, root } from '../kernel/checks/world.ts'

// Made by test/conformance/signed_before.py, that is by pyHanko.
const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures/signed-before', name))
const [theirRoot] = readPem(fixture('before.pem').toString('latin1'), 'CERTIFICATE').map((der) => parseCertificate(der))

describe('a document that others signed before Segl did', () => {
  for (const name of ['approval', 'approval-pkcs7', 'approval-direct-form', 'certified-2']) {
    test(`${name}: the order passes, and their signature is told apart from it`, async () => {
      const report = await judge(await signedFile({ upload: fixture(`${name}.pdf`) }))
      assert.equal(report.verdict, 'PASSED', JSON.stringify(report.signatures, undefined, 1))
      assert.ok(report.notProven.includes('EARLIER_SIGNATURES'))
      const [theirs, ...others] = report.signatures
      assert.equal(theirs?.earlier, true)
      assert.equal(theirs?.verdict === 'PASSED', false, 'nobody said whom to trust')
      const broken = theirs?.checks.filter(({ id, verdict }) => verdict !== 'PASSED' && ofBytes.includes(id))
      assert.deepEqual(broken, [])
      const ours = others.filter(({ earlier }) => !earlier)
      assert.deepEqual(
        ours.map(({ kind, level, verdict }) => [kind, level, verdict]),
        [
          ['signer', 'B-LTA', 'PASSED'],
          ['signer', 'B-LTA', 'PASSED'],
          ['seal', 'B-LTA', 'PASSED'],
          ['timestamp', null, 'PASSED'],
        ],
      )
      assert.ok(
        report.revisions.every(({ change }) => change !== 'prepared'),
        'no sheets',
      )
    })
  }

  test('with their root given as well, everything passes at B-LTA', async () => {
    assert.ok(theirRoot)
    const report = await judge(await signedFile({ upload: fixture('approval.pdf') }), clock.now, [root, theirRoot])
    assert.equal(report.verdict, 'PASSED')
    assert.ok(report.signatures.every(({ verdict }) => verdict === 'PASSED'))
    assert.equal(report.signatures[0]?.level, 'B-LTA')
    assert.ok(!report.notProven.includes('EARLIER_SIGNATURES'))
  })

  const places = [
    { slot: 1, page: 1, x: 320, y: 600, width: 200, height: 50 },
    { slot: 2, page: 1, x: 320, y: 660, width: 200, height: 50, description: 'Ola' },
  ]
  const verdictOf = (report: Report, id: string) =>
    report.signatures[0]?.checks.find((check) => check.id === id)?.verdict

  test('signatures that are shown on its pages pass where the sealed trail tells of them, theirs too', async () => {
    assert.ok(theirRoot)
    const upload = fixture('approval.pdf')
    const report = await judge(await signedFile({ upload, placed: places }), clock.now, [root, theirRoot])
    assert.equal(report.verdict, 'PASSED', JSON.stringify(report.signatures, undefined, 1))
    assert.ok(report.signatures.every(({ verdict }) => verdict === 'PASSED'))
  })

  for (const [what, told] of [
    ['no place', { shown: [] }],
    ['another page', { page: 2 }],
    ['another place on it', { rect: [0, 0, 9, 9] }],
    ['another field', { field: 'Segl-Sig-03' }],
  ] as const) {
    test(`a signature that is shown is doubtful where the trail tells of ${what}`, async () => {
      const upload = fixture('approval.pdf')
      const trail = (text: string) => retold(text, told)
      const report = await judge(await signedFile({ upload, placed: places, trail }))
      assert.equal(verdictOf(report, 'LATER_CHANGES'), 'INDETERMINATE')
      assert.notEqual(report.verdict, 'PASSED')
    })
  }

  test('a signature of theirs that is broken fails the file', async () => {
    const upload = fixture('approval.pdf')
    const at = upload.indexOf('0 0 1 rg')
    const tampered = Buffer.concat([upload.subarray(0, at), Buffer.from('1'), upload.subarray(at + 1)])
    const report = await judge(await signedFile({ upload: tampered }))
    assert.equal(report.verdict, 'FAILED')
    assert.equal(report.subIndication, 'HASH_FAILURE')
  })

  test('a page of theirs that changes between two signatures of ours fails the file', async () => {
    const upload = fixture('approval.pdf')
    const page = Number(/(\d+) 0 obj\s*<<[^>]*?\/Type \/Page\b/.exec(latin1(upload))?.[1])
    assert.ok(page > 0)
    const report = await judge(
      await signedFile({
        upload,
        betweenSigners: ({ bytes, state }) =>
          goOn(state, appendRevision(bytes, { [page]: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>' })),
      }),
    )
    assert.equal(report.verdict, 'FAILED')
  })

  test('a stranger who signs after the seal fails the file', async () => {
    const whole = await signedDocument({ upload: fixture('approval.pdf'), stopBefore: 'archive' })
    const { bytes } = sign(whole, person('Fremmed', 'Nordmann'), 'second', 3)
    const report = await judge(bytes)
    assert.equal(report.verdict, 'FAILED')
    assert.ok(
      report.signatures.some(({ checks }) =>
        checks.some(({ id, verdict }) => id === 'AFTER_SEAL' && verdict === 'FAILED'),
      ),
    )
  })
})

/** The trail with other words about the first place, its chain made whole again. */
function retold(text: string, told: object): string {
  const { order, events } = JSON.parse(text) as { readonly order: string; readonly events: readonly TrailEvent[] }
  let previous = genesis
  const again = events.map(({ hash: _, ...event }) => {
    const documents = documentsIn(event.data).map((one) =>
      Array.isArray(one['shown'])
        ? { ...one, shown: 'shown' in told ? told.shown : one['shown'].map((place: object) => ({ ...place, ...told })) }
        : one,
    )
    const changed = { ...event, order, data: { ...event.data, documents }, previous }
    previous = chainHash(changed)
    const { order: __, ...rest } = changed
    return { ...rest, hash: previous }
  })
  return canonicalJson({ order, events: again })
}

const ofBytes = [
  'BYTE_RANGE',
  'CONTENTS_PADDING',
  'COVERS_REVISION',
  'CMS_SIGNATURE',
  'LATER_CHANGES',
  'DOC_MDP',
  'FIELD_LOCK',
]
