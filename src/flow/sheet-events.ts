// The trail as the audit sheet tells it: of nobody is anything told that did not happen to that person.
import type { AuditEvent } from '../sheet/index.ts'
import { type TrailType, text } from '../text/index.ts'
import type { Order } from './model.ts'
import type { TrailEvent } from './ports/store.ts'

/** Done by somebody who has the link: who that was, nothing has proven. */
const byLink: readonly string[] = [
  'ceremony.begun',
  'ceremony.left',
  'ceremony.void',
  'signer.declined',
  'signer.delegated',
] satisfies readonly TrailType[]

/** Done by the person whom BankID named. */
const proven: readonly string[] = [
  'signer.identified',
  'signer.hashesShown',
  'signer.authorised',
  'signer.signed',
] satisfies readonly TrailType[]

/**
 * What was done by the person whom BankID named bears BankID's name; what was done through the link, that of its holder; and what
 * happened to the signer whom the order names, the name that the order gives. `signedAt`: time of each signer's time-stamp.
 */
export function sheetEvents(
  order: Pick<Order, 'language' | 'signers'>,
  trail: readonly Pick<TrailEvent, 'time' | 'type' | 'signerId' | 'personal'>[],
  signedAt: ReadonlyMap<string, Date>,
): readonly AuditEvent[] {
  const { linkHolder } = text(order.language).trail
  const loggedIn = new Map<string, string>()
  const events = trail.map(({ time, type, signerId, personal }): AuditEvent => {
    const signer = order.signers.find(({ id }) => id === signerId)
    if (!signer) return { time, type, name: null }
    const proof = personal?.['name']
    if (type === 'signer.identified' && typeof proof === 'string') loggedIn.set(signer.id, proof)
    // The sheet names one time of a signature: that of its time-stamp.
    const at = type === 'signer.signed' ? (signedAt.get(signer.id) ?? time) : time
    if (proven.includes(type)) return { time: at, type, name: loggedIn.get(signer.id) ?? signer.signedName }
    // An erased signer has no name any more.
    if (signer.name === '') return { time, type, name: null }
    return { time, type, name: byLink.includes(type) ? linkHolder(signer.name) : signer.name }
  })
  return [...events].sort((a, b) => secondOf(a.time) - secondOf(b.time))
}

/** The sheet shows seconds; what happened in one second stays as the trail has it. */
const secondOf = (time: Date): number => Math.floor(time.getTime() / 1000)
