// The outside judges on what the kernel writes: each kind of file, signers of each key type, seal, store and time-stamp.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { writePem } from '../../../src/kernel/der/index.ts'
import {
  bytesSource,
  formFields,
  isDict,
  isRef,
  openPdf,
  pagesOf,
  serialise,
  signatures,
  withEntries,
} from '../../../src/kernel/pdf/index.ts'
import type { SigningDigest } from '../../../src/kernel/x509/index.ts'
import { type Case, dss, programs, pyhanko, qpdf } from '../../conformance/judges.ts'
import { needs } from '../../support/outside.ts'
import { appendClassic, classicPdf } from '../pdf/build.ts'
import { type Algorithm, type Authority, openAuthority } from './authority.ts'
import { algorithmOf, type Document, prepare, sign, signAll, timestamp } from './ceremony.ts'
import { auditAppearance, plainSheet, signatureAppearance } from './sheet.ts'

const fixture = (name: string) => readFileSync(new URL(`../pdf/fixtures/${name}.pdf`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'segl-pades-'))
const signers = [
  { name: 'Kari Nordmann', algorithm: 'ecdsa-p256' },
  { name: 'Ola Nordmann', algorithm: 'rsa-2048' },
  { name: 'Per Nordmann', algorithm: 'rsa-pss-3072' },
] as const
const uploads: readonly [string, Buffer][] = [
  ['pdfa-1b', fixture('pdfa-1b')],
  ['no-id', fixture('no-id')],
  ['xref-stream', fixture('xref-stream')],
  ['linearized', fixture('linearized')],
  ['hybrid', fixture('hybrid')],
  ['several-revisions', appendClassic(appendClassic(classicPdf(), { 6: '(x)' }, 7), { 6: '(y)' }, 7)],
  ['bytes-after-the-end', classicPdf({ suffix: 'sent by a portal' })],
]

let authority: Authority
let cases: Case[]

