// Opens a signing order over uploaded documents: checks everything, then writes order, signers, trail and first task.

import { bookYear } from '../accounting/book-year.ts'
import type { RegisteredCompany } from '../accounting/company.ts'
import { type FieldError, SeglError } from '../errors.ts'
import {
  accountingOf,
  accountingOnRecord,
  judgeRequest,
  mandatesOf,
  namedDocuments,
  registeredCompany,
} from './accounting-rules.ts'
import { newId } from './id.ts'
import type { DocumentKind, Order, OrderState } from './model.ts'
import {
  invalid,
  lateness,
  mistakes,
  type OrderedDocument,
  type OrderedSigner,
  type OrderRequest,
  type OrderRules,
  refuseAny,
} from './order-request.ts'
import { placementMistakes } from './placements.ts'
import type { CompanyRegister } from './ports/company-register.ts'
import type { Intake, IntakeTx } from './ports/intake.ts'
import type { Reading, StoredDocument } from './ports/reading.ts'
import type { Tx } from './ports/store.ts'
import type { Vault } from './ports/vault.ts'
import type { NewOrder, NewSigner } from './ports/writing.ts'
import { maximumSlots, spareSlots } from './slots.ts'
import { appendTrail, type TrailEntry } from './trail.ts'

export type OrderingPorts = OrderRules & {
  readonly intake: Intake
  readonly vault: Vault
  readonly reading: Pick<Reading, 'document'>
  readonly companyRegister: CompanyRegister
}

/** Context under which a signer's national identity number is encrypted. */
export const personContext = (tenantId: string, signerId: string): string => `signer:${tenantId}:${signerId}`

/**
 * Creates the order: `draft` when the request is one, `scheduled` when it is to be activated later, else `received`. `answered`
 * runs in the same transaction. Throws with every mistake at once; NOT_FOUND for documents that are not the tenant's,
 * DOCUMENT_IN_USE for those of another order.
 */
export async function createOrder(
  ports: OrderingPorts,
  request: OrderRequest,
  answered: (tx: IntakeTx, order: Order) => Promise<void>,
): Promise<Order> {
  const { tenantId } = request
  const named = await namedDocuments(ports.reading, tenantId, idsOf(request))
  const company = await registeredCompany(ports.companyRegister, named)
  return ports.intake.transaction(tenantId, async (tx) => {
    const state = request.draft !== undefined ? 'draft' : request.activateAt ? 'scheduled' : 'received'
    if (request.replaces !== undefined) await requireReplaceable(tx, request.replaces)
    const planned = await planOrder(tx, ports, request, { id: newId(tx.now), state, company })
    const { order } = planned
    await tx.insertOrder(order)
    if (order.replacesId !== null) await tx.updateOrder(order.replacesId, { replacedById: order.id })
    const story = await begun(tx, order)
    await appendTrail(tx, { id: order.id, trailSequence: 0, trailHead: '' }, [
      { type: state === 'draft' ? 'order.drafted' : 'order.received', actor: 'tenant', ...described(planned) },
      ...story,
    ])
    const created = await tx.order(order.id)
    if (!created) throw new SeglError('INTERNAL', 'The order is not readable after it was written.')
    await answered(tx, created)
    return created
  })
}

/** What can still be cancelled is cancelled and needs no successor; what has ended has its end. */
async function requireReplaceable(tx: Tx, id: string): Promise<void> {
  const pointer = '/replaces'
  await tx.lock('order', id)
  const order = await tx.order(id)
  if (!order) refuseAny([{ pointer, code: 'NOT_FOUND', detail: 'There is no such order.' }])
  else if (order.state !== 'failed' || order.outcome === null) {
    const detail = `Only an order that failed while it was being closed can be replaced; this one is ${order.state}.`
    refuseAny([invalid(pointer, detail)])
  }
}

