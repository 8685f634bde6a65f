// What signing does to a file: nothing but the increment, exactly the objects that it may touch, and states that survive JSON.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import {
  appendValidationData,
  beginDocumentTimestamp,
  beginSignature,
  completeSignature,
  digestSigned,
} from '../../../src/kernel/pades/index.ts'
import {
  bytesSource,
  changedObjects,
  dss,
  fileAt,
  formFields,
  isDict,
  nameOf,
  openPdf,
  type PdfObject,
  pagesOf,
  revisions,
  serialise,
  signatures,
} from '../../../src/kernel/pdf/index.ts'
import { needs } from '../../support/outside.ts'
import { classicPdf } from '../pdf/build.ts'
import { type Authority, openAuthority } from './authority.ts'
import { algorithmOf, type Document, prepare, sign, signAll, stored, timestamp } from './ceremony.ts'
import { auditAppearance, plainSheet, signatureAppearance } from './sheet.ts'

const fixture = (name: string) => readFileSync(new URL(`../pdf/fixtures/${name}.pdf`, import.meta.url))
const open = (bytes: Uint8Array) => openPdf(bytesSource(bytes))
const refusedAs = (code: ErrorCode) => (error: unknown) => isSeglError(error, code)
const slotRequest = (slot: number) => ({
  slot,
  name: 'Kari Nordmann',
  signingTime: new Date('2026-11-22T12:00:00Z'),
  appearance: signatureAppearance('Kari'),
})
const request = (slot: number) => ({ ...slotRequest(slot), digestAlgorithm: 'sha256', contentsSize: 9000 }) as const

describe('a signature', () => {
  const document = prepare(fixture('xref-stream'), plainSheet(3))

  test('touches the field, a new dictionary and a new appearance, and nothing else', () => {
    const begun = beginSignature(bytesSource(document.bytes), document.state, request(2))
    const bytes = Buffer.concat([document.bytes, completeSignature(begun, new Uint8Array([0x30, 0])).increment])
    const file = open(bytes)
    const old = open(document.bytes)
    const changed = changedObjects(revisions(file).at(-1) ?? assert.fail()).map(({ number }) => number)
    const slot = document.state.slots[1]
    assert.deepEqual(
      changed.filter((number) => old.xref.get(number) !== undefined),
      [slot?.object],
    )
    assert.equal(changed.length, 4, 'field, dictionary, appearance, cross-reference stream')
    const field = formFields(file).find(({ name }) => name === slot?.name)
    const before = formFields(old).find(({ name }) => name === slot?.name)
    assert.ok(field && before)
    const without = (value: PdfObject) =>
      serialise(isDict(value) ? new Map([...value].filter(([key]) => key !== 'V' && key !== 'AP')) : value)
    assert.equal(without(field.dict), without(before.dict))
  })

  test('the digest is over every byte but the hole, and the file digest over every byte', () => {
    const base = bytesSource(document.bytes)
    for (const digestAlgorithm of ['sha256', 'sha384', 'sha512'] as const) {
      const begun = stored(beginSignature(base, document.state, { ...request(1), digestAlgorithm }))
      const der = new Uint8Array([0x30, 3, 2, 1, 5])
      const { increment, state } = completeSignature(begun, der)
      const bytes = Buffer.concat([document.bytes, increment])
      const [signature] = signatures(open(bytes))
      assert.deepEqual(signature?.byteRange, [...begun.byteRange])
      const [start, length, rest, restLength] = begun.byteRange
      const hash = createHash(digestAlgorithm)
      hash.update(bytes.subarray(start, length)).update(bytes.subarray(rest, rest + restLength))
      assert.equal(hash.digest('base64'), begun.documentDigest)
      assert.equal(rest + restLength, bytes.length)
      assert.deepEqual(signature?.contentsAt, [length, rest])
      assert.deepEqual(signature?.contents?.subarray(0, 5), der)
      assert.equal(signature?.contents?.length, 9000)
      const digests = digestSigned(base, begun, der)
      assert.equal(Buffer.from(digests.document).toString('base64'), begun.documentDigest)
      assert.deepEqual(Buffer.from(digests.file), createHash('sha256').update(bytes).digest())
      assert.equal(state.size, bytes.length)
    }
  })

  test('beginning twice gives the same bytes: a step may be repeated', () => {
    const once = beginSignature(bytesSource(document.bytes), document.state, request(1))
    assert.deepEqual(beginSignature(bytesSource(document.bytes), stored(document.state), request(1)), once)
  })

  test('EN 319 142-1 Table 1: what the dictionary must hold and must not', () => {
    const begun = beginSignature(bytesSource(document.bytes), document.state, {
      ...request(1),
      reason: 'Årsregnskap 2025 (godkjent)',
      location: 'Tromsø',
    })
    const [signature] = signatures(
      open(Buffer.concat([document.bytes, completeSignature(begun, new Uint8Array(9)).increment])),
    )
    assert.ok(signature)
    assert.deepEqual(
      [...signature.dict.keys()],
      ['Type', 'Filter', 'SubFilter', 'ByteRange', 'Contents', 'M', 'Name', 'Reason', 'Location'],
    )
    assert.equal(signature.subFilter, 'ETSI.CAdES.detached')
    assert.equal(serialise(signature.dict.get('M') ?? null), '(D:20261122120000Z)')
    assert.equal(signature.covers, 2)
  })

  test('a signature that does not fit is SIGNATURE_TOO_LARGE', () => {
    const begun = beginSignature(bytesSource(document.bytes), document.state, request(1))
    assert.throws(() => completeSignature(begun, new Uint8Array(9001)), refusedAs('SIGNATURE_TOO_LARGE'))
    assert.throws(
      () => beginSignature(bytesSource(document.bytes), document.state, { ...request(1), contentsSize: 32_768 }),
      refusedAs('SIGNATURE_TOO_LARGE'),
    )
  })

  test('a slot that is used or unknown, and a base of another size, are STATE_CONFLICT', () => {
    const base = bytesSource(document.bytes)
    const { state } = completeSignature(beginSignature(base, document.state, request(1)), new Uint8Array(9))
    const larger = { ...state, size: document.bytes.length }
    assert.throws(() => beginSignature(base, larger, request(1)), refusedAs('STATE_CONFLICT'))
    assert.throws(() => beginSignature(base, document.state, request(4)), refusedAs('STATE_CONFLICT'))
    assert.throws(() => beginSignature(base, state, request(2)), refusedAs('STATE_CONFLICT'))
  })
})

