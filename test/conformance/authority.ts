// A throw-away authority for the matrix and the bench: the simulated BankID's CAs, OCSP, CRLs and TSAs in this process, at any time.
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPki, type Signer } from '../../src/bankid/ca.ts'
import { makeCrl } from '../../src/bankid/crl.ts'
import { createFaults } from '../../src/bankid/faults.ts'
import { createResponder } from '../../src/bankid/ocsp.ts'
import { people } from '../../src/bankid/people.ts'
import type { AuthorityName, TsaName } from '../../src/bankid/pki.ts'
import { createTimeStamper } from '../../src/bankid/tsa.ts'
import { buildTimestampRequest, parseTimestampResponse } from '../../src/kernel/cms/index.ts'
import type { ValidationData } from '../../src/kernel/pades/index.ts'
import { buildOcspRequest, parseCertificate, type SigningDigest } from '../../src/kernel/x509/index.ts'

export const keyKinds = ['ecdsa-p256', 'ecdsa-p384', 'rsa-pkcs1-2048', 'rsa-pkcs1-3072', 'rsa-pss-3072'] as const
export type KeyKind = (typeof keyKinds)[number]

export type Identity = {
  readonly name: string
  readonly certificate: Uint8Array
  readonly key: KeyObject
  /** The CA above it, without the root. */
  readonly chain: readonly Uint8Array[]
}

export type Authority = {
  /** What time it is; move it to sign, stamp and answer then. */
  readonly clock: { now: Date }
  readonly rootPem: string
  /** DER of both authorities' certificates and the root, for judges that build no path themselves. */
  readonly chain: readonly Uint8Array[]
  /** Certificate and key of a TSA, and of the OCSP responder of a CA. */
  tsa(name: TsaName): Signer
  responder(name: AuthorityName): Signer
  /** The `index`th person; keys are made once per kind and index, certificates anew. */
  person(index: number, kind: KeyKind): Identity
  organisation(kind: KeyKind): Identity
  /** A TimeStampToken over `imprint`. */
  stamp(imprint: Uint8Array, digest?: SigningDigest, name?: TsaName): Uint8Array
  /** An OCSPResponse about an identity, fresh. */
  ocsp(identity: Identity): Uint8Array
  /** Chains, CRLs of the root and an OCSP answer for each identity, as of now. */
  validationData(identities: readonly Identity[]): ValidationData
  close(): void
}

const keys = new Map<string, KeyObject>()
function keyOf(kind: KeyKind, index: number): KeyObject {
  const id = `${kind} ${index}`
  const known = keys.get(id)
  if (known !== undefined) return known
  const made = kind.startsWith('ecdsa')
    ? generateKeyPairSync('ec', { namedCurve: kind === 'ecdsa-p256' ? 'P-256' : 'P-384' })
    : generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(-4)) })
  keys.set(id, made.privateKey)
  return made.privateKey
}

/** Opens an authority whose CAs are a day older than `now`. */
export function openAuthority(now: Date): Authority {
  const day = 86_400_000
  const folder = mkdtempSync(join(tmpdir(), 'segl-conformance-'))
  const clock = { now: new Date(now.getTime() - day) }
  const time = () => clock.now
  const pki = createPki({ folder, url: 'http://ca.invalid', clock: time })
  clock.now = now
  const responder = createResponder(pki, time, createFaults())
  const stampers = {
    tsa: createTimeStamper(pki.tsa('tsa'), time, createFaults(), 'tsa'),
    tsa2: createTimeStamper(pki.tsa('tsa2'), time, createFaults(), 'tsa2'),
  }
  const ocsp = ({ certificate, chain }: Identity) => {
    const [issuer] = chain
    if (issuer === undefined) throw new Error('An identity needs its issuer')
    return responder.answer(
      buildOcspRequest({ certificate: parseCertificate(certificate), issuer: parseCertificate(issuer) }),
    )
  }
  return {
    clock,
    rootPem: pki.rootPem,
    chain: [pki.certificateOf('persons'), pki.certificateOf('organisations'), pki.certificateOf('root')],
    tsa: (name) => pki.tsa(name),
    responder: (name) => pki.responder(name),
    person(index, kind) {
      const person = people[index % people.length]
      if (person === undefined) throw new Error('There are no people')
      const key = keyOf(kind, index)
      const certificate = pki.issueToPerson(person, createPublicKey(key), 3600)
      return {
        name: `${person.givenName} ${person.familyName}`,
        certificate,
        key,
        chain: [pki.certificateOf('persons')],
      }
    },
    organisation(kind) {
      const key = keyOf(kind, -1)
      const name = 'Fjordlys Regnskap AS'
      const certificate = pki.issueSeal(
        [
          ['C', 'NO'],
          ['O', name],
          ['organizationIdentifier', 'NTRNO-987654325'],
          ['CN', name],
        ],
        createPublicKey(key),
      )
      return { name, certificate, key, chain: [pki.certificateOf('organisations')] }
    },
    stamp(imprint, digest = 'sha256', name = 'tsa') {
      const answer = stampers[name].answer(buildTimestampRequest({ digestAlgorithm: digest, imprint }))
      const response = parseTimestampResponse(answer)
      if (!response.granted) throw new Error(response.text)
      return response.token.der
    },
    ocsp,
    validationData: (identities) => ({
      certificates: [
        ...(['root', 'persons', 'organisations', 'tsa', 'tsa2'] as const).map((name) => pki.certificateOf(name)),
        ...identities.map(({ certificate }) => certificate),
      ],
      crls: [makeCrl(pki, 'root', time)],
      ocsps: identities.map(ocsp),
    }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