/** Says that an order has reached its first state, and makes due what follows from it by itself. */
export async function begun(
  tx: Tx,
  order: Pick<Order, 'id' | 'state' | 'activateAt' | 'deadline'>,
): Promise<readonly TrailEntry[]> {
  const { id, state, activateAt, deadline } = order
  await tx.emit({ orderId: id, type: state === 'draft' ? 'order.drafted' : `order.${state}`, state })
  if (state === 'draft') return []
  if (deadline) await tx.schedule({ orderId: id, subjectId: id, step: 'expire', at: deadline })
  if (state === 'scheduled' && activateAt) {
    await tx.schedule({ orderId: id, subjectId: id, step: 'activate', at: activateAt })
    return [{ type: 'order.scheduled', actor: 'system', data: { activateAt: activateAt.toISOString() } }]
  }
  await tx.schedule({ orderId: id, subjectId: id, step: 'prepare' })
  return []
}

export type Planned = { readonly order: NewOrder; readonly documents: readonly StoredDocument[] }

type As = { readonly id: string; readonly state: OrderState; readonly company?: RegisteredCompany | undefined }

/**
 * Checks the request by itself, against what is stored, against the clock and by the accounting rules, and answers the rows to
 * write. A draft may still break a rule: it is judged again when it goes to its signers.
 */
export async function planOrder(
  tx: IntakeTx,
  ports: Pick<OrderingPorts, 'vault'> & OrderRules,
  request: OrderRequest,
  as: As,
): Promise<Planned> {
  const wrong = mistakes(request, ports)
  // Without a document to sign there is no kind, and nothing that rules could look at.
  if (!request.documents.some(({ role }) => role === 'sign')) refuseAny(wrong)
  const documents = await takeDocuments(tx, request.documents, as.id, wrong)
  const order = newOrder(tx, ports, request, documents, as)
  const judgement = judgeRequest(order, request, documents, tx.now, as.company)
  const broken = as.state === 'draft' ? [] : judgement.errors
  refuseAny([...wrong, ...lateness(request, tx.now), ...placementMistakes(request, documents), ...broken])
  return { documents, order: { ...order, accounting: accountingOf(judgement, mandatesOf(request)) } }
}

/** What the trail says of an order when it comes or changes. */
export const described = ({ order, documents }: Planned): Pick<TrailEntry, 'data' | 'personal'> => ({
  data: {
    kind: order.kind,
    documents: documents.map((document, index) => ({
      document: document.id,
      role: order.documents[index]?.role,
      uploadSha256: document.uploadSha256,
      ...(document.original && { originalSha256: document.original.sha256, normalised: document.original.changes }),
      size: document.uploadSize,
    })),
    signers: order.signers.map(({ id, role, group, level, methods, anyone }) => ({
      signer: id,
      role,
      group,
      level,
      ...(methods.length > 0 && { methods }),
      ...(anyone && { anyone }),
    })),
    ...(order.groups.length > 0 && { groups: order.groups }),
    ...(order.deadline && { deadline: order.deadline.toISOString() }),
    ...(order.replacesId !== null && { replaces: order.replacesId }),
    ...accountingOnRecord(order.accounting).data,
  },
  personal: {
    ...accountingOnRecord(order.accounting).personal,
    title: order.title,
    reference: order.reference,
    signers: order.signers.map(({ id, name, birthDate, onBehalfOf }) => ({ signer: id, name, birthDate, onBehalfOf })),
  },
})

