// Certificates, time-stamps and revocation lists of the simulated BankID, made in this process at whatever time a test says.
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPki, type Signer } from '../../../src/bankid/ca.ts'
import { type Issuer, makeCertificate, nameFrom } from '../../../src/bankid/certificate.ts'
import { makeCrl } from '../../../src/bankid/crl.ts'
import { createFaults } from '../../../src/bankid/faults.ts'
import { type NamePart, type Profile, profiles } from '../../../src/bankid/pki.ts'
import { createTimeStamper } from '../../../src/bankid/tsa.ts'
import { buildTimestampRequest, parseTimestampResponse } from '../../../src/kernel/cms/index.ts'
import type { ValidationData } from '../../../src/kernel/pades/index.ts'
import { type Certificate, parseCertificate, type SignatureAlgorithm } from '../../../src/kernel/x509/index.ts'

export type Identity = {
  readonly name: string
  readonly certificate: Uint8Array
  readonly key: KeyObject
  /** ecdsa-p256-sha256 when absent. */
  readonly algorithm?: SignatureAlgorithm
  /** The CA certificates above it, without the root. */
  readonly chain: readonly Uint8Array[]
}

export type IdentityOptions = {
  /** Seconds from notBefore to notAfter. */
  readonly lifetime?: number
  readonly issuer?: Issuer
  readonly chain?: readonly Uint8Array[]
  readonly profile?: Profile
  readonly key?: KeyObject
}

export const folder = mkdtempSync(join(tmpdir(), 'segl-checks-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

/** What time it is in the tests; each signing moves it on by a second. pyHanko wants all of it to be past. */
export const clock = { now: new Date(process.env['WORLD_BEGINS'] ?? '2026-11-22T12:00:00Z') }
const tick = (): Date => {
  clock.now = new Date(clock.now.getTime() + 1000)
  return clock.now
}

export const pki = createPki({ folder, url: 'http://ca.invalid', clock: () => clock.now })
const day = 86_400_000
/** Authorities are older than what they issue. */
clock.now = new Date(clock.now.getTime() + day)

export const root: Certificate = parseCertificate(pki.certificateOf('root'))
const pointers = {
  authority: 'http://ca.invalid',
  ocsp: 'http://ca.invalid/ocsp',
  caIssuers: 'http://ca.invalid/ca.cer',
  crl: 'http://ca.invalid/ca.crl',
  disclosure: { url: 'http://ca.invalid/pds', language: 'en' },
}

export const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

function identity(
  name: string,
  subject: readonly NamePart[],
  profile: Profile,
  authority: 'persons' | 'organisations',
  options: IdentityOptions,
): Identity {
  const key = options.key ?? newKey()
  const notBefore = new Date(tick().getTime() - 60_000)
  const certificate = makeCertificate({
    profile: options.profile ?? profile,
    subject: nameFrom(subject),
    publicKey: createPublicKey(key),
    issuer: options.issuer ?? pki.authority(authority),
    serial: Buffer.concat([Buffer.of(0x40), randomBytes(15)]),
    notBefore,
    notAfter: new Date(notBefore.getTime() + (options.lifetime ?? profile.lifetime) * 1000),
    pointers,
  })
  return { name, certificate, key, chain: options.chain ?? [pki.certificateOf(authority)] }
}

export function person(given: string, family: string, options: IdentityOptions = {}): Identity {
  const subject: NamePart[] = [
    ['C', 'NO'],
    ['GN', given],
    ['SN', family],
    ['CN', `${given} ${family}`],
    ['serialNumber', `UN:NO-TEST-${given}`],
  ]
  return identity(`${given} ${family}`, subject, profiles.person, 'persons', options)
}

export function organisation(name: string, options: IdentityOptions = {}): Identity {
  const subject: NamePart[] = [
    ['C', 'NO'],
    ['O', name],
    ['organizationIdentifier', 'NTRNO-310000007'],
    ['CN', name],
  ]
  return identity(name, subject, profiles.seal, 'organisations', options)
}

/** A CA below the persons' CA's issuer, or something that pretends to be one. */
export function authority(
  name: string,
  profile: Profile,
  issuer: Issuer = pki.authority('root'),
): Issuer & { readonly certificate: Uint8Array } {
  const key = newKey()
  const subject = nameFrom([
    ['C', 'NO'],
    ['O', 'TEST'],
    ['CN', name],
  ])
  const notBefore = new Date(clock.now.getTime() - 60_000)
  const certificate = makeCertificate({
    profile,
    subject,
    publicKey: createPublicKey(key),
    issuer,
    serial: Buffer.concat([Buffer.of(0x41), randomBytes(15)]),
    notBefore,
    notAfter: new Date(notBefore.getTime() + profile.lifetime * 1000),
    pointers,
  })
  return { name: subject, key, certificate }
}

/** A TimeStampToken over `imprint` (SHA-256), by the BankID's authority or by `signer`. */
export function stamp(imprint: Uint8Array, signer: Signer = pki.tsa('tsa'), at: Date = tick()): Uint8Array {
  const answer = createTimeStamper(signer, () => at, createFaults(), 'tsa').answer(
    buildTimestampRequest({ digestAlgorithm: 'sha256', imprint }),
  )
  const response = parseTimestampResponse(answer)
  if (!response.granted) throw new Error(response.text)
  return response.token.der
}

/** The chains and revocation lists of everybody. */
export function validationData(more: readonly Uint8Array[] = []): ValidationData {
  const names = ['root', 'persons', 'organisations', 'tsa'] as const
  return {
    certificates: [...names.map((name) => pki.certificateOf(name)), ...more],
    crls: (['root', 'persons', 'organisations'] as const).map((name) => makeCrl(pki, name, () => clock.now)),
    ocsps: [],
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
