// Where a signer's visit stands, which decides the page that his link shows him.
import { isWaiting, ownCeremony, type Visit } from './ceremony.ts'
import type { Member } from './model.ts'
import { isFinal } from './order.ts'
import type { Ports } from './ports/index.ts'

/** What a signer who opens his link is to see. */
export type Stage =
  | 'later'
  | 'start'
  | 'choose'
  | 'waiting'
  | 'processing'
  | 'awaitingSender'
  | 'signed'
  | 'declined'
  | 'stopped'
  | 'closed'

export async function stageOf(ports: Ports, visit: Visit, browserHash: string | undefined): Promise<Stage> {
  const own = await ownCeremony(ports, visit, browserHash)
  if (own?.state === 'identified' && own.chosenAt === null) return 'choose'
  if (isWaiting(own)) return 'waiting'
  if (own?.state === 'authorising') return 'processing'
  const stages: Stage[] = []
  for (const member of visit.members) stages.push(await stageOfMember(ports, visit.tenantId, member))
  const order: readonly Stage[] = [
    'processing',
    'start',
    'awaitingSender',
    'signed',
    'declined',
    'later',
    'stopped',
    'closed',
  ]
  return order.find((stage) => stages.includes(stage)) ?? 'closed'
}

async function stageOfMember(ports: Ports, tenantId: string, { order, signer }: Member): Promise<Stage> {
  switch (signer.state) {
    case 'waiting':
      // His link is good again when somebody has put the order right.
      if (order.state === 'failed') return 'stopped'
      return isFinal(order.state) ? 'closed' : 'later'
    case 'ready':
    case 'atBankid':
      return 'start'
    case 'identified': {
      // Only the browser that logged in can go on from here; in another one he begins again.
      const ceremony = await ports.store.read(tenantId, (tx) => tx.liveCeremony(signer.id))
      return ceremony?.state === 'authorising' ? 'processing' : 'start'
    }
    case 'awaitingSender':
      return 'awaitingSender'
    case 'authorised':
      return 'processing'
    case 'signed':
    case 'declined':
      return signer.state
    case 'replaced':
    case 'expired':
    case 'notApplicable':
      return 'closed'
  }
}
