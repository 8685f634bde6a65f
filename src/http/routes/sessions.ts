// /v1/signing-sessions: a link for one person over everything that an accounting system wants him to sign.
import { SeglError } from '../../errors.ts'
import { sessionLinkVersion } from '../../flow/ceremony.ts'
import { openSession } from '../../flow/open-session.ts'
import { returnUrlAllowed } from '../../flow/return-url.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { linkOf } from '../links.ts'
import { SessionRequest, SessionView } from '../schemas/batch.ts'
import { problems } from '../schemas/common.ts'

export function sessionRoutes(api: Api, deps: HttpDeps): void {
  api.post(
    '/signing-sessions',
    {
      schema: {
        operationId: 'openSigningSession',
        summary: 'Make a link over several signers who are one person: one log-in and one approval for all of them',
        tags: ['Orders'],
        body: SessionRequest,
        response: { 201: SessionView, ...problems(400, 401, 403, 404, 409, 410, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const { signers, language, returnUrl } = request.body
      if (returnUrl !== undefined && !returnUrlAllowed(returnUrl, deps.returnUrlAllow)) {
        const detail = 'Its origin is not on the allow-list of this installation (RETURN_URL_ORIGINS).'
        throw new SeglError('RETURN_URL_NOT_ALLOWED', detail, {
          errors: [{ pointer: '/returnUrl', code: 'RETURN_URL_NOT_ALLOWED', detail }],
        })
      }
      const { session, members } = await openSession(deps.ports.store, {
        tenantId: callerOf(request).tenantId,
        signerIds: signers,
        ...(language && { language }),
        ...(returnUrl !== undefined && { returnUrl }),
      })
      return reply.code(201).send({
        id: session.id,
        url: linkOf(deps, { id: session.id, linkVersion: sessionLinkVersion }),
        signers: members.map(({ order, signer }) => ({ id: signer.id, order: order.id, state: signer.state })),
        language: session.language,
        returnUrl: session.returnUrl,
        expiresAt: session.expiresAt.toISOString(),
      })
    },
  )
}
