import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import {
  type Issued,
  openssl,
  responderExtensions,
  rootAuthority,
  temporaryFolder,
  withoutOpenssl,
} from './openssl-authority.ts'
import { pathJudges } from './path-judges.ts'

describe('a path with revocation data', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const { now, root, ca, validate, signer } = pathJudges(folder)

  const hour = 3_600_000
  const revocationCase = (name: string) => {
    const issuer = root.subordinate({ subject: `/C=NO/CN=${name}` })
    return { issuer, leaf: signer(issuer), rootCrl: root.crl() }
  }

  test('needs some for every certificate below the anchor', async () => {
    const { issuer, leaf, rootCrl } = revocationCase('Uten CRL')
    const none = await validate(leaf, [issuer], { revocation: { ocsp: [], crls: [] } })
    assert.equal(none.subIndication, 'TRY_LATER')
    assert.equal(none.reasons.length, 2)
    const half = await validate(leaf, [issuer], { revocation: { ocsp: [], crls: [rootCrl] } })
    assert.equal(half.subIndication, 'TRY_LATER')
    assert.equal(half.reasons.length, 1)
    const whole = await validate(leaf, [issuer], { revocation: { ocsp: [], crls: [rootCrl, issuer.crl()] } })
    assert.equal(whole.verdict, 'PASSED', JSON.stringify(whole.reasons))
    assert.deepEqual(
      whole.revocation.map(({ status, source }) => [status, source]),
      [
        ['good', 'crl'],
        ['good', 'crl'],
      ],
    )
  })

  test('tells a revoked signer from a revoked CA', async () => {
    const { issuer, leaf } = revocationCase('Tilbakekalt')
    issuer.revoke(leaf)
    const crl = issuer.crl({ from: Date.now() + 2000 })
    const at = Date.now() + 1500
    const revoked = await validate(leaf, [issuer], { at, revocation: { ocsp: [], crls: [root.crl(), crl] } })
    assert.equal(revoked.subIndication, 'REVOKED_NO_POE')
    assert.equal(revoked.revocation[0]?.reason, 1)
    root.revoke(issuer, 'cACompromise')
    const crls = [root.crl({ from: Date.now() + 2000 }), issuer.crl()]
    const ca = await validate(signer(issuer), [issuer], { at: Date.now() + 1500, revocation: { ocsp: [], crls } })
    assert.equal(ca.subIndication, 'REVOKED_CA_NO_POE')
  })

  test('passes for a time before the revocation, and says when it came', async () => {
    const { issuer, leaf, rootCrl } = revocationCase('Senere')
    issuer.revoke(leaf)
    const crl = issuer.crl({ from: Date.now() + 2000 })
    const before = await validate(leaf, [issuer], {
      at: now - 60_000,
      revocation: { ocsp: [], crls: [rootCrl, crl] },
    })
    assert.equal(before.verdict, 'PASSED', JSON.stringify(before.reasons))
    const revokedAt = before.revocation[0]?.revokedAt ?? 0
    assert.ok(Math.abs(revokedAt - Date.now()) < 60_000)
  })

  test('treats a certificate on hold as undecided', async () => {
    const { issuer, leaf, rootCrl } = revocationCase('Vent')
    issuer.revoke(leaf, 'certificateHold')
    const crl = issuer.crl({ from: Date.now() + 2000 })
    const at = Date.now() + 1500
    const result = await validate(leaf, [issuer], { at, revocation: { ocsp: [], crls: [rootCrl, crl] } })
    assert.equal(result.subIndication, 'TRY_LATER')
    assert.match(result.reasons[0]?.detail ?? '', /on hold/)
  })

  test('takes no CRL that is too old, foreign, partial, of another kind or with unknown critical extensions', async () => {
    const { issuer, leaf, rootCrl } = revocationCase('Utvalg')
    const stranger = rootAuthority(folder.path, { subject: `/C=NO/CN=Utvalg` })
    const useless = [
      issuer.crl({ from: now - 2 * hour, to: now - hour }),
      stranger.crl({ extensions: [] }),
      issuer.crl({ extensions: ['issuingDistributionPoint = critical, @idp', '', '[idp]', 'onlyCA = TRUE'] }),
      issuer.crl({
        extensions: ['issuingDistributionPoint = critical, @idp', '', '[idp]', 'onlysomereasons = keyCompromise'],
      }),
      issuer.crl({ extensions: ['issuingDistributionPoint = critical, @idp', '', '[idp]', 'indirectCRL = TRUE'] }),
      issuer.crl({
        extensions: ['issuingDistributionPoint = critical, @idp', '', '[idp]', 'fullname = URI:http://elsewhere/'],
      }),
      issuer.crl({ extensions: ['2.5.29.27 = critical, DER:020101'] }),
      issuer.crl({ extensions: ['1.2.3.4 = critical, DER:0500'] }),
      new Uint8Array([0x30, 0x80, 0, 0]),
    ]
    for (const [index, crl] of useless.entries()) {
      const result = await validate(leaf, [issuer], { revocation: { ocsp: [], crls: [rootCrl, crl] } })
      assert.equal(result.subIndication, 'TRY_LATER', `CRL ${index}`)
    }
    const users = issuer.crl({
      extensions: ['issuingDistributionPoint = critical, @idp', '', '[idp]', 'onlyuser = TRUE'],
    })
    const good = await validate(leaf, [issuer], { revocation: { ocsp: [], crls: [rootCrl, users, ...useless] } })
    assert.equal(good.verdict, 'PASSED', JSON.stringify(good.reasons))
  })

  test('takes no silence about a certificate that had already expired', async () => {
    const issuer = root.subordinate({ subject: '/C=NO/CN=Utgått' })
    const leaf = signer(issuer, { notBefore: now - 50 * 60_000, notAfter: now - 30 * 60_000 })
    const material = { ocsp: [], crls: [root.crl(), issuer.crl({ from: now })] }
    const result = await validate(leaf, [issuer], { at: now - 40 * 60_000, revocation: material })
    assert.equal(result.subIndication, 'TRY_LATER')
    assert.ok(result.reasons.some(({ detail }) => /after the certificate had expired/.test(detail)))
  })

  test('takes a CA without the right to sign CRLs for none', async () => {
    const issuer = root.subordinate({
      subject: '/C=NO/CN=Uten rett',
      extensions: [
        'basicConstraints = critical, CA:TRUE',
        'keyUsage = critical, keyCertSign',
        'subjectKeyIdentifier = hash',
      ],
    })
    const result = await validate(signer(issuer), [issuer], {
      revocation: { ocsp: [], crls: [root.crl(), issuer.crl()] },
    })
    assert.equal(result.subIndication, 'TRY_LATER')
  })

  test('takes an OCSP responder that the CA appointed', async () => {
    const { ocspFor, leaf, issuer } = ocspCase('Svarer')
    const responder = issuer.issue({ subject: '/CN=OCSP', extensions: responderExtensions })
    const result = await validate(leaf, [issuer], { revocation: { ocsp: [ocspFor(responder)], crls: [root.crl()] } })
    assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
    assert.equal(result.revocation[0]?.source, 'ocsp')
  })

  function ocspCase(name: string) {
    const { issuer, leaf } = revocationCase(name)
    const request = openssl([
      'ocsp',
      '-issuer',
      issuer.certificateFile,
      '-cert',
      leaf.certificateFile,
      '-no_nonce',
      '-reqout',
      '-',
    ])
    return {
      issuer,
      leaf,
      ocspFor: (responder?: Issued, options?: readonly string[]) => issuer.ocsp(request, responder, options),
    }
  }

  test('takes an OCSP response signed by the CA itself', async () => {
    const { ocspFor, leaf, issuer } = ocspCase('Selv')
    const own = ['-nmin', '60']
    for (const options of [own, [...own, '-resp_key_id']]) {
      const result = await validate(leaf, [issuer], {
        revocation: { ocsp: [ocspFor(undefined, options)], crls: [root.crl()] },
      })
      assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
    }
  })

  test('takes no OCSP responder that is not appointed, not for OCSP, of another CA, expired or unchecked', async () => {
    const { ocspFor, leaf, issuer } = ocspCase('Uvedkommende')
    const common = ['subjectKeyIdentifier = hash', 'authorityKeyIdentifier = keyid']
    const usage = 'keyUsage = critical, digitalSignature'
    const useless: readonly [string, Issued][] = [
      ['not for OCSP', issuer.issue({ subject: '/CN=A', extensions: [...common, usage, 'noCheck = yes'] })],
      ['of another CA', ca.issue({ subject: '/CN=B', extensions: responderExtensions })],
      [
        'expired',
        issuer.issue({
          subject: '/CN=C',
          extensions: responderExtensions,
          notBefore: now - 2 * hour,
          notAfter: now - hour,
        }),
      ],
      [
        'unchecked',
        issuer.issue({ subject: '/CN=D', extensions: [...common, usage, 'extendedKeyUsage = OCSPSigning'] }),
      ],
      [
        'a key that may not sign',
        issuer.issue({
          subject: '/CN=E',
          extensions: [
            ...common,
            'keyUsage = critical, keyAgreement',
            'extendedKeyUsage = OCSPSigning',
            'noCheck = yes',
          ],
        }),
      ],
      ['with SHA-1', issuer.issue({ subject: '/CN=F', extensions: responderExtensions, digest: 'sha1' })],
    ]
    for (const [name, responder] of useless) {
      const result = await validate(leaf, [issuer], {
        revocation: { ocsp: [ocspFor(responder)], crls: [root.crl()] },
      })
      assert.equal(result.subIndication, 'TRY_LATER', name)
    }
  })

  test('takes an OCSP responder without nocheck when a CRL clears it, and none that the CRL revokes', async () => {
    const { ocspFor, leaf, issuer } = ocspCase('Kontrollert')
    const responder = issuer.issue({
      subject: '/CN=OCSP',
      extensions: [...responderExtensions.filter((line) => !line.startsWith('noCheck'))],
    })
    const response = ocspFor(responder)
    const result = await validate(leaf, [issuer], {
      revocation: { ocsp: [response], crls: [root.crl(), issuer.crl()] },
    })
    assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
  })

  test('lets the fresher answer decide', async () => {
    const { ocspFor, leaf, issuer } = ocspCase('Ferskest')
    const good = ocspFor()
    issuer.revoke(leaf)
    const crl = issuer.crl({ from: Date.now() + 5000 })
    const at = Date.now() + 1500
    const result = await validate(leaf, [issuer], { at, revocation: { ocsp: [good], crls: [root.crl(), crl] } })
    assert.equal(result.subIndication, 'REVOKED_NO_POE')
  })

  test('takes no OCSP response that was changed', async () => {
    const { ocspFor, leaf, issuer } = ocspCase('Endret')
    const response = ocspFor()
    const clean = await validate(leaf, [issuer], { revocation: { ocsp: [response], crls: [root.crl()] } })
    assert.equal(clean.verdict, 'PASSED')
    for (let position = 0; position < response.length; position += 7) {
      const changed = Uint8Array.from(response)
      changed[position] = (changed[position] ?? 0) ^ 0x04
      const result = await validate(leaf, [issuer], { revocation: { ocsp: [changed], crls: [root.crl()] } })
      // Bytes after the signature are the certificates sent along, which the CA's own answer does not need.
      if (result.verdict === 'PASSED') assert.ok(position > response.length / 3, `byte ${position}`)
    }
  })

  test('takes no answer of a responder that had expired by the time the answer provably existed', async () => {
    const { ocspFor, leaf, issuer } = ocspCase('Bevist')
    const short = { notBefore: now - hour, notAfter: now + hour }
    const responder = issuer.issue({ subject: '/CN=OCSP', extensions: responderExtensions, ...short })
    const revocation = { ocsp: [ocspFor(responder)], crls: [root.crl()] }
    const provenAt = async (revocationProvenAt: number) =>
      (await validate(leaf, [issuer], { revocation, revocationProvenAt })).subIndication
    assert.equal(await provenAt(Date.now()), undefined)
    assert.equal(await provenAt(now + 2 * hour), 'REVOCATION_OUT_OF_BOUNDS_NO_POE')
    assert.equal(await provenAt(now - hour), 'REVOCATION_OUT_OF_BOUNDS_NO_POE')
    assert.equal((await validate(leaf, [issuer], { revocation })).verdict, 'PASSED')
  })
})
