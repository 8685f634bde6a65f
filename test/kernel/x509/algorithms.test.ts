import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, test } from 'node:test'
import {
  bitString,
  explicitTag,
  integer,
  nullValue,
  octetString,
  oid,
  readDer,
  sequence,
} from '../../../src/kernel/der/index.ts'
import {
  digestNow,
  digestOf,
  nodeCrypto,
  parsePublicKey,
  readAlgorithm,
  type SignatureScheme,
  schemeIdentifier,
  schemeOf,
  weakness,
} from '../../../src/kernel/x509/index.ts'

const sha = (number: number, ...parameters: Uint8Array[]) =>
  sequence(oid(`2.16.840.1.101.3.4.2.${number}`), ...parameters)
const pss = (...parameters: Uint8Array[]) =>
  schemeOf(readAlgorithm(readDer(sequence(oid('1.2.840.113549.1.1.10'), sequence(...parameters)))))
const mgf1 = (hash: Uint8Array) => explicitTag(1, sequence(oid('1.2.840.113549.1.1.8'), hash))

describe('algorithm identifiers', () => {
  test('of every scheme that is written are read back', () => {
    const schemes: SignatureScheme[] = (['sha1', 'sha256', 'sha384', 'sha512'] as const).flatMap((digest) => [
      { kind: 'ecdsa', digest },
      { kind: 'rsa-pkcs1', digest },
      { kind: 'rsa-pss', digest, saltLength: 32 },
      { kind: 'rsa-pss', digest, saltLength: 20 },
    ])
    for (const scheme of [...schemes, { kind: 'ed25519' } as const]) {
      assert.deepEqual(schemeOf(readAlgorithm(readDer(schemeIdentifier(scheme)))), scheme)
    }
  })

  test('of digests are read with NULL and without parameters, and with no others (RFC 5754 2)', () => {
    assert.equal(digestOf(readAlgorithm(readDer(sha(1)))), 'sha256')
    assert.equal(digestOf(readAlgorithm(readDer(sha(3, nullValue())))), 'sha512')
    assert.equal(digestOf(readAlgorithm(readDer(sha(1, integer(1))))), undefined)
  })

  test('of RSASSA-PSS take the defaults of RFC 4055: SHA-1, salt of 20 octets', () => {
    assert.deepEqual(pss(), { kind: 'rsa-pss', digest: 'sha1', saltLength: 20 })
    assert.deepEqual(pss(explicitTag(0, sha(1)), mgf1(sha(1)), explicitTag(3, integer(1))), {
      kind: 'rsa-pss',
      digest: 'sha256',
      saltLength: 20,
    })
  })

  test('of RSASSA-PSS with different digests, an unknown mask or an endless salt are not supported', () => {
    assert.equal(pss(explicitTag(0, sha(1))), undefined)
    assert.equal(pss(explicitTag(0, sha(1)), mgf1(sha(2))), undefined)
    assert.equal(pss(explicitTag(0, sha(9))), undefined)
    assert.equal(pss(explicitTag(0, sha(1)), explicitTag(1, sequence(oid('1.2.3'), sha(1)))), undefined)
    assert.equal(pss(explicitTag(0, sha(1)), mgf1(sha(1)), explicitTag(2, integer(5000))), undefined)
    assert.throws(() => pss(explicitTag(3, integer(2))), /trailer/)
    assert.equal(schemeOf(readAlgorithm(readDer(sequence(oid('1.2.840.113549.1.1.10'))))), undefined)
  })

  test('that name no digest take that of the signer', () => {
    const rsa = readAlgorithm(readDer(sequence(oid('1.2.840.113549.1.1.1'), nullValue())))
    assert.deepEqual(schemeOf(rsa, 'sha384'), { kind: 'rsa-pkcs1', digest: 'sha384' })
    assert.equal(schemeOf(rsa), undefined)
    assert.equal(schemeOf(readAlgorithm(readDer(sequence(oid('1.2.840.10045.4.3.2'), integer(1))))), undefined)
  })
})

