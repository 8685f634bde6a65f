// Four eyes on a voucher, asked again when people have shown who they are: an order may name somebody by name only, or nobody.
import { sameName } from '../accounting/same-name.ts'
import { opposedRoles } from '../accounting/voucher/two-people.ts'
import { SeglError } from '../errors.ts'
import type { Identity, Member, Signer } from './model.ts'
import type { ReadTx } from './ports/store.ts'
import type { Vault } from './ports/vault.ts'

/** Signers of his order who may not be the same person, because they attest what he approves or the other way round. */
function opposed({ order, signer }: Member): readonly Signer[] {
  if (order.kind !== 'voucher' || !opposedRoles.includes(signer.role)) return []
  return order.signers.filter(
    ({ role, state }) =>
      role !== signer.role && opposedRoles.includes(role) && !['replaced', 'declined', 'expired'].includes(state),
  )
}

/** The order names this person in the other role, by number or by name and birth date. */
export function namedTwice(member: Member, identity: Identity, vault: Pick<Vault, 'personHmac'>): boolean {
  const { nationalIdentityNumber: number } = identity
  const hmac = number === null ? null : vault.personHmac(member.order.tenantId, number)
  return opposed(member).some(({ personHmac, birthDate, name }) =>
    personHmac === null ? birthDate === identity.birthDate && sameName(name, identity.name) : personHmac === hmac,
  )
}

/**
 * This person has logged in for the other role of the same order. To be asked in the transaction that records the log-in, under
 * the order's lock: of two who log in at once, the second sees the first.
 */
export async function seenTwice(
  tx: Pick<ReadTx, 'liveCeremony'>,
  member: Member,
  identity: Identity,
): Promise<boolean> {
  const { nationalIdentityNumber: number, bankidAltsub } = identity
  for (const other of opposed(member)) {
    const seen = (await tx.liveCeremony(other.id))?.identity
    if (seen && (seen.bankidAltsub === bankidAltsub || (number !== null && seen.nationalIdentityNumber === number)))
      return true
  }
  return false
}

export const samePersonTwice = (): SeglError =>
  new SeglError(
    'FOUR_EYES_SAME_PERSON',
    'This person attests or approves the voucher already. Somebody else has to do the other.',
  )
