// Many orders in one call, links over several signers, and the test door.
import { type Static, Type } from 'typebox'
import { Id, Language, Nullable, PlainText, ProblemSchema, Time } from './common.ts'
import { OrderRequest, OrderView } from './orders.ts'

/** Orders in one call. */
export const mostOrders = 100

export const BatchRequest = Type.Object(
  {
    orders: Type.Array(OrderRequest, {
      minItems: 1,
      maxItems: mostOrders,
      description: 'Each one as for POST /v1/orders, made or refused on its own.',
    }),
  },
  {
    title: 'OrderBatchRequest',
    additionalProperties: false,
    examples: [
      {
        orders: [1, 2].map((number) => ({
          title: `Bilag ${number}`,
          documents: [{ id: `01a20475-9f30-7734-94f1-68b0b50cc00${number}` }],
          signers: [
            { role: 'attestant', group: 1, name: 'Tuva Myrvold', person: { nationalIdentityNumber: '23889416068' } },
            { role: 'approver', group: 2, name: 'Håkon Rødseth', person: { nationalIdentityNumber: '30857929957' } },
          ],
        })),
      },
    ],
  },
)

export const BatchView = Type.Object(
  {
    created: Type.Integer(),
    refused: Type.Integer(),
    results: Type.Array(
      Type.Object({
        index: Type.Integer({ description: 'Place in `orders`, from 0.' }),
        status: Type.Integer({ description: 'What POST /v1/orders would have answered: 201, or that of the problem.' }),
        order: Type.Optional(OrderView),
        problem: Type.Optional(ProblemSchema),
      }),
    ),
  },
  { title: 'OrderBatch' },
)
export type BatchBody = Static<typeof BatchView>

export const SessionRequest = Type.Object(
  {
    signers: Type.Array(Id, {
      minItems: 1,
      maxItems: 200,
      description: 'Signers of any orders of yours, all of them the same person.',
    }),
    language: Type.Optional(Language),
    returnUrl: Type.Optional(
      Type.String({
        format: 'uri',
        maxLength: 2000,
        description: 'Where the person is sent back to; on the allow-list.',
      }),
    ),
  },
  {
    title: 'SigningSessionRequest',
    additionalProperties: false,
    examples: [
      {
        signers: ['01a20475-9f30-7734-94f1-68b0b50cc007', '01a20475-9f31-7d10-8c4e-2f6f1f0f8a11'],
        language: 'nb',
        returnUrl: 'http://127.0.0.1:9000/vouchers',
      },
    ],
  },
)

export const SessionView = Type.Object(
  {
    id: Id,
    url: Type.String({ format: 'uri', description: 'The link over all of them: a secret.' }),
    signers: Type.Array(Type.Object({ id: Id, order: Id, state: Type.String() })),
    language: Language,
    returnUrl: Nullable(Type.String()),
    expiresAt: Time,
  },
  { title: 'SigningSession' },
)

export const TestVisit = Type.Object(
  {
    as: Type.Optional(
      Type.String({
        maxLength: 40,
        description:
          'Role of a person at the simulated BankID (chairman, approver, stranger, …); the signer’s own by default.',
      }),
    ),
  },
  { title: 'TestVisit', additionalProperties: false, examples: [{}, { as: 'stranger' }] },
)

export const TestDecline = Type.Object(
  { reason: Type.Optional(PlainText({ minLength: 0, maxLength: 500 })) },
  { title: 'TestDecline', additionalProperties: false, examples: [{ reason: 'Note 7 stemmer ikke.' }] },
)

export const TestFailure = Type.Object(
  {
    how: Type.Optional(
      Type.Enum(['cancelled', 'wrongPerson'], {
        description: '`cancelled` at BankID by default; `wrongPerson`: somebody else logs in.',
      }),
    ),
  },
  { title: 'TestFailure', additionalProperties: false, examples: [{}, { how: 'wrongPerson' }] },
)

export const TestView = Type.Object(
  {
    signers: Type.Array(Type.Object({ id: Id, order: Id, state: Type.String(), reasonCode: Nullable(Type.String()) })),
  },
  {
    title: 'TestVisitResult',
    examples: [
      {
        signers: [
          {
            id: '01a20475-9f30-7734-94f1-68b0b50cc007',
            order: '01a20475-9f2f-7c00-a1b2-0e5d6c7b8a90',
            state: 'signed',
            reasonCode: null,
          },
        ],
      },
    ],
  },
)
