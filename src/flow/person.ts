// Whether the person who logged in is the one who is to sign.
import { SeglError } from '../errors.ts'
import { type Certificate, nameAttributes } from '../kernel/x509/index.ts'
import { checkIdentity } from './identity-check.ts'
import type { Identity, IdentityCheck, Signer } from './model.ts'
import type { Vault } from './ports/vault.ts'

/** What was compared and agreed. */
export type Matched = IdentityCheck

/**
 * Whether this log-in can sign for the signer: by number when the sender named one, else by birth date and name, else anybody.
 * Throws WRONG_PERSON, LEVEL_TOO_LOW or METHOD_NOT_ACCEPTED; the message names nobody.
 */
export function matchPerson(tenantId: string, signer: Signer, identity: Identity, vault: Vault): Matched {
  const check = checkIdentity(tenantId, signer, identity, vault)
  switch (check.result) {
    case 'match':
      return check
    case 'levelTooLow':
      throw new SeglError('LEVEL_TOO_LOW', 'This signature needs BankID at level high. Choose another way to log in.')
    case 'methodNotAccepted':
      throw new SeglError(
        'METHOD_NOT_ACCEPTED',
        'The sender does not accept this kind of BankID for this signature. Choose another way to log in.',
      )
    case 'nearMiss':
    case 'mismatch':
      throw wrongPerson()
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

const wrongPerson = (): SeglError =>
  new SeglError(
    'WRONG_PERSON',
    'Another person logged in than the one who is to sign. Ask him or her to open the link.',
  )
