// The token endpoint (RFC 6749 § 4.4, RFC 7523) and its description (RFC 8414): a client shows its signature and gets a
// token for minutes. Errors have the shape of RFC 6749 § 5.2 here, not of RFC 9457.
import { createHash, randomBytes } from 'node:crypto'
import formbody from '@fastify/formbody'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { catalogue } from '../../errors.ts'
import { scopes as knownScopes } from '../../flow/ports/api-keys.ts'
import type { Api } from '../api.ts'
import { assertionAlgorithms, assertionType, checkAssertion, claimedClient } from '../client-assertion.ts'
import type { HttpDeps } from '../deps.ts'
import { seglErrorOf } from '../problem.ts'

const tags = ['Access']
const tokenSeconds = 600
const tokenPath = '/oauth2/token'

const TokenRequest = Type.Object(
  {
    grant_type: Type.String({ description: '`client_credentials`.' }),
    client_assertion_type: Type.String({ description: `\`${assertionType}\`.` }),
    client_assertion: Type.String({
      maxLength: 8000,
      description:
        'A JWT signed by the client: `iss` and `sub` are its client_id, `aud` is the issuer or the token endpoint, `exp` at ' +
        'most five minutes ahead, and a `jti` that was never used before.',
    }),
    client_id: Type.Optional(Type.String({ maxLength: 100 })),
    scope: Type.Optional(
      Type.String({ maxLength: 200, description: 'Fewer roles than the client has, with spaces between.' }),
    ),
  },
  { title: 'TokenRequest' },
)

const TokenAnswer = Type.Object(
  {
    access_token: Type.String(),
    token_type: Type.String({ description: '`Bearer`.' }),
    expires_in: Type.Integer({ description: 'Seconds.' }),
    scope: Type.String(),
  },
  { title: 'Token' },
)

const OAuthError = Type.Object(
  { error: Type.String({ description: 'RFC 6749 § 5.2.' }), error_description: Type.String() },
  { title: 'OAuthError' },
)

const statusOf = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_scope: 400,
  unsupported_grant_type: 400,
  server_error: 500,
  temporarily_unavailable: 503,
} as const

export function oauthRoutes(api: Api, deps: HttpDeps): void {
  api.get(
    '/.well-known/oauth-authorization-server',
    {
      schema: {
        operationId: 'getAuthorizationServer',
        summary: 'Where and how clients get access tokens (RFC 8414)',
        tags,
        response: { 200: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })) },
      },
    },
    async (_request, reply) => {
      reply.header('Cache-Control', 'public, max-age=300')
      return {
        issuer: deps.publicUrl,
        token_endpoint: `${deps.publicUrl}${tokenPath}`,
        grant_types_supported: ['client_credentials'],
        // RFC 8414 § 2 requires it, also of a server without an authorization endpoint: then it is empty.
        response_types_supported: [],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
        token_endpoint_auth_signing_alg_values_supported: [...assertionAlgorithms],
        scopes_supported: [...knownScopes],
      }
    },
  )

  api.register(async (scope) => {
    // A form and nothing else (RFC 6749 § 4.4.2).
    scope.removeAllContentTypeParsers()
    await scope.register(formbody, { bodyLimit: 16_384 })
    scope.setErrorHandler((thrown, request, reply) => {
      const error = seglErrorOf(thrown)
      const { status } = catalogue[error.code]
      if (status >= 500) request.log.error({ err: thrown, code: error.code }, 'request failed')
      if (status === 503) return refuse(reply, 'temporarily_unavailable', 'Try again in a moment.')
      return status >= 500
        ? refuse(reply, 'server_error', 'Something went wrong on our side.')
        : refuse(
            reply,
            'invalid_request',
            'Send a form with grant_type, client_assertion_type and client_assertion, each once.',
          )
    })
    const forms = scope.withTypeProvider<TypeBoxTypeProvider>()
    forms.post(
      tokenPath,
      {
        schema: {
          operationId: 'getToken',
          summary: 'Get an access token for a client that proves who it is by its own key',
          tags,
          consumes: ['application/x-www-form-urlencoded'],
          body: TokenRequest,
          response: { 200: TokenAnswer, 400: OAuthError, 401: OAuthError, 500: OAuthError, 503: OAuthError },
        },
      },
      async (request, reply) => {
        const { grant_type, client_assertion_type, client_assertion, client_id, scope: wanted } = request.body
        if (grant_type !== 'client_credentials') {
          return refuse(reply, 'unsupported_grant_type', 'The only grant here is client_credentials.')
        }
        if (client_assertion_type !== assertionType) {
          return refuse(reply, 'invalid_request', `client_assertion_type must be ${assertionType}.`)
        }
        const unknown = () =>
          refuse(
            reply,
            'invalid_client',
            'The client is not known, or its assertion is not good: check key, iss, sub, aud, exp and a jti that is new.',
          )
        const claimed = claimedClient(client_assertion)
        if (claimed === undefined || (client_id !== undefined && client_id !== claimed)) return unknown()
        const client = await deps.oauthClients.find(claimed)
        if (!client) return unknown()
        const audiences = [deps.publicUrl, `${deps.publicUrl}${tokenPath}`]
        const assertion = await checkAssertion(client_assertion, client, { audiences, now: await deps.clock.now() })
        if (!assertion) return unknown()
        const scopes =
          wanted === undefined ? client.scopes : [...new Set(wanted.split(' ').filter((word) => word !== ''))]
        if (scopes.length === 0 || !scopes.every((one) => client.scopes.includes(one))) {
          return refuse(reply, 'invalid_scope', `This client may ask for: ${client.scopes.join(' ')}.`)
        }
        const token = `segl_at_${randomBytes(32).toString('base64url')}`
        const hash = createHash('sha256').update(token).digest('hex')
        const issued = await deps.oauthClients.issue(client, assertion, { hash, scopes, seconds: tokenSeconds })
        if (!issued) return unknown()
        return notStored(reply).send({
          access_token: token,
          token_type: 'Bearer',
          expires_in: tokenSeconds,
          scope: scopes.join(' '),
        })
      },
    )
  })
}

function refuse(reply: FastifyReply, error: keyof typeof statusOf, description: string): FastifyReply {
  return notStored(reply).code(statusOf[error]).send({ error, error_description: description })
}

const notStored = (reply: FastifyReply): FastifyReply => reply.header('Cache-Control', 'no-store')
