// The e-seal key: files that organisations really have open, sign, and are refused when they must not seal.
import assert from 'node:assert/strict'
import { constants, createPrivateKey, generateKeyPairSync, verify, X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readPkcs12, writePkcs12 } from '../../../src/adapters/seal-key/pkcs12.ts'
import { loadSealKey, sealKeyOf } from '../../../src/adapters/seal-key/seal-key.ts'
import { isSeglError } from '../../../src/errors.ts'
import type { SealKey } from '../../../src/flow/ports/trust-services.ts'

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
const at = new Date('2027-01-01T00:00:00Z')
const organisation = 'TEST Regnskap og Ærlighet AS'

/** Does the signature verify under the certificate, by OpenSSL's rules? */
function verifies(key: SealKey, data: Uint8Array, signature: Uint8Array): boolean {
  const { publicKey } = new X509Certificate(key.certificates[0] ?? new Uint8Array())
  return key.algorithm === 'rsa-pss-sha256'
    ? verify('sha256', data, { key: publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, signature)
    : verify('sha256', data, { key: publicKey, dsaEncoding: 'der' }, signature)
}

describe('seal key', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segl-seal-'))
  })
  after(() => rm(folder, { recursive: true }))

  // Made by OpenSSL: its present default, what Windows and older exports make, and the RC2 of twenty years ago.
  const files = [
    ['rsa.p12', 'rsa-pss-sha256'],
    ['rsa-3des.p12', 'rsa-pss-sha256'],
    ['rsa-rc2.p12', 'rsa-pss-sha256'],
    ['ec.p12', 'ecdsa-p256-sha256'],
    ['ec-encrypted.pem', 'ecdsa-p256-sha256'],
    ['ec-plain.pem', 'ecdsa-p256-sha256'],
  ] as const

  for (const [name, algorithm] of files)
    it(`opens ${name}, puts the chain in order and makes a signature that verifies`, async () => {
      const key = await loadSealKey({ file: fixture(name), passphrase: 'sesame', at })
      assert.equal(key.algorithm, algorithm)
      assert.equal(key.organisation, organisation)
      assert.match(new X509Certificate(key.certificates[0] ?? new Uint8Array()).subject, /NTRNO-123456785/)
      assert.equal(key.certificates.length, 2)
      const root = new X509Certificate(await readFile(fixture('root.pem')))
      assert.ok(Buffer.from(key.certificates[1] ?? []).equals(root.raw), 'the bytes of the issuer are untouched')
      assert.ok(
        new X509Certificate(key.certificates[0] ?? new Uint8Array()).verify(root.publicKey),
        'and those of the leaf',
      )
      const data = Buffer.from('signed attributes')
      const signature = await key.sign(data)
      assert.ok(verifies(key, data, signature))
      assert.ok(!verifies(key, Buffer.from('other attributes'), signature))
    })

  it('opens a file whose passphrase has Norwegian letters, by the newer and the older scheme', async () => {
    for (const name of ['norwegian-letters.p12', 'norwegian-letters-3des.p12'])
      assert.equal((await loadSealKey({ file: fixture(name), passphrase: 'blåbær', at })).organisation, organisation)
  })

  it('writes a PKCS#12 file that it reads again, byte for byte, also with certificates that are not RSA', async () => {
    const original = readPkcs12(await readFile(fixture('rsa.p12')), 'sesame')
    const written = writePkcs12(original, 'open ærlig 1')
    const again = readPkcs12(written, 'open ærlig 1')
    assert.deepEqual(
      again.certificates.map((der) => Buffer.from(der)),
      original.certificates.map((der) => Buffer.from(der)),
    )
    assert.ok(again.privateKey.equals(original.privateKey))
    assert.throws(
      () => readPkcs12(written, 'sesame'),
      (error) => isSeglError(error, 'CONFIG_INVALID'),
    )
  })

  it('refuses a wrong passphrase without telling it', async () => {
    for (const name of ['rsa.p12', 'rsa-rc2.p12', 'ec.p12', 'ec-encrypted.pem'])
      await assert.rejects(
        loadSealKey({ file: fixture(name), passphrase: 'swordfish', at }),
        (error) => isSeglError(error, 'CONFIG_INVALID') && !String(error).includes('swordfish'),
        name,
      )
  })

  it('refuses an altered file, whichever byte it is', async () => {
    const bytes = await readFile(fixture('rsa.p12'))
    for (let offset = 0; offset < bytes.length; offset += 331) {
      const altered = Buffer.from(bytes)
      altered[offset] = (altered[offset] ?? 0) ^ 0x10
      assert.throws(
        () => readPkcs12(altered, 'sesame'),
        (error) => isSeglError(error, 'CONFIG_INVALID'),
        `byte ${offset}`,
      )
    }
    for (const length of [0, 1, 100, bytes.length - 1])
      assert.throws(
        () => readPkcs12(bytes.subarray(0, length), 'sesame'),
        (error) => isSeglError(error, 'CONFIG_INVALID'),
      )
  })

  it('says which secret is missing when there is no file', async () => {
    const missing = loadSealKey({ file: join(folder, 'none.p12'), passphrase: 'x', at })
    await assert.rejects(missing, (error) => isSeglError(error, 'SECRET_MISSING'))
  })

  it('refuses a certificate outside its validity', async () => {
    for (const time of ['2020-01-01T00:00:00Z', '2200-01-01T00:00:00Z'])
      await assert.rejects(
        loadSealKey({ file: fixture('rsa.p12'), passphrase: 'sesame', at: new Date(time) }),
        (error) => isSeglError(error, 'CERTIFICATE_INVALID'),
      )
  })

  it('refuses a key without its certificate, and a certificate of somebody else', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { certificates } = readPkcs12(await readFile(fixture('ec.p12')), 'sesame')
    assert.throws(
      () => sealKeyOf({ privateKey, certificates }, at),
      (error) => isSeglError(error, 'CONFIG_INVALID'),
    )
    assert.throws(
      () => sealKeyOf({ privateKey, certificates: [] }, at),
      (error) => isSeglError(error, 'CONFIG_INVALID'),
    )
    const file = join(folder, 'key-only.pem')
    await writeFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }))
    await assert.rejects(loadSealKey({ file, passphrase: '', at }), (error) => isSeglError(error, 'CONFIG_INVALID'))
  })

  it('leaves strangers among the certificates out of the chain', async () => {
    const ec = readPkcs12(await readFile(fixture('ec.p12')), 'sesame')
    const rsa = readPkcs12(await readFile(fixture('rsa.p12')), 'sesame')
    const key = sealKeyOf({ ...ec, certificates: [...rsa.certificates, ...ec.certificates].reverse() }, at)
    assert.equal(key.certificates.length, 2)
    assert.ok(createPrivateKey(ec.privateKey.export({ format: 'pem', type: 'pkcs8' })).equals(ec.privateKey))
    assert.ok(new X509Certificate(key.certificates[0] ?? new Uint8Array()).checkPrivateKey(ec.privateKey))
  })
})
