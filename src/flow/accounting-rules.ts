// What the accounting rules say of an order: asked when it comes, when a draft is changed, and when it goes to its signers.
import type { RegisteredCompany } from '../accounting/company.ts'
import { type Judgement, judge } from '../accounting/judge.ts'
import { readMetadata } from '../accounting/metadata.ts'
import type { DocumentFacts } from '../accounting/order-rule.ts'
import { longestRetention, type Retention, retentionOf } from '../accounting/retention.ts'
import type { Accounting, DocumentKind, GroupRule, Language, Mandate, Order, Signer, SignerState } from './model.ts'
import type { OrderRequest } from './order-request.ts'
import { osloClock } from './oslo-time.ts'
import type { CompanyRegister } from './ports/company-register.ts'
import type { Reading, StoredDocument } from './ports/reading.ts'

/** An order as far as rules look at it: the same of one that is sent, one that is stored and one that is only asked about. */
export type Judged = {
  readonly language: Language
  readonly deadline: Date | null
  readonly groups: readonly GroupRule[]
  readonly signers: readonly {
    readonly role: string
    readonly group: number
    readonly name: string
    /** Tells people apart: the national identity number or what stands for it. */
    readonly personHmac: string | null
    readonly birthDate: string | null
    readonly anyone: boolean
    readonly onBehalfOf: string | null
    /** His place in the request, where that is not the one in this list. */
    readonly place?: number
  }[]
  readonly documents: readonly {
    readonly role: 'sign' | 'annex'
    readonly kind: DocumentKind
    readonly title: string
    readonly metadata: Readonly<Record<string, unknown>>
  }[]
  /** Per signer, in their order. */
  readonly mandates: readonly (Mandate | null)[]
  readonly overrides: readonly { readonly rule: string; readonly reason: string }[]
}

/** Judges an order at `now`. `company`: what the register says of its organisation. */
export function judgeOrder(order: Judged, now: Date, company: RegisteredCompany | undefined): Judgement {
  const facts = {
    today: osloClock(now).date,
    ...(order.deadline && { deadline: osloClock(order.deadline).date }),
    documents: order.documents.map((document, index): DocumentFacts & { annex: boolean } => ({
      pointer: `/documents/${index}/id`,
      metadata: metadataOf(document),
      annex: document.role === 'annex',
    })),
    signers: order.signers.map(({ role, group, name, place, ...signer }, index) => ({
      pointer: `/signers/${place ?? index}`,
      role,
      group,
      name,
      ...(signer.personHmac !== null && { nationalIdentityNumber: signer.personHmac }),
      ...(signer.birthDate !== null && { birthDate: signer.birthDate }),
      ...(signer.onBehalfOf !== null && { onBehalfOf: signer.onBehalfOf }),
      ...(signer.anyone && { anyone: true }),
      ...order.mandates[index],
    })),
    groups: order.groups,
    ...(company && { company }),
  }
  return judge(facts, order.overrides, order.language)
}

/** It was judged when it was uploaded; reading it again gives it its type. */
export const metadataOf = ({
  kind,
  title,
  metadata,
}: Pick<Judged['documents'][number], 'kind' | 'title' | 'metadata'>) => readMetadata({ ...metadata, kind, title })

/** Judges a request; `order`: what its rows are or would be. */
export const judgeRequest = (
  order: Pick<Judged, 'language' | 'deadline' | 'groups' | 'signers'>,
  request: OrderRequest,
  documents: readonly StoredDocument[],
  now: Date,
  company: RegisteredCompany | undefined,
): Judgement =>
  judgeOrder(
    {
      ...order,
      documents: documents.map((document, index) => ({
        ...document,
        role: request.documents[index]?.role ?? 'sign',
      })),
      mandates: mandatesOf(request),
      overrides: request.overrides ?? [],
    },
    now,
    company,
  )

export const mandatesOf = ({ signers }: OrderRequest): readonly Mandate[] => signers.map(({ mandate }) => mandate ?? {})