/** Locks the documents and checks that they are the tenant's, free, and of one kind. In the order of the request. */
async function takeDocuments(
  tx: IntakeTx,
  wanted: readonly OrderedDocument[],
  orderId: string,
  wrong: readonly FieldError[],
): Promise<readonly StoredDocument[]> {
  const found = await tx.lockDocuments(wanted.map(({ id }) => id))
  const taken: StoredDocument[] = []
  const missing: FieldError[] = []
  const used: FieldError[] = []
  for (const [index, { id }] of wanted.entries()) {
    const pointer = `/documents/${index}/id`
    const document = found.find((candidate) => candidate.id === id)
    if (!document) missing.push({ pointer, code: 'NOT_FOUND', detail: 'There is no such document.' })
    else if (document.orderId !== null && document.orderId !== orderId) {
      used.push({ pointer, code: 'DOCUMENT_IN_USE', detail: 'The document belongs to another order. Upload it again.' })
    } else taken.push(document)
  }
  if (missing.length + used.length > 0) refuseAny([...missing, ...used, ...wrong])
  const kinds = wanted.map(({ role }, index) => (role === 'sign' ? taken[index]?.kind : undefined))
  const first = kinds.find((kind) => kind !== undefined)
  const mixed = kinds.flatMap((kind, index) =>
    kind === undefined || kind === first
      ? []
      : [invalid(`/documents/${index}/id`, `All documents to sign must be of one kind; the first is ${first}.`)],
  )
  if (mixed.length > 0) refuseAny([...mixed, ...wrong])
  return taken
}

function newOrder(
  tx: IntakeTx,
  { vault }: Pick<OrderingPorts, 'vault'>,
  request: OrderRequest,
  documents: readonly StoredDocument[],
  { id, state }: As,
): NewOrder {
  const { tenantId, signers } = request
  return {
    id,
    tenantId,
    kind: kindOf(request, documents),
    title: request.title,
    reference: request.reference ?? null,
    language: request.language,
    organisation: organisationOf(documents),
    year: documents.map(({ metadata }) => bookYear(metadata)).find((year) => year !== undefined) ?? null,
    returnUrl: request.returnUrl ?? null,
    deadline: request.deadline ?? null,
    activateAt: request.activateAt ?? null,
    groups: request.groups ?? [],
    reminders: request.reminders ?? null,
    notify: request.notify ?? null,
    onNameMismatch: request.onNameMismatch ?? 'hold',
    replacesId: request.replaces ?? null,
    accounting: { warnings: [], overridden: [], mandates: [] },
    slots: Math.min(signers.length + spareSlots, maximumSlots),
    state,
    draft: request.draft === undefined ? null : JSON.stringify(request.draft),
    documents: request.documents,
    signers: signers.map((signer, position) =>
      newSigner(vault, tenantId, signer, { id: newId(tx.now), position, slot: position + 1, replacesId: null }),
    ),
  }
}

/** The order's documents to look up. */
const idsOf = ({ documents }: OrderRequest): readonly string[] => documents.map(({ id }) => id)

/** The row of a signer, his number under the vault. */
export function newSigner(
  vault: Vault,
  tenantId: string,
  signer: OrderedSigner,
  as: Pick<NewSigner, 'id' | 'position' | 'slot' | 'replacesId'>,
): NewSigner {
  const number = signer.person.nationalIdentityNumber
  return {
    ...as,
    group: signer.group,
    role: signer.role,
    name: signer.name,
    personHmac: number === undefined ? null : vault.personHmac(tenantId, number),
    personEncrypted: number === undefined ? null : vault.encrypt(number, personContext(tenantId, as.id)),
    birthDate: signer.person.birthDate ?? null,
    anyone: signer.anyone ?? false,
    onBehalfOf: signer.onBehalfOf ?? null,
    level: signer.level,
    methods: signer.methods,
    language: signer.language,
    email: signer.email ?? null,
    mayDelegate: signer.mayDelegate ?? false,
    ...(signer.placements && { placements: signer.placements }),
  }
}

function kindOf(request: OrderRequest, documents: readonly StoredDocument[]): DocumentKind {
  const kind = documents.find((_, index) => request.documents[index]?.role === 'sign')?.kind
  if (kind === undefined) throw new SeglError('INVALID_REQUEST', 'An order needs a document to sign.')
  return kind
}

function organisationOf(documents: readonly StoredDocument[]): Order['organisation'] {
  for (const { metadata } of documents) {
    const { organisationNumber: number, organisationName: name } = metadata
    if (typeof number === 'string') return { number, name: typeof name === 'string' ? name : '' }
  }
  return null
}
