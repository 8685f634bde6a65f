// Signers of an order as accounting systems name them and as the API shows them.
import { Type } from 'typebox'
import { amountPattern } from '../../accounting/amounts.ts'
import { authorities } from '../../accounting/contract/signature-rights.ts'
import { identityResults, loginMethods, signerStates } from '../../flow/model.ts'
import { Id, Language, Nullable, PlainText, Time } from './common.ts'

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
    description:
      'Who must log in: this number, else this name and birth date, else somebody of this name. A name alone proves little: of another name, ' +
      'the sender is asked (`awaitingSender`), or the log-in is refused (`onNameMismatch`).',
  },
)

const Anyone = Type.Boolean({
  description:
    'True: whoever has the link signs, and the name is compared with nothing; told as a warning (ANYONE_MAY_SIGN).',
})

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
      'turned. `document` may be left out when one document is signed. A document that others certified (pre-flight: ' +
      'EARLIER_CERTIFICATION) can have none, and neither can some pages of others (INLINE_ANNOTATIONS): SIGNATURE_PLACE_INVALID.',
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
    name: PlainText({ maxLength: 200 }),
    person: Type.Optional(Person),
    anyone: Type.Optional(Anyone),
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
    onBehalfOf: Type.Optional(PlainText({ maxLength: 200 })),
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

export const Overrides = Type.Array(
  Type.Object(
    {
      rule: Type.String({ minLength: 1, maxLength: 80, description: 'Id of a rule (GET /v1/rules).' }),
      reason: PlainText({ maxLength: 500, description: 'Kept in the audit trail.' }),
    },
    { additionalProperties: false },
  ),
  { maxItems: 20, description: 'Accounting rules that the order may break, with the reason.' },
)

export const Replacement = Type.Object(
  {
    name: PlainText({ maxLength: 200 }),
    person: Type.Optional(Person),
    anyone: Type.Optional(Anyone),
    language: Type.Optional(Language),
    onBehalfOf: Type.Optional(PlainText({ maxLength: 200 })),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
    mayDelegate: Type.Optional(Type.Boolean()),
    authority: Type.Optional(Type.Enum([...authorities])),
    amountLimit: Type.Optional(AmountLimit),
    overrides: Type.Optional(Overrides),
  },
  {
    title: 'Replacement',
    additionalProperties: false,
    description:
      'Who signs instead. Role, group, level and methods stay; what is not given is as it was or by default. The accounting rules ' +
      'judge the order with him: what he breaks is refused, unless the order or `overrides` here says why it is not to be.',
  },
)

export const IdentityDecision = Type.Object(
  {
    decision: Type.Enum(['accept', 'refuse'], {
      description:
        'accept: it is the person who is to sign, who logs in anew, and nobody else passes. refuse: it is not; the signer is `ready` again for ' +
        'the right person.',
    }),
    reason: PlainText({ maxLength: 500, description: 'Kept in the audit trail.' }),
  },
  { title: 'IdentityDecision', additionalProperties: false },
)

export const State = (known: readonly string[]) =>
  Type.String({ description: `Tolerate values that you do not know. Known: ${known.join(', ')}.` })

export const IdentityCheck = Type.Object(
  {
    time: Time,
    result: Type.String({
      description:
        `${identityResults.join(', ')}. match: the number, or name and birth date. matchNameDiffers: the number, beside another name. ` +
        'nameOnly: the name agrees, and nothing else was given. nameDiffers: the sender is to answer (`confirmIdentity`). nearMiss: perhaps a ' +
        'typing error in the order. Tolerate values that you do not know.',
    }),
    comparedWith: Type.String({ description: 'nationalIdentityNumber, nameAndBirthDate, name, or open (`anyone`).' }),
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
      matchedBy: Type.String({ description: 'nationalIdentityNumber, nameAndBirthDate, name, or open (`anyone`).' }),
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