describe('public keys', () => {
  const spki = (...algorithm: Uint8Array[]) =>
    parsePublicKey(sequence(sequence(...algorithm), bitString(octetString())))

  test('are known by kind and size', () => {
    const exported = (pair: { publicKey: { export: (how: { format: 'der'; type: 'spki' }) => Buffer } }) =>
      parsePublicKey(pair.publicKey.export({ format: 'der', type: 'spki' }))
    const found = [
      exported(generateKeyPairSync('rsa', { modulusLength: 2048 })),
      exported(
        generateKeyPairSync('rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256' }),
      ),
      exported(generateKeyPairSync('ec', { namedCurve: 'P-521' })),
      exported(generateKeyPairSync('ec', { namedCurve: 'secp256k1' })),
      exported(generateKeyPairSync('ed25519')),
      exported(generateKeyPairSync('ed448')),
      exported(generateKeyPairSync('x25519')),
    ]
    assert.deepEqual(
      found.map(({ kind, bits, curve }) => [kind, bits, curve]),
      [
        ['rsa', 2048, undefined],
        ['rsa-pss', 1024, undefined],
        ['ec', 521, 'P-521'],
        ['ec', 0, undefined],
        ['ed25519', 256, undefined],
        ['ed448', 456, undefined],
        ['other', 0, undefined],
      ],
    )
    assert.equal(spki(oid('1.2.840.10045.2.1'), sequence()).bits, 0)
  })

  test('that are too weak are told, with what is weak about them', () => {
    const k1 = spki(oid('1.2.840.10045.2.1'), oid('1.3.132.0.10'))
    assert.match(weakness({ kind: 'ecdsa', digest: 'sha256' }, k1) ?? '', /curve/)
    assert.match(weakness(undefined, k1) ?? '', /not supported/)
    assert.match(weakness({ kind: 'ecdsa', digest: 'sha1' }, k1) ?? '', /SHA-1/)
  })
})

describe('the Crypto port of Node', () => {
  const data = Buffer.from('x')

  test('verifies Ed25519', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const spki = publicKey.export({ format: 'der', type: 'spki' })
    const signature = sign(null, data, privateKey)
    assert.equal(await nodeCrypto.verify({ scheme: { kind: 'ed25519' }, spki, data, signature }), true)
    assert.equal(
      await nodeCrypto.verify({ scheme: { kind: 'ed25519' }, spki, data: Buffer.from('y'), signature }),
      false,
    )
  })

  test('answers false for a key or a signature that is none, and for a key of another kind', async () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const spki = ec.publicKey.export({ format: 'der', type: 'spki' })
    const signature = sign('sha256', data, ec.privateKey)
    const scheme = { kind: 'ecdsa', digest: 'sha256' } as const
    assert.equal(await nodeCrypto.verify({ scheme, spki, data, signature }), true)
    for (const wrong of [new Uint8Array(), Uint8Array.of(0x30, 0), signature.subarray(1)]) {
      assert.equal(await nodeCrypto.verify({ scheme, spki, data, signature: wrong }), false)
    }
    assert.equal(await nodeCrypto.verify({ scheme, spki: Buffer.from('no key'), data, signature }), false)
    for (const kind of ['rsa-pkcs1', 'rsa-pss'] as const) {
      const other = { kind, digest: 'sha256', saltLength: 32 } as const
      assert.equal(await nodeCrypto.verify({ scheme: other, spki, data, signature }), false)
    }
  })

  test('hashes as everybody does', async () => {
    assert.deepEqual(await nodeCrypto.digest('sha256', data), digestNow('sha256', data))
    assert.equal(Buffer.from(digestNow('sha1', data)).toString('hex'), '11f6ad8ec52a2984abaafd7c3b516503785c2072')
  })

  test('keeps working when it has met more keys than it remembers', async () => {
    const scheme = { kind: 'ecdsa', digest: 'sha256' } as const
    for (let i = 0; i < 300; i++) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const spki = publicKey.export({ format: 'der', type: 'spki' })
      assert.ok(await nodeCrypto.verify({ scheme, spki, data, signature: sign('sha256', data, privateKey) }))
    }
  })
})
