// The outside judges on what the kernel writes: each kind of file, signers of each key type, seal, store and time-stamp.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { bytesSource, openPdf, signatures } from '../../../src/kernel/pdf/index.ts'
import type { SigningDigest } from '../../../src/kernel/x509/index.ts'
import { type Case, dss, programs, pyhanko, qpdf } from '../../conformance/judges.ts'
import { needs } from '../../support/outside.ts'
import { appendClassic, classicPdf } from '../pdf/build.ts'
import { type Algorithm, type Authority, openAuthority } from './authority.ts'
import { algorithmOf, prepare, sign, signAll } from './ceremony.ts'
import { plainSheet, signatureAppearance } from './sheet.ts'

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

const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`

let authority: Authority
let cases: Case[]

describe('outside judges', { skip: needs('openssl') }, () => {
  before(async () => {
    authority = await openAuthority()
    const trust = join(folder, 'root.pem')
    writeFileSync(trust, pem(authority.root))
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
