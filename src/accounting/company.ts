// A company as a register knows it: who is on its board, who manages it, who audits it.
import { annualAccountsRoles } from './roles.ts'
import { sameName } from './same-name.ts'

/** Somebody's office in a company; `role` in the words that orders use (`chair`, `boardMember`, `generalManager`, …). */
export type RegisteredRole = {
  readonly role: string
  readonly name: string
  /** ISO date. */
  readonly birthDate?: string
}

export type RegisteredCompany = {
  readonly organisationNumber: string
  readonly name: string
  /** Day on which the register said so, ISO date: it may lag behind what the general meeting decided. */
  readonly asOf: string
  readonly roles: readonly RegisteredRole[]
}

/** A signer that the register suggests for annual accounts. */
export type SuggestedSigner = RegisteredRole & { readonly group: number }

/**
 * Who should sign the company's annual accounts, each person once, whoever holds two offices under the first of them: the board
 * and the general manager side by side, the auditor after them (regnskapsloven § 3-5; ISA 700.49). Deputies sign only
 * where they sat in somebody's place when the accounts were considered, which no register knows, so they are not suggested.
 */
export function suggestedSigners(company: RegisteredCompany): readonly SuggestedSigner[] {
  const people: SuggestedSigner[] = []
  for (const role of [...annualAccountsRoles.signatories, ...annualAccountsRoles.auditors]) {
    for (const entry of company.roles) {
      const known = entry.role !== role || people.some((person) => sameRegistered(person, entry))
      if (!known) people.push({ ...entry, group: annualAccountsRoles.auditors.includes(role) ? 2 : 1 })
    }
  }
  return people
}

/** Two entries mean one person: the same name, and the same birth date where both have one. */
export function sameRegistered(
  a: { readonly name: string; readonly birthDate?: string },
  b: { readonly name: string; readonly birthDate?: string },
): boolean {
  const datesAgree = a.birthDate === undefined || b.birthDate === undefined || a.birthDate === b.birthDate
  return datesAgree && sameName(a.name, b.name)
}