describe('a whole order', { skip: needs('openssl') }, () => {
  let authority: Authority
  let revisionsOf: readonly Document[]
  let final: Document

  before(async () => {
    authority = await openAuthority()
    const signed = await signAll(fixture('no-id'), plainSheet(4), authority, [
      { name: 'Kari Nordmann', algorithm: 'ecdsa-p256' },
      { name: 'Ola Nordmann', algorithm: 'rsa-2048' },
    ])
    revisionsOf = signed.revisions
    final = signed.final
  })
  after(() => authority.close())

  test('every revision is the prefix of the next one', () => {
    for (const [index, { bytes }] of revisionsOf.entries()) {
      assert.ok(bytes.equals(final.bytes.subarray(0, bytes.length)), `revision ${index}`)
    }
  })

  test('each signature covers exactly its revision', () => {
    const file = open(final.bytes)
    const found = signatures(file)
    assert.deepEqual(
      found.map(({ field, type, covers, revision }) => [field.name, type, covers, revision]),
      [
        ['Segl-Sig-01', 'Sig', 2, 2],
        ['Segl-Sig-02', 'Sig', 3, 3],
        ['Segl-Seal', 'Sig', 4, 4],
        ['Segl-Time-001', 'DocTimeStamp', 5, 5],
      ],
    )
  })

  test('the seal locks every unused slot, and carries the trail as short direct strings', () => {
    const seal = signatures(open(final.bytes)).find(({ field }) => field.name === 'Segl-Seal')
    assert.deepEqual(seal?.fieldLock, { action: 'Include', fields: ['Segl-Sig-03', 'Segl-Sig-04'] })
    const trail = seal?.dict.get('SEGL_Trail')
    assert.ok(Array.isArray(trail))
    const pieces = trail.map((piece) =>
      piece !== null && typeof piece === 'object' && 'bytes' in piece ? piece.bytes : assert.fail(),
    )
    assert.ok(pieces.length > 0 && pieces.every((piece) => piece.length <= 32_000))
    assert.equal(JSON.parse(Buffer.concat(pieces).toString()).events.length, 600)
  })

  test('store and time-stamp come in one revision; no page changes with them', () => {
    const file = open(final.bytes)
    const history = revisions(file)
    const last = history.at(-1)
    const before = history.at(-2)
    assert.ok(last && before)
    const store = dss(file)
    assert.equal(store?.certificates.length, 3)
    assert.equal(store?.crls.length, 2)
    assert.deepEqual(store?.vri, [])
    const pages = [...pagesOf(file)].map((page) => page.ref.number)
    assert.ok(changedObjects(last).every(({ number }) => !pages.includes(number)))
    assert.deepEqual(dss(fileAt(file, before))?.certificates, [])
  })

  test('nothing goes into the store twice', () => {
    const again = { certificates: [authority.root, authority.tsaCertificate], crls: authority.crls, ocsps: [] }
    assert.equal(appendValidationData(final.state, again).increment.length, 0)
    const more = appendValidationData(final.state, { ...again, ocsps: [new Uint8Array([0x30, 3, 10, 1, 0])] })
    const bytes = Buffer.concat([final.bytes, more.increment])
    const store = dss(open(bytes))
    assert.deepEqual([store?.certificates.length, store?.crls.length, store?.ocsps.length], [3, 2, 1])
    assert.equal(more.state.size, bytes.length)
  })

  test('an old file is renewed with one more time-stamp over everything', () => {
    const renewed = timestamp(timestamp(final, authority), authority)
    const found = signatures(open(renewed.bytes)).filter(({ type }) => type === 'DocTimeStamp')
    assert.deepEqual(
      found.map(({ field }) => field.name),
      ['Segl-Time-001', 'Segl-Time-002', 'Segl-Time-003'],
    )
  })

  test('a document time-stamp between two signers is allowed', async () => {
    const first = revisionsOf[1]
    assert.ok(first)
    const between = timestamp(first, authority)
    const signer = await authority.issue('Per', 'ecdsa-p384')
    const second = sign(between, authority, signer, algorithmOf('ecdsa-p384', 'sha384'), slotRequest(2), {
      digest: 'sha384',
    })
    assert.equal(signatures(open(second.bytes)).length, 3)
  })

  test('a time-stamp request hashes the base that it is given, or refuses another', () => {
    const wrong = bytesSource(final.bytes.subarray(1))
    const order = { digestAlgorithm: 'sha256', contentsSize: 8192 } as const
    assert.throws(() => beginDocumentTimestamp(wrong, final.state, order), refusedAs('STATE_CONFLICT'))
  })

  test('the appearance is drawn in the size of its field, whatever its own box', () => {
    const document = prepare(classicPdf(), plainSheet(1))
    const begun = beginSignature(bytesSource(document.bytes), document.state, {
      ...request(1),
      slot: 'seal',
      appearance: { ...auditAppearance('x'), bbox: [0, 0, 1190, 1684] },
    })
    const file = open(Buffer.concat([document.bytes, completeSignature(begun, new Uint8Array(9)).increment]))
    const seal = formFields(file).find(({ name }) => name === 'Segl-Seal')
    const appearances = file.resolve(seal?.dict.get('AP'))
    const form = isDict(appearances) ? file.resolve(appearances.get('N')) : null
    assert.ok(form !== null && typeof form === 'object' && 'dict' in form)
    assert.equal(nameOf(form.dict.get('Subtype')), 'Form')
    assert.deepEqual(form.dict.get('BBox'), [0, 0, 595, 842])
    assert.match(Buffer.from(file.decode(form as PdfObject)).toString('latin1'), /^q 0\.5 0 0 0\.5 0 0 cm/)
  })
})
