// Proof of validity from the island: complete, checked, and refused when a certificate is revoked, unknown or nobody answers.
import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { createRevocationSource } from '../../../src/adapters/trust-services/revocation.ts'
import { createTimestampAuthority } from '../../../src/adapters/trust-services/tsa.ts'
import { createPki } from '../../../src/bankid/ca.ts'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { parseTimestampToken } from '../../../src/kernel/cms/index.ts'
import { nodeCrypto, parseCertificate, validatePath } from '../../../src/kernel/x509/index.ts'
import { clock, type Island, loggedIn, startIsland } from './island.ts'
import { type BackChannel, down, type Fault, garbage, hanging, hangingLimitMs, startProxy, tooLarge } from './proxy.ts'

describe('validation data', () => {
  let island: Island
  let proxy: BackChannel
  let chain: readonly Uint8Array[] = []
  let leaf: Uint8Array = new Uint8Array()

  const newCertificate = async (role: string) => {
    const { login } = await loggedIn(island, role)
    return (await island.remoteSigning.createCredential(login.serviceToken)).certificates
  }

  before(async () => {
    island = await startIsland()
    proxy = await startProxy(island)
    chain = await newCertificate('chairman')
    leaf = chain[0] ?? leaf
  })
  afterEach(() => {
    proxy.faults.clear()
    proxy.seen.length = 0
  })
  after(async () => {
    proxy.close()
    await island.close()
  })

  const source = (anchors: readonly Uint8Array[] = [island.root.certificate], timeoutMs = 60_000) =>
    createRevocationSource({
      call: createOutsideCall({ url: island.url, backchannelUrl: proxy.url, timeoutMs }),
      trustAnchors: anchors,
    })
  const fetched = (candidates: readonly Uint8Array[] = chain, timeoutMs?: number) =>
    source(undefined, timeoutMs).validationData({ certificate: leaf, candidates, at: new Date() })

  /** Does the material alone prove the certificate, without any network? */
  async function proves(found: Awaited<ReturnType<typeof fetched>>, certificate: Uint8Array): Promise<string> {
    const { verdict } = await validatePath({
      certificate: parseCertificate(certificate),
      candidates: found.certificates.map((der) => parseCertificate(der)),
      trustAnchors: [parseCertificate(island.root.certificate)],
      at: Date.now(),
      revocation: { ocsp: found.ocsps, crls: found.crls },
      purpose: 'any',
      crypto: nodeCrypto,
    })
    return verdict
  }

  it('proves the certificate of a signer by itself: chain, responders, and an answer for each but the root', async () => {
    const found = await fetched()
    assert.equal(found.ocsps.length + found.crls.length, 2)
    for (const der of chain) assert.ok(found.certificates.some((one) => Buffer.from(one).equals(Buffer.from(der))))
    assert.equal(await proves(found, leaf), 'PASSED')
    assert.equal(await proves({ ...found, ocsps: [], crls: [] }, leaf), 'INDETERMINATE')
    assert.ok(proxy.seen.includes('POST /ocsp'), 'calls went through the back channel')
  })

  it('proves the certificates of the time-stamping authority and of the CA', async () => {
    const call = createOutsideCall({ url: island.url })
    const trustAnchors = [island.root.certificate]
    const { token } = await createTimestampAuthority({ call, clock, trustAnchors }).timestamp(
      createHash('sha256').digest(),
    )
    const { tsaCertificate, signedData } = parseTimestampToken(token)
    assert.ok(tsaCertificate !== undefined)
    const certificate = tsaCertificate.der
    const found = await source().validationData({ certificate, candidates: signedData.certificates, at: new Date() })
    assert.equal(await proves(found, certificate), 'PASSED')
  })

  it('fetches the issuers that nobody handed over', async () => {
    const found = await fetched([])
    assert.equal(await proves(found, leaf), 'PASSED')
    assert.ok(proxy.seen.some((request) => request.startsWith('GET /certs/')))
  })

  const ocspReply = 'application/ocsp-response'
  const tryLater: Fault = async () => ({ status: 200, type: ocspReply, body: Buffer.from('30030a0103', 'hex') })
  const altered: Fault = async (body, pass) => {
    const answer = await pass(body)
    // The last digit of the first time in the signed part.
    const bytes = Buffer.from(answer.body)
    const at = bytes.indexOf(Buffer.from('180f', 'hex')) + 15
    bytes[at] = (bytes[at] ?? 0) ^ 1
    return { ...answer, body: bytes }
  }
  let earlier: Uint8Array | undefined
  const ofAnother: Fault = async (body, pass) => {
    const answer = await pass(body)
    earlier ??= answer.body
    return { ...answer, body: earlier }
  }
  const ocspFaults: readonly (readonly [string, Fault])[] = [
    ['is down', down],
    ['never answers', hanging],
    ['answers garbage', garbage(ocspReply)],
    ['answers another media type', garbage('text/html')],
    ['answers without end', tooLarge(ocspReply)],
    ['asks to come back later', tryLater],
    ['has its answer altered on the way', altered],
    ['answers with what it said about another request', ofAnother],
  ]
  for (const [name, fault] of ocspFaults)
    it(`takes the CRL when the OCSP responder ${name}`, async () => {
      proxy.faults.set('/ocsp', fault)
      const found = await fetched(chain, fault === hanging ? hangingLimitMs : undefined)
      assert.ok(found.crls.length > 0)
      assert.equal(await proves(found, leaf), 'PASSED')
    })

  const refused: readonly (readonly [string, Fault, ErrorCode])[] = [
    ['is down', down, 'TRUST_SERVICE_UNAVAILABLE'],
    ['answers garbage', garbage('application/ocsp-response'), 'TRUST_SERVICE_MALFORMED'],
  ]
  for (const [name, fault, code] of refused)
    it(`is missing with ${code} when of OCSP and CRL each ${name}`, async () => {
      proxy.faults.set('/ocsp', fault)
      proxy.faults.set('/crl', fault)
      await assert.rejects(fetched(), (error) => isSeglError(error, code))
    })

  it('is refused with REVOCATION_DATA_INVALID when the responder does not know the certificate, whatever the CRL says', async () => {
    const certificates = await newCertificate('auditor')
    const certificate = certificates[0] ?? new Uint8Array()
    const { serialNumber } = new X509Certificate(certificate)
    const issued = join(island.folder, 'bankid', 'pki', 'issued', 'persons', serialNumber.slice(0, 3))
    // The CA forgets that it ever issued this one.
    await rm(join(issued, `${serialNumber}.json`))
    await assert.rejects(source().validationData({ certificate, candidates: certificates, at: new Date() }), (error) =>
      isSeglError(error, 'REVOCATION_DATA_INVALID'),
    )
    assert.ok(!proxy.seen.some((request) => request.startsWith('GET /crl/persons')))
  })

  it('is refused with CERTIFICATE_INVALID when the certificate is revoked, by OCSP and by CRL', async () => {
    const certificates = await newCertificate('member')
    const certificate = certificates[0] ?? new Uint8Array()
    const pki = createPki({ folder: join(island.folder, 'bankid', 'pki'), url: island.url, clock: () => new Date() })
    assert.ok(pki.revoke('persons', new X509Certificate(certificate).serialNumber, 'keyCompromise'))
    const ask = () => source().validationData({ certificate, candidates: certificates, at: new Date() })
    const name = new X509Certificate(certificate).subject.match(/CN=(.*)/)?.[1] ?? '?'
    const isRevoked = (error: unknown) => isSeglError(error, 'CERTIFICATE_INVALID') && !String(error).includes(name)
    await assert.rejects(ask(), isRevoked)
    proxy.faults.set('/ocsp', down)
    await assert.rejects(ask(), isRevoked)
  })

  it('is refused when the chain leads to another root than the pinned one', async () => {
    const other = await startIsland()
    try {
      await assert.rejects(
        source([other.root.certificate]).validationData({ certificate: leaf, candidates: chain, at: new Date() }),
        (error) => isSeglError(error, 'CERTIFICATE_INVALID'),
      )
    } finally {
      await other.close()
    }
  })

  it('is refused after the certificate has expired', async () => {
    const at = new Date(new X509Certificate(leaf).validTo)
    at.setDate(at.getDate() + 1)
    await assert.rejects(source().validationData({ certificate: leaf, candidates: chain, at }), (error) =>
      isSeglError(error, 'CERTIFICATE_INVALID'),
    )
  })
})
