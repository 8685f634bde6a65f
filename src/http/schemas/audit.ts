// The audit trail of an order and the feed of events.
import { type Static, Type } from 'typebox'
import { Id, Nullable, Sha256, Time } from './common.ts'
import { OriginalView, RevisionView } from './documents.ts'
import { IdentityCheck } from './signers.ts'

const Open = Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true }))

export const TrailEventView = Type.Object(
  {
    sequence: Type.Integer({ description: 'From 1, without gaps.' }),
    time: Time,
    type: Type.String(),
    actor: Type.String(),
    data: Open,
    personal: Type.Union([Open, Type.Null()], {
      description: 'What `data.personal` commits to: SHA-256 over `salt` and its canonical JSON. Null when erased.',
    }),
    salt: Nullable(Type.String()),
    previous: Sha256,
    hash: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description:
        'SHA-256 over the canonical JSON (RFC 8785) of order, sequence, time, type, actor, data and previous.',
    }),
  },
  { title: 'TrailEvent' },
)

export const AuditView = Type.Object(
  {
    order: Type.Object({
      id: Id,
      state: Type.String(),
      outcome: Nullable(Type.String()),
      kind: Type.String(),
      title: Type.String(),
      reference: Nullable(Type.String()),
      organisation: Nullable(Type.Object({ number: Type.String(), name: Type.String() })),
      createdAt: Time,
      completedAt: Nullable(Time),
    }),
    documents: Type.Array(
      Type.Object({
        id: Id,
        role: Type.String(),
        title: Type.String(),
        fileName: Type.String(),
        sha256: Sha256,
        size: Type.Integer(),
        original: Nullable(OriginalView),
        revisions: Type.Array(RevisionView),
      }),
    ),
    signers: Type.Array(
      Type.Object({
        id: Id,
        role: Type.String(),
        group: Type.Integer(),
        state: Type.String(),
        name: Type.String(),
        signedName: Nullable(Type.String()),
        onBehalfOf: Nullable(Type.String()),
        level: Type.String(),
        replaces: Nullable(Id),
        identityCheck: Nullable(IdentityCheck),
        signedAt: Nullable(Time),
      }),
    ),
    events: Type.Array(TrailEventView),
    simulated: Type.Boolean(),
  },
  { title: 'AuditTrail' },
)
export type AuditBody = Static<typeof AuditView>

export const FeedEventView = Type.Object(
  {
    id: Id,
    sequence: Type.Integer({ description: 'Place in the feed; grows without going back.' }),
    type: Type.String(),
    order: Nullable(Id),
    signer: Nullable(Id),
    document: Type.Optional(
      Type.String({ format: 'uuid', description: 'Only of `document.deleted`, which is about no order.' }),
    ),
    state: Type.String(),
    time: Time,
  },
  { title: 'Event' },
)

export const FeedView = Type.Object(
  {
    events: Type.Array(FeedEventView),
    after: Type.Integer({ description: 'Send as `after` to go on from here.' }),
  },
  { title: 'EventPage' },
)
