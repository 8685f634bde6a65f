// The simulated PKI before two judges from outside: pkilint, which CAs use on themselves, and openssl.
import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createPki, type Pki } from '../../src/bankid/ca.ts'
import { makeCrl } from '../../src/bankid/crl.ts'
import { createFaults } from '../../src/bankid/faults.ts'
import { createResponder } from '../../src/bankid/ocsp.ts'
import { people } from '../../src/bankid/people.ts'
import { authorityNames, type NamePart, tsaNames } from '../../src/bankid/pki.ts'
import { createTimeStamper } from '../../src/bankid/tsa.ts'
import { type Bench, createBench } from '../bankid/openssl.ts'
import { needs } from '../support/outside.ts'
import { programs, run } from './judges.ts'
import { type Waiver, waivers, waiversOnLocalhost } from './pkilint-waivers.ts'

const linter = (name: string) => join(programs.python, '..', name)
const linters = [
  'lint_etsi_cert',
  'lint_pkix_cert',
  'lint_pkix_signer_signee_cert_chain',
  'lint_crl',
  'lint_ocsp_response',
]
const clock = () => new Date()

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const rsa = generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey
const sealSubject: readonly NamePart[] = [
  ['C', 'NO'],
  ['O', 'Fjordlys Regnskap AS'],
  ['organizationIdentifier', 'NTRNO-123456785'],
  ['OU', 'TEST - SimBankID'],
  ['CN', 'Fjordlys Regnskap AS'],
]

/** Every kind of certificate that the service makes: its issuer, and where there is a choice, each end of it. */
const issuerOf = {
  root: 'root',
  persons: 'root',
  organisations: 'root',
  'root-ocsp': 'root',
  'persons-ocsp': 'persons',
  'organisations-ocsp': 'organisations',
  tsa: 'root',
  tsa2: 'root',
  'signer-ec': 'persons',
  'signer-rsa': 'persons',
  'signer-for-two-minutes': 'persons',
  'signer-for-ten-years': 'persons',
  'signer-revoked': 'persons',
  'seal-ec': 'organisations',
  'seal-rsa': 'organisations',
  'seal-revoked': 'organisations',
} as const
type Name = keyof typeof issuerOf
const names = Object.keys(issuerOf) as Name[]

/** Makes them all at a service of that address, as `<name>.pem`; two are revoked. */
async function furnish(bench: Bench, url: string): Promise<Pki> {
  const pki = createPki({ folder: join(bench.folder, 'pki'), url, clock })
  const person = (index: number, key: typeof ec, seconds: number) => {
    const found = people[index]
    assert.ok(found)
    return pki.issueToPerson(found, key, seconds)
  }
  const certificates: Record<Name, Buffer> = {
    root: pki.certificateOf('root'),
    persons: pki.certificateOf('persons'),
    organisations: pki.certificateOf('organisations'),
    'root-ocsp': pki.responder('root').certificate,
    'persons-ocsp': pki.responder('persons').certificate,
    'organisations-ocsp': pki.responder('organisations').certificate,
    tsa: pki.certificateOf('tsa'),
    tsa2: pki.certificateOf('tsa2'),
    // Names with letters outside ASCII: Ánte Gáŋgaviika, Øystein Bråthen.
    'signer-ec': person(4, ec, 3600),
    'signer-rsa': person(1, rsa, 3600),
    'signer-for-two-minutes': person(0, ec, 120),
    'signer-for-ten-years': person(5, ec, 10 * 365 * 86_400),
    'signer-revoked': person(3, ec, 3600),
    'seal-ec': pki.issueSeal(sealSubject, ec),
    'seal-rsa': pki.issueSeal(sealSubject, rsa),
    'seal-revoked': pki.issueSeal(sealSubject, ec),
  }
  for (const name of names) await bench.write(`${name}.pem`, new X509Certificate(certificates[name]).toString())
  const serial = (name: Name) => new X509Certificate(certificates[name]).serialNumber
  assert.ok(pki.revoke('persons', serial('signer-revoked'), 'privilegeWithdrawn'))
  assert.ok(pki.revoke('organisations', serial('seal-revoked'), 'unspecified'))
  return pki
}

