// Orders as accounting systems send them and as the API shows them.
import { type Static, Type } from 'typebox'
import { documentKinds, nameMismatchPolicies, orderStates, toldStates } from '../../flow/model.ts'
import { Id, Language, Nullable, PlainText, Sha256, Time } from './common.ts'
import { Overrides, SignerRequest, SignerView, State } from './signers.ts'

/** A deadline or a start: an instant, or a day in Oslo. */
const DateOrTime = (description: string) => Type.String({ format: 'date-or-date-time', maxLength: 40, description })

const fields = {
  title: PlainText({ maxLength: 200 }),
  reference: PlainText({ maxLength: 200, description: 'Your own name for the order.' }),
  language: Language,
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
  signers: Type.Array(SignerRequest, { maxItems: 38, description: 'At least one; a draft may still have none.' }),
  groups: Type.Array(
    Type.Object(
      { number: Type.Integer({ minimum: 1, maximum: 38 }), required: Type.Integer({ minimum: 1, maximum: 38 }) },
      { additionalProperties: false },
    ),
    {
      maxItems: 38,
      description: 'Groups of which `required` members have to sign, whoever comes first; of the others all have to.',
    },
  ),
  returnUrl: Type.String({
    format: 'uri',
    maxLength: 2000,
    description: 'Where the signer is sent back to; on the allow-list.',
  }),
  activateAt: DateOrTime(
    'When the order goes to its signers; a date means eight in the morning in Oslo. At once by default.',
  ),
  deadline: DateOrTime('Until when it can be signed; a date means the end of that day in Oslo.'),
  reminders: Type.Object(
    {
      afterDays: Type.Integer({ minimum: 1, maximum: 365 }),
      everyDays: Type.Integer({ minimum: 1, maximum: 365 }),
      maximum: Type.Integer({ minimum: 1, maximum: 50 }),
    },
    {
      additionalProperties: false,
      description: 'Days after the turn came, days between reminders, how many at most. Only from 8 to 20 in Oslo.',
    },
  ),
  onNameMismatch: Type.Enum([...nameMismatchPolicies], {
    description:
      'When a signer is given by name only and somebody of another name logs in: `hold` asks the sender (by default), `refuse` refuses the log-in ' +
      'at once (WRONG_PERSON).',
  }),
  notify: Type.Object(
    {
      email: Type.String({ format: 'email', maxLength: 254, examples: ['regnskap@example.com'] }),
      language: Type.Optional(Language),
      states: Type.Optional(
        Type.Array(Type.Enum([...toldStates]), {
          minItems: 1,
          uniqueItems: true,
          description: '`completed`, `declined`, `expired` and `failed` by default.',
        }),
      ),
    },
    {
      additionalProperties: false,
      description:
        'Whom Segl tells by mail that the order has reached one of these states: in the order’s language by default, without its ' +
        'title and without names.',
    },
  ),
}

export const OrderRequest = Type.Object(
  {
    draft: Type.Optional(Type.Boolean({ description: 'True: nothing happens until the draft is activated.' })),
    title: fields.title,
    reference: Type.Optional(fields.reference),
    language: Type.Optional(fields.language),
    documents: fields.documents,
    signers: fields.signers,
    groups: Type.Optional(fields.groups),
    returnUrl: Type.Optional(fields.returnUrl),
    activateAt: Type.Optional(fields.activateAt),
    deadline: Type.Optional(fields.deadline),
    reminders: Type.Optional(fields.reminders),
    onNameMismatch: Type.Optional(fields.onNameMismatch),
    replaces: Type.Optional(
      Type.String({
        format: 'uuid',
        description:
          'The order of yours in whose place this one is: it failed while it was being closed. The two name each other.',
      }),
    ),
    notify: Type.Optional(fields.notify),
    overrides: Type.Optional(Overrides),
  },
  { title: 'OrderRequest', additionalProperties: false },
)
export type OrderRequestBody = Static<typeof OrderRequest>

