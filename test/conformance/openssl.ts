// openssl as a judge of what lies in a file: `cms -verify -cades`, `ts -verify` of every time-stamp, `ocsp` of every stored answer.
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSignedData } from '../../src/kernel/cms/index.ts'
import { bytesSource, dss, openPdf, signatures } from '../../src/kernel/pdf/index.ts'
import { parseOcspResponse } from '../../src/kernel/x509/index.ts'
import { run } from './judges.ts'

/** Each verdict is `ok` (of an OCSP answer: `good`) or openssl's reason. */
export type Words = {
  /** At the time of signing. */
  readonly cms: readonly string[]
  /** Two days after signing: openssl knows no time-stamps, so whoever's certificate has ended has to be refused. */
  readonly later: readonly string[]
  /** Every time-stamp at every time that was asked for. */
  readonly ts: readonly string[]
  /** Every OCSP answer in the security store, by a clock moved to when it was given. */
  readonly ocsp: readonly string[]
}

export type Given = {
  /** PEM file of the trust anchor. */
  readonly root: string
  /** PEM file of the CAs and TSAs below it. */
  readonly chain: string
  /** DER of the CAs that may have issued what an OCSP answer is about. */
  readonly issuers: readonly Uint8Array[]
  readonly signedAt: Date
  readonly at: readonly Date[]
}

const day = 86_400_000
const seconds = (time: number) => String(Math.floor(time / 1000))

/** What openssl says of all that it understands in a file. `folder` is for it alone. */
export async function openssl(file: Uint8Array, folder: string, given: Given): Promise<Words> {
  const place = (name: string) => join(folder, name)
  const words = { cms: [] as string[], later: [] as string[], ts: [] as string[], ocsp: [] as string[] }
  const signers: Uint8Array[] = []
  const token = async (der: Uint8Array, data: Uint8Array) => {
    await writeFile(place('token.der'), der)
    await writeFile(place('data'), data)
    for (const at of given.at) words.ts.push(await verifyToken(place('token.der'), place('data'), given, at))
  }
  const pdf = openPdf(bytesSource(file))
  for (const { byteRange, contents, subFilter } of signatures(pdf)) {
    const [start = 0, length = 0, rest = 0, restLength = 0] = byteRange ?? []
    if (contents === undefined) throw new Error('A signature has no contents')
    const signed = Buffer.concat([file.subarray(start, start + length), file.subarray(rest, rest + restLength)])
    const der = withoutPadding(contents)
    if (subFilter === 'ETSI.RFC3161') {
      await token(der, signed)
      continue
    }
    await writeFile(place('cms.der'), der)
    await writeFile(place('content'), signed)
    const asked = [place('cms.der'), place('content'), given.root] as const
    words.cms.push(await verifyCms(...asked, given.signedAt))
    words.later.push(await verifyCms(...asked, new Date(given.signedAt.getTime() + 2 * day)))
    const parsed = parseSignedData(der)
    signers.push(...parsed.certificates)
    for (const signer of parsed.signerInfos) {
      for (const stamp of signer.signatureTimestamps) await token(stamp, signer.signature)
    }
  }
  const store = dss(pdf)
  const known = [...signers, ...(store?.certificates ?? []).map(({ der }) => der)]
  for (const { der } of store?.ocsps ?? []) words.ocsp.push(await verifyAnswer(der, known, given, folder))
  return words
}

/** `openssl cms -verify -cades`: signature, content, ESS signing certificate and path at a time. */
export async function verifyCms(cms: string, content: string, root: string, at: Date): Promise<string> {
  const what = ['-inform', 'DER', '-in', cms, '-content', content, '-binary']
  const trust = ['-CAfile', root, '-purpose', 'any', '-attime', seconds(at.getTime())]
  return ask(['cms', '-verify', '-cades', ...what, ...trust, '-out', '/dev/null'])
}

/** `openssl ts -verify` of a bare TimeStampToken over `data` at a time. */
export async function verifyToken(token: string, data: string, given: Pick<Given, 'root' | 'chain'>, at: Date) {
  const trust = ['-CAfile', given.root, '-untrusted', given.chain, '-attime', seconds(at.getTime())]
  return ask(['ts', '-verify', '-in', token, '-token_in', '-data', data, ...trust])
}

/** `openssl ocsp` of an answer about one of the certificates, a second after it was given: `good`, or what is wrong. */
export async function verifyAnswer(
  answer: Uint8Array,
  known: readonly Uint8Array[],
  given: Pick<Given, 'root' | 'chain' | 'issuers'>,
  folder: string,
  later = 1000,
): Promise<string> {
  const basic = parseOcspResponse(answer).basic
  const about = basic?.responses[0]?.certificateId.serialNumber
  const serial = (der: Uint8Array) => new X509Certificate(der).serialNumber.toLowerCase().replace(/^0+/, '')
  const certificate = known.find((der) => serial(der) === about)
  if (basic === undefined || certificate === undefined) return 'an answer about nobody here'
  const held = new X509Certificate(certificate)
  const issuer = given.issuers.find((der) => held.checkIssued(new X509Certificate(der)))
  if (issuer === undefined) return 'an answer about a certificate of a stranger'
  const [response, subject, above] = ['answer.der', 'about.pem', 'above.pem'].map((name) => join(folder, name))
  if (!response || !subject || !above) throw new Error('Three names make three places')
  await writeFile(response, answer)
  await writeFile(subject, held.toString())
  await writeFile(above, new X509Certificate(issuer).toString())
  const trust = ['-issuer', above, '-CAfile', given.root, '-verify_other', given.chain]
  const question = ['openssl', 'ocsp', '-respin', response, '-no_nonce', ...trust, '-cert', subject]
  // `openssl ocsp` compares thisUpdate and nextUpdate with the clock alone.
  const { out, err } = await run('faketime', [`@${seconds(basic.producedAt + later)}`, ...question])
  const said = `${out}\n${err}`
  if (!said.includes('Response verify OK')) return failure(said)
  if (said.includes('Status times invalid')) return 'the answer is not of this time'
  return /: (good|revoked|unknown)$/m.exec(out)?.[1] ?? 'no answer'
}

async function ask(args: readonly string[]): Promise<string> {
  const { code, out, err } = await run('openssl', args)
  return code === 0 ? 'ok' : failure(`${out}\n${err}`)
}

function failure(said: string): string {
  if (said.includes('certificate has expired')) return 'certificate has expired'
  const line = said.split('\n').find((one) => /error/i.test(one))
  return line === undefined ? 'refused without a word' : line.replace(/^[0-9A-F]+:/, '').trim()
}

/** The DER that a hole begins with; the zeros after it are padding. */
export function withoutPadding(contents: Uint8Array): Uint8Array {
  const first = contents[1] ?? 0
  const more = first & 0x80 ? first & 0x7f : 0
  const length = more === 0 ? first : Number(`0x${Buffer.from(contents.subarray(2, 2 + more)).toString('hex')}`)
  return contents.subarray(0, 2 + more + length)
}
