// First contact: the root is pinned once, the client key and the seal key are made once, and each says why when it cannot be.
import assert from 'node:assert/strict'
import { constants, verify, X509Certificate } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { enrolSealKey, type SealEnrolment } from '../../../src/adapters/seal-key/index.ts'
import { loadClientKey } from '../../../src/adapters/trust-services/client-key.ts'
import { createEnrolment } from '../../../src/adapters/trust-services/est.ts'
import { loadTrustRoot } from '../../../src/adapters/trust-services/trust-root.ts'
import { isSeglError } from '../../../src/errors.ts'
import { type Island, startIsland } from './island.ts'

const subject = { organisation: 'TEST Segl AS', organisationNumber: '999999999', commonName: 'TEST Segl' }

describe('first contact with the trust service', () => {
  let island: Island
  let folder = ''
  before(async () => {
    island = await startIsland()
    folder = await mkdtemp(join(tmpdir(), 'segl-first-'))
  })
  after(async () => {
    await island.close()
    await rm(folder, { recursive: true })
  })

  const enrolment = (name: string, change: Partial<SealEnrolment> = {}): SealEnrolment => ({
    file: join(folder, name, 'seal.p12'),
    passphrase: 'sesame',
    subject: { ...subject, organisationNumber: '974760673' },
    enrol: (request) => island.enrolment.enrol(request),
    chain: [island.root.certificate],
    at: new Date(),
    ...change,
  })

  it('enrols a seal that signs, is kept in a file of its owner only, and is the same at the next start', async () => {
    const key = await enrolSealKey(enrolment('once'))
    assert.equal(key.organisation, 'TEST Segl AS')
    assert.equal(key.algorithm, 'rsa-pss-sha256')
    assert.equal(key.certificates.length, 3)
    const certificate = new X509Certificate(key.certificates[0] ?? new Uint8Array())
    assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 3072)
    const signature = await key.sign(Buffer.from('attributes'))
    const scheme = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    assert.ok(verify('sha256', Buffer.from('attributes'), scheme, signature))
    const [leaf = new Uint8Array(), ...candidates] = key.certificates
    const proof = await island.revocation.validationData({ certificate: leaf, candidates, at: new Date() })
    assert.equal(proof.ocsps.length + proof.crls.length, 2)
    const file = enrolment('once').file
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(join(folder, 'once')), ['seal.p12'])
    const again = await enrolSealKey(enrolment('once', { enrol: () => Promise.reject(new Error('asked twice')) }))
    assert.deepEqual(again.certificates, key.certificates)
  })

  it('makes one key when several ask at the same time', async () => {
    let asked = 0
    const enrol = (request: Uint8Array) => {
      asked++
      return island.enrolment.enrol(request)
    }
    const keys = await Promise.all([1, 2, 3, 4].map(() => enrolSealKey(enrolment('many', { enrol }))))
    assert.equal(asked, 1)
    for (const key of keys) assert.deepEqual(key.certificates, keys[0]?.certificates)
  })

  it('takes over the lock of a process that died', async () => {
    const asked = enrolment('dead')
    await enrolSealKey(asked)
    await rm(asked.file)
    // No process has the highest number there is.
    await writeFile(`${asked.file}.lock`, '4194304')
    await enrolSealKey(asked)
    assert.deepEqual(await readdir(join(folder, 'dead')), ['seal.p12'])
  })

  it('leaves nothing when the CA refuses: wrong credentials, wrong check digit, or a certificate for another key', async () => {
    const wrong = createEnrolment({ call: island.call, credentials: { username: 'segl', password: 'guess' } })
    const other = await enrolSealKey(enrolment('other'))
    const attempts: readonly Partial<SealEnrolment>[] = [
      { enrol: (request) => wrong.enrol(request) },
      { subject: { ...subject, organisationNumber: '123456789' } },
      { enrol: async () => other.certificates },
    ]
    for (const attempt of attempts) {
      await assert.rejects(
        enrolSealKey(enrolment('refused', attempt)),
        (error) => isSeglError(error, 'TRUST_SERVICE_REFUSED', 'CONFIG_INVALID') && !String(error).includes('guess'),
      )
      assert.deepEqual(await readdir(join(folder, 'refused')), [])
    }
  })

  it('pins the root at first contact and keeps it, whatever is published later', async () => {
    const file = join(folder, 'trust', 'root.pem')
    const root = await loadTrustRoot({ file, fetchCertificates: () => island.enrolment.caCertificates() })
    const published = await (await fetch(`${island.url}/certs/root.pem`)).text()
    assert.equal(root.sha256, new X509Certificate(published).fingerprint256.replaceAll(':', '').toLowerCase())
    assert.equal(
      new X509Certificate(await readFile(file)).fingerprint256,
      new X509Certificate(published).fingerprint256,
    )
    const again = await loadTrustRoot({ file, fetchCertificates: () => Promise.reject(new Error('asked again')) })
    assert.deepEqual(again, root)
    const right = await loadTrustRoot({
      file,
      sha256: new X509Certificate(published).fingerprint256,
      fetchCertificates: async () => [],
    })
    assert.equal(right.sha256, root.sha256)
  })

  it('refuses a root that BANKID_ROOT_SHA256 does not name, published or pinned', async () => {
    const fetchCertificates = () => island.enrolment.caCertificates()
    const sha256 = 'ab'.repeat(32)
    const fresh = { file: join(folder, 'fresh', 'root.pem'), sha256, fetchCertificates }
    await assert.rejects(loadTrustRoot(fresh), (error) => isSeglError(error, 'CONFIG_INVALID'))
    await assert.rejects(stat(fresh.file), { code: 'ENOENT' })
    await loadTrustRoot({ file: fresh.file, fetchCertificates })
    await assert.rejects(loadTrustRoot(fresh), (error) => isSeglError(error, 'CONFIG_INVALID'))
    await assert.rejects(loadTrustRoot({ ...fresh, sha256: 'abc' }), (error) => isSeglError(error, 'CONFIG_INVALID'))
  })

  it('takes no leaf and no issuing CA for a root', async () => {
    const [issuing] = (await island.enrolment.caCertificates()).filter((der) => {
      const certificate = new X509Certificate(der)
      return certificate.subject !== certificate.issuer
    })
    assert.ok(issuing !== undefined)
    const file = join(folder, 'no-root', 'root.pem')
    const none = loadTrustRoot({ file, fetchCertificates: async () => [issuing] })
    await assert.rejects(none, (error) => isSeglError(error, 'CONFIG_INVALID'))
  })

  it('makes the client key once, publishes its public half only, and refuses to start without it elsewhere', async () => {
    const file = join(folder, 'client', 'key.pem')
    await assert.rejects(loadClientKey({ file, make: false }), (error) => isSeglError(error, 'SECRET_MISSING'))
    const keys = await Promise.all([1, 2, 3].map(() => loadClientKey({ file, make: true })))
    const again = await loadClientKey({ file, make: false })
    for (const key of keys) assert.deepEqual(key.jwks, again.jwks)
    assert.deepEqual(Object.keys(again.jwks.keys[0] ?? {}).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
    assert.equal(again.privateKey.extractable, false)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(join(folder, 'client')), ['key.pem'])
    await writeFile(file, 'rubbish')
    await assert.rejects(loadClientKey({ file, make: true }), (error) => isSeglError(error, 'CONFIG_INVALID'))
  })
})
