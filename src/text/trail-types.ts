// Every type of event that an order's trail can hold: each has words in three languages, because any of them can be sealed.

/** What a signer did or met. */
export const personEvents = [
  'ceremony.begun',
  'ceremony.left',
  'ceremony.void',
  'signer.invited',
  'signer.told',
  'signer.reminded',
  'signer.identified',
  'signer.identityMismatch',
  'signer.awaitingSender',
  'signer.identityAccepted',
  'signer.identityRefused',
  'signer.hashesShown',
  'signer.authorised',
  'signer.signed',
  'signer.declined',
  'signer.replaced',
  'signer.delegated',
  'signer.notApplicable',
  'signer.linkIssued',
  'signer.erased',
] as const

/** What happened to the order as a whole. */
export const orderEvents = [
  'order.drafted',
  'order.changed',
  'order.scheduled',
  'order.activated',
  'order.received',
  'order.prepared',
  'order.opened',
  'order.augmented',
  'order.sealing',
  'order.sealed',
  'order.renewed',
  'order.retried',
  'order.declined',
  'order.cancelled',
  'order.expired',
  'order.failing',
  'order.failed',
  'order.senderTold',
  'order.senderNotTold',
  'order.held',
  'order.holdReleased',
  'order.deleted',
] as const

export type PersonEvent = (typeof personEvents)[number]
export type OrderEvent = (typeof orderEvents)[number]
export type TrailType = PersonEvent | OrderEvent
