// Whether the person who logged in is the one who is to sign.
import { type ErrorCode, isSeglError, SeglError } from '../errors.ts'
import { type Certificate, nameAttributes } from '../kernel/x509/index.ts'
import { namedTwice, samePersonTwice } from './four-eyes.ts'
import { checkIdentity } from './identity-check.ts'
import type { Identity, IdentityCheck, Member } from './model.ts'
import type { Vault } from './ports/vault.ts'

/** What was compared and agreed. */
export type Matched = IdentityCheck

/** For whom of several signers this log-in can sign, by their ids. */
export type Compared = {
  readonly matched: ReadonlyMap<string, Matched>
  /** Those of whom the sender is to say whether this is the person. */
  readonly held: ReadonlyMap<string, IdentityCheck>
  readonly refused: ReadonlyMap<string, ErrorCode>
}

/** Compares the log-in with each signer. Throws when it is nobody's, not even perhaps; the reason is that of the first. */
export function compare(members: readonly Member[], identity: Identity, vault: Pick<Vault, 'personHmac'>): Compared {
  const matched = new Map<string, Matched>()
  const held = new Map<string, IdentityCheck>()
  const refused = new Map<string, ErrorCode>()
  let first: SeglError | undefined
  for (const member of members) {
    const { id } = member.signer
    const check = checkIdentity(member, identity, vault)
    const reason = refusalOf(check) ?? (namedTwice(member, identity, vault) ? samePersonTwice() : undefined)
    if (reason) {
      refused.set(id, reason.code)
      first ??= reason
    } else (check.result === 'nameDiffers' ? held : matched).set(id, check)
  }
  if (first && matched.size + held.size === 0) throw first
  return { matched, held, refused }
}

/** Why nobody who logs in like this can sign for the signer; the message names nobody. */
export function refusalOf({ result }: IdentityCheck): SeglError | undefined {
  switch (result) {
    case 'match':
    case 'matchNameDiffers':
    case 'nameOnly':
    case 'anyone':
    case 'acceptedBySender':
    case 'nameDiffers':
      return undefined
    case 'levelTooLow':
      return new SeglError('LEVEL_TOO_LOW', 'This signature needs BankID at level high. Choose another way to log in.')
    case 'methodNotAccepted':
      return new SeglError(
        'METHOD_NOT_ACCEPTED',
        'The sender does not accept this kind of BankID for this signature. Choose another way to log in.',
      )
    case 'nearMiss':
    case 'mismatch':
      return new SeglError(
        'WRONG_PERSON',
        'Another person logged in than the one who is to sign. Ask him or her to open the link.',
      )
  }
}

/** Why this person cannot sign for the signer now, as a code; null when they can. `WRONG_PERSON` also while the sender is to decide. */
export function obstacleTo(member: Member, identity: Identity, vault: Pick<Vault, 'personHmac'>): ErrorCode | null {
  try {
    const { matched } = compare([member], identity, vault)
    return matched.size === 1 ? null : 'WRONG_PERSON'
  } catch (error) {
    if (isSeglError(error)) return error.code
    throw error
  }
}

/**
 * The certificate must name the person who logged in: the PID, which is `bankid_altsub` in the log-in and the subject's
 * serialNumber in the certificate, there behind the scheme and country of EN 319 412-1 §5.1.3 (`UN:NO-`).
 * Throws CERTIFICATE_INVALID; the message names nobody.
 */
export function requireOwnCertificate(certificate: Certificate, { bankidAltsub }: Identity): void {
  const named = nameAttributes(certificate.subject, 'serialNumber').map((value) => value.replace(/^..:[A-Z]{2}-/, ''))
  if (named.length !== 1 || named[0] !== bankidAltsub)
    throw new SeglError(
      'CERTIFICATE_INVALID',
      'BankID made a certificate that does not name the person who logged in. Log in again, and report it if it stays so.',
    )
}
