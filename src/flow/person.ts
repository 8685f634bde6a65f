// Whether the person who logged in is the one who is to sign.
import { sameName } from '../accounting/same-name.ts'
import { SeglError } from '../errors.ts'
import { type Certificate, nameAttributes } from '../kernel/x509/index.ts'
import type { Identity, Signer } from './model.ts'
import type { Vault } from './ports/vault.ts'

/** What was compared, for the trail: `nationalIdentityNumber`, `nameAndBirthDate` or `open`. */
export type Matched = 'nationalIdentityNumber' | 'nameAndBirthDate' | 'open'

/**
 * Compares the login with the signer: by number when the sender named one, else by birth date and name, else anybody.
 * Throws WRONG_PERSON or LEVEL_TOO_LOW; the message names nobody.
 */
export function matchPerson(tenantId: string, signer: Signer, identity: Identity, vault: Vault): Matched {
  if (signer.level === 'high' && identity.level !== 'high') {
    throw new SeglError('LEVEL_TOO_LOW', 'This signature needs BankID at level high. Choose another way to log in.')
  }
  if (signer.personHmac !== null) {
    const number = identity.nationalIdentityNumber
    if (number === null || vault.personHmac(tenantId, number) !== signer.personHmac) throw wrongPerson()
    return 'nationalIdentityNumber'
  }
  if (signer.birthDate !== null) {
    if (signer.birthDate !== identity.birthDate || !sameName(signer.name, identity.name)) throw wrongPerson()
    return 'nameAndBirthDate'
  }
  return 'open'
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
