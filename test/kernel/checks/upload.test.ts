// What the finished file would fail by is told of the upload, with check and place; what fails nothing is not.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { judgeUpload } from '../../../src/kernel/checks/upload.ts'
import { bytesSource, isRef, openPdf, pagesOf, preflight } from '../../../src/kernel/pdf/index.ts'
import { classicPdf } from '../pdf/build.ts'
import { appendRevision, upload } from './raw-pdf.ts'

const signedBefore = (name: string) =>
  readFileSync(new URL(`../../verify/fixtures/signed-before/${name}.pdf`, import.meta.url))

/** As flow/pre-flight.ts asks: only what the first part accepts. */
async function judged(bytes: Uint8Array) {
  const found = preflight(bytesSource(bytes))
  assert.ok(found.accepted, JSON.stringify(found.findings))
  return judgeUpload(bytesSource(bytes), { signatures: found.existingSignatures.length, revisions: found.revisions })
}

/** With one byte of what the first signature covers exchanged. */
function tampered(name: string, from: string, to: string): Buffer {
  const text = signedBefore(name).toString('latin1')
  assert.ok(text.includes(from) && from.length === to.length)
  return Buffer.from(text.replace(from, to), 'latin1')
}

describe('an upload that others have signed', () => {
  for (const name of ['approval', 'approval-pkcs7', 'approval-direct-form', 'certified-2']) {
    test(`${name}: nothing of it would fail the finished file`, async () => {
      assert.deepEqual(await judged(signedBefore(name)), [])
    })
  }

  for (const [what, bytes] of [
    ['a number of the page', signedBefore('earlier-broken-digest')],
    ['the size of the page', tampered('approval', '/MediaBox [', '/MediaBox[ ')],
  ] as const) {
    test(`is refused where ${what} was changed after it was signed: the check, and the place of the signature`, async () => {
      const findings = await judged(bytes)
      assert.ok(findings.length > 0)
      for (const { code, severity, check } of findings)
        assert.deepEqual([code, severity, check], ['ALREADY_SIGNED', 'refuse', 'CMS_SIGNATURE'])
      const [finding] = findings
      assert.match(finding?.detail ?? '', /does not pass verification \(CMS_SIGNATURE: .*unsigned document/)
      const at = finding?.offset ?? 0
      assert.match(
        Buffer.from(bytes)
          .subarray(at, at + 5)
          .toString('latin1'),
        /^<[0-9a-fA-F]{4}$/,
      )
    })
  }

  test('is refused where a later revision changed what is shown', async () => {
    const bytes = signedBefore('approval')
    const [page] = pagesOf(openPdf(bytesSource(bytes)))
    const contents = page?.dict.get('Contents')
    assert.ok(contents !== undefined && isRef(contents))
    const evil = appendRevision(bytes, { [contents.number]: '<</Length 4>>\nstream\n0 g \nendstream' })
    const findings = await judged(evil)
    assert.ok(findings.length > 0)
    for (const { code, check } of findings) assert.deepEqual([code, check], ['ALREADY_SIGNED', 'LATER_CHANGES'])
  })

  test('is refused by pre-flight itself where its validation data cannot be inflated, signed or not', () => {
    const signed = preflight(bytesSource(signedBefore('earlier-dss-bad-stream')))
    const catalog = '<</Type /Catalog /Pages 2 0 R /DSS <</Certs [6 0 R]>>>>'
    const bad = '<</Length 4 /Filter /FlateDecode>>\nstream\nabcd\nendstream'
    const unsigned = preflight(bytesSource(classicPdf({ objects: { 1: catalog, 6: bad } })))
    for (const { findings } of [signed, unsigned]) {
      const refusal = findings.find(({ severity }) => severity === 'refuse')
      assert.equal(refusal?.code, 'MALFORMED_PDF')
      assert.ok((refusal?.offset ?? 0) > 0)
    }
  })
})

describe('an upload that nobody has signed', () => {
  const revised = (count: number, bytes: Uint8Array = upload()): Uint8Array => {
    let grown = bytes
    for (let index = 0; index < count; index += 1) grown = appendRevision(grown, { 9: `<</Revision ${index}>>` })
    return grown
  }

  test('has nothing to fear, also when it was saved several times', async () => {
    for (const count of [0, 3]) assert.deepEqual(await judged(revised(count)), [])
  })

  test('is warned of where an earlier revision holds what nobody can read, as verification will say', async () => {
    const [finding, ...more] = await judged(revised(1, upload({ 9: '<</A 1 /A 2>>' })))
    assert.deepEqual([finding?.code, finding?.severity, more], ['OBJECTS_UNREADABLE', 'warn', []])
  })

  test('is refused where it has so many revisions that nobody would verify the finished file', async () => {
    assert.deepEqual(await judged(revised(295)), [])
    const [finding] = await judged(revised(297))
    assert.deepEqual([finding?.code, finding?.severity, finding?.offset], ['TOO_COMPLEX', 'refuse', 0])
  })
})
