// What other programs sign, in forms that are not PAdES baseline: the cryptography holds, and the form is told apart.
import assert from 'node:assert/strict'
import { createHash, sign as signWith } from 'node:crypto'
import { describe, test } from 'node:test'
import { profiles } from '../../src/bankid/pki.ts'
import { reportLines } from '../../src/bin/verification-lines.ts'
import { apartOf, type Report } from '../../src/kernel/checks/index.ts'
import { childrenOf, encodingOf, octetString, oid, readDer, tlv } from '../../src/kernel/der/index.ts'
import {
  contentType,
  type ForeignFile,
  foreignFile,
  indefinite,
  indefiniteThrough,
  inPieces,
  isDigest,
  isEss,
  rebuild,
  resign,
  signingTime,
  sorted,
} from '../kernel/checks/foreign-file.ts'
import { complaints, judge } from '../kernel/checks/judge.ts'
import { signedFile } from '../kernel/checks/signed-file.ts'
import { authority, clock, type Identity, person, root } from '../kernel/checks/world.ts'

const backwards = (items: readonly Uint8Array[]) => [...items].reverse()
const withoutAttributes = (der: Uint8Array) => resign(der, (fields) => fields.filter((one) => one[0] !== 0xa0))
const utf16 = (text: string) => `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`
const dated = (more: string): ForeignFile => ({ more })

/** A form, and the checks that may speak of it; none may say FAILED. */
const forms: readonly (readonly [string, ForeignFile, readonly string[]])[] = [
  ['PAdES baseline', {}, []],
  ['an outermost length that is indefinite', { cms: indefinite }, ['CMS_DER']],
  ['indefinite lengths through all of the CMS', { cms: (der) => indefiniteThrough(der, 4) }, ['CMS_DER']],
  ['indefinite lengths even in the certificates', { cms: (der) => indefiniteThrough(der, 12) }, ['CMS_DER']],
  [
    'a length longer than needed',
    { cms: (der) => Buffer.concat([Buffer.of(0x30, 0x84, 0), lengthOf(der), der.subarray(4)]) },
    ['CMS_DER'],
  ],
  [
    'a signature in pieces',
    { cms: (der) => resign(der, (fields) => fields.map((one) => (one[0] === 4 ? inPieces(one.subarray(2)) : one))) },
    ['CMS_DER'],
  ],
  ['attributes out of order, signed as they stand', { attributes: backwards }, ['CMS_DER']],
  ['attributes out of order, signed in DER', { attributes: backwards, signed: sorted }, ['CMS_DER']],
  [
    'a signing-time',
    { attributes: (items) => [contentType, signingTime, ...items.filter((one) => one !== items[0])] },
    ['SIGNED_ATTRIBUTES'],
  ],
  [
    'PKCS#7 with signing-time and without signing-certificate',
    {
      subFilter: 'adbe.pkcs7.detached',
      attributes: (items) => [contentType, signingTime, ...items.filter(isDigest)],
    },
    ['SIGNATURE_DICTIONARY', 'SIGNED_ATTRIBUTES'],
  ],
  ['no signing-certificate', { attributes: (items) => items.filter((item) => !isEss(item)) }, ['SIGNED_ATTRIBUTES']],
  ['no signed attributes at all', { signed: (_, document) => document, cms: withoutAttributes }, ['SIGNED_ATTRIBUTES']],
  ['a dictionary directly in /V', { direct: true }, []],
  ['an attribute certificate beside the others', { cms: (der) => withOtherCertificate(der) }, ['CMS_COMPLETE']],
  ['no /M', dated(''), ['SIGNATURE_DICTIONARY']],
  ['an /M that is no date', dated('/M (yesterday)'), ['SIGNATURE_DICTIONARY']],
  ['an /M in UTF-16', dated(`/M ${utf16(pdfDate())}`), []],
  ['an /M without zone, an hour ahead', dated(`/M (${pdfDate(3_600_000).slice(0, -1)})`), []],
  ['an /M with a Z and a zone', dated(`/M (${pdfDate()}00'00')`), []],
  ['an /M without D:', dated(`/M (${pdfDate().slice(2)})`), []],
  ['a /Name and /Reason', dated(`/M (${pdfDate()}) /Name /Kari /Reason (Ja)`), []],
]

function lengthOf(der: Uint8Array): Buffer {
  const length = Buffer.alloc(3)
  length.writeUIntBE(der.length - 4, 0, 3)
  return length
}

function pdfDate(ahead = 0): string {
  return `D:${new Date(clock.now.getTime() + ahead).toISOString().replace(/\D/g, '').slice(0, 14)}Z`
}

function withOtherCertificate(der: Uint8Array): Uint8Array {
  return rebuild(der, (parts) =>
    parts.map((part) =>
      part[0] === 0xa0
        ? tlv(0xa0, ...childrenOf(readDer(part)).map(encodingOf), tlv(0xa2, tlv(2, Buffer.of(1))))
        : part,
    ),
  )
}

/** Nobody vouched for a time or an unrevoked certificate: that is open in every form. */
const alwaysOpen = ['CERTIFICATE_PATH', 'TIME_STAMP']
const about = (report: Report) =>
  complaints(report).filter((line) => !alwaysOpen.some((id) => line.startsWith(`${id} `)))