/** JSON Merge Patch (RFC 7396) on the request's own members: a member replaces the old one wholly, null removes it. */
export const DraftChange = Type.Object(
  {
    title: Type.Optional(fields.title),
    reference: Type.Optional(Nullable(fields.reference)),
    language: Type.Optional(Nullable(fields.language)),
    documents: Type.Optional(fields.documents),
    signers: Type.Optional(fields.signers),
    groups: Type.Optional(Nullable(fields.groups)),
    returnUrl: Type.Optional(Nullable(fields.returnUrl)),
    activateAt: Type.Optional(Nullable(fields.activateAt)),
    deadline: Type.Optional(Nullable(fields.deadline)),
    reminders: Type.Optional(Nullable(fields.reminders)),
    onNameMismatch: Type.Optional(Nullable(fields.onNameMismatch)),
    notify: Type.Optional(Nullable(fields.notify)),
    overrides: Type.Optional(Nullable(Overrides)),
  },
  { title: 'DraftChange', additionalProperties: false },
)
export type DraftChangeBody = Static<typeof DraftChange>

export const WarningView = Type.Object(
  {
    code: Type.String({ description: 'Id of the rule (GET /v1/rules).' }),
    pointer: Type.String({ description: 'RFC 6901 pointer into the order request.' }),
    detail: Type.String({ description: "What is not as it should be, in the order's language." }),
    date: Nullable(Type.String({ format: 'date', description: 'The day that it is about.' })),
  },
  { title: 'Warning' },
)

export const OverriddenView = Type.Object(
  { rule: Type.String(), reason: Type.String(), findings: Type.Array(WarningView) },
  { title: 'OverriddenRule', description: 'A rule that the sender overrode, with what it had found.' },
)

export const RetentionView = Type.Object(
  {
    until: Type.String({ format: 'date', description: 'Last day on which the documents must be kept.' }),
    reason: Type.String({ description: "Why so long, in the order's language." }),
  },
  { title: 'Retention' },
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
    activateAt: Nullable(Time),
    deadline: Nullable(Time),
    reminders: Nullable(Type.Object({ afterDays: Type.Integer(), everyDays: Type.Integer(), maximum: Type.Integer() })),
    onNameMismatch: State(nameMismatchPolicies),
    replaces: Nullable(Id),
    replacedBy: Nullable(Id),
    notify: Nullable(Type.Object({ email: Type.String(), language: Language, states: Type.Array(State(toldStates)) })),
    warnings: Type.Array(WarningView, { description: 'What the accounting rules noticed when the order came.' }),
    overrides: Type.Array(OverriddenView),
    retention: Nullable(RetentionView),
    sealing: Type.Object({
      attempt: Type.Integer(),
      lastError: Nullable(Type.Object({ code: Type.String(), detail: Type.String() })),
      nextTry: Nullable(Time),
    }),
    failures: Type.Array(
      Type.Object({
        step: Type.String(),
        signer: Nullable(Id),
        class: Type.String({
          description:
            'retry (of our own), trustService (it waits for one), askSigner, or person (somebody has to look: `retry` tries again).',
        }),
        code: Type.String(),
        detail: Type.String(),
        check: Nullable(
          Type.String({ description: 'Id of the check that the finished file failed, where it did (docs/checks.md).' }),
        ),
        attempt: Type.Integer({ description: 'Tries so far.' }),
        nextTry: Nullable(Time),
      }),
      { description: 'Steps that failed and have not succeeded since.' },
    ),
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
    organisation: Nullable(Type.Object({ number: Type.String(), name: Type.String() })),
    year: Nullable(Type.Integer({ description: 'Year in the books.' })),
    createdAt: Time,
    updatedAt: Type.String({ format: 'date-time', description: 'When anything about it last happened.' }),
    completedAt: Nullable(Time),
  },
  { title: 'OrderSummary' },
)

export const OrderMark = Type.Object(
  { id: Id, state: State(orderStates), updatedAt: Time },
  { title: 'OrderMark', additionalProperties: false, description: 'An order with `view=sparse`.' },
)

export const OrderPage = Type.Object(
  {
    orders: Type.Array(Type.Union([OrderView, OrderSummaryView, OrderMark]), {
      description: 'As `view` asks: whole orders, summaries, or id and state only.',
    }),
    next: Nullable(Type.String({ description: 'Send as `cursor` for the next page; null on the last one.' })),
  },
  { title: 'OrderPage' },
)

export const LinkView = Type.Object(
  { signer: Id, url: Type.String({ format: 'uri' }), version: Type.Integer() },
  { title: 'SigningLink' },
)
