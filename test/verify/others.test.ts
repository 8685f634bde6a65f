import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { verify } from '../../src/kernel/checks/index.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { complaints, judge } from '../kernel/checks/judge.ts'
import { revocable } from '../kernel/checks/plants-certificates.ts'
import { appendRevision, bodyOf, contentStream, latin1, numberOf, object, upload } from '../kernel/checks/raw-pdf.ts'
import { archive, type Interference, signedDocument, signedFile } from '../kernel/checks/signed-file.ts'
import { clock, pki } from '../kernel/checks/world.ts'

const fixture = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'fixtures', name))
const day = 86_400_000

async function passes(bytes: Uint8Array): Promise<void> {
  const report = await judge(bytes)
  assert.deepEqual(complaints(report), [])
  assert.equal(report.verdict, 'PASSED')
}

describe('a file that another program signed', () => {
  // Written by test/conformance/forge.py: two signers, a seal, validation data and a document time-stamp, all by pyHanko.
  const file = fixture('by-pyhanko.pdf')
  const trustAnchors = readPem(fixture('by-pyhanko-root.pem').toString('latin1'), 'CERTIFICATE').map((der) =>
    parseCertificate(der),
  )
  const at = new Date('2026-11-23T12:00:00Z')
  const judged = (bytes: Uint8Array) => verify({ source: bytesSource(bytes), trustAnchors, at })

  test('passes, with every signature at B-LTA', async () => {
    const report = await judged(file)
    assert.deepEqual(complaints(report), [])
    assert.equal(report.verdict, 'PASSED')
    assert.deepEqual(
      report.signatures.map(({ level }) => level),
      ['B-LTA', 'B-LTA', 'B-LTA', null],
    )
  })

  test('fails when its drawing is replaced afterwards', async () => {
    const drawing = numberOf(file, /0 0 1 rg/)
    const report = await judged(appendRevision(file, { [drawing]: contentStream('1 0 0 rg') }))
    assert.equal(report.verdict, 'FAILED')
    assert.ok(complaints(report).some((line) => line.startsWith('LATER_CHANGES ')))
  })
})

describe('an upload', () => {
  test('of several revisions passes, and its hash is that of all of them', async () => {
    const file = appendRevision(upload(), { [object.content1]: contentStream('The price is 110 kroner') })
    const signed = await signedFile({ upload: file })
    await passes(signed)
    assert.deepEqual((await judge(signed)).revisions.map(({ change }) => change).slice(0, 3), [
      'upload',
      'upload',
      'prepared',
    ])
  })

  for (const [title, rest] of [
    ['white space', '\r\n  \n'],
    ['a comment', '% printed by a friendly program\n'],
    ['no line end', ''],
  ] as const) {
    test(`that ends with ${title} behind its %%EOF passes`, async () => {
      const text = latin1(upload()).replace(/\n$/, '') + rest
      await passes(await signedFile({ upload: Buffer.from(text, 'latin1') }))
    })
  }

  test('whose cross-reference stream spends eight bytes on an offset, as pyHanko does, passes', async () => {
    const text = latin1(upload())
    const objects = text.slice(0, text.indexOf('xref\n0 '))
    const entries = Array.from({ length: 10 }, (_, number) => {
      const entry = Buffer.alloc(11)
      entry.writeUInt8(number === 0 ? 0 : 1, 0)
      const at = number === 9 ? objects.length : objects.indexOf(`\n${number} 0 obj`) + 1
      entry.writeBigUInt64BE(BigInt(number === 0 ? 0 : at), 1)
      return latin1(entry)
    }).join('')
    const dict = `<</Type /XRef /Size 10 /Root 1 0 R /W [1 8 2] /Length ${entries.length}>>`
    const file = `${objects}9 0 obj\n${dict}\nstream\n${entries}\nendstream\nendobj\nstartxref\n${objects.length}\n%%EOF\n`
    await passes(await signedFile({ upload: Buffer.from(file, 'latin1') }))
  })

  test('with a signature field’s name of ours passes', async () => {
    const form = '/AcroForm <</Fields [9 0 R]>>'
    const field = '<</FT /Sig /T (Segl-Sig-01) /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R>>'
    await passes(await signedFile({ upload: upload({ 1: `<</Type /Catalog /Pages 2 0 R ${form}>>`, 9: field }) }))
  })
})

describe('what may come later', () => {
  test('validation data and a time-stamp, twice: a renewed file passes', async () => {
    let document = await signedDocument()
    for (let renewal = 0; renewal < 2; renewal += 1) {
      clock.now = new Date(clock.now.getTime() + 300 * day)
      document = archive(document)
    }
    await passes(document.bytes)
  })

  test('a revocation: who signed before it has signed', async () => {
    const { identity, revoke } = revocable()
    const file: Interference = {
      first: identity,
      beforeArchive: (document) => {
        clock.now = new Date(clock.now.getTime() + 60_000)
        revoke()
        return document
      },
    }
    await passes(await signedFile(file))
  })

  test('a visible signature field in a stranger’s file leaves a doubt, no failure', async () => {
    const { bytes, state } = await signedDocument({ stopBefore: 'second' })
    // The same file under field names that are not Segl's, so that only the general rules apply.
    const foreign = Buffer.from(latin1(bytes).replaceAll('Segl-S', 'Xegl-S'), 'latin1')
    const next = state.nextObject
    const signature = bodyOf(foreign, numberOf(foreign, /ETSI\.CAdES/))
    const field = `<</Type /Annot /Subtype /Widget /FT /Sig /T (Extra) /Rect [40 40 300 75] /P 3 0 R /F 132 /V ${next + 1} 0 R>>`
    const form = bodyOf(foreign, state.acroForm.object).replace('/Fields [', `/Fields [${next} 0 R `)
    const page = '<</Type /Page /Parent 2 0 R /Contents 5 0 R /Annots [NEW 0 R]>>'.replace('NEW', String(next))
    const added = appendRevision(foreign, {
      [next]: field,
      [next + 1]: signature,
      [state.acroForm.object]: form,
      [object.page1]: page,
    })
    const first = (await judge(added)).signatures.find(({ field: name }) => name === 'Xegl-Sig-01')
    const found = first?.checks.find(({ id }) => id === 'LATER_CHANGES')
    assert.equal(found?.verdict, 'INDETERMINATE', found?.detail)
  })

  test('nothing in a file that was cut back to an earlier revision: it is not closed', async () => {
    const whole = await judge(await signedFile())
    const file = await signedFile()
    for (const { number, end } of whole.revisions.slice(2, -1)) {
      assert.notEqual((await judge(file.subarray(0, end))).verdict, 'PASSED', `revision ${number}`)
    }
  })
})

test('no root is trusted that was not given, not even the one in the file', async () => {
  const report = await judge(await signedFile({ moreCertificates: [pki.certificateOf('root')] }), clock.now, [])
  assert.equal(report.verdict, 'INDETERMINATE')
  assert.ok(report.notProven.includes('TRUST_NOT_GIVEN'))
  assert.deepEqual(
    report.signatures.map(({ level }) => level),
    ['B-T', 'B-T', 'B-T', null],
  )
})