describe('outside judges', { skip: needs('openssl') }, () => {
  before(async () => {
    authority = await openAuthority()
    const trust = join(folder, 'root.pem')
    writeFileSync(trust, writePem(authority.root, 'CERTIFICATE'))
    cases = []
    for (const [name, upload] of uploads) {
      const { final } = await signAll(upload, plainSheet(5), authority, signers)
      const file = join(folder, `${name}.pdf`)
      writeFileSync(file, final.bytes)
      cases.push({ file, trust, signers: signers.length, at: [], strict: name !== 'hybrid' })
    }
  })
  after(() => {
    authority.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('EU DSS: TOTAL_PASSED, PAdES-BASELINE-LTA, no undefined change, for every file', {
    skip: needs(programs.java, programs.dssJar),
  }, async () => {
    const verdicts = await dss(cases)
    assert.deepEqual(
      verdicts.flatMap(({ file, reasons }) => reasons.map((reason) => `${file}: ${reason}`)),
      [],
    )
    assert.equal(verdicts.length, uploads.length)
  })

  for (const [index, [name]] of uploads.entries()) {
    test(`pyHanko on ${name}: AdESPassed.OK for everybody, FORM_FILLING or better`, {
      skip: needs(programs.python),
    }, async () => {
      const [verdict] = await pyhanko(cases[index] ?? assert.fail())
      assert.deepEqual(verdict?.reasons, [])
    })

    test(`qpdf and pdfsig on ${name}: clean, and four valid signatures`, {
      skip: needs('qpdf', 'pdfsig'),
    }, async () => {
      const one = cases[index] ?? assert.fail()
      const [verdict] = await qpdf(one)
      assert.deepEqual(verdict?.reasons, [])
      const said = execFileSync('pdfsig', ['-nocert', one.file], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      assert.equal(said.match(/Signature Validation: Signature is Valid\./g)?.length, signers.length + 1)
      assert.equal(said.match(/^ *- Total document signed$/gm)?.length, 1)
    })
  }

  test('twelve signers with keys of all kinds: everybody is AdESPassed.OK at the end', {
    skip: needs(programs.python),
  }, async () => {
    const kinds = ['ecdsa-p256', 'rsa-2048', 'ecdsa-p384'] as const
    const many = Array.from({ length: 12 }, (_, index) => ({
      name: `Person ${index + 1}`,
      algorithm: kinds[index % kinds.length] ?? 'ecdsa-p256',
    }))
    const { final } = await signAll(fixture('xref-stream'), plainSheet(14), authority, many)
    const file = join(folder, 'twelve.pdf')
    writeFileSync(file, final.bytes)
    const [verdict] = await pyhanko({ ...(cases[0] ?? assert.fail()), file, signers: 12 })
    assert.deepEqual(verdict?.reasons, [])
  })

  test('an interim time-stamp, and two renewals at the end, leave everybody valid', {
    skip: needs(programs.python),
  }, async () => {
    const people = await Promise.all(['Kari', 'Ola'].map((name) => authority.issue(name, 'ecdsa-p256')))
    const organisation = await authority.issue('Segl Test AS', 'ecdsa-p256', 'organisation')
    let document = prepare(fixture('no-id'), plainSheet(2))
    for (const [index, identity] of people.entries()) {
      const request = { slot: index + 1, name: 'x', signingTime: new Date(), appearance: signatureAppearance('x') }
      document = sign(document, authority, identity, algorithmOf('ecdsa-p256'), request)
      document = timestamp(document, authority)
    }
    const sealing = { slot: 'seal', name: 'Segl', signingTime: new Date(), appearance: auditAppearance('x') } as const
    document = sign(document, authority, organisation, algorithmOf('ecdsa-p256'), sealing)
    for (let renewal = 0; renewal < 3; renewal += 1) document = timestamp(document, authority)
    const file = join(folder, 'renewed.pdf')
    writeFileSync(file, document.bytes)
    const [verdict] = await pyhanko({ ...(cases[0] ?? assert.fail()), file, signers: 2 })
    assert.deepEqual(verdict?.reasons, [])
  })

  // What an attacker with a signing key of his own could append; the seal must say so.
  const plants: readonly [string, (whole: Document) => Promise<Buffer>][] = [
    [
      'a stranger in an unused slot',
      async (whole) => {
        const stranger = await authority.issue('Stranger', 'ecdsa-p256')
        const request = { slot: 5, name: 'x', signingTime: new Date(), appearance: signatureAppearance('x') }
        return sign(whole, authority, stranger, algorithmOf('ecdsa-p256'), request).bytes
      },
    ],
    [
      'another audit sheet under the seal',
      async ({ bytes, state }) => {
        const file = openPdf(bytesSource(bytes))
        const seal = formFields(file).find(({ name }) => name === state.seal?.name)
        const appearances = file.resolve(seal?.dict.get('AP'))
        const shown = isDict(appearances) ? appearances.get('N') : null
        assert.ok(isRef(shown))
        const form =
          '<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources <<>> /Length 4>>\nstream\n0 g \nendstream'
        return appendClassic(bytes, { [shown.number]: form }, state.nextObject, state.root[0])
      },
    ],
    [
      'another page of the upload',
      async ({ bytes, state }) => {
        const [page] = [...pagesOf(openPdf(bytesSource(bytes)))]
        assert.ok(page)
        const blank = serialise(withEntries(page.dict, { Contents: undefined }))
        return appendClassic(bytes, { [page.ref.number]: blank }, state.nextObject, state.root[0])
      },
    ],
  ]
  for (const [plant, make] of plants) {
    test(`pyHanko refuses ${plant}`, { skip: needs(programs.python) }, async () => {
      const { final } = await signAll(fixture('no-id'), plainSheet(5), authority, signers)
      const bytes = await make(final)
      const file = join(folder, 'plant.pdf')
      writeFileSync(file, bytes)
      const one = { ...(cases[0] ?? assert.fail()), file }
      const [verdict] = await pyhanko(one)
      const against = verdict?.reasons.filter((reason) => /changes after it|bottom line/.test(reason)) ?? []
      assert.ok(
        against.some((reason) => reason.startsWith('Segl-Seal')),
        JSON.stringify(verdict?.reasons),
      )
    })
  }

  const algorithms: readonly [Algorithm, SigningDigest][] = (
    ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-pss-3072'] as const
  ).flatMap((algorithm) =>
    (['sha256', 'sha384', 'sha512'] as const).map((digest): [Algorithm, SigningDigest] => [algorithm, digest]),
  )

  for (const [algorithm, digest] of algorithms) {
    test(`openssl cms -cades accepts a B-B signature with ${algorithm} and ${digest}`, async () => {
      const identity = await authority.issue('Kari Nordmann', algorithm)
      const request = { slot: 1, name: 'Kari', signingTime: new Date(), appearance: signatureAppearance('Kari') }
      const document = prepare(classicPdf(), plainSheet(1))
      const { bytes } = sign(document, authority, identity, algorithmOf(algorithm, digest), request, {
        timestamped: false,
        digest,
      })
      const [signature] = signatures(openPdf(bytesSource(bytes)))
      const [start = 0, length = 0, rest = 0, restLength = 0] = signature?.byteRange ?? []
      const [cms, content, root] = ['s.cms', 'content', 'root.pem'].map((name) => join(folder, name))
      assert.ok(cms && content && root && signature?.contents)
      writeFileSync(cms, signature.contents)
      writeFileSync(content, Buffer.concat([bytes.subarray(start, length), bytes.subarray(rest, rest + restLength)]))
      const check = () =>
        execFileSync(
          'openssl',
          [
            'cms',
            '-verify',
            '-cades',
            '-inform',
            'DER',
            '-in',
            cms,
            '-content',
            content,
            '-binary',
            '-CAfile',
            root,
            '-purpose',
            'any',
            '-out',
            join(folder, 'out'),
          ],
          { stdio: 'pipe' },
        )
      check()
      writeFileSync(content, 'something else')
      assert.throws(check, /digest|verif/i)
    })
  }
})
