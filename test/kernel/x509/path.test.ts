import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { cpuTime } from '../cpu-time.ts'
import { caExtensions, keyPair, rootAuthority, temporaryFolder, withoutOpenssl } from './openssl-authority.ts'
import { certificateOf, pathJudges } from './path-judges.ts'

describe('the path of a certificate', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const { now, root, ca, validate, opensslAccepts, signer } = pathJudges(folder)

  const hour = 3_600_000
  test('leads over the issuing CA to the root', async () => {
    const leaf = signer(ca)
    const result = await validate(leaf, [ca])
    assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
    assert.deepEqual(
      result.path.map(({ subject }) => subject.rdns.at(-1)?.[0]?.value),
      ['Kari Nordmann', 'Utsteder', 'Rot'],
    )
    assert.ok(opensslAccepts(leaf, [ca]))
  })

  test('passes with every algorithm that may be relied on', async () => {
    const wishes = [
      { key: 'P-384', digest: 'sha384' },
      { key: 'P-521', digest: 'sha512' },
      { key: 'RSA-2048', digest: 'sha256' },
      { key: 'RSA-3072', digest: 'sha384', pss: true },
    ] as const
    for (const wish of wishes) {
      const issuer = root.subordinate({ subject: `/C=NO/CN=Utsteder ${wish.key}`, key: wish.key })
      const leaf = signer(issuer, wish)
      const result = await validate(leaf, [issuer])
      assert.equal(result.verdict, 'PASSED', `${wish.key}: ${JSON.stringify(result.reasons)}`)
      assert.ok(opensslAccepts(leaf, [issuer]), wish.key)
    }
  })

  test('is not found without the issuing CA, or without a trust anchor', async () => {
    const leaf = signer(ca)
    for (const result of [await validate(leaf, []), await validate(leaf, [ca, root], { trustAnchors: [] })]) {
      assert.equal(result.verdict, 'INDETERMINATE')
      assert.equal(result.subIndication, 'NO_CERTIFICATE_CHAIN_FOUND')
    }
  })

  test('is a general failure when the issuer of that name has another key', async () => {
    const other = rootAuthority(folder.path, { subject: '/C=NO/CN=Rot' })
    const leaf = signer(ca)
    const result = await validate(leaf, [ca], { trustAnchors: [certificateOf(other)] })
    assert.equal(result.subIndication, 'CERTIFICATE_CHAIN_GENERAL_FAILURE')
  })

  test('is found among namesakes of the issuer', async () => {
    const impostors = Array.from({ length: 5 }, () =>
      rootAuthority(folder.path, { subject: '/C=NO/O=Test AS/CN=Utsteder' }),
    )
    const result = await validate(signer(ca), [...impostors, ca])
    assert.equal(result.verdict, 'PASSED')
  })

  test('ends in time when CAs certify each other in circles', async () => {
    const pairs = Array.from({ length: 6 }, () => keyPair('P-256'))
    const cas = pairs.map((pair, i) => root.subordinate({ subject: `/CN=Ring ${i}`, pair }))
    const crossed = cas.flatMap((issuer, i) =>
      pairs.flatMap((pair, j) =>
        i === j ? [] : [issuer.issue({ subject: `/CN=Ring ${j}`, pair, extensions: caExtensions })],
      ),
    )
    const [first] = cas
    assert.ok(first !== undefined)
    const result = await validate(signer(first), crossed)
    assert.equal(result.subIndication, 'NO_CERTIFICATE_CHAIN_FOUND')
  })

  test('counts at the first and the last second of the validity, not before and not after', async () => {
    const notBefore = Math.floor((now - hour) / 1000) * 1000
    const notAfter = notBefore + 10 * 60_000
    const leaf = signer(ca, { notBefore, notAfter })
    const at = async (time: number) => (await validate(leaf, [ca], { at: time })).subIndication
    // The CA itself is one hour old, too: its validity begins in the same second or later.
    const opened = Math.max(notBefore, certificateOf(ca).notBefore)
    assert.equal(await at(opened), undefined)
    assert.equal(await at(notBefore - 1), 'OUT_OF_BOUNDS_NO_POE')
    assert.equal(await at(notAfter + 999), undefined)
    assert.equal(await at(notAfter + 1000), 'OUT_OF_BOUNDS_NO_POE')
  })

  test('does not rely on SHA-1, short RSA keys or unknown algorithms', async () => {
    const weak = root.subordinate({ subject: '/CN=Svak', key: 'RSA-1024' })
    const leaves = [
      [signer(ca, { digest: 'sha1' }), [ca]],
      [signer(weak), [weak]],
      [signer(ca, { key: 'RSA-1024' }), [ca]],
    ] as const
    for (const [leaf, chain] of leaves) {
      const result = await validate(leaf, chain)
      assert.equal(result.subIndication, 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE')
    }
  })

  test('goes around an issuing CA that has expired when the same CA was certified again', async () => {
    const pair = keyPair('P-256')
    const subject = '/C=NO/CN=Fornyet'
    const old = root.subordinate({ subject, pair, notBefore: now - 2 * hour, notAfter: now - hour })
    const renewed = root.subordinate({ subject, pair })
    const leaf = signer(renewed)
    for (const chain of [
      [old, renewed],
      [renewed, old],
    ]) {
      const result = await validate(leaf, chain)
      assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
    }
    assert.equal((await validate(leaf, [old])).subIndication, 'OUT_OF_BOUNDS_NO_POE')
  })

  test('is the certificate alone when it is a trust anchor itself', async () => {
    const leaf = signer(ca)
    const result = await validate(leaf, [], { trustAnchors: [certificateOf(leaf)], revocation: { ocsp: [], crls: [] } })
    assert.deepEqual([result.verdict, result.path.length, result.revocation.length], ['PASSED', 1, 0])
  })

  test('does not begin at an anchor that is no CA, or that may not sign certificates', async () => {
    const extensions = [
      ['basicConstraints = critical, CA:FALSE', 'keyUsage = keyCertSign', 'subjectKeyIdentifier = hash'],
      ['basicConstraints = critical, CA:TRUE', 'keyUsage = critical, cRLSign', 'subjectKeyIdentifier = hash'],
      ['subjectKeyIdentifier = hash'],
    ]
    for (const lines of extensions) {
      const anchor = rootAuthority(folder.path, { subject: '/CN=Anker', extensions: lines })
      const result = await validate(signer(anchor), [], { trustAnchors: [certificateOf(anchor)] })
      assert.equal(result.subIndication, 'CHAIN_CONSTRAINTS_FAILURE', lines.join())
    }
  })

  test('keeps the path length and the names that the anchor itself states (RFC 5937)', async () => {
    const anchor = rootAuthority(folder.path, {
      subject: '/C=NO/CN=Anker',
      extensions: [
        'basicConstraints = critical, CA:TRUE, pathlen:0',
        ...caExtensions.slice(1),
        'nameConstraints = critical, permitted;dirName:tre',
        '',
        '[tre]',
        'C = NO',
      ],
    })
    const trustAnchors = [certificateOf(anchor)]
    const inside = signer(anchor, { subject: '/C=NO/CN=Innenfor' })
    assert.equal((await validate(inside, [], { trustAnchors })).verdict, 'PASSED')
    const outside = signer(anchor, { subject: '/C=SE/CN=Utenfor' })
    assert.equal((await validate(outside, [], { trustAnchors })).subIndication, 'CHAIN_CONSTRAINTS_FAILURE')
    const below = anchor.subordinate({ subject: '/C=NO/CN=Under' })
    const tooLong = await validate(signer(below, { subject: '/C=NO/CN=For langt' }), [below], { trustAnchors })
    assert.deepEqual([...new Set(tooLong.reasons.map(({ citation }) => citation))], ['RFC 5280 6.1.4 (l)'])
  })

  test('of a key on an unknown curve is not relied on', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
    const result = await validate(signer(ca, { pair: { privateKey, publicKey } }), [ca])
    assert.equal(result.subIndication, 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE')
  })

  test('is found, or not, in a moment among 50 000 certificates', async () => {
    const leaf = signer(ca)
    const stranger = certificateOf(signer(ca, { subject: '/C=NO/CN=Fremmed' }))
    const namesake = certificateOf(rootAuthority(folder.path, { subject: '/C=NO/O=Test AS/CN=Utsteder' }))
    const flood = Array.from({ length: 50_000 }, (_, i) => ({ ...(i % 2 === 0 ? stranger : namesake) }))
    const started = cpuTime()
    const candidates = [...flood, certificateOf(ca)]
    const found = await validate(leaf, [], { candidates })
    assert.equal(found.verdict, 'PASSED', JSON.stringify(found.reasons))
    assert.equal((await validate(leaf, [], { candidates: flood })).subIndication, 'CERTIFICATE_CHAIN_GENERAL_FAILURE')
    assert.ok(cpuTime() - started < 3000)
  })
})
