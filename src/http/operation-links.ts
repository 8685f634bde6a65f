// Links of openapi.yaml (OpenAPI 3.1 § 4.8.20): what an answer says about the next call, one table for all operations.

/** An operation that an answer leads to, with what it takes from there. */
export type Link = {
  readonly to: string
  readonly with?: Readonly<Record<string, string>>
  /** A body; runtime expressions in it stand for values of the answer. */
  readonly body?: unknown
  readonly says: string
}

type Links = readonly Link[]

const path = (name: string) => `$request.path.${name}`
const answer = (pointer: string) => `$response.body#${pointer}`

const to = (operation: string, parameters: Readonly<Record<string, string>>, says: string): Link => ({
  to: operation,
  ...(Object.keys(parameters).length > 0 && { with: parameters }),
  says,
})

/** What can be done with an order whose id is `id` and one of whose signers is `signer`. */
const ofOrder = (id: string, at: string): Links => {
  const signer = answer(`${at}/signers/0/id`)
  const document = answer(`${at}/documents/0/id`)
  return [
    to('getOrder', { id }, 'The order as it is now.'),
    to('getAuditTrail', { id }, 'What has happened to it.'),
    to('changeDraft', { id }, 'Change it while it is a draft.'),
    to('activateOrder', { id }, 'Finish it when it is a draft.'),
    to('cancelOrder', { id }, 'Take it back.'),
    to('retryOrder', { id }, 'Try again what failed.'),
    to('getStorage', { id }, 'How long it is kept.'),
    to('issueLink', { id, signer }, 'A new link for the first signer.'),
    to('replaceSigner', { id, signer }, 'Somebody else signs in the place of the first signer.'),
    to('confirmIdentity', { id, signer }, 'Say whether whoever logged in is the first signer.'),
    {
      to: 'openSigningSession',
      body: { signers: [signer] },
      says: 'A link over this and other orders of the first signer.',
    },
    to('testSign', { id: signer }, 'Let the first signer sign, on the simulated BankID.'),
    to('getDocument', { id: document }, 'The first document.'),
    to('getSigned', { id: document }, 'The first document, once everybody has signed.'),
  ]
}

const ofStorage = (id: string): Links => [
  to('getStorage', { id }, 'How long the order is kept.'),
  to('placeLegalHold', { id }, 'Keep it from being deleted.'),
  to('releaseLegalHold', { id }, 'Let it be deleted again.'),
  to('deleteOrder', { id }, 'Delete it after its time of storage.'),
  to('getOrder', { id }, 'The order itself.'),
]

const ofDocument = (id: string): Links => [
  to('getDocument', { id }, 'The document with its revisions.'),
  to('getOriginal', { id }, 'The bytes that were sent.'),
  to('getSigned', { id }, 'The signed file, once everybody has signed.'),
  to('getRevision', { id, number: answer('/revisions/0/number') }, 'The file after its first revision.'),
]

/** An order over a document that was just uploaded; for a contract as it stands, other kinds name other roles. */
const orderOver = (id: string) => ({
  title: answer('/title'),
  documents: [{ id }],
  signers: [{ role: 'party', name: 'Tuva Myrvold' }],
})

const ofWebhook = (id: string): Links => [
  to('getWebhook', { id }, 'The webhook as it is now.'),
  to('changeWebhook', { id }, 'Change, disable or enable it.'),
  to('pingWebhook', { id }, 'Send a test message.'),
  to('replayWebhook', { id }, 'Send events again.'),
  to('rotateWebhookSecret', { id }, 'A new secret.'),
  to('listWebhookDeliveries', { id }, 'What was sent and what came of it.'),
  to('removeWebhook', { id }, 'Remove it.'),
]

const ofDelivery = (delivery: string): Links => [
  to('redeliverWebhookMessage', { id: path('id'), delivery }, 'Send the message again.'),
  to('listWebhookDeliveries', { id: path('id') }, 'What came of it.'),
  to('getWebhook', { id: path('id') }, 'The webhook.'),
]

const ofConsumer = (name: string): Links => [
  to('leaseEvents', { name }, 'Its next events.'),
  to('placeConsumer', { name }, 'Put it at another place in the feed.'),
  to('removeConsumer', { name }, 'Forget it.'),
]

const ofKey = (id: string): Links => [
  to('listKeys', {}, 'All keys.'),
  to('rotateKey', { id }, 'A key that takes over.'),
  to('revokeKey', { id }, 'Revoke it.'),
]

const ofClient = (id: string): Links => [
  to('listClients', {}, 'All clients.'),
  to('replaceClientKeys', { id }, 'Replace its public keys.'),
  to('revokeClient', { id }, 'Revoke it.'),
]

const ofVisit: Links = [
  to('getOrder', { id: answer('/signers/0/order') }, 'The order of the first of these signers.'),
  to('getAuditTrail', { id: answer('/signers/0/order') }, 'What has happened to it.'),
]

const ofFile: Links = [to('getDocument', { id: path('id') }, 'The document with its revisions.')]

const order = ofOrder(answer('/id'), '')
const document = ofDocument(answer('/id'))
const webhook = ofWebhook(answer('/id'))
const storage = ofStorage(path('id'))

