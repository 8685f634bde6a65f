// Many orders in one call, links over several signers, and the test door.
import { type Static, Type } from 'typebox'
import { Id, Language, Nullable, ProblemSchema, Time } from './common.ts'
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
  { title: 'OrderBatchRequest', additionalProperties: false },
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
  { title: 'SigningSessionRequest', additionalProperties: false },
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
  { title: 'TestVisit', additionalProperties: false },
)

export const TestDecline = Type.Object(
  { reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { title: 'TestDecline', additionalProperties: false },
)

export const TestFailure = Type.Object(
  {
    how: Type.Optional(
      Type.Enum(['cancelled', 'wrongPerson'], {
        description: '`cancelled` at BankID by default; `wrongPerson`: somebody else logs in.',
      }),
    ),
  },
  { title: 'TestFailure', additionalProperties: false },
)

export const TestView = Type.Object(
  {
    signers: Type.Array(Type.Object({ id: Id, order: Id, state: Type.String(), reasonCode: Nullable(Type.String()) })),
  },
  { title: 'TestVisitResult' },
)
