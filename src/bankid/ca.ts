// The certification authorities: make and keep the PKI, issue, revoke, and know the status of every certificate ever issued.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import { join } from 'node:path'
import { type Issuer, makeCertificate, nameFrom, type Pointers } from './certificate.ts'
import { type Clock, earlier, plusSeconds, wholeSecond } from './clock.ts'
import { nameOf, type Person } from './people.ts'
import {
  type AuthorityName,
  authorityNames,
  backdatedSeconds,
  type Curve,
  disclosure,
  keyOf,
  type NamePart,
  type Profile,
  profiles,
  subjectOf,
  type TsaName,
  tsaNames,
} from './pki.ts'
import { readIfThere, writeAtomic } from './state-files.ts'

/** RFC 5280 §5.3.1, those we use. */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const
export type RevocationReason = keyof typeof revocationReasons

export type Revocation = { serial: string; time: string; reason: RevocationReason; notAfter: string }

export type Issued = { serial: string; notAfter: string; pid?: string }

export type Signer = { key: KeyObject; certificate: Buffer }

export type Flaw = 'expired' | 'number'

export type Pki = {
  rootPem: string
  /** DER of an authority's or a TSA's own certificate. */
  certificateOf(name: AuthorityName | TsaName): Buffer
  authority(name: AuthorityName): Issuer & { certificate: Buffer; notBefore: Date }
  responder(name: AuthorityName): Signer
  tsa(name: TsaName): Signer
  /** A certificate for one signing session, `seconds` long; `flaw` makes it one that no client may accept. */
  issueToPerson(person: Person, publicKey: KeyObject, seconds: number, flaw?: Flaw): Buffer
  issueSeal(subject: readonly NamePart[], publicKey: KeyObject): Buffer
  /** What is known of a serial number (hex, upper case); undefined when never issued by that authority. */
  statusOf(authority: AuthorityName, serial: string): { issued: Issued; revocation: Revocation | undefined } | undefined
  revoke(authority: AuthorityName, serial: string, reason: RevocationReason): boolean
  revocations(authority: AuthorityName): Revocation[]
}

const pem = (certificate: Buffer): string => new X509Certificate(certificate).toString()

/** 16 bytes, positive, no leading zero: 127 bits at least 120 of them random (RFC 5280 §4.1.2.2; CA/B 64 bits). */
const newSerial = (): Buffer => {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}

