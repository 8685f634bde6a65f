// A link over several signers of one person, so that an accounting system can offer "sign everything".

import { sameName } from '../accounting/same-name.ts'
import { type FieldError, SeglError } from '../errors.ts'
import { newId } from './id.ts'
import type { Language, Member, Signer, SigningSession } from './model.ts'
import { isSettled } from './order.ts'
import type { Store } from './ports/store.ts'

/** How long the link works. */
export const sessionDays = 30
const _mostSessionSigners = 200

export type SessionRequest = {
  readonly tenantId: string
  readonly signerIds: readonly string[]
  /** That of the first signer unless given. */
  readonly language?: Language
  readonly returnUrl?: string
}

/**
 * Stores the session. Throws NOT_FOUND for signers that are not the tenant's, SIGNERS_INVALID unless all are named as the same
 * person, STATE_CONFLICT when nothing more is expected of one.
 */
export async function openSession(
  store: Store,
  request: SessionRequest,
): Promise<{ readonly session: SigningSession; readonly members: readonly Member[] }> {
  const { tenantId } = request
  const signerIds = [...new Set(request.signerIds)]
  return store.transaction(tenantId, async (tx) => {
    const members = await tx.membersOf(signerIds)
    const found = new Map(members.map((member) => [member.signer.id, member.signer]))
    const [first] = members
    refuse(signerIds, 'NOT_FOUND', 'There is no such signer.', (id) => !found.has(id))
    refuse(
      signerIds,
      'SIGNERS_INVALID',
      'Signers of one session are one person: name them all in the same way.',
      (id) => {
        const signer = found.get(id)
        return !first || !signer || !samePerson(first.signer, signer)
      },
    )
    refuse(signerIds, 'STATE_CONFLICT', 'Nothing more is expected of this signer.', (id) => {
      const signer = found.get(id)
      return !signer || isSettled(signer)
    })
    const session = {
      id: newId(tx.now),
      tenantId,
      signerIds,
      language: request.language ?? first?.signer.language ?? 'nb',
      returnUrl: request.returnUrl ?? null,
      createdAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + sessionDays * 86_400_000),
    } as const
    await tx.insertSigningSession(session)
    return { session, members }
  })
}

/** By number; else by name and birth date. Signers left open are nobody in particular, so they share no link. */
export function samePerson(a: Signer, b: Signer): boolean {
  if (a.id === b.id) return true
  if (a.personHmac !== null || b.personHmac !== null) return a.personHmac === b.personHmac
  return a.birthDate !== null && a.birthDate === b.birthDate && sameName(a.name, b.name)
}

function refuse(
  ids: readonly string[],
  code: FieldError['code'],
  detail: string,
  wrong: (id: string) => boolean,
): void {
  const errors = ids.flatMap((id, index) => (wrong(id) ? [{ pointer: `/signers/${index}`, code, detail }] : []))
  if (errors.length > 0) throw new SeglError(code, detail, { errors })
}
