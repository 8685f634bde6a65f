// openssl and veraPDF are proven as judges too: what is right they accept, and each thing that is not they refuse.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseSignedData } from '../../src/kernel/cms/index.ts'
import { writePem } from '../../src/kernel/der/index.ts'
import { bytesSource, dss, openPdf, signatures } from '../../src/kernel/pdf/index.ts'
import { appendRevision, bodyOf, numberOf } from '../kernel/checks/raw-pdf.ts'
import { needs } from '../support/outside.ts'
import { type Authority, type Identity, openAuthority } from './authority.ts'
import { producers, signedFile } from './files.ts'
import { programs, run, verapdf } from './judges.ts'
import { openssl, verifyAnswer, verifyCms, verifyToken, withoutPadding } from './openssl.ts'

const day = 86_400_000
const pem = (der: Uint8Array) => writePem(der, 'CERTIFICATE')
/** One bit of the byte so far from the end. */
const flipped = (bytes: Uint8Array, fromEnd: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[copy.length - fromEnd] = (copy[copy.length - fromEnd] ?? 0) ^ 1
  return copy
}
const pdfa = producers.find(({ flavour }) => flavour === '1b') ?? assert.fail()

let folder = ''
let authority: Authority
let stranger: Authority
let file: Buffer
const place = (name: string) => join(folder, name)
const now = new Date(Date.now() - 120_000)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segl-openssl-'))
  authority = openAuthority(new Date(now.getTime() - 10 * day))
  stranger = openAuthority(now)
  const wanted = { kind: 'ecdsa-p256', digest: 'sha256', level: 'B-LTA', signers: 1 } as const
  file = Buffer.from(await signedFile(await pdfa.bytes(), wanted, authority, now))
  await writeFile(place('root.pem'), authority.rootPem)
  await writeFile(place('stranger.pem'), stranger.rootPem)
  const stampers = (['tsa', 'tsa2'] as const).map((name) => authority.tsa(name).certificate)
  await writeFile(place('chain.pem'), [...authority.chain, ...stampers].map(pem).join(''))
})
after(async () => {
  authority?.close()
  stranger?.close()
  if (folder !== '') await rm(folder, { recursive: true })
})

const given = () => ({ root: place('root.pem'), chain: place('chain.pem'), issuers: authority.chain })

describe('openssl cms as judge', { skip: needs('openssl', 'faketime') }, () => {
  let content: Buffer
  let cms: Uint8Array
  const asked = async (der: Uint8Array, data: Uint8Array, root = 'root.pem', at = now) => {
    await writeFile(place('asked.der'), der)
    await writeFile(place('asked.data'), data)
    return verifyCms(place('asked.der'), place('asked.data'), place(root), new Date(at.getTime() + 20_000))
  }
  before(() => {
    const [first] = signatures(openPdf(bytesSource(file)))
    const [start = 0, length = 0, rest = 0, restLength = 0] = first?.byteRange ?? []
    content = Buffer.concat([file.subarray(start, start + length), file.subarray(rest, rest + restLength)])
    cms = withoutPadding(first?.contents ?? assert.fail())
  })

  it('accepts what was signed, at the time of signing', async () => {
    assert.equal(await asked(cms, content), 'ok')
  })
  it('refuses other content, another signature, a stranger’s root and a certificate that has ended', async () => {
    assert.match(await asked(cms, flipped(content, 1000)), /digest|verif/i)
    const signature = parseSignedData(cms).signerInfos[0]?.signature ?? assert.fail()
    const at = Buffer.from(cms).indexOf(signature)
    assert.notEqual(await asked(flipped(cms, cms.length - at - signature.length + 1), content), 'ok')
    assert.match(await asked(cms, content, 'stranger.pem'), /certificate verify error/)
    assert.equal(await asked(cms, content, 'root.pem', new Date(now.getTime() + 2 * day)), 'certificate has expired')
  })
  it('refuses a signature that does not name its certificate (ESS), so that it is no CAdES', async () => {
    const person: Identity = authority.person(3, 'ecdsa-p256')
    await writeFile(place('key.pem'), person.key.export({ type: 'pkcs8', format: 'pem' }))
    await writeFile(place('person.pem'), pem(person.certificate))
    await writeFile(place('plain'), content)
    const signing = ['-inkey', place('key.pem'), '-signer', place('person.pem'), '-certfile', place('chain.pem')]
    const what = ['-in', place('plain'), '-binary', '-outform', 'DER', '-out', place('plain.der')]
    const made = await run('openssl', ['cms', '-sign', '-md', 'sha256', ...what, ...signing])
    assert.equal(made.code, 0)
    const plain = await readFile(place('plain.der'))
    assert.match(await asked(plain, content), /signing cert/i)
    assert.equal((await run('openssl', ['cms', '-sign', '-cades', '-md', 'sha256', ...what, ...signing])).code, 0)
    assert.equal(await asked(await readFile(place('plain.der')), content), 'ok')
  })
  it('speaks of every signature, time-stamp and answer of a file', async () => {
    const words = await openssl(file, folder, {
      ...given(),
      signedAt: new Date(now.getTime() + 20_000),
      at: [new Date()],
    })
    assert.deepEqual(words.cms, ['ok', 'ok'])
    assert.deepEqual(words.later, ['certificate has expired', 'ok'])
    assert.deepEqual(words.ts, ['ok', 'ok', 'ok'])
    assert.deepEqual(words.ocsp, ['good', 'good'])
  })
})