export const createPki = (options: { folder: string; url: string; clock: Clock }): Pki => {
  const { folder, url, clock } = options
  const path = (name: string): string => join(folder, name)

  const keyNamed = (name: string, curve: Curve): KeyObject => {
    const file = path(`${name}.key.pem`)
    const kept = readIfThere(file)
    if (kept) return createPrivateKey(kept)
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve })
    writeAtomic(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    return privateKey
  }

  const issuedPath = (authority: AuthorityName, serial: string): string =>
    path(join('issued', authority, serial.slice(0, 3), `${serial}.json`))

  const pointersTo = (authority: AuthorityName): Pointers => ({
    ocsp: `${url}/ocsp`,
    caIssuers: `${url}/certs/${authority}.cer`,
    crl: `${url}/crl/${authority}.crl`,
    authority: url,
    disclosure: { url: `${url}${disclosure.path}`, language: disclosure.language },
  })

  const issue = (
    authority: AuthorityName,
    issuer: Issuer & { notAfter?: Date },
    profile: Profile,
    subject: readonly NamePart[],
    publicKey: KeyObject,
    { pid, age = 0, number }: { pid?: string; age?: number; number?: string } = {},
  ): Buffer => {
    const now = plusSeconds(wholeSecond(clock()), -age)
    const serial = newSerial()
    const end = plusSeconds(now, profile.lifetime)
    // RFC 5280 does not ask for nested validity, some validators do (shell model).
    const notAfter = issuer.notAfter ? earlier(end, issuer.notAfter) : end
    const certificate = makeCertificate({
      profile,
      subject: nameFrom(subject),
      publicKey,
      issuer,
      serial,
      notBefore: plusSeconds(now, -backdatedSeconds),
      notAfter,
      pointers: pointersTo(authority),
      ...(number !== undefined && { number }),
    })
    const hex = serial.toString('hex').toUpperCase()
    const issued: Issued = { serial: hex, notAfter: notAfter.toISOString(), ...(pid !== undefined && { pid }) }
    writeAtomic(issuedPath(authority, hex), JSON.stringify(issued))
    return certificate
  }

  /** Made once and kept; made anew with the same key when the service has moved, so that its pointers lead somewhere. */
  const kept = (name: string, pointsHere: boolean, make: () => Buffer): Buffer => {
    const file = path(`${name}.json`)
    const text = readIfThere(file)
    if (text) {
      const found: { url: string; certificate: string } = JSON.parse(text)
      if (!pointsHere || found.url === url) return Buffer.from(found.certificate, 'base64')
    }
    const certificate = make()
    writeAtomic(file, JSON.stringify({ url, certificate: certificate.toString('base64') }))
    return certificate
  }

  const validityOf = (certificate: Buffer): { notBefore: Date; notAfter: Date } => {
    const parsed = new X509Certificate(certificate)
    return { notBefore: new Date(parsed.validFrom), notAfter: new Date(parsed.validTo) }
  }

  type Authority = Issuer & { certificate: Buffer; notBefore: Date; notAfter: Date }
  const rootIssuer: Issuer = { name: nameFrom(subjectOf.authority.root), key: keyNamed('root', keyOf.authority.root) }
  const rootCertificate = kept('root', false, () =>
    issue('root', rootIssuer, profiles.root, subjectOf.authority.root, createPublicKey(rootIssuer.key)),
  )
  const root: Authority = { ...rootIssuer, certificate: rootCertificate, ...validityOf(rootCertificate) }
  const subordinate = (name: 'persons' | 'organisations'): Authority => {
    const key = keyNamed(name, keyOf.authority[name])
    const subject = subjectOf.authority[name]
    const certificate = kept(name, true, () => issue('root', root, profiles.authority, subject, createPublicKey(key)))
    return { name: nameFrom(subject), key, certificate, ...validityOf(certificate) }
  }
  const authorities: Record<AuthorityName, Authority> = {
    root,
    persons: subordinate('persons'),
    organisations: subordinate('organisations'),
  }

  const responderOf = (name: AuthorityName): Signer => {
    const key = keyNamed(`${name}-ocsp`, keyOf.responder[name])
    const certificate = kept(`${name}-ocsp`, false, () =>
      issue(name, authorities[name], profiles.responder, subjectOf.responder[name], createPublicKey(key)),
    )
    return { key, certificate }
  }
  const [rootResponder, personsResponder, organisationsResponder] = [
    responderOf('root'),
    responderOf('persons'),
    responderOf('organisations'),
  ]
  const responders: Record<AuthorityName, Signer> = {
    root: rootResponder,
    persons: personsResponder,
    organisations: organisationsResponder,
  }

  const tsaSigner = (name: TsaName): Signer => {
    const key = keyNamed(name, keyOf.tsa[name])
    const certificate = kept(name, true, () =>
      issue('root', root, profiles.tsa, subjectOf.tsa[name], createPublicKey(key)),
    )
    return { key, certificate }
  }
  const tsas: Record<TsaName, Signer> = { tsa: tsaSigner('tsa'), tsa2: tsaSigner('tsa2') }

  const revokedPath = (authority: AuthorityName): string => path(`revoked-${authority}.json`)
  const revocations = (authority: AuthorityName): Revocation[] =>
    JSON.parse(readIfThere(revokedPath(authority)) ?? '[]')

  return {
    rootPem: pem(rootCertificate),
    certificateOf: (name) =>
      name === 'tsa' || name === 'tsa2' ? tsas[name].certificate : authorities[name].certificate,
    authority: (name) => authorities[name],
    responder: (name) => responders[name],
    tsa: (name) => tsas[name],
    issueToPerson(person, publicKey, seconds, flaw) {
      const subject: NamePart[] = [
        ['C', 'NO'],
        ['O', 'TEST - SimBankID'],
        ['OU', 'TEST - not a qualified certificate'],
        ['GN', person.givenName],
        ['SN', person.familyName],
        ['CN', nameOf(person)],
        ['serialNumber', `UN:NO-${person.pid}`],
      ]
      return issue('persons', authorities.persons, { ...profiles.person, lifetime: seconds }, subject, publicKey, {
        pid: person.pid,
        ...(flaw === 'expired' && { age: seconds + 3600 }),
        ...(flaw === 'number' && { number: person.number }),
      })
    },
    issueSeal: (subject, publicKey) =>
      issue('organisations', authorities.organisations, profiles.seal, subject, publicKey),
    statusOf(authority, serial) {
      const text = readIfThere(issuedPath(authority, serial))
      if (!text) return undefined
      const issued: Issued = JSON.parse(text)
      return { issued, revocation: revocations(authority).find((entry) => entry.serial === serial) }
    },
    revoke(authority, serial, reason) {
      const text = readIfThere(issuedPath(authority, serial))
      if (!text) return false
      const earlierOnes = revocations(authority)
      if (earlierOnes.some((entry) => entry.serial === serial)) return true
      const issued: Issued = JSON.parse(text)
      const entry: Revocation = { serial, time: wholeSecond(clock()).toISOString(), reason, notAfter: issued.notAfter }
      writeAtomic(revokedPath(authority), JSON.stringify([...earlierOnes, entry]))
      return true
    },
    revocations,
  }
}

/** For loops over everything that has a certificate to publish. */
export const publishedNames: readonly (AuthorityName | TsaName)[] = [...authorityNames, ...tsaNames]
