// Whether two signers of an order are one person, and how many of some signers are sure to sign.
import type { OrderFacts, SignerFacts } from './order-rule.ts'
import { sameName } from './same-name.ts'

/** By number where both have one, else by name and, where both have one, birth date. */
export function samePerson(a: SignerFacts, b: SignerFacts): boolean {
  if (a.nationalIdentityNumber !== undefined && b.nationalIdentityNumber !== undefined) {
    return a.nationalIdentityNumber === b.nationalIdentityNumber
  }
  const datesAgree = a.birthDate === undefined || b.birthDate === undefined || a.birthDate === b.birthDate
  return datesAgree && sameName(a.name, b.name)
}

/**
 * How many different people of `some` will have signed when the order is complete, whoever comes first in groups of which fewer
 * than all have to sign: the others of the group may be those.
 */
export function sureToSign({ signers, groups }: OrderFacts, some: readonly SignerFacts[]): number {
  const people = some.filter((signer, index) => some.findIndex((other) => samePerson(other, signer)) === index)
  const numbers = new Set(people.map(({ group }) => group))
  return [...numbers].reduce((sure, number) => {
    const size = signers.filter(({ group }) => group === number).length
    const required = groups.find((group) => group.number === number)?.required ?? size
    const ours = people.filter(({ group }) => group === number).length
    return sure + Math.max(0, ours - (size - Math.min(required, size)))
  }, 0)
}