/** By `operationId`; the links of each stand in its answers of success. */
export const operationLinks: Readonly<Record<string, Links>> = {
  uploadDocument: [
    ...document,
    { to: 'checkOrder', body: orderOver(answer('/id')), says: 'Ask what an order over it would be refused for.' },
    { to: 'createOrder', body: orderOver(answer('/id')), says: 'Open an order over it.' },
  ],
  getDocument: [...document, to('getOrder', { id: answer('/order') }, 'The order it belongs to.')],
  getOriginal: ofFile,
  getSigned: ofFile,
  getRevision: ofFile,

  createOrder: order,
  getOrder: order,
  changeDraft: order,
  activateOrder: order,
  cancelOrder: order,
  retryOrder: order,
  replaceSigner: order,
  confirmIdentity: order,
  createOrders: ofOrder(answer('/results/0/order/id'), '/results/0/order'),
  listOrders: [
    to('getOrder', { id: answer('/orders/0/id') }, 'The first order of the page.'),
    to('getAuditTrail', { id: answer('/orders/0/id') }, 'What has happened to it.'),
    to('getStorage', { id: answer('/orders/0/id') }, 'How long it is kept.'),
    to('listOrders', { cursor: answer('/next') }, 'The next page.'),
  ],
  getAuditTrail: [
    to('getOrder', { id: path('id') }, 'The order.'),
    to('getStorage', { id: path('id') }, 'Its storage.'),
  ],
  issueLink: [
    to('getOrder', { id: path('id') }, 'The order.'),
    to('testSign', { id: answer('/signer') }, 'Let the signer sign, on the simulated BankID.'),
  ],
  openSigningSession: [
    to('getOrder', { id: answer('/signers/0/order') }, 'The first of the orders.'),
    to('testSignAll', { person: answer('/signers/0/id') }, 'Let the person sign everything, on the simulated BankID.'),
  ],
  getStorage: storage,
  placeLegalHold: storage,
  releaseLegalHold: storage,
  deleteOrder: [to('getStorage', { id: path('id') }, 'When it was deleted.')],
  eraseSigner: [to('getStorage', { id: path('id') }, 'How long its documents are kept.')],

  testSign: ofVisit,
  testDecline: ofVisit,
  testFail: ofVisit,
  testSignAll: ofVisit,

  listRules: [to('listProblems', {}, 'What each code means.')],
  checkOrder: [{ to: 'createOrder', body: '$request.body', says: 'Open the order that was asked about.' }],
  suggestSigners: [
    to('listOrders', { organisation: answer('/organisationNumber') }, 'Orders that concern the company.'),
  ],

  listEvents: [
    to('getOrder', { id: answer('/events/0/order') }, 'The order of the first event.'),
    to('listEvents', { after: answer('/after') }, 'What came after these.'),
  ],
  listConsumers: ofConsumer(answer('/consumers/0/name')),
  placeConsumer: ofConsumer(answer('/name')),
  acknowledgeEvents: ofConsumer(answer('/name')),
  leaseEvents: [
    {
      to: 'acknowledgeEvents',
      with: { name: path('name') },
      body: { lease: answer('/lease'), upTo: answer('/events/0/sequence') },
      says: 'Say that the first event is dealt with.',
    },
    to('getOrder', { id: answer('/events/0/order') }, 'The order of the first event.'),
  ],

  addWebhook: webhook,
  getWebhook: webhook,
  changeWebhook: webhook,
  rotateWebhookSecret: webhook,
  replayWebhook: webhook,
  listWebhooks: ofWebhook(answer('/webhooks/0/id')),
  listWebhookDeliveries: [
    ...ofDelivery(answer('/deliveries/0/id')),
    to('listWebhookDeliveries', { id: path('id'), cursor: answer('/next') }, 'The next page.'),
  ],
  pingWebhook: ofDelivery(answer('/id')),
  redeliverWebhookMessage: ofDelivery(answer('/id')),

  listKeys: ofKey(answer('/keys/0/id')),
  addKey: ofKey(answer('/id')),
  rotateKey: ofKey(answer('/id')),
  listClients: ofClient(answer('/clients/0/id')),
  addClient: ofClient(answer('/id')),
  replaceClientKeys: ofClient(answer('/id')),
  getAuthorizationServer: [to('getToken', {}, 'A token.')],
  getToken: [to('listOrders', {}, 'A call with the token.')],

  live: [to('ready', {}, 'Whether everything behind it answers too.')],
  ready: [to('live', {}, 'Whether the process itself runs.')],
  getKeys: [to('getAuthorizationServer', {}, 'The other way round: how clients show Segl who they are.')],
  listProblems: [to('getProblem', { code: answer('/problems/0/code') }, 'The first of them.')],
  getProblem: [to('listProblems', {}, 'All of them.')],
}

type Described = { operationId?: string; responses?: Record<string, unknown> }

/** Puts the links into the answers. @throws when the table names an operation or parameter that there is not */
export function placeLinks(operations: readonly (Described & { parameters?: readonly { name?: unknown }[] })[]): void {
  const known = new Map(operations.map((operation) => [operation.operationId ?? '', operation]))
  for (const [operationId, links] of Object.entries(operationLinks)) {
    const operation = known.get(operationId)
    if (!operation) throw new Error(`src/http/operation-links.ts: there is no operation ${operationId}.`)
    for (const link of links) {
      const names = known.get(link.to)?.parameters?.map(({ name }) => name) ?? []
      const strange = Object.keys(link.with ?? {}).filter((name) => !names.includes(name))
      if (known.has(link.to) && strange.length === 0) continue
      throw new Error(
        `src/http/operation-links.ts: ${operationId} leads to ${link.to} ${strange.join(', ')}, which is not there.`,
      )
    }
    const described = Object.fromEntries(links.map((link) => [link.to, linkObject(link)]))
    for (const [status, answered] of Object.entries(operation.responses ?? {})) {
      // A download says nothing that a later call could use.
      if (/^20[012]$/.test(status)) Object.assign(answered as object, { links: described })
    }
  }
}

const linkObject = ({ to: operationId, with: parameters, body, says }: Link) => ({
  operationId,
  ...(parameters && { parameters }),
  ...(body !== undefined && { requestBody: body }),
  description: says,
})
