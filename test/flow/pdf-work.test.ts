// What is embedded in a file cannot be taken out again, so it is verified before it counts.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { createPdfWork } from '../../src/flow/pdf-work.ts'
import type { ToBeSigned } from '../../src/kernel/pades/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { type Authority, type Identity, openAuthority } from '../kernel/pades/authority.ts'
import { beginFirst, prepare, signedBy } from '../kernel/pades/ceremony.ts'
import { plainSheet } from '../kernel/pades/sheet.ts'
import { classicPdf } from '../kernel/pdf/build.ts'
import { needs } from '../support/outside.ts'

describe('the finished signature of a revision', { skip: needs('openssl') }, () => {
  let authority: Authority
  let kari: Identity
  let ola: Identity
  const document = prepare(classicPdf(), plainSheet(1))
  const work = createPdfWork(() => ({ ...bytesSource(document.bytes), close: () => {} }))
  let toBeSigned: ToBeSigned

  before(async () => {
    authority = await openAuthority()
    kari = await authority.issue('Kari Nordmann', 'ecdsa-p256')
    ola = await authority.issue('Ola Nordmann', 'ecdsa-p256')
    toBeSigned = beginFirst(document, 'Kari Nordmann')
  })

  /** A CMS of Kari's over `digest`, with the value that `key` made. */
  const signedWith = (key: Identity['key'], digest = Buffer.from(toBeSigned.documentDigest, 'base64')) =>
    signedBy(authority, kari, digest, key)
  const complete = (cms: Uint8Array, signingCertificate = kari.certificate) =>
    work.complete({ file: [], toBeSigned, cms, signingCertificate })

  it('is taken when it is the signer’s over this revision', async () => {
    const { increment, state } = await complete(signedWith(kari.key))
    assert.equal(document.bytes.length + increment.length, state.size)
  })

  it('is refused when another key made it, over another revision, or for another person', async () => {
    const refused = { name: 'SeglError', code: 'SIGNATURE_INVALID' }
    await assert.rejects(complete(signedWith(ola.key)), refused)
    await assert.rejects(complete(signedWith(kari.key, Buffer.alloc(32))), refused)
    await assert.rejects(complete(signedWith(kari.key), ola.certificate), refused)
  })
})
