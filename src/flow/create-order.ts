// Opens a signing order over uploaded documents: checks everything, then writes order, signers, trail and first task.
import { checkNationalIdentityNumber } from '../accounting/identifiers.ts'
import { type FieldError, SeglError } from '../errors.ts'
import { newId } from './id.ts'
import type { DocumentKind, GroupRule, Language, Level, LoginMethod, Order } from './model.ts'
import type { Intake, IntakeTx } from './ports/intake.ts'
import type { StoredDocument } from './ports/reading.ts'
import type { NewOrder } from './ports/store.ts'
import type { Vault } from './ports/vault.ts'
import { maximumSlots, spareSlots } from './prepare.ts'
import { returnUrlAllowed } from './return-url.ts'
import { appendTrail } from './trail.ts'

export type OrderedSigner = {
  readonly role: string
  readonly group: number
  readonly name: string
  /** Who must log in: this number, else this name and birth date, else anybody. */
  readonly person: { readonly nationalIdentityNumber?: string; readonly birthDate?: string }
  readonly level: Level
  /** Ways to log in that are accepted; empty: any of the level. */
  readonly methods: readonly LoginMethod[]
  readonly language: Language
  readonly onBehalfOf?: string
  readonly email?: string
  readonly mayDelegate?: boolean
}

export type OrderedDocument = { readonly id: string; readonly role: 'sign' | 'annex' }

export type OrderRequest = {
  readonly tenantId: string
  readonly title: string
  readonly reference?: string
  readonly language: Language
  readonly documents: readonly OrderedDocument[]
  readonly signers: readonly OrderedSigner[]
  /** Groups of which fewer than all have to sign. */
  readonly groups?: readonly GroupRule[]
  readonly returnUrl?: string
  readonly deadline?: Date
}

export type OrderingPorts = {
  readonly intake: Intake
  readonly vault: Vault
  /** Origins that `returnUrl` may have (see return-url.ts). */
  readonly returnUrlAllow: readonly string[]
  /** Refuse numbers that a living person may have. */
  readonly syntheticOnly: boolean
}

/** Context under which a signer's national identity number is encrypted. */
export const personContext = (tenantId: string, signerId: string): string => `signer:${tenantId}:${signerId}`

/**
 * Creates the order in state `received`. `answered` runs in the same transaction. Throws with every mistake at once;
 * NOT_FOUND for documents that are not the tenant's, DOCUMENT_IN_USE for those of another order.
 */
export async function createOrder(
  ports: OrderingPorts,
  request: OrderRequest,
  answered: (tx: IntakeTx, order: Order) => Promise<void>,
): Promise<Order> {
  refuseAny(mistakes(request, ports))
  const { tenantId } = request
  return ports.intake.transaction(tenantId, async (tx) => {
    const documents = await takeDocuments(tx, request.documents)
    if (request.deadline && request.deadline <= tx.now) {
      refuseAny([invalid('/deadline', 'The deadline must lie in the future.')])
    }
    const order = newOrder(tx, ports, request, documents)
    await tx.insertOrder(order)
    await appendTrail(tx, { id: order.id, trailSequence: 0, trailHead: '' }, [
      {
        type: 'order.received',
        actor: 'tenant',
        data: {
          kind: order.kind,
          documents: documents.map((document, index) => ({
            document: document.id,
            role: request.documents[index]?.role,
            uploadSha256: document.uploadSha256,
            size: document.uploadSize,
          })),
          signers: order.signers.map(({ id, role, group, level }) => ({ signer: id, role, group, level })),
          ...(order.groups.length > 0 && { groups: order.groups }),
        },
        personal: {
          title: order.title,
          reference: order.reference,
          signers: order.signers.map(({ id, name, birthDate, onBehalfOf }) => ({
            signer: id,
            name,
            birthDate,
            onBehalfOf,
          })),
        },
      },
    ])
    await tx.emit({ orderId: order.id, type: 'order.received', state: 'received' })
    await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'prepare' })
    const created = await tx.order(order.id)
    if (!created) throw new SeglError('INTERNAL', 'The order is not readable after it was written.')
    await answered(tx, created)
    return created
  })
}

/** What is wrong with the request by itself, without a look at the database. */
export function mistakes(
  request: Pick<OrderRequest, 'signers' | 'documents' | 'groups' | 'returnUrl'>,
  rules: Pick<OrderingPorts, 'returnUrlAllow' | 'syntheticOnly'>,
): readonly FieldError[] {
  const errors: FieldError[] = []
  const { signers, documents, returnUrl } = request
  if (signers.length < 1 || signers.length > maximumSlots - spareSlots) {
    errors.push(wrongSigners('/signers', `An order has 1 to ${maximumSlots - spareSlots} signers.`))
  }
  const groups = new Set(signers.map((signer) => signer.group))
  if (signers.length > 0 && Math.max(...groups) !== groups.size) {
    errors.push(wrongSigners('/signers', 'Groups are numbered 1, 2, 3 … without gaps: the lowest group signs first.'))
  }
  errors.push(...groupMistakes(request.groups ?? [], signers))
  for (const [index, signer] of signers.entries()) errors.push(...personMistakes(signer, index, rules.syntheticOnly))
  const ids = documents.map((document) => document.id)
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) < index) errors.push(invalid(`/documents/${index}/id`, 'The document is named twice.'))
  }
  if (!documents.some((document) => document.role === 'sign')) {
    errors.push(invalid('/documents', 'At least one document must have the role `sign`.'))
  }
  if (returnUrl !== undefined && !returnUrlAllowed(returnUrl, rules.returnUrlAllow)) {
    errors.push({
      pointer: '/returnUrl',
      code: 'RETURN_URL_NOT_ALLOWED',
      detail:
        'Its origin is not on the allow-list of this installation (RETURN_URL_ORIGINS). Ask its operator to add it.',
    })
  }
  return errors
}

