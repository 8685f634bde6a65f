// Keys and clients as administrators send them and as the API shows them.
import { Type } from 'typebox'
import { scopes } from '../../flow/ports/api-keys.ts'
import { Id, Nullable, PlainText, Time } from './common.ts'

const Roles = Type.Array(Type.Enum([...scopes]), {
  minItems: 1,
  maxItems: scopes.length,
  uniqueItems: true,
  description:
    'admin: keys and settings. system: orders and documents. reader: reads, without links. auditor: reads the proof.',
})
const Name = PlainText({ maxLength: 100, description: 'For people, in lists.' })
const ExpiresAt = Type.Optional(Time)

export const KeyRequest = Type.Object(
  { name: Name, scopes: Roles, expiresAt: ExpiresAt },
  { title: 'KeyRequest', additionalProperties: false },
)

export const RotationRequest = Type.Object(
  {
    overlapSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 30 * 86_400,
        default: 86_400,
        description: 'How long the old key still works beside the new one.',
      }),
    ),
    expiresAt: ExpiresAt,
  },
  { title: 'KeyRotation', additionalProperties: false },
)

const key = {
  id: Id,
  name: Type.String(),
  prefix: Type.String({ description: 'How the key begins.' }),
  scopes: Type.Array(Type.String()),
  createdAt: Time,
  expiresAt: Nullable(Time),
  revokedAt: Nullable(Time),
  lastUsedAt: Nullable(Time),
  successor: Nullable(Id),
}
export const KeyView = Type.Object(key, { title: 'Key' })
export const NewKeyView = Type.Object(
  { ...key, key: Type.String({ description: 'The key, shown this once.' }) },
  { title: 'NewKey' },
)
export const KeyList = Type.Object({ keys: Type.Array(KeyView) }, { title: 'KeyList' })

const Jwks = Type.Object(
  {
    keys: Type.Array(Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })), {
      minItems: 1,
      maxItems: 10,
    }),
  },
  { additionalProperties: false, description: 'Public keys (RFC 7517): P-256, P-384, RSA from 2048 bits, Ed25519.' },
)

export const ClientRequest = Type.Object(
  { name: Name, scopes: Roles, jwks: Jwks },
  { title: 'ClientRequest', additionalProperties: false },
)
export const ClientKeysRequest = Type.Object({ jwks: Jwks }, { title: 'ClientKeys', additionalProperties: false })

export const ClientView = Type.Object(
  {
    id: Type.String({ format: 'uuid', description: 'Its `client_id`.' }),
    name: Type.String(),
    scopes: Type.Array(Type.String()),
    jwks: Type.Object({
      keys: Type.Array(Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true }))),
    }),
    createdAt: Time,
    revokedAt: Nullable(Time),
    lastUsedAt: Nullable(Time),
  },
  { title: 'Client' },
)
export const ClientList = Type.Object({ clients: Type.Array(ClientView) }, { title: 'ClientList' })
