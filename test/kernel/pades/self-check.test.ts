// The self-check of a finished signature: it passes what was signed and sees every single thing that was changed afterwards.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { signedAttributesForm, signedDataForm, signRaw } from '../../../src/kernel/cms/index.ts'
import { beginSignature, checkSigned, completeSignature, type ToBeSigned } from '../../../src/kernel/pades/index.ts'
import { bytesSource } from '../../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../../src/kernel/x509/index.ts'
import { needs } from '../../support/outside.ts'
import { classicPdf } from '../pdf/build.ts'
import { type Authority, type Identity, openAuthority } from './authority.ts'
import { prepare, stored } from './ceremony.ts'
import { plainSheet, signatureAppearance } from './sheet.ts'

describe('the self-check', { skip: needs('openssl') }, () => {
  let authority: Authority
  let kari: Identity
  let ola: Identity
  let begun: ToBeSigned
  let cms: Uint8Array
  let increment: Buffer

  const signedBy = (identity: Identity, digest: Uint8Array) => {
    const signer = {
      digestAlgorithm: 'sha256',
      signatureAlgorithm: 'ecdsa-p256-sha256',
      signingCertificate: identity.certificate,
      certificates: authority.chain,
    } as const
    const signedAttributes = signedAttributesForm(signer)(digest)
    const signature = signRaw({ privateKey: identity.key, algorithm: 'ecdsa-p256-sha256', data: signedAttributes })
    return signedDataForm(signer)({ signedAttributes, signature })
  }
  const check = (bytes: Uint8Array, toBeSigned = begun, identity = kari) =>
    checkSigned(toBeSigned, bytes, parseCertificate(identity.certificate))
  const refused = (code: ErrorCode, bytes: Uint8Array, toBeSigned = begun, identity = kari) =>
    assert.rejects(check(bytes, toBeSigned, identity), (error) => isSeglError(error, code))

  before(async () => {
    authority = await openAuthority()
    kari = await authority.issue('Kari Nordmann', 'ecdsa-p256')
    ola = await authority.issue('Ola Nordmann', 'ecdsa-p256')
    const document = prepare(classicPdf(), plainSheet(2))
    begun = stored(
      beginSignature(bytesSource(document.bytes), document.state, {
        slot: 1,
        name: 'Kari Nordmann',
        signingTime: new Date(),
        appearance: signatureAppearance('Kari'),
        digestAlgorithm: 'sha256',
        contentsSize: 9000,
      }),
    )
    cms = signedBy(kari, Buffer.from(begun.documentDigest, 'base64'))
    increment = Buffer.from(completeSignature(begun, cms).increment)
  })
  after(() => authority.close())

  const holeAt = () => increment.indexOf('/Contents <') + '/Contents '.length

  test('passes a signature as it was made', () => check(increment))

  test('sees a change of any byte outside the hole', async () => {
    for (let at = 0; at < increment.length; at += at > holeAt() && at < holeAt() + 18_000 ? 18_002 : 7) {
      if (at >= holeAt() && at < holeAt() + 18_002) continue
      const changed = Buffer.from(increment)
      changed[at] = (changed[at] ?? 0) ^ 1
      await refused('INTERNAL', changed)
    }
    await refused('INTERNAL', increment.subarray(0, -1))
    await refused('INTERNAL', Buffer.concat([increment, Buffer.from('\n')]))
  })

  test('sees what is not the padding, not the brackets and not hexadecimal', async () => {
    for (const at of [holeAt(), holeAt() + 18_001, holeAt() + 18_000, holeAt() + 1 + 2 * cms.length, holeAt() + 40]) {
      const changed = Buffer.from(increment)
      changed[at] = 'x'.charCodeAt(0)
      await assert.rejects(check(changed), (error) => isSeglError(error, 'INTERNAL', 'MALFORMED_DER'))
    }
  })

  test('sees a change of any octet of the CMS, whatever it breaks', async () => {
    for (let octet = 0; octet < cms.length; octet += 13) {
      const changed = cms.slice()
      changed[octet] = (changed[octet] ?? 0) ^ 4
      const filled = completeSignature(begun, changed).increment
      // The certificates of the authorities are not signed by this signature: who looks at the path looks at them.
      const isOfTheChain = authority.chain.some((der) => {
        const at = Buffer.from(cms).indexOf(der)
        return octet >= at && octet < at + der.length
      })
      if (!isOfTheChain) await assert.rejects(check(filled), (error) => isSeglError(error), `octet ${octet}`)
    }
  })

  test('sees a signature over other bytes, by another person, and one that does not name its certificate', async () => {
    const digest = Buffer.from(begun.documentDigest, 'base64')
    await refused('SIGNATURE_INVALID', completeSignature(begun, signedBy(kari, Buffer.alloc(32))).increment)
    await refused('SIGNATURE_INVALID', completeSignature(begun, signedBy(ola, digest)).increment)
    await refused('SIGNATURE_INVALID', increment, begun, ola)
    await refused('SIGNATURE_INVALID', increment, { ...begun, documentDigest: Buffer.alloc(32).toString('base64') })
    await refused('SIGNATURE_INVALID', increment, { ...begun, digestAlgorithm: 'sha512' })
    const [from, length, rest, last] = begun.byteRange
    await refused('INTERNAL', increment, { ...begun, byteRange: [from, length + 2, rest, last] })
  })
})