/** Findings of level ERROR that no waiver covers; `used` collects those that did. */
async function lint(waived: readonly Waiver[], used: Set<Waiver>, name: string, ...args: string[]): Promise<string[]> {
  const { out, err } = await run(linter(name), ['lint', '-s', 'ERROR', '-f', 'JSON', ...args])
  assert.notEqual(out, '', err)
  const { results } = JSON.parse(out) as {
    readonly results: readonly {
      readonly node_path: string
      readonly finding_descriptions: readonly { readonly code: string; readonly message: string | null }[]
    }[]
  }
  return results.flatMap(({ node_path, finding_descriptions }) =>
    finding_descriptions.flatMap(({ code, message }) => {
      const waiver = waived.find((one) => one.code === code && one.about.test(message ?? ''))
      if (waiver === undefined) return [`${code} ${message ?? ''} (${node_path})`]
      used.add(waiver)
      return []
    }),
  )
}

const kindOf = (name: Name): readonly string[] => {
  if (name.startsWith('signer')) return ['lint_etsi_cert', '-t', 'NCP-NATURAL-PERSON-CERTIFICATE']
  if (name.startsWith('seal')) return ['lint_etsi_cert', '-t', 'NCP-LEGAL-PERSON-CERTIFICATE']
  return ['lint_pkix_cert']
}

describe('the simulated PKI, before pkilint', { skip: needs(...linters.map(linter)) }, () => {
  const used = new Set<Waiver>()
  let bench: Bench
  let pki: Pki
  before(async () => {
    bench = await createBench()
    pki = await furnish(bench, 'http://bankid.example.no')
  })
  after(() => bench?.close())
  const file = (name: string) => join(bench.folder, name)
  const found = (name: string, ...args: string[]) => lint(waivers, used, name, ...args)

  for (const name of names) {
    const [program = '', ...options] = kindOf(name)
    it(`has no error in the certificate ${name}`, async () => {
      assert.deepEqual(await found(program, ...options, file(`${name}.pem`)), [])
    })
  }

  it('has no error between a certificate and its issuer', async () => {
    for (const name of ['persons', 'organisations', 'tsa', 'persons-ocsp', 'signer-ec', 'seal-rsa'] as const)
      assert.deepEqual(
        await found('lint_pkix_signer_signee_cert_chain', file(`${issuerOf[name]}.pem`), file(`${name}.pem`)),
        [],
      )
  })

  for (const authority of authorityNames)
    it(`has no error in the list of revoked certificates of ${authority}`, async () => {
      await bench.write('list.crl', makeCrl(pki, authority, clock))
      assert.deepEqual(await found('lint_crl', '-t', 'CRL', '-p', 'PKIX', file('list.crl')), [])
    })

  // openssl applies a digest to the certificates and numbers that follow it.
  const questions: readonly (readonly [string, Name, readonly string[], string])[] = [
    ['good, about a signer', 'signer-ec', ['-cert', 'signer-ec.pem'], 'good'],
    ['good, about an authority', 'persons', ['-cert', 'persons.pem'], 'good'],
    ['good, about a time-stamping authority', 'tsa', ['-cert', 'tsa.pem'], 'good'],
    [
      'good, asked with SHA-256 and without a nonce',
      'seal-rsa',
      ['-no_nonce', '-sha256', '-cert', 'seal-rsa.pem'],
      'good',
    ],
    ['revoked, with a reason', 'signer-revoked', ['-cert', 'signer-revoked.pem'], 'revoked'],
    ['revoked, without one', 'seal-revoked', ['-cert', 'seal-revoked.pem'], 'revoked'],
    ['unknown', 'signer-ec', ['-serial', '0x1234'], 'unknown'],
  ]
  for (const [what, name, options, status] of questions)
    it(`has no error in the OCSP answer ${what}`, async () => {
      const about = ['-issuer', `${issuerOf[name]}.pem`, ...options]
      const asked = await bench.openssl('ocsp', ...about, '-reqout', 'q.der')
      assert.ok(asked.ok, asked.text)
      await bench.write(
        'answer.ocsp',
        createResponder(pki, clock, createFaults()).answer(await readFile(file('q.der'))),
      )
      assert.deepEqual(await found('lint_ocsp_response', file('answer.ocsp')), [])
      // The nonce is compared over HTTP (test/bankid/pki.test.ts); this is another process, which knows none.
      const judged = await bench.openssl('ocsp', '-no_nonce', ...about, '-respin', 'answer.ocsp', '-CAfile', 'root.pem')
      assert.match(judged.text, /Response verify OK/)
      assert.match(judged.text, new RegExp(`: ${status}`))
    })

  it('has no error in the OCSP answer that asks to come again', async () => {
    const faults = createFaults()
    faults.order({ kind: 'ocsp-try-later' })
    await bench.openssl('ocsp', '-issuer', 'persons.pem', '-cert', 'signer-ec.pem', '-reqout', 'q.der')
    const answer = createResponder(pki, clock, faults).answer(await readFile(file('q.der')))
    await bench.write('later.ocsp', answer)
    assert.match((await bench.openssl('ocsp', '-respin', 'later.ocsp')).text, /trylater \(3\)/)
    assert.deepEqual(await found('lint_ocsp_response', file('later.ocsp')), [])
  })

  it('would be found out: a person is no organisation, and a signer certificate is no list', async () => {
    const wrong = await found('lint_etsi_cert', '-t', 'NCP-LEGAL-PERSON-CERTIFICATE', file('signer-ec.pem'))
    assert.ok(wrong.some((finding) => finding.startsWith('etsi.')))
    await assert.rejects(found('lint_crl', '-t', 'CRL', '-p', 'PKIX', file('signer-ec.pem')))
  })

  it('has no other errors when the service runs on this machine', async () => {
    const local = await createBench()
    try {
      await furnish(local, 'http://localhost:8081')
      for (const name of ['signer-ec', 'seal-rsa', 'persons', 'tsa'] as const) {
        const [program = '', ...options] = kindOf(name)
        const path = join(local.folder, `${name}.pem`)
        assert.deepEqual(await lint([...waivers, ...waiversOnLocalhost], used, program, ...options, path), [])
      }
    } finally {
      await local.close()
    }
  })

  it('needs every waiver', () => {
    for (const waiver of [...waivers, ...waiversOnLocalhost]) assert.ok(used.has(waiver), waiver.code)
  })
})

