import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Bench, createBench, download } from './openssl.ts'
import { credentialOf, logIn, type Party, startParty } from './relying-party.ts'

/** Put there by .ci/run: pkilint (PyPI), the linter that certification authorities use. */
const tools = resolve('.ci/venv/bin')
const missing = !existsSync(join(tools, 'lint_etsi_cert')) && 'pkilint is not installed in .ci/venv'

/** What a service on this machine cannot do better; everything else of level ERROR is a failure. */
const waived: [RegExp, string][] = [
  [/invalid_uri_syntax.*http:\/\/localhost/, 'a host name without a dot: the service runs on this machine'],
  [/internal_domain_name.*localhost/, 'the same'],
  [/url_scheme_not_https/, 'the disclosure statement is served over http, as everything here'],
]

type Finding = {
  node_path: string
  validator: string
  finding_descriptions: { severity: string; code: string; message: string | null }[]
}

const lint = async (bench: Bench, tool: string, ...args: string[]): Promise<string[]> => {
  const output = await new Promise<string>((done, fail) => {
    execFile(
      join(tools, tool),
      ['lint', '-s', 'ERROR', '-f', 'JSON', ...args],
      { cwd: bench.folder, timeout: 60_000 },
      (error, out, err) => (out === '' ? fail(error ?? new Error(err)) : done(out)),
    )
  })
  const { results } = JSON.parse(output) as { results: Finding[] }
  return results
    .flatMap((one) =>
      one.finding_descriptions.map(({ code, message }) => `${code} ${message ?? ''} (${one.node_path})`),
    )
    .filter((finding) => !waived.some(([pattern]) => pattern.test(finding)))
}

describe('the PKI, judged by pkilint', { skip: missing }, () => {
  let party: Party
  let bench: Bench
  before(async () => {
    party = await startParty()
    bench = await createBench()
    const { url } = party.bankid
    for (const name of ['root', 'persons', 'organisations', 'tsa', 'tsa2']) {
      await bench.write(`${name}.pem`, await download(`${url}/certs/${name}.pem`))
    }
    for (const name of ['root', 'persons', 'organisations']) {
      await bench.write(`${name}.crl`, await download(`${url}/crl/${name}.crl`))
    }
    const login = await logIn(party, 'contractPartyA')
    await bench.write('leaf.pem', new X509Certificate((await credentialOf(party, login.access_token)).leaf).toString())
    const subject = '/C=NO/O=Fjordlys Regnskap AS/organizationIdentifier=NTRNO-123456785/CN=Fjordlys Regnskap AS'
    await bench.openssl(
      'req',
      '-new',
      '-newkey',
      'rsa:3072',
      '-nodes',
      '-keyout',
      'k',
      '-subj',
      subject,
      '-outform',
      'DER',
      '-out',
      'csr',
    )
    const enrolled = await fetch(`${url}/.well-known/est/simpleenroll`, {
      method: 'POST',
      headers: { 'content-type': 'application/pkcs10', authorization: `Basic ${btoa('segl:enrol-me')}` },
      body: (await readFile(join(bench.folder, 'csr'))).toString('base64'),
    })
    await bench.write('p7', Buffer.from(await enrolled.text(), 'base64'))
    const { text } = await bench.openssl('pkcs7', '-inform', 'DER', '-in', 'p7', '-print_certs')
    await bench.write('seal.pem', /-----BEGIN[^-]+-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0] ?? '')
    for (const [issuer, name] of [
      ['persons', 'leaf'],
      ['root', 'persons'],
      ['root', 'tsa'],
      ['organisations', 'seal'],
    ] as const) {
      const asked = await bench.openssl(
        'ocsp',
        '-issuer',
        `${issuer}.pem`,
        '-cert',
        `${name}.pem`,
        '-url',
        `${url}/ocsp`,
        '-respout',
        `${name}.ocsp`,
        '-CAfile',
        'root.pem',
        '-resp_text',
      )
      await bench.write(
        `${issuer}-responder.pem`,
        /-----BEGIN[^-]+-----[^-]+-----END CERTIFICATE-----/.exec(asked.text)?.[0] ?? '',
      )
    }
  })
  after(async () => {
    await party?.close()
    await bench?.close()
  })

  it('finds no error in the certificate of a natural person', async () => {
    assert.deepEqual(await lint(bench, 'lint_etsi_cert', '-t', 'NCP-NATURAL-PERSON-CERTIFICATE', 'leaf.pem'), [])
  })

  it('finds no error in the certificate of an e-seal', async () => {
    assert.deepEqual(await lint(bench, 'lint_etsi_cert', '-t', 'NCP-LEGAL-PERSON-CERTIFICATE', 'seal.pem'), [])
  })

  for (const name of [
    'root',
    'persons',
    'organisations',
    'tsa',
    'tsa2',
    'root-responder',
    'persons-responder',
    'organisations-responder',
  ]) {
    it(`finds no error in the certificate ${name}`, async () => {
      assert.deepEqual(await lint(bench, 'lint_pkix_cert', `${name}.pem`), [])
    })
  }

  for (const name of ['root', 'persons', 'organisations']) {
    it(`finds no error in the list of ${name}`, async () => {
      assert.deepEqual(await lint(bench, 'lint_crl', '-t', 'CRL', '-p', 'PKIX', `${name}.crl`), [])
    })
  }

  for (const name of ['leaf', 'persons', 'tsa', 'seal']) {
    it(`finds no error in the OCSP answer about ${name}`, async () => {
      assert.deepEqual(await lint(bench, 'lint_ocsp_response', `${name}.ocsp`), [])
    })
  }

  it('would find one: a signer certificate is not one of an organisation', async () => {
    assert.notDeepEqual(await lint(bench, 'lint_etsi_cert', '-t', 'NCP-LEGAL-PERSON-CERTIFICATE', 'leaf.pem'), [])
  })
})