describe('a foreign signature with', () => {
  for (const [title, form, ids] of forms) {
    test(`${title}: its cryptography holds, its signer is named, and only the form is told`, async () => {
      const report = await judge(foreignFile(form))
      assert.deepEqual(
        about(report).map((line) => line.replace(/:.*|,.*/, '')),
        ids.map((id) => `${id} on Fremmed`).sort((a, b) => order(report, a) - order(report, b)),
        complaints(report).join('\n'),
      )
      assert.equal(report.verdict, 'INDETERMINATE')
      const [signature] = report.signatures
      assert.ok(signature)
      assert.equal(signature.signer?.name, 'Fremmed Nordmann')
      assert.deepEqual(apartOf(signature), {
        cryptography: 'PASSED',
        form: ids.length === 0 ? 'PASSED' : 'INDETERMINATE',
        path: 'INDETERMINATE',
      })
    })
  }

  test('a form of its own is told in words, and never as broken, in three languages', async () => {
    const report = await judge(foreignFile({ cms: indefinite }))
    for (const [language, holds, broken] of [
      ['en', /the cryptography holds; the form is not PAdES baseline/, /Do not rely/],
      ['nb', /kryptografien holder; formen er ikke PAdES baseline/, /Ikke stol på/],
      ['nn', /kryptografien held; forma er ikkje PAdES baseline/, /Ikkje stol på/],
    ] as const) {
      const text = reportLines('file.pdf', report, language).join('\n')
      assert.match(text, holds)
      assert.doesNotMatch(text, broken)
    }
  })

  test('the older kind over a SHA-1: its cryptography holds, and SHA-1 is no proof', async () => {
    const identity = person('Fremmed', 'Nordmann')
    const file = foreignFile({
      identity,
      subFilter: 'adbe.pkcs7.sha1',
      cms: (der, document) => overSha1(der, document, identity.key),
    })
    const report = await judge(file)
    assert.equal(report.verdict, 'INDETERMINATE')
    assert.match(
      complaints(report).join('\n'),
      /CMS_SIGNATURE on Fremmed: INDETERMINATE, The cryptography holds.*SHA-1/,
    )
  })

  test('a kind that is not judged here: said so, not called broken', async () => {
    const file = foreignFile({ subFilter: 'adbe.x509.rsa_sha1', cms: () => octetString(new Uint8Array(256).fill(7)) })
    const report = await judge(file)
    assert.equal(report.verdict, 'INDETERMINATE')
    assert.match(complaints(report).join('\n'), /CMS_SIGNATURE on Fremmed: INDETERMINATE, Not judged/)
  })

  test('a CMS that nobody can read: one reason, and no other that is untrue', async () => {
    const report = await judge(foreignFile({ cms: () => Buffer.from('3003020101', 'hex') }))
    assert.equal(report.verdict, 'FAILED')
    const failed = report.signatures.flatMap(({ checks }) => checks.filter(({ verdict }) => verdict === 'FAILED'))
    assert.deepEqual(
      failed.map(({ id }) => id),
      ['CMS_SIGNATURE'],
    )
  })
})

describe('an order over a foreign signature with', () => {
  for (const [title, form] of forms) {
    test(`${title} passes in the end`, async () => {
      const report = await judge(await signedFile({ upload: foreignFile(form) }))
      assert.equal(report.verdict, 'PASSED', complaints(report).join('\n'))
      assert.equal(report.signatures[0]?.earlier, true)
    })
  }
})

describe('SIMULATED', () => {
  /** Below a root of somebody's own, which says TEST and even the simulated BankID's name in its common name. */
  const stranger = (): Identity => {
    const issuer = authority('TEST - SimBankID Root CA', profiles.authority)
    const other = authority('TEST - SimBankID Root CA', profiles.root, { name: issuer.name, key: issuer.key })
    return person('Test', 'Testesen', { issuer: other, chain: [other.certificate] })
  }

  test('is not said for the letters TEST in names of others', async () => {
    const report = await judge(foreignFile({ identity: stranger() }))
    assert.equal(report.simulated, false)
    assert.ok(!report.notProven.includes('LEGAL_EFFECT_SIMULATED'))
  })

  test('is said of whatever the simulated BankID issued, in whoever’s file and without any root', async () => {
    for (const roots of [[root], []]) {
      assert.equal((await judge(foreignFile(), clock.now, roots)).simulated, true)
      assert.equal((await judge(await signedFile(), clock.now, roots)).simulated, true)
    }
  })
})

const order = (report: Report, line: string): number =>
  report.signatures[0]?.checks.findIndex(({ id }) => line.startsWith(`${id} `)) ?? -1

function overSha1(der: Uint8Array, document: Uint8Array, key: Parameters<typeof signWith>[2]): Uint8Array {
  const digest = createHash('sha1').update(document).digest()
  const content = tlv(0x30, oid('1.2.840.113549.1.7.1'), tlv(0xa0, octetString(digest)))
  const enclosed = rebuild(withoutAttributes(der), ([version, digests, , ...rest]) => [
    version ?? Buffer.of(),
    digests ?? Buffer.of(),
    content,
    ...rest,
  ])
  return resign(enclosed, (fields) =>
    fields.map((one) => (one[0] === 4 ? octetString(signWith('sha256', digest, key)) : one)),
  )
}
