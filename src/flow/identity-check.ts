// What a log-in was compared with and what came of it: the decision, and what the sender is told when it is not quite his person.
import { isNamed, nearlySameName, sameName, sameSpelling } from '../accounting/same-name.ts'
import type { Identity, IdentityCheck, IdentityResult, LoginMethod, Member, Order, Signer } from './model.ts'
import type { Store } from './ports/store.ts'
import type { Vault } from './ports/vault.ts'
import { appendTrail } from './trail.ts'

/** BankID's values of `amr`; `bid` is the app as well as the code device. */
const methodOf: Readonly<Record<string, LoginMethod>> = { bid: 'appOrCodeDevice', bim: 'mobile', bis: 'passkey' }

/** How somebody logged in, as far as BankID says; some brokers add to its values (`bid-otp`). */
export const loginMethod = ({ amr }: Pick<Identity, 'amr'>): LoginMethod | null =>
  amr.map((value) => methodOf[value.split('-')[0] ?? '']).find((method) => method !== undefined) ?? null

type Asked = {
  readonly order: Pick<Order, 'tenantId' | 'onNameMismatch'>
  readonly signer: Pick<Signer, 'name' | 'personHmac' | 'birthDate' | 'anyone' | 'level' | 'methods' | 'identityClaim'>
}

/** Level and method first: what they do not allow is not compared any further. */
export function checkIdentity(asked: Asked, identity: Identity, vault: Pick<Vault, 'personHmac'>): IdentityCheck {
  const { signer } = asked
  const method = loginMethod(identity)
  const found = {
    time: identity.authenticatedAt.toISOString(),
    comparedWith: comparedWith(signer),
    level: identity.level,
    method,
  }
  const unnamed = { ...found, differs: [], name: null }
  if (signer.level === 'high' && identity.level !== 'high') return { ...unnamed, result: 'levelTooLow' }
  if (signer.methods.length > 0 && (method === null || !signer.methods.includes(method))) {
    return { ...unnamed, result: 'methodNotAccepted' }
  }
  const differs = differences(asked, identity, vault)
  const result = resultOf(asked, identity, differs, vault)
  // Who it is is nobody's business, unless it is the person asked for, or nearly, or the sender is to say whether it is.
  return { ...found, differs, result, name: result === 'mismatch' ? null : identity.name }
}

/** What the order says of the person who is to log in. */
export function comparedWith({
  personHmac,
  birthDate,
  anyone,
}: Pick<Signer, 'personHmac' | 'birthDate' | 'anyone'>): IdentityCheck['comparedWith'] {
  if (personHmac !== null) return 'nationalIdentityNumber'
  if (birthDate !== null) return 'nameAndBirthDate'
  return anyone ? 'open' : 'name'
}

/**
 * What BankID calls the person (`bankid_altsub`, which stays the same whatever the name becomes), as a pseudonym that means something to
 * one tenant only.
 */
export const subjectPseudonym = (
  vault: Pick<Vault, 'personHmac'>,
  tenantId: string,
  { bankidAltsub }: Pick<Identity, 'bankidAltsub'>,
): string => vault.personHmac(tenantId, `bankid_altsub:${bankidAltsub}`)

/** What is not as the sender wrote it. */
function differences(
  { order: { tenantId }, signer }: Asked,
  identity: Identity,
  vault: Pick<Vault, 'personHmac'>,
): readonly string[] {
  const number = identity.nationalIdentityNumber
  const otherNumber =
    signer.personHmac !== null && (number === null || vault.personHmac(tenantId, number) !== signer.personHmac)
  return [
    ...(otherNumber ? ['nationalIdentityNumber'] : []),
    ...(signer.birthDate !== null && signer.birthDate !== identity.birthDate ? ['birthDate'] : []),
    ...(sameSpelling(signer.name, identity.name) ? [] : ['name']),
  ]
}

function resultOf(
  { order, signer }: Asked,
  identity: Identity,
  differs: readonly string[],
  vault: Pick<Vault, 'personHmac'>,
): IdentityResult {
  const agrees = sameName(signer.name, identity.name)
  switch (comparedWith(signer)) {
    case 'open':
      return 'anyone'
    case 'nationalIdentityNumber':
      if (differs.includes('nationalIdentityNumber')) return agrees ? 'nearMiss' : 'mismatch'
      return agrees ? 'match' : 'matchNameDiffers'
    case 'nameAndBirthDate': {
      const sameDay = !differs.includes('birthDate')
      if (agrees) return sameDay ? 'match' : 'nearMiss'
      return sameDay && nearlySameName(signer.name, identity.name) ? 'nearMiss' : 'mismatch'
    }
    case 'name': {
      const { identityClaim: claim } = signer
      const isClaimant = claim !== null && claim.subject === subjectPseudonym(vault, order.tenantId, identity)
      // The sender has said who it is: nobody else is, whatever the name.
      if (claim?.decision === 'accepted') return isClaimant ? 'acceptedBySender' : 'mismatch'
      if (isNamed(signer.name, identity.name)) return 'nameOnly'
      if (claim?.decision === 'refused' && isClaimant) return 'mismatch'
      if (order.onNameMismatch === 'hold') return 'nameDiffers'
      return nearlySameName(signer.name, identity.name) ? 'nearMiss' : 'mismatch'
    }
  }
}

/** Puts on record that the log-in was not the one asked for: for the sender, who may have made a typing error. */
export async function recordRefusal(
  store: Store,
  { order: { tenantId, id }, signer }: Member,
  check: IdentityCheck,
): Promise<void> {
  await store.transaction(tenantId, async (tx) => {
    await tx.lock('order', id)
    const order = await tx.order(id)
    if (!order) return
    const { name, time: _time, ...data } = check
    await tx.updateSigner(signer.id, { identityCheck: check })
    await appendTrail(tx, order, [
      {
        type: 'signer.identityMismatch',
        actor: 'bankid',
        signerId: signer.id,
        data,
        ...(name !== null && { personal: { name } }),
      },
    ])
  })
}
