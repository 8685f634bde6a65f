// The body of an order request as the story takes it, with its defaults; and a draft's body with a change in it.
import type { OrderRequest as StoryRequest } from '../flow/order-request.ts'
import { refuseAny } from '../flow/order-request.ts'
import { endOfDay, startOfWork } from '../flow/oslo-time.ts'
import { type DraftChangeBody, OrderRequest, type OrderRequestBody } from './schemas/orders.ts'
import { compileSchema, validationMistakes } from './validation.ts'

export function orderOf(tenantId: string, body: OrderRequestBody): StoryRequest {
  const { title, reference, language = 'nb', documents, signers, groups, returnUrl, reminders } = body
  const { activateAt, deadline, notify, onNameMismatch } = body
  return {
    tenantId,
    ...(body.draft === true && { draft: body }),
    title,
    language,
    ...(reference !== undefined && { reference }),
    documents: documents.map(({ id, role = 'sign' }) => ({ id, role })),
    signers: signers.map((signer) => ({
      role: signer.role,
      group: signer.group ?? 1,
      name: signer.name,
      person: signer.person ?? {},
      anyone: signer.anyone ?? false,
      level: signer.level ?? 'high',
      methods: signer.methods ?? [],
      language: signer.language ?? language,
      ...(signer.onBehalfOf !== undefined && { onBehalfOf: signer.onBehalfOf }),
      ...(signer.email !== undefined && { email: signer.email }),
      ...(signer.mayDelegate !== undefined && { mayDelegate: signer.mayDelegate }),
      ...(signer.signaturePlacements !== undefined && {
        placements: signer.signaturePlacements.map(({ document = null, ...place }) => ({ document, ...place })),
      }),
      mandate: {
        ...(signer.authority !== undefined && { authority: signer.authority }),
        ...(signer.amountLimit !== undefined && { amountLimit: signer.amountLimit }),
      },
    })),
    ...(groups !== undefined && { groups }),
    ...(returnUrl !== undefined && { returnUrl }),
    ...(activateAt !== undefined && { activateAt: isDay(activateAt) ? startOfWork(activateAt) : new Date(activateAt) }),
    ...(deadline !== undefined && { deadline: isDay(deadline) ? endOfDay(deadline) : new Date(deadline) }),
    ...(reminders !== undefined && { reminders }),
    ...(onNameMismatch !== undefined && { onNameMismatch }),
    ...(body.replaces !== undefined && { replaces: body.replaces }),
    ...(notify !== undefined && {
      notify: { email: notify.email, language: notify.language ?? language, states: notify.states ?? usuallyTold },
    }),
    ...(body.overrides !== undefined && { overrides: body.overrides }),
  }
}

/** Who cancels an order knows it. */
const usuallyTold = ['completed', 'declined', 'expired', 'failed'] as const

const isDay = (text: string): boolean => !text.includes('T')

const compiled = compileSchema(OrderRequest)

/** The stored request of a draft with the change in it. Signers stay who they are unless the change says something of them. */
export function changedOrder(
  tenantId: string,
  stored: unknown,
  change: DraftChangeBody,
): { readonly request: StoryRequest; readonly sameSigners: boolean } {
  const members = { ...(stored as Readonly<Record<string, unknown>>), ...change }
  const body: unknown = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null))
  // A draft may be older than this program: what it holds is checked like a request that comes today.
  if (!compiled.Check(body)) refuseAny(validationMistakes([...compiled.Errors(body)], 'body'))
  return {
    request: orderOf(tenantId, body as OrderRequestBody),
    sameSigners: change.signers === undefined && change.language === undefined,
  }
}

/** The content of a request for its fingerprint: a hash over so few possible numbers would give them away, an HMAC does not. */
export function withoutNumbers(body: OrderRequestBody, hmac: (number: string) => string): unknown {
  const signers = body.signers.map(({ person, ...signer }) => {
    const { nationalIdentityNumber: number, ...rest } = person ?? {}
    return { ...signer, person: number === undefined ? rest : { ...rest, hmac: hmac(number) } }
  })
  return { ...body, signers }
}
