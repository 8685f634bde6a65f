// What counts for the order when its file is to be finished, and what does not.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { judgeFinished, type Stage } from '../../../src/kernel/checks/finished.ts'
import { bytesSource } from '../../../src/kernel/pdf/index.ts'
import { judge } from './judge.ts'
import { appendRevision, contentStream, object, upload } from './raw-pdf.ts'
import { archive, signedDocument, signedFile } from './signed-file.ts'
import { clock, root } from './world.ts'

const finished = (bytes: Uint8Array, stage: Stage = 'closed', trustAnchors = [root]) =>
  judgeFinished({ source: bytesSource(bytes), trustAnchors, at: clock.now }, stage)
const passed = { verdict: 'PASSED', check: null, field: null, detail: null }
const signedBefore = (name: string) =>
  readFileSync(new URL(`../../verify/fixtures/signed-before/${name}.pdf`, import.meta.url))

describe('a file that is to be finished', () => {
  test('passes when everything of the order holds', async () => {
    assert.deepEqual(await finished(await signedFile()), passed)
  })

  test('passes with earlier signatures whose makers nobody here trusts, and whose form is an older one', async () => {
    for (const name of ['approval', 'approval-pkcs7'])
      assert.deepEqual(await finished(await signedFile({ upload: signedBefore(name) })), passed, name)
  })

  test('fails with an earlier signature that is broken: the check and the field', async () => {
    const { verdict, check, field, detail } = await finished(
      await signedFile({ upload: signedBefore('earlier-broken-digest') }),
    )
    assert.deepEqual([verdict, check, field], ['FAILED', 'CMS_SIGNATURE', 'Sig1'])
    assert.match(detail ?? '', /digest/)
  })

  test('fails when the upload is not shown as it came', async () => {
    const changed = appendRevision(await signedFile(), { [object.content1]: contentStream('900') })
    const { verdict, check } = await finished(changed)
    assert.deepEqual([verdict, check], ['FAILED', 'LATER_CHANGES'])
  })

  test('fails when it cannot be read at all', async () => {
    const { verdict, check } = await finished((await signedFile()).subarray(0, 900))
    assert.equal(verdict, 'FAILED')
    assert.ok(check === 'MALFORMED_PDF' || check === 'TRUNCATED', `${check}`)
  })

  test('is not proven without a root, without the revocation data, or without a valid archive time-stamp; no name is told', async () => {
    const whole = await signedFile()
    const bare = await signedFile({ validation: false })
    const unstamped = await signedFile({ stopBefore: 'archive' })
    for (const [judgement, checks] of [
      [await finished(whole, 'closed', []), ['CERTIFICATE_PATH']],
      [await finished(bare), ['CERTIFICATE_PATH', 'TIME_STAMP']],
      [await finished(unstamped), ['CERTIFICATE_PATH', 'TIME_STAMP', 'ARCHIVE_TIME_STAMP']],
    ] as const) {
      assert.equal(judgement.verdict, 'INDETERMINATE')
      assert.ok(
        checks.some((id) => id === judgement.check),
        `${judgement.check}`,
      )
      assert.doesNotMatch(judgement.detail ?? '', /CN=|Nordmann/)
    }
  })

  test('does not wait for what nobody can read of the upload: pre-flight has warned of it', async () => {
    const bytes = await signedFile({ upload: upload({ 9: '<</A 1 /A 2>>' }) })
    assert.equal((await judge(bytes)).verdict, 'INDETERMINATE')
    assert.deepEqual(await finished(bytes), passed)
  })

  test('needs its seal when the order is closed, and none between signatures', async () => {
    const stamped = archive(await signedDocument({ stopBefore: 'seal' }))
    assert.deepEqual(await finished(stamped.bytes, 'open'), passed)
    const { verdict, check } = await finished(stamped.bytes, 'closed')
    assert.deepEqual([verdict, check], ['FAILED', 'NOT_SEALED'])
  })

  test('has nothing behind its last time-stamp, in either stage', async () => {
    const behind = appendRevision(await signedFile(), { 900: '<</X 1>>' })
    for (const stage of ['open', 'closed'] as const) assert.equal((await finished(behind, stage)).verdict, 'FAILED')
    assert.equal((await finished(upload(), 'open')).check, 'NO_SIGNATURE')
  })
})