describe('the simulated PKI, before openssl', { skip: needs('openssl') }, () => {
  let bench: Bench
  let pki: Pki
  before(async () => {
    bench = await createBench()
    pki = await furnish(bench, 'http://bankid.example.no')
    let lists = ''
    for (const authority of authorityNames) {
      await bench.write('list.crl', makeCrl(pki, authority, clock))
      await bench.openssl('crl', '-inform', 'DER', '-in', 'list.crl', '-out', 'list.pem')
      lists += await readFile(join(bench.folder, 'list.pem'), 'utf8')
    }
    await bench.write('lists.pem', lists)
    const issuing = ['persons', 'organisations'].map((name) => readFile(join(bench.folder, `${name}.pem`), 'utf8'))
    await bench.write('issuing.pem', (await Promise.all(issuing)).join(''))
  })
  after(() => bench?.close())

  const verify = (name: Name) => {
    const chain = ['-CAfile', 'root.pem', '-untrusted', 'issuing.pem']
    return bench.openssl('verify', '-x509_strict', '-crl_check_all', '-CRLfile', 'lists.pem', ...chain, `${name}.pem`)
  }

  for (const name of names.filter((one) => !one.endsWith('revoked')))
    it(`holds, strictly, with the certificate ${name}`, async () => {
      const { ok, text } = await verify(name)
      assert.ok(ok, text)
    })

  for (const name of ['signer-revoked', 'seal-revoked'] as const)
    it(`lets nobody rely on the certificate ${name}`, async () => {
      const { ok, text } = await verify(name)
      assert.ok(!ok && /certificate revoked/.test(text), text)
    })

  for (const name of tsaNames)
    it(`stamps by ${name} what was sent, and nothing else`, async () => {
      const stamper = createTimeStamper(pki.tsa(name), clock, createFaults(), name)
      await bench.write('data', 'Årsregnskap')
      await bench.write('other', 'Årsregnskap 2')
      for (const hash of ['-sha256', '-sha384', '-sha512']) {
        await bench.openssl('ts', '-query', '-data', 'data', hash, '-cert', '-out', 'q.tsq')
        await bench.write('r.tsr', stamper.answer(await readFile(join(bench.folder, 'q.tsq'))))
        const judge = (...what: string[]) =>
          bench.openssl('ts', '-verify', ...what, '-in', 'r.tsr', '-CAfile', 'root.pem')
        const good = await judge('-queryfile', 'q.tsq')
        assert.ok(good.ok, good.text)
        assert.ok((await judge('-data', 'data')).ok)
        assert.ok(!(await judge('-data', 'other')).ok)
      }
    })
})
