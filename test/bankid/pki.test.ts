// The simulated BankID's certificates, time-stamps and OCSP answers, judged by openssl.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { needs } from '../support/outside.ts'
import { download } from './openssl.ts'
import { openPki, type Pki } from './pki-bench.ts'

/** Hooks of a file run even when all of its tests are skipped. */
const missing = needs('openssl')

let bench: Pki
before(async () => {
  if (!missing) bench = await openPki()
})
after(() => bench?.close())

describe('the PKI, judged by openssl', { skip: missing }, () => {
  const strict = ['verify', '-x509_strict', '-crl_check_all', '-CRLfile', 'crls.pem', '-CAfile', 'root.pem']

  it('gives signers a chain that is strictly valid and not revoked', async () => {
    const { ok, text } = await bench.openssl(...strict, '-untrusted', 'persons.pem', 'leaf.pem')
    assert.ok(ok, text)
  })

  it('says nonRepudiation alone, critical, in a signer certificate', async () => {
    const { text } = await bench.openssl('x509', '-in', 'leaf.pem', '-noout', '-text', '-nameopt', 'utf8')
    assert.match(text, /Key Usage: critical\s+Non Repudiation\n/)
    assert.match(text, /O=TEST - SimBankID/)
    assert.match(text, /Policy: 1\.3\.6\.1\.4\.1\.32473\.8081\.1\.1/)
    assert.match(text, /OCSP - URI:http:\/\/localhost:\d+\/ocsp/)
    assert.doesNotMatch(text, /OCSP No Check/)
  })

  it('never claims QcCompliance or QcSSCD', async () => {
    const { text } = await bench.openssl('asn1parse', '-in', 'leaf.pem')
    const statements = /:qcStatements\s+\d+:d=\d+\s+hl=\d+ l=\s*\d+ prim: OCTET STRING\s+\[HEX DUMP\]:([0-9A-F]+)/.exec(
      text,
    )?.[1]
    assert.ok(statements, text)
    assert.ok(statements.includes('060604008E460106'), 'QcType is there')
    assert.ok(!statements.includes('060604008E460101'), 'QcCompliance is not')
    assert.ok(!statements.includes('060604008E460104'), 'QcSSCD is not')
  })

  for (const name of ['tsa', 'tsa2']) {
    it(`lets ${name} do nothing but time-stamping`, async () => {
      const { ok, text } = await bench.openssl(...strict, '-purpose', 'timestampsign', `${name}.pem`)
      assert.ok(ok, text)
      const shown = await bench.openssl('x509', '-in', `${name}.pem`, '-noout', '-text')
      assert.match(shown.text, /Extended Key Usage: critical\s+Time Stamping\n/)
    })

    it(`stamps with ${name} what openssl accepts, for each hash`, async () => {
      await bench.write('data', 'Årsregnskap')
      for (const hash of ['-sha256', '-sha384', '-sha512']) {
        await bench.openssl('ts', '-query', '-data', 'data', hash, '-cert', '-out', 'q.tsq')
        await bench.write('r.tsr', await stamp(name, await readFile(join(bench.folder, 'q.tsq'))))
        const { ok, text } = await bench.openssl(
          'ts',
          '-verify',
          '-queryfile',
          'q.tsq',
          '-in',
          'r.tsr',
          '-CAfile',
          'root.pem',
        )
        assert.ok(ok, text)
      }
    })
  }

  const stamp = async (name: string, query: Uint8Array): Promise<Buffer> => {
    const answer = await fetch(bench.path(name), {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query' },
      body: Uint8Array.from(query),
    })
    assert.equal(answer.headers.get('content-type'), 'application/timestamp-reply')
    return Buffer.from(await answer.arrayBuffer())
  }

  it('leaves the TSA certificate out when nobody asks for it', async () => {
    await bench.write('data', 'x')
    await bench.openssl('ts', '-query', '-data', 'data', '-sha256', '-out', 'q.tsq')
    await bench.write('r.tsr', await stamp('tsa', await readFile(join(bench.folder, 'q.tsq'))))
    const without = await bench.openssl('ts', '-verify', '-queryfile', 'q.tsq', '-in', 'r.tsr', '-CAfile', 'root.pem')
    assert.ok(!without.ok)
    const withIt = await bench.openssl(
      'ts',
      '-verify',
      '-queryfile',
      'q.tsq',
      '-in',
      'r.tsr',
      '-CAfile',
      'root.pem',
      '-untrusted',
      'tsa.pem',
    )
    assert.ok(withIt.ok, withIt.text)
  })

  const refusals: [string, string[], RegExp][] = [
    ['SHA-1', ['-sha1'], /unrecognized or unsupported algorithm identifier/i],
    ['an unknown policy', ['-sha256', '-tspolicy', '1.2.3.4'], /requested TSA policy is not supported/i],
  ]
  for (const [what, options, expected] of refusals) {
    it(`refuses ${what} with the right failure`, async () => {
      await bench.write('data', 'x')
      await bench.openssl('ts', '-query', '-data', 'data', ...options, '-out', 'q.tsq')
      await bench.write('r.tsr', await stamp('tsa', await readFile(join(bench.folder, 'q.tsq'))))
      const { text } = await bench.openssl('ts', '-reply', '-in', 'r.tsr', '-text')
      assert.match(text, /Status: Rejected/)
      assert.match(text, expected)
    })
  }

  it('calls rubbish a bad data format', async () => {
    await bench.write('r.tsr', await stamp('tsa', Buffer.from('not a query')))
    const { text } = await bench.openssl('ts', '-reply', '-in', 'r.tsr', '-text')
    assert.match(text, /Failure info: the data submitted has the wrong format/)
  })

  const ocsp = (issuer: string, certificate: string, ...more: string[]) =>
    bench.openssl(
      'ocsp',
      '-issuer',
      issuer,
      '-cert',
      certificate,
      '-url',
      bench.path('ocsp'),
      '-CAfile',
      'root.pem',
      '-resp_text',
      ...more,
    )

  for (const [issuer, certificate] of [
    ['persons.pem', 'leaf.pem'],
    ['root.pem', 'persons.pem'],
    ['root.pem', 'organisations.pem'],
    ['root.pem', 'tsa.pem'],
    ['root.pem', 'tsa2.pem'],
  ] as const) {
    it(`says good for ${certificate}, with the nonce that was asked for`, async () => {
      const { ok, text } = await ocsp(issuer, certificate)
      assert.ok(ok, text)
      assert.match(text, /Response verify OK/)
      assert.match(text, new RegExp(`${certificate}: good`))
      assert.doesNotMatch(text, /WARNING: no nonce|Nonce Verify error/)
    })
  }

  it('also takes SHA-256 certificate ids and requests without a nonce', async () => {
    const { ok, text } = await bench.openssl(
      'ocsp',
      '-issuer',
      'persons.pem',
      '-sha256',
      '-cert',
      'leaf.pem',
      '-url',
      bench.path('ocsp'),
      '-CAfile',
      'root.pem',
      '-no_nonce',
      '-resp_text',
    )
    assert.match(text, /Hash Algorithm: sha256/)
    assert.ok(ok && !text.includes('OCSP Nonce'), text)
  })

  it('answers GET as RFC 6960 appendix A.1 has it', async () => {
    await bench.openssl('ocsp', '-issuer', 'persons.pem', '-cert', 'leaf.pem', '-no_nonce', '-reqout', 'q.der')
    const query = (await readFile(join(bench.folder, 'q.der'))).toString('base64')
    await bench.write('r.der', await download(bench.path(`ocsp/${encodeURIComponent(query)}`)))
    const { ok, text } = await bench.openssl(
      'ocsp',
      '-issuer',
      'persons.pem',
      '-cert',
      'leaf.pem',
      '-respin',
      'r.der',
      '-CAfile',
      'root.pem',
      '-no_nonce',
    )
    assert.ok(ok && text.includes('leaf.pem: good'), text)
  })

  it('ends the answer about a signer a second before the certificate', async () => {
    const { text } = await ocsp('persons.pem', 'leaf.pem')
    const next = new Date(/Next Update: (.+)/.exec(text)?.[1] ?? '')
    const leaf = new X509Certificate(await readFile(join(bench.folder, 'leaf.pem')))
    assert.ok(next.getTime() <= new Date(leaf.validTo).getTime() - 1000)
  })

  it('gives answers about authorities and time-stampers that last for years', async () => {
    for (const certificate of ['persons.pem', 'tsa.pem']) {
      const { text } = await ocsp('root.pem', certificate)
      const next = new Date(/Next Update: (.+)/.exec(text)?.[1] ?? '')
      assert.ok(next.getTime() > Date.now() + 5 * 365 * 86_400_000)
    }
    const list = await bench.openssl('crl', '-in', 'root.crl.pem', '-noout', '-nextupdate')
    assert.ok(new Date(list.text.split('=')[1] ?? '').getTime() > Date.now() + 5 * 365 * 86_400_000)
  })

  it('says unknown for a certificate it never issued, and unauthorized for one of another authority', async () => {
    await bench.openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'k.pem',
      '-out',
      'stranger.pem',
      '-subj',
      '/CN=stranger',
    )
    const unknown = await bench.openssl(
      'ocsp',
      '-issuer',
      'persons.pem',
      '-serial',
      '0x1234',
      '-url',
      bench.path('ocsp'),
      '-CAfile',
      'root.pem',
    )
    assert.match(unknown.text, /0x1234: unknown/)
    const unauthorised = await ocsp('stranger.pem', 'leaf.pem')
    assert.match(unauthorised.text, /unauthorized \(6\)/)
  })

  it('says malformed for rubbish', async () => {
    const answer = await fetch(bench.path('ocsp'), {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request' },
      body: 'x',
    })
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), Buffer.from('30030a0101', 'hex'))
  })
})