describe('openssl ts as judge', { skip: needs('openssl') }, () => {
  const data = Buffer.from('what is stamped')
  const asked = async (token: Uint8Array, stamped: Uint8Array, root = 'root.pem', at = new Date()) => {
    await writeFile(place('token'), token)
    await writeFile(place('stamped'), stamped)
    return verifyToken(place('token'), place('stamped'), { root: place(root), chain: place('chain.pem') }, at)
  }
  it('accepts a time-stamp, and refuses other data, a changed token, a stranger’s root and one that has aged', async () => {
    const imprint = Buffer.from(await crypto.subtle.digest('SHA-256', data))
    const token = authority.stamp(imprint)
    assert.equal(await asked(token, data), 'ok')
    assert.match(await asked(token, Buffer.from('something else')), /imprint/)
    assert.notEqual(await asked(flipped(token, 3), data), 'ok')
    assert.match(await asked(token, data, 'stranger.pem'), /certificate verify error/)
    assert.equal(await asked(token, data, 'root.pem', new Date(now.getTime() + 6000 * day)), 'certificate has expired')
  })
})

describe('openssl ocsp as judge', { skip: needs('openssl', 'faketime') }, () => {
  it('accepts an answer, and refuses it changed, at another time, under another root and about another person', async () => {
    const store = dss(openPdf(bytesSource(file)))
    const known = [...(store?.certificates ?? [])].map(({ der }) => der)
    const [answer] = store?.ocsps ?? []
    assert.ok(answer)
    const asked = (der: Uint8Array, other = {}, later = 1000) =>
      verifyAnswer(der, known, { ...given(), ...other }, folder, later)
    assert.equal(await asked(answer.der), 'good')
    assert.equal(await asked(answer.der, {}, 3 * day), 'the answer is not of this time')
    assert.notEqual(await asked(answer.der, { root: place('stranger.pem') }), 'good')
    assert.equal(await verifyAnswer(answer.der, authority.chain, given(), folder), 'an answer about nobody here')
    assert.notEqual(await asked(produced(answer.der)), 'good')
  })
})

/** The answer as if it had been given at another second: nobody signed that. */
function produced(answer: Uint8Array): Buffer {
  const copy = Buffer.from(answer)
  const at = copy.indexOf(Buffer.from([0x18, 0x0f]))
  assert.ok(at > 0)
  const digit = at + 15
  copy[digit] = (copy[digit] ?? 0) === 0x30 ? 0x31 : 0x30
  return copy
}

describe('veraPDF as judge', { skip: needs(programs.java, programs.verapdf) }, () => {
  const fixture = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
  it('accepts PDF/A-1b, unsigned and signed, and refuses what is not, each for its clause', async () => {
    const upload = Buffer.from(await pdfa.bytes())
    const catalog = numberOf(upload, /\/Type\s*\/Catalog/)
    const script = bodyOf(upload, catalog).replace(
      /\/OpenAction\s*\[[^\]]*\]/,
      '/OpenAction <</S /JavaScript /JS (1)>>',
    )
    const files: Readonly<Record<string, Uint8Array>> = {
      'signed.pdf': file,
      'script.pdf': appendRevision(upload, { [catalog]: script }),
      'cut.pdf': upload.subarray(0, 2000),
      'text.pdf': Buffer.from('no PDF at all'),
    }
    for (const [name, bytes] of Object.entries(files)) await writeFile(place(name), bytes)
    const asked: readonly (readonly [string, string, RegExp | undefined])[] = [
      [fixture('kernel/pdf/fixtures/pdfa-1b.pdf'), '1b', undefined],
      [place('signed.pdf'), '1b', undefined],
      [fixture('kernel/pdf/fixtures/pdfa-1b.pdf'), '2b', /^6\.6\.4/m],
      [fixture('fixtures/annual-accounts.pdf'), '1b', /^6\.7/m],
      [fixture('kernel/pdf/fixtures/encrypted.pdf'), '1b', /./],
      [fixture('kernel/pdf/fixtures/javascript.pdf'), '2b', /^6\.5/m],
      [place('script.pdf'), '1b', /^6\.6\.1/m],
      [place('cut.pdf'), '1b', /./],
      [place('text.pdf'), '1b', /./],
    ]
    const verdicts = await verapdf(asked.map(([file, flavour]) => ({ file, flavour })))
    for (const [index, [file, flavour, reason]] of asked.entries()) {
      const { passed, reasons } = verdicts[index] ?? assert.fail()
      const said = `${file} as ${flavour}: ${reasons.join(' ')}`
      assert.equal(passed, reason === undefined, said)
      if (reason !== undefined) assert.match(reasons.join('\n'), reason, said)
      else assert.deepEqual(reasons, [])
    }
  })
})
