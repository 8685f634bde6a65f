// Orders as accounting systems send them and as the API shows them.
import { type Static, Type } from 'typebox'
import { amountPattern } from '../../accounting/amounts.ts'
import { authorities } from '../../accounting/contract/signature-rights.ts'
import { documentKinds, loginMethods, orderStates, signerStates } from '../../flow/model.ts'
import { Id, Language, Nullable, Sha256, Time } from './common.ts'

/** An amount that is not negative. */
const limitPattern = amountPattern.source.replace('^-?', '^')

const Level = Type.Enum(['substantial', 'high'], { description: 'eIDAS level that the login must reach.' })

const AmountLimit = Type.Object(
  {
    amount: Type.String({ pattern: limitPattern, description: 'Decimal string.', examples: ['50000.00'] }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['NOK'] }),
  },
  { additionalProperties: false, description: 'The most that an approver of vouchers may approve.' },
)

const Person = Type.Object(
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
)

const points = (description: string) => Type.Number({ minimum: 0, maximum: 20_000, description })
const placementEntries = {
  page: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'From 1.' }),
  x: points('Points from the left edge of the page as it is shown.'),
  y: points('Points from its upper edge.'),
  width: points('Points; at least 80.'),
  height: points('Points; at least 20.'),
}

export const SignaturePlacement = Type.Object(
  { document: Type.Optional(Id), ...placementEntries },
  {
    title: 'SignaturePlacement',
    additionalProperties: false,
    description:
      'Shows the signature on a page of the document instead of on the signature sheet. Pages count as they are shown: cropped and ' +
      'turned. `document` may be left out when one document is signed.',
  },
)

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
    person: Type.Optional(Person),
    level: Type.Optional(Level),
    methods: Type.Optional(
      Type.Array(Type.Enum([...loginMethods]), {
        minItems: 1,
        maxItems: loginMethods.length,
        uniqueItems: true,
        description:
          'Ways to log in that are accepted, as far as BankID tells them apart; any of the level by default. ' +
          '`passkey` is of the level substantial.',
      }),
    ),
    language: Type.Optional(Language),
    onBehalfOf: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    email: Type.Optional(
      Type.String({ format: 'email', maxLength: 254, description: 'Where messages go, when we are to send them.' }),
    ),
    authority: Type.Optional(
      Type.Enum([...authorities], { description: 'What lets the signer bind the one he signs on behalf of.' }),
    ),
    amountLimit: Type.Optional(AmountLimit),
    mayDelegate: Type.Optional(
      Type.Boolean({ description: 'Whether the signer may name somebody else in his place. False by default.' }),
    ),
    signaturePlacements: Type.Optional(Type.Array(SignaturePlacement, { minItems: 1, maxItems: 20 })),
  },
  { title: 'SignerRequest', additionalProperties: false },
)

export const Replacement = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    person: Type.Optional(Person),
    language: Type.Optional(Language),
    onBehalfOf: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    mayDelegate: Type.Optional(Type.Boolean()),
  },
  {
    title: 'Replacement',
    additionalProperties: false,
    description:
      'Who signs instead. Role, group, level and methods stay; what is not given is as it was or by default.',
  },
)

/** A deadline or a start: an instant, or a day in Oslo. */
const DateOrTime = (description: string) => Type.String({ format: 'date-or-date-time', maxLength: 40, description })

const fields = {
  title: Type.String({ minLength: 1, maxLength: 200 }),
  reference: Type.String({ minLength: 1, maxLength: 200, description: 'Your own name for the order.' }),
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
}

const overrides = Type.Array(
  Type.Object(
    {
      rule: Type.String({ minLength: 1, maxLength: 80, description: 'Id of a rule (GET /v1/rules).' }),
      reason: Type.String({ minLength: 1, maxLength: 500, pattern: '\\S', description: 'Kept in the audit trail.' }),
    },
    { additionalProperties: false },
  ),
  { maxItems: 20, description: 'Accounting rules that the order may break, with the reason.' },
)

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
    overrides: Type.Optional(overrides),
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
    overrides: Type.Optional(Nullable(overrides)),
  },
  { title: 'DraftChange', additionalProperties: false },
)
export type DraftChangeBody = Static<typeof DraftChange>

const State = (known: readonly string[]) =>
  Type.String({ description: `Tolerate values that you do not know. Known: ${known.join(', ')}.` })

export const IdentityCheck = Type.Object(
  {
    time: Time,
    result: Type.String({
      description: 'match, nearMiss (perhaps a typing error in the order), mismatch, levelTooLow or methodNotAccepted.',
    }),
    comparedWith: Type.String({ description: 'nationalIdentityNumber, nameAndBirthDate or open.' }),
    differs: Type.Array(Type.String(), { description: 'What is not as the order says: name, birthDate, …' }),
    name: Nullable(Type.String({ description: 'As BankID gave it; null when it is somebody else altogether.' })),
    level: Type.String(),
    method: Nullable(Type.String()),
  },
  { title: 'IdentityCheck', description: 'What the last log-in was compared with, and what came of it.' },
)

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
    methods: Type.Array(Type.String(), { description: 'Ways to log in that are accepted; empty: any of the level.' }),
    language: Language,
    email: Nullable(Type.String()),
    mayDelegate: Type.Boolean(),
    signaturePlacements: Type.Array(Type.Object({ document: Nullable(Id), ...placementEntries })),
    replaces: Nullable(Id),
    invitedAt: Nullable(Time),
    remindersSent: Type.Integer(),
    identityCheck: Nullable(IdentityCheck),
    onBehalfOf: Nullable(Type.String()),
    authority: Nullable(Type.String()),
    amountLimit: Nullable(Type.Object({ amount: Type.String(), currency: Type.String() })),
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
