// Asks about an order without opening it: every mistake that `createOrder` would refuse it for, and what it would be told with.
import type { Overridden, Warning } from '../accounting/judge.ts'
import { longestRetention, type Retention, retentionOf } from '../accounting/retention.ts'
import type { FieldError } from '../errors.ts'
import { judgeRequest, metadataOf, namedDocuments, registeredCompany } from './accounting-rules.ts'
import type { OrderingPorts } from './create-order.ts'
import { invalid, lateness, mistakes, type OrderRequest } from './order-request.ts'
import { osloClock } from './oslo-time.ts'
import type { StoredDocument } from './ports/reading.ts'

export type Checked = {
  readonly errors: readonly FieldError[]
  readonly warnings: readonly Warning[]
  readonly overridden: readonly Overridden[]
  readonly retention: Retention | undefined
}

/** Writes and locks nothing: a document that is free now may be taken when the order comes. */
export async function checkOrder(
  ports: Pick<OrderingPorts, 'reading' | 'companyRegister' | 'returnUrlAllow' | 'syntheticOnly'>,
  request: OrderRequest,
  now: Date,
): Promise<Checked> {
  const stored = await namedDocuments(
    ports.reading,
    request.tenantId,
    request.documents.map(({ id }) => id),
  )
  const documents = request.documents.map(({ id }) => stored.find((document) => document.id === id))
  const wrong = [...mistakes(request, ports), ...lateness(request, now), ...documentMistakes(request, documents)]
  const known = request.documents.filter((_, index) => documents[index])
  const found = documents.filter((document) => document !== undefined)
  const judgement = judgeRequest(
    {
      language: request.language,
      deadline: request.deadline ?? null,
      groups: request.groups ?? [],
      signers: request.signers.map(({ person, anyone = false, ...signer }) => ({
        ...signer,
        anyone,
        onBehalfOf: signer.onBehalfOf ?? null,
        personHmac: person.nationalIdentityNumber ?? null,
        birthDate: person.birthDate ?? null,
      })),
    },
    { ...request, documents: known },
    found,
    now,
    await registeredCompany(ports.companyRegister, found),
  )
  const { date } = osloClock(now)
  return {
    errors: [...wrong, ...judgement.errors],
    warnings: judgement.warnings,
    overridden: judgement.overridden,
    retention: longestRetention(found.map((document) => retentionOf(metadataOf(document), date))),
  }
}

function documentMistakes(
  request: OrderRequest,
  documents: readonly (StoredDocument | undefined)[],
): readonly FieldError[] {
  const toSign = documents.filter((_, index) => request.documents[index]?.role === 'sign')
  const kind = toSign.find((document) => document !== undefined)?.kind
  return documents.flatMap((document, index): FieldError[] => {
    const pointer = `/documents/${index}/id`
    if (!document) return [{ pointer, code: 'NOT_FOUND', detail: 'There is no such document.' }]
    if (document.orderId !== null) {
      const detail = 'The document belongs to another order. Upload it again.'
      return [{ pointer, code: 'DOCUMENT_IN_USE', detail }]
    }
    if (request.documents[index]?.role !== 'sign' || document.kind === kind) return []
    return [invalid(pointer, `All documents to sign must be of one kind; the first is ${kind}.`)]
  })
}
