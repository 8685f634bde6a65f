// The self-check of a finished signature: it passes what was signed and sees every single thing that was changed afterwards.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { parseSignedData, signedAttributesForm } from '../../../src/kernel/cms/index.ts'
import { checkSigned, completeSignature, type ToBeSigned } from '../../../src/kernel/pades/index.ts'
import { parseCertificate } from '../../../src/kernel/x509/index.ts'
import { needs } from '../../support/outside.ts'
import { classicPdf } from '../pdf/build.ts'
import { type Authority, type Identity, openAuthority } from './authority.ts'
import { beginFirst, prepare, signedBy, signerOf, stored } from './ceremony.ts'
import { plainSheet } from './sheet.ts'

describe('the self-check', { skip: needs('openssl') }, () => {
  let authority: Authority
  let kari: Identity
  let ola: Identity
  let begun: ToBeSigned
  let cms: Uint8Array
  let increment: Buffer

  const check = (bytes: Uint8Array, toBeSigned = begun, identity = kari) =>
    checkSigned(toBeSigned, bytes, parseCertificate(identity.certificate))
  const refused = (code: ErrorCode, bytes: Uint8Array, toBeSigned = begun, identity = kari) =>
    assert.throws(
      () => check(bytes, toBeSigned, identity),
      (error) => isSeglError(error, code),
    )

  before(async () => {
    authority = await openAuthority()
    kari = await authority.issue('Kari Nordmann', 'ecdsa-p256')
    ola = await authority.issue('Ola Nordmann', 'ecdsa-p256')
    const document = prepare(classicPdf(), plainSheet(2))
    begun = stored(beginFirst(document, 'Kari Nordmann'))
    cms = signedBy(authority, kari, Buffer.from(begun.documentDigest, 'base64'))
    increment = Buffer.from(completeSignature(begun, cms).increment)
  })
  after(() => authority.close())

  const holeAt = () => increment.indexOf('/Contents <') + '/Contents '.length

  test('passes a signature as it was made', () => check(increment))

  test('sees a change of any byte outside the hole', () => {
    for (let at = 0; at < increment.length; at += at > holeAt() && at < holeAt() + 18_000 ? 18_002 : 7) {
      if (at >= holeAt() && at < holeAt() + 18_002) continue
      const changed = Buffer.from(increment)
      changed[at] = (changed[at] ?? 0) ^ 1
      refused('INTERNAL', changed)
    }
    refused('INTERNAL', increment.subarray(0, -1))
    refused('INTERNAL', Buffer.concat([increment, Buffer.from('\n')]))
  })

  test('sees what is not the padding, not the brackets and not hexadecimal', () => {
    for (const at of [holeAt(), holeAt() + 18_001, holeAt() + 18_000, holeAt() + 1 + 2 * cms.length, holeAt() + 40]) {
      const changed = Buffer.from(increment)
      changed[at] = 'x'.charCodeAt(0)
      assert.throws(
        () => check(changed),
        (error) => isSeglError(error, 'INTERNAL', 'MALFORMED_DER'),
      )
    }
  })

  test('sees a change of any octet of the CMS, whatever it breaks', () => {
    for (let octet = 0; octet < cms.length; octet += 13) {
      const changed = cms.slice()
      changed[octet] = (changed[octet] ?? 0) ^ 4
      const filled = completeSignature(begun, changed).increment
      // The certificates of the authorities are not signed by this signature: who looks at the path looks at them.
      const isOfTheChain = authority.chain.some((der) => {
        const at = Buffer.from(cms).indexOf(der)
        return octet >= at && octet < at + der.length
      })
      if (isOfTheChain) continue
      assert.throws(
        () => check(filled),
        (error) => isSeglError(error),
        `octet ${octet}`,
      )
    }
  })

  test('sees a signature over other bytes, by another person, and one that does not name its certificate', () => {
    const digest = Buffer.from(begun.documentDigest, 'base64')
    refused('SIGNATURE_INVALID', completeSignature(begun, signedBy(authority, kari, Buffer.alloc(32))).increment)
    refused('SIGNATURE_INVALID', completeSignature(begun, signedBy(authority, ola, digest)).increment)
    refused('SIGNATURE_INVALID', increment, begun, ola)
    refused('SIGNATURE_INVALID', increment, { ...begun, documentDigest: Buffer.alloc(32).toString('base64') })
    refused('SIGNATURE_INVALID', increment, { ...begun, digestAlgorithm: 'sha512' })
    const [from, length, rest, last] = begun.byteRange
    refused('INTERNAL', increment, { ...begun, byteRange: [from, length + 2, rest, last] })
  })

  test('sees another certificate over the same key, also where the one that signed was looked at before', () => {
    check(increment)
    // Same key, issuer and serial number; only its own signature, at the end, is another.
    const other = Buffer.from(kari.certificate)
    other[other.length - 1] = (other[other.length - 1] ?? 0) ^ 1
    const swapped = Buffer.from(cms)
    swapped.set(other, swapped.indexOf(kari.certificate))
    const filled = completeSignature(begun, swapped).increment
    refused('SIGNATURE_INVALID', filled, begun, { ...kari, certificate: other })
    refused('SIGNATURE_INVALID', filled)
    refused('SIGNATURE_INVALID', increment, begun, { ...kari, certificate: other })
  })

  test('verifies each signature anew: one bit of it, of the digest or of the attributes is enough', () => {
    const attributes = Buffer.from(
      signedAttributesForm(signerOf(authority, kari))(Buffer.from(begun.documentDigest, 'base64')),
    )
    const value = parseSignedData(cms).signerInfos[0]?.signature ?? new Uint8Array()
    const places = [cms.length - 1, Buffer.from(cms).lastIndexOf(value) + value.length - 20]
    for (const at of [...places, Buffer.from(cms).lastIndexOf(attributes.subarray(2)) + attributes.length - 10]) {
      const changed = Buffer.from(cms)
      changed[at] = (changed[at] ?? 0) ^ 1
      refused('SIGNATURE_INVALID', completeSignature(begun, changed).increment)
      check(increment)
    }
  })
})
