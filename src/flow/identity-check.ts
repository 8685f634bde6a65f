// What a log-in was compared with and what came of it: the decision, and what the sender is told when it is not quite his person.
import { nearlySameName, sameName, sameSpelling } from '../accounting/same-name.ts'
import type { Identity, IdentityCheck, LoginMethod, Member, Signer } from './model.ts'
import type { Store } from './ports/store.ts'
import type { Vault } from './ports/vault.ts'
import { appendTrail } from './trail.ts'

/** BankID's values of `amr`; `bid` is the app as well as the code device. */
const methodOf: Readonly<Record<string, LoginMethod>> = { bid: 'appOrCodeDevice', bim: 'mobile', bis: 'passkey' }

/** How somebody logged in, as far as BankID says; some brokers add to its values (`bid-otp`). */
export const loginMethod = ({ amr }: Pick<Identity, 'amr'>): LoginMethod | null =>
  amr.map((value) => methodOf[value.split('-')[0] ?? '']).find((method) => method !== undefined) ?? null

/** Level and method first: what they do not allow is not compared any further. */
export function checkIdentity(tenantId: string, signer: Signer, identity: Identity, vault: Vault): IdentityCheck {
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
  const differs = differences(tenantId, signer, identity, vault)
  const result = resultOf(signer, identity, differs)
  // Who it is is nobody's business, unless it is the person asked for, or nearly.
  return { ...found, differs, result, name: result === 'mismatch' ? null : identity.name }
}

function comparedWith({ personHmac, birthDate }: Signer): IdentityCheck['comparedWith'] {
  if (personHmac !== null) return 'nationalIdentityNumber'
  return birthDate === null ? 'open' : 'nameAndBirthDate'
}

/** What is not as the sender wrote it. */
function differences(tenantId: string, signer: Signer, identity: Identity, vault: Vault): readonly string[] {
  const number = identity.nationalIdentityNumber
  const otherNumber =
    signer.personHmac !== null && (number === null || vault.personHmac(tenantId, number) !== signer.personHmac)
  return [
    ...(otherNumber ? ['nationalIdentityNumber'] : []),
    ...(signer.birthDate !== null && signer.birthDate !== identity.birthDate ? ['birthDate'] : []),
    ...(sameSpelling(signer.name, identity.name) ? [] : ['name']),
  ]
}

function resultOf(signer: Signer, identity: Identity, differs: readonly string[]): IdentityCheck['result'] {
  const agrees = sameName(signer.name, identity.name)
  switch (comparedWith(signer)) {
    case 'open':
      return 'match'
    case 'nationalIdentityNumber':
      if (!differs.includes('nationalIdentityNumber')) return 'match'
      return agrees ? 'nearMiss' : 'mismatch'
    case 'nameAndBirthDate': {
      const sameDay = !differs.includes('birthDate')
      if (agrees) return sameDay ? 'match' : 'nearMiss'
      return sameDay && nearlySameName(signer.name, identity.name) ? 'nearMiss' : 'mismatch'
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
