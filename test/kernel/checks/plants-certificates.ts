// Certificates that should not be believed: strangers, revoked, expired, issued by nobody who may, for another purpose.
import { createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { people } from '../../../src/bankid/people.ts'
import { profiles } from '../../../src/bankid/pki.ts'
import type { Plant } from './plant.ts'
import { signedFile } from './signed-file.ts'
import { authority, clock, newKey, organisation, person, pki, type Identity as Signer, stamp } from './world.ts'

const caughtBy = ['CERTIFICATE_PATH']
const verdict = 'INDETERMINATE'
const hour = 3_600_000

function personBelow(issuer: ReturnType<typeof authority>, chain: readonly Uint8Array[] = []): Signer {
  return person('Kari', 'Under', { issuer, chain: [issuer.certificate, ...chain] })
}

/** Issued and revoked by the authority itself. */
export function revocable(): { readonly identity: Signer; readonly revoke: () => void } {
  const key = newKey()
  const [someone] = people
  if (!someone) throw new Error('There is nobody.')
  const certificate = pki.issueToPerson(someone, createPublicKey(key), 3600)
  const serial = new X509Certificate(certificate).serialNumber
  return {
    identity: { name: 'Revoked', certificate, key, chain: [pki.certificateOf('persons')] },
    revoke: () => {
      if (!pki.revoke('persons', serial.padStart(32, '0'), 'keyCompromise')) throw new Error('Nothing to revoke.')
    },
  }
}

const later = (milliseconds: number): void => {
  clock.now = new Date(clock.now.getTime() + milliseconds)
}

const stamper = (profile: Parameters<typeof authority>[1]) => {
  const { key, certificate } = authority('TEST - Stamps', profile)
  return { key, certificate: Buffer.from(certificate) }
}

export const certificatePlants: readonly Plant[] = [
  {
    name: 'a signer whom no trusted root knows',
    file: () => {
      const stranger = { ...authority('TEST - Other Root', profiles.root) }
      const alien = authority('TEST - Other Root', profiles.root, { name: stranger.name, key: stranger.key })
      return signedFile({ first: personBelow(alien) })
    },
    caughtBy,
    verdict,
  },
  {
    name: 'a signer revoked before he signed',
    file: () => {
      const { identity, revoke } = revocable()
      later(hour / 60)
      revoke()
      later(hour / 60)
      return signedFile({ first: identity })
    },
    caughtBy,
  },
  {
    name: 'a signer revoked between the time he claims and the time-stamp',
    file: () => {
      const { identity, revoke } = revocable()
      const claimed = new Date(clock.now)
      later(hour / 60)
      revoke()
      later(hour / 60)
      return signedFile({ first: identity, signingTime: (kind) => (kind === 'first' ? claimed : clock.now) })
    },
    caughtBy,
    verdict,
  },
  {
    name: 'an expired certificate without proof of an earlier time',
    file: () =>
      signedFile({
        first: person('Kari', 'Kort', { lifetime: 300 }),
        token: (imprint, kind) => {
          if (kind === 'first') return undefined
          if (kind === 'archive') later(hour)
          return stamp(imprint)
        },
      }),
    caughtBy: ['CERTIFICATE_PATH', 'TIME_STAMP'],
    verdict,
  },
  {
    name: 'a CA that is none',
    file: () =>
      signedFile({ first: personBelow(authority('TEST - No CA', { ...profiles.tsa, keyUsage: ['keyCertSign'] })) }),
    caughtBy,
    verdict,
  },
  {
    name: 'one CA more than the CA above allows',
    file: () =>
      signedFile({
        first: personBelow(authority('TEST - Sub CA', profiles.authority, pki.authority('persons')), [
          pki.certificateOf('persons'),
        ]),
      }),
    caughtBy,
    verdict,
  },
  {
    name: 'a person who issues certificates',
    file: () => {
      const issuer = person('Ola', 'Utsteder')
      const named = authority('TEST - Leaf', profiles.person, pki.authority('persons'))
      return signedFile({ first: personBelow(named, [pki.certificateOf('persons'), issuer.certificate]) })
    },
    caughtBy,
    verdict,
  },
  {
    name: 'a time-stamping authority for another purpose',
    file: () => {
      const signer = stamper({ ...profiles.tsa, purpose: { oid: '1.3.6.1.5.5.7.3.4', critical: true } })
      return signedFile({ token: (imprint, kind) => stamp(imprint, kind === 'archive' ? signer : undefined) })
    },
    caughtBy: ['CMS_SIGNATURE'],
    verdict,
  },
  {
    name: 'a time-stamping authority whose purpose is not critical',
    file: () => {
      const signer = stamper({ ...profiles.tsa, purpose: { oid: '1.3.6.1.5.5.7.3.8', critical: false } })
      return signedFile({ token: (imprint, kind) => stamp(imprint, kind === 'archive' ? signer : undefined) })
    },
    caughtBy: ['CMS_SIGNATURE'],
    verdict,
  },
  {
    name: 'a key that is not for signing documents',
    file: () =>
      signedFile({
        first: person('Kari', 'Annet', { profile: { ...profiles.person, keyUsage: ['digitalSignature'] } }),
      }),
    caughtBy: ['KEY_USAGE'],
    verdict,
  },
  {
    name: 'an RSA key that is too short',
    file: () => {
      const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 1024 })
      return signedFile({ first: { ...person('Kari', 'Svak', { key }), algorithm: 'rsa-pkcs1-sha256' } })
    },
    caughtBy: ['ALGORITHMS', 'CERTIFICATE_PATH'],
    verdict,
  },
  {
    name: 'a person’s certificate in the seal',
    file: () => signedFile({ seal: person('Live', 'Fremmed') }),
    caughtBy: ['PERSON_OR_ORGANISATION'],
    verdict,
  },
  {
    name: 'an organisation’s certificate in a person’s place',
    file: () => signedFile({ second: organisation('Fremmed AS') }),
    caughtBy: ['PERSON_OR_ORGANISATION'],
    verdict,
  },
  { name: 'no validation data', file: () => signedFile({ validation: false }), caughtBy, verdict },
]
