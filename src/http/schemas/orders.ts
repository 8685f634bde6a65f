// Orders as accounting systems send them and as the API shows them.
import { type Static, Type } from 'typebox'
import { documentKinds, orderStates, signerStates } from '../../flow/model.ts'
import { Id, Language, Nullable, Sha256, Time } from './common.ts'

const Level = Type.Enum(['substantial', 'high'], { description: 'eIDAS level that the login must reach.' })

export const SignerRequest = Type.Object(
  {
    role: Type.String({
      pattern: '^[a-z][A-Za-z]{1,39}$',
      description: 'chair, boardMember, generalManager, auditor, party, attestant, approver, … or a word of your own.',
    }),
    group: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 38, description: 'Groups sign one after the other, from 1; 1 by default.' }),
    ),
    name: Type.String({ minLength: 1, maxLength: 200 }),
    person: Type.Optional(
      Type.Object(
        {
          nationalIdentityNumber: Type.Optional(
            Type.String({
              format: 'national-identity-number',
              description: 'Fødselsnummer or D-number; synthetic here.',
            }),
          ),
          birthDate: Type.Optional(Type.String({ format: 'date' })),
        },
        {
          additionalProperties: false,
          description: 'Who must log in: this number, else this name and birth date, else whoever has the link.',
        },
      ),
    ),
    level: Type.Optional(Level),
    language: Type.Optional(Language),
    onBehalfOf: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  },
  { title: 'SignerRequest', additionalProperties: false },
)

export const OrderRequest = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    reference: Type.Optional(
      Type.String({ minLength: 1, maxLength: 200, description: 'Your own name for the order.' }),
    ),
    language: Type.Optional(Language),
    documents: Type.Array(
      Type.Object(
        {
          id: Id,
          role: Type.Optional(
            Type.Enum(['sign', 'annex'], { description: '`sign` by default; an annex is shown, not signed.' }),
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 20 },
    ),
    signers: Type.Array(SignerRequest, { minItems: 1, maxItems: 38 }),
    groups: Type.Optional(
      Type.Array(
        Type.Object(
          { number: Type.Integer({ minimum: 1, maximum: 38 }), required: Type.Integer({ minimum: 1, maximum: 38 }) },
          { additionalProperties: false },
        ),
        {
          maxItems: 38,
          description:
            'Groups of which `required` members have to sign, whoever comes first; of the others all have to.',
        },
      ),
    ),
    returnUrl: Type.Optional(
      Type.String({
        format: 'uri',
        maxLength: 2000,
        description: 'Where the signer is sent back to; on the allow-list.',
      }),
    ),
    deadline: Type.Optional(Time),
  },
  { title: 'OrderRequest', additionalProperties: false },
)
export type OrderRequestBody = Static<typeof OrderRequest>

const State = (known: readonly string[]) =>
  Type.String({ description: `Tolerate values that you do not know. Known: ${known.join(', ')}.` })

export const SignerView = Type.Object(
  {
    id: Id,
    state: State(signerStates),
    role: Type.String(),
    group: Type.Integer(),
    name: Type.String(),
    person: Type.Object({
      matchedBy: Type.String({ description: 'nationalIdentityNumber, nameAndBirthDate or open.' }),
      birthDate: Nullable(Type.String({ format: 'date' })),
    }),
    level: Type.String(),
    language: Language,
    onBehalfOf: Nullable(Type.String()),
    signedName: Nullable(Type.String({ description: 'The name as BankID gave it.' })),
    signedAt: Nullable(Time),
    reasonCode: Nullable(Type.String({ description: 'Why the last attempt was void, or why the signer declined.' })),
    reason: Nullable(Type.String()),
    url: Type.Optional(
      Type.String({ format: 'uri', description: 'The signing link: a secret. Only for keys with the scope `system`.' }),
    ),
  },
  { title: 'Signer' },
)

export const OrderView = Type.Object(
  {
    id: Id,
    state: State(orderStates),
    outcome: Nullable(
      Type.String({ description: 'How it closes or has closed: completed, declined, cancelled, expired.' }),
    ),
    kind: State(documentKinds),
    title: Type.String(),
    reference: Nullable(Type.String()),
    language: Language,
    organisation: Nullable(Type.Object({ number: Type.String(), name: Type.String() })),
    documents: Type.Array(
      Type.Object({
        id: Id,
        role: Type.String({ description: 'sign or annex.' }),
        title: Type.String(),
        fileName: Type.String(),
        sha256: Sha256,
        metadata: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
      }),
    ),
    signers: Type.Array(SignerView),
    groups: Type.Array(Type.Object({ number: Type.Integer(), required: Type.Integer() }), {
      description: 'Groups of which fewer than all have to sign.',
    }),
    returnUrl: Nullable(Type.String()),
    deadline: Nullable(Time),
    sealing: Type.Object({
      attempt: Type.Integer(),
      lastError: Nullable(Type.Object({ code: Type.String(), detail: Type.String() })),
      nextTry: Nullable(Time),
    }),
    simulated: Type.Boolean({
      description: 'True: signed with a simulated BankID. Legally neither qualified nor advanced signatures.',
    }),
    createdAt: Time,
    completedAt: Nullable(Time),
  },
  { title: 'Order' },
)
export type OrderBody = Static<typeof OrderView>

export const OrderSummaryView = Type.Object(
  {
    id: Id,
    state: State(orderStates),
    outcome: Nullable(Type.String()),
    kind: Type.String(),
    title: Type.String(),
    reference: Nullable(Type.String()),
    createdAt: Time,
    completedAt: Nullable(Time),
  },
  { title: 'OrderSummary' },
)

export const OrderPage = Type.Object(
  {
    orders: Type.Array(OrderSummaryView),
    next: Nullable(Type.String({ description: 'Send as `cursor` for the next page; null on the last one.' })),
  },
  { title: 'OrderPage' },
)

export const LinkView = Type.Object(
  { signer: Id, url: Type.String({ format: 'uri' }), version: Type.Integer() },
  { title: 'SigningLink' },
)