/** `required` of a group is a number of signers that it has. */
function groupMistakes(groups: readonly GroupRule[], signers: readonly OrderedSigner[]): readonly FieldError[] {
  return groups.flatMap(({ number, required }, index) => {
    const size = signers.filter(({ group }) => group === number).length
    if (groups.findIndex((other) => other.number === number) < index) {
      return [wrongSigners(`/groups/${index}/number`, 'The group is named twice.')]
    }
    if (size === 0) return [wrongSigners(`/groups/${index}/number`, 'No signer is in this group.')]
    if (required <= size) return []
    return [wrongSigners(`/groups/${index}/required`, `Only ${size} can sign in this group.`)]
  })
}

function personMistakes(signer: OrderedSigner, index: number, syntheticOnly: boolean): readonly FieldError[] {
  const number = signer.person.nationalIdentityNumber
  if (number === undefined) return []
  const pointer = `/signers/${index}/person/nationalIdentityNumber`
  const answer = checkNationalIdentityNumber(number)
  if (!answer.valid) return [{ pointer, code: answer.code, detail: answer.detail }]
  if (answer.synthetic || !syntheticOnly) return []
  const detail =
    'This installation signs with a simulated BankID: name synthetic people only (month + 80, as Tenor has them).'
  return [{ pointer, code: 'NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC', detail }]
}

/** Locks the documents and checks that they are the tenant's, free, and of one kind. In the order of the request. */
async function takeDocuments(tx: IntakeTx, wanted: readonly OrderedDocument[]): Promise<readonly StoredDocument[]> {
  const found = await tx.lockDocuments(wanted.map(({ id }) => id))
  const taken: StoredDocument[] = []
  const missing: FieldError[] = []
  const used: FieldError[] = []
  for (const [index, { id }] of wanted.entries()) {
    const pointer = `/documents/${index}/id`
    const document = found.find((candidate) => candidate.id === id)
    if (!document) missing.push({ pointer, code: 'NOT_FOUND', detail: 'There is no such document.' })
    else if (document.orderId !== null) {
      used.push({ pointer, code: 'DOCUMENT_IN_USE', detail: 'The document belongs to another order. Upload it again.' })
    } else taken.push(document)
  }
  refuseAny([...missing, ...used])
  const kinds = wanted.map(({ role }, index) => (role === 'sign' ? taken[index]?.kind : undefined))
  const first = kinds.find((kind) => kind !== undefined)
  refuseAny(
    kinds.flatMap((kind, index) =>
      kind === undefined || kind === first
        ? []
        : [invalid(`/documents/${index}/id`, `All documents to sign must be of one kind; the first is ${first}.`)],
    ),
  )
  return taken
}

function newOrder(
  tx: IntakeTx,
  { vault }: OrderingPorts,
  request: OrderRequest,
  documents: readonly StoredDocument[],
): NewOrder {
  const { tenantId } = request
  const kind = kindOf(request, documents)
  return {
    id: newId(tx.now),
    tenantId,
    kind,
    title: request.title,
    reference: request.reference ?? null,
    language: request.language,
    organisation: organisationOf(documents),
    returnUrl: request.returnUrl ?? null,
    deadline: request.deadline ?? null,
    activateAt: null,
    groups: request.groups ?? [],
    reminders: null,
    slots: Math.min(request.signers.length + spareSlots, maximumSlots),
    state: 'received',
    documents: request.documents,
    signers: request.signers.map((signer, position) => {
      const id = newId(tx.now)
      const number = signer.person.nationalIdentityNumber
      return {
        id,
        position,
        group: signer.group,
        role: signer.role,
        name: signer.name,
        personHmac: number === undefined ? null : vault.personHmac(tenantId, number),
        personEncrypted: number === undefined ? null : vault.encrypt(number, personContext(tenantId, id)),
        birthDate: signer.person.birthDate ?? null,
        onBehalfOf: signer.onBehalfOf ?? null,
        level: signer.level,
        methods: signer.methods,
        language: signer.language,
        email: signer.email ?? null,
        mayDelegate: signer.mayDelegate ?? false,
        replacesId: null,
        slot: position + 1,
      }
    }),
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

const invalid = (pointer: string, detail: string): FieldError => ({ pointer, code: 'INVALID_REQUEST', detail })
const wrongSigners = (pointer: string, detail: string): FieldError => ({ pointer, code: 'SIGNERS_INVALID', detail })

/** Throws with all mistakes, under the code they share, or INVALID_REQUEST when they differ. */
export function refuseAny(errors: readonly FieldError[]): void {
  const first = errors[0]
  if (first === undefined) return
  const same = errors.every((error) => error.code === first.code)
  const detail =
    errors.length === 1
      ? first.detail
      : `${errors.length} fields of the request are wrong. Each is named in \`errors\`.`
  throw new SeglError(same ? first.code : 'INVALID_REQUEST', detail, { errors })
}