/** Judges an order as it is stored, by those who sign it now: each at the place that he or his predecessor has in the request. */
export function judgeStored(
  order: Pick<Order, 'language' | 'deadline' | 'groups' | 'documents' | 'accounting'> & {
    readonly signers: readonly JudgedSigner[]
  },
  now: Date,
  company: RegisteredCompany | undefined,
): Judgement {
  const signers = order.signers.filter(({ state }) => !gone.includes(state))
  return judgeOrder(
    {
      ...order,
      signers: signers.map((signer) => ({ ...signer, place: placeOf(order, signer) })),
      mandates: signers.map((signer) => mandateOf(order, signer)),
      overrides: order.accounting.overridden,
    },
    now,
    company,
  )
}

/** A signer as rules and mandates look at him. */
export type JudgedSigner = Judged['signers'][number] &
  Pick<Signer, 'id' | 'state' | 'position' | 'replacesId' | 'group'>

/** States in which somebody is no signer of the order any more. */
const gone: readonly SignerState[] = ['replaced', 'declined', 'expired', 'notApplicable']

type Seats = { readonly signers: readonly Pick<JudgedSigner, 'id' | 'position' | 'replacesId'>[] }
type Seat = Seats['signers'][number]

const predecessorOf = ({ signers }: Seats, { replacesId }: Seat): Seat | undefined =>
  signers.find(({ id }) => id === replacesId)

/** His place in the request: that of whom he replaces, where he does. */
export function placeOf(order: Seats, signer: Seat): number {
  const before = predecessorOf(order, signer)
  return before ? placeOf(order, before) : signer.position
}

/** What a signer may do; one who came in another's place may do what that one might, unless his own was named. */
export function mandateOf(order: Seats & Pick<Order, 'accounting'>, signer: Seat): Mandate {
  const before = predecessorOf(order, signer)
  return order.accounting.mandates[signer.position] ?? (before ? mandateOf(order, before) : {})
}

/** How long the order's documents must be kept: as long as the one that must be kept longest. */
export function retentionOfOrder(order: Order): Retention | undefined {
  const { date } = osloClock(order.completedAt ?? order.createdAt)
  return longestRetention(order.documents.map((document) => retentionOf(metadataOf(document), date)))
}

/** What is kept of a judgement with the order. */
export const accountingOf = ({ warnings, overridden }: Judgement, mandates: Accounting['mandates']): Accounting => ({
  warnings,
  overridden,
  mandates,
})

/** The company whose annual accounts these are, as the register knows it; asked outside any transaction. */
export async function registeredCompany(
  register: CompanyRegister,
  documents: readonly { readonly kind: DocumentKind; readonly metadata: Readonly<Record<string, unknown>> }[],
): Promise<RegisteredCompany | undefined> {
  const number = documents.find(({ kind }) => kind === 'annualAccounts')?.metadata['organisationNumber']
  return typeof number === 'string' ? register.company(number) : undefined
}

/** The documents that an order names, as far as they are the tenant's; in the order of `ids`. */
export async function namedDocuments(reading: Pick<Reading, 'document'>, tenantId: string, ids: readonly string[]) {
  const found = await Promise.all([...new Set(ids)].map((id) => reading.document(tenantId, id)))
  return found.filter((document) => document !== undefined)
}

/** What the trail says of it: codes and places; reasons are the sender's own words, and may name people. */
export function accountingOnRecord({ warnings, overridden }: Pick<Accounting, 'warnings' | 'overridden'>) {
  return {
    data: {
      ...(warnings.length > 0 && { warnings: warnings.map(({ code, date }) => ({ code, date })) }),
      ...(overridden.length > 0 && {
        overrides: overridden.map(({ rule, findings }) => ({ rule, findings: findings.length })),
      }),
    },
    personal: overridden.length > 0 ? { overrides: overridden } : {},
  }
}
