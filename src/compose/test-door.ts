// The test door: a browser within this server that opens our own pages and those of the simulated BankID.

import { sameName } from '../accounting/same-name.ts'
import { isSeglError, SeglError } from '../errors.ts'
import type { Vault } from '../flow/ports/vault.ts'
import type { TestDoor, TestPerson } from '../http/test-door.ts'
import { declineAt, type Person, people, visit } from '../visitor/visitor.ts'

/** A visit that takes longer is left where it is; the caller sees the states. */
const longestMs = 110_000

export function createTestDoor(options: {
  /** As browsers see the simulated BankID. */
  readonly bankidUrl: string
  readonly vault: Pick<Vault, 'personHmac'>
}): TestDoor {
  const { bankidUrl, vault } = options

  function isHe({ tenantId, personHmac, birthDate, name, role }: TestPerson): (person: Person) => boolean {
    if (role !== undefined) return (person) => person.role === role
    if (personHmac !== null) return ({ number }) => vault.personHmac(tenantId, number) === personHmac
    return (person) => sameName(person.name, name) && (birthDate === null || person.birthdate === birthDate)
  }

  return {
    async visit(link, who, deed) {
      const his = isHe(who)
      if (!(await outside(() => people(bankidUrl))).some(his)) {
        throw new SeglError(
          'NOT_FOUND',
          'The simulated BankID does not have this person. Its people are at /devices; name one of them, or send `as`.',
        )
      }
      await outside(() => visit(bankidUrl, his, link, deed, AbortSignal.timeout(longestMs)))
    },
    async decline(link, reason) {
      await outside(() => declineAt(link, reason))
    },
  }
}

async function outside<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (isSeglError(cause)) throw cause
    throw new SeglError('UNAVAILABLE', 'The visit came to no end. Read the order to see how far it came.', { cause })
  }
}
