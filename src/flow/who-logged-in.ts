// Who is back from BankID's log-in, for whom of the attempt that is, and their one-time key and certificate.
import { SeglError } from '../errors.ts'
import { parseCertificate } from '../kernel/x509/index.ts'
import { checkIdentity, recordRefusal, subjectPseudonym } from './identity-check.ts'
import type { Ceremony, Identity, Member } from './model.ts'
import { type Compared, compare, refusalOf, requireOwnCertificate } from './person.ts'
import type { Ports } from './ports/index.ts'
import type { Credential } from './ports/trust-services.ts'

export type LoggedIn = {
  readonly identity: Identity
  /** What BankID calls the person, bound to the tenant. */
  readonly subject: string
  /** After a fresh log-in; empty when an earlier run of this attempt compared. */
  readonly compared: Compared
  /** Absent when there is nobody to sign for yet: no certificate is made that nobody may use. */
  readonly means?: {
    readonly serviceToken: string | null
    readonly credential: Credential
    readonly certificateNotAfter: Date
  }
}

const compared: Compared = { matched: new Map(), held: new Map(), refused: new Map() }

/** Exchanges the code, compares the person, asks for key and certificate; or what an earlier run of this attempt found. */
export async function whoLoggedIn(
  {
    input,
    members,
    ceremony,
  }: {
    readonly input: { readonly callback?: URLSearchParams }
    readonly members: readonly Member[]
    readonly ceremony: Ceremony
  },
  ports: Ports,
): Promise<LoggedIn> {
  const { tenantId } = ceremony
  if (ceremony.identity && ceremony.credentialId && ceremony.certificateNotAfter && ceremony.signAlgorithm) {
    const { identity, credentialId, certificates, signAlgorithm, multisign } = ceremony
    return {
      identity,
      subject: subjectPseudonym(ports.vault, tenantId, identity),
      compared,
      means: {
        serviceToken: ceremony.serviceToken,
        credential: { credentialId, certificates, signAlgorithm, multisign: multisign ?? 1 },
        certificateNotAfter: ceremony.certificateNotAfter,
      },
    }
  }
  if (!input.callback) throw new SeglError('STATE_CONFLICT', 'The log-in is not finished.')
  const { oauthState, nonce, codeVerifier } = ceremony
  const login = await ports.identityProvider.finishLogin({
    state: oauthState,
    nonce,
    codeVerifier,
    callback: input.callback,
  })
  const { identity, serviceToken } = login
  for (const member of members) {
    const check = checkIdentity(member, identity, ports.vault)
    if (refusalOf(check)) await recordRefusal(ports.store, member, check)
  }
  const found = {
    identity,
    subject: subjectPseudonym(ports.vault, tenantId, identity),
    compared: compare(members, identity, ports.vault),
  }
  if (found.compared.matched.size === 0) return found
  const credential = await ports.remoteSigning.createCredential(serviceToken)
  const leaf = credential.certificates[0]
  if (!leaf) throw new SeglError('TRUST_SERVICE_MALFORMED', 'BankID gave no certificate.')
  const certificate = parseCertificate(leaf)
  requireOwnCertificate(certificate, identity)
  return { ...found, means: { serviceToken, credential, certificateNotAfter: new Date(certificate.notAfter) } }
}

/** The most of what waits for a person that is looked at. */
export const mostWaiting = 200

/**
 * Whether there is something to choose from: several documents in the link, or others that name this person by national
 * identity number. A name and a birth date are not enough to show somebody what nobody has sent them a link to.
 */
export async function moreWaits(
  ceremony: Ceremony,
  members: readonly Member[],
  identity: Identity,
  { store, vault }: Ports,
): Promise<boolean> {
  if (members.length > 1) return true
  const { nationalIdentityNumber: number } = identity
  if (number === null) return false
  const hmac = vault.personHmac(ceremony.tenantId, number)
  const waiting = await store.read(ceremony.tenantId, (tx) => tx.waitingFor(hmac, mostWaiting))
  return waiting.some(({ order }) => !members.some((member) => member.order.id === order.id))
}
