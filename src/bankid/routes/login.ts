// The visit: /login/{id}, bound to a browser by the provider's cookie and to a page by a form token.
import { createHmac, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Interaction, resultOf } from '../ceremony.ts'
import { ceremonyPage, noticePage } from '../pages.ts'
import { type Language, languageFrom } from '../texts.ts'
import { formOf, type Parts, sameBytes, show } from './parts.ts'

type Visit = { Params: { uid: string } }

/** Tells one browser from another; holds nothing. */
const browserCookie = 'bankid_browser'

export const loginRoutes = (app: FastifyInstance, parts: Parts): void => {
  const { provider, ceremonies, passkeys, clock } = parts
  const csrfOf = (uid: string): string => createHmac('sha256', parts.formSecret).update(uid).digest('base64url')

  const interactionOf = async (
    request: FastifyRequest<Visit>,
    reply: FastifyReply,
  ): Promise<Interaction | undefined> => {
    try {
      const interaction = await provider.interactionDetails(request.raw, reply.raw)
      return interaction.uid === request.params.uid ? interaction : undefined
    } catch {
      return undefined
    }
  }

  const languageOf = (request: FastifyRequest, interaction?: Interaction): Language => {
    const { ui_locales: locales, lang } = interaction?.params ?? {}
    const wish = [locales, lang, request.headers['accept-language']].find((one) => typeof one === 'string')
    return languageFrom(typeof wish === 'string' ? wish : undefined)
  }

  const browserOf = (request: FastifyRequest, reply: FastifyReply): string => {
    const known = request.cookies[browserCookie]
    if (known && known.length >= 40) return known
    const fresh = randomBytes(32).toString('base64url')
    reply.setCookie(browserCookie, fresh, { path: '/login', httpOnly: true, sameSite: 'lax' })
    return fresh
  }

  app.get<Visit>('/login/:uid', async (request, reply) => {
    const interaction = await interactionOf(request, reply)
    if (!interaction) return show(reply, noticePage(languageOf(request), 'expired'), { status: 400 })
    const client = await provider.Client.find(String(interaction.params['client_id']))
    const view = ceremonies.view(interaction, browserOf(request, reply))
    const usesPasskey = view.step === 'passkey'
    const body = ceremonyPage({
      language: languageOf(request, interaction),
      view,
      client: client?.clientName ?? '',
      csrf: csrfOf(interaction.uid),
      ...(usesPasskey && { passkey: await passkeys.requestOptions(interaction.uid) }),
    })
    return show(reply, body, {
      formOrigins: [new URL(String(interaction.params['redirect_uri'])).origin],
      script: usesPasskey,
    })
  })

  app.post<Visit>('/login/:uid', async (request, reply) => {
    const interaction = await interactionOf(request, reply)
    if (!interaction) return show(reply, noticePage(languageOf(request), 'expired'), { status: 400 })
    const form = formOf(request)
    if (!sameBytes(String(form['csrf'] ?? ''), csrfOf(interaction.uid))) {
      return show(reply, noticePage(languageOf(request, interaction), 'error'), { status: 403 })
    }
    const outcome = await ceremonies.submit(interaction, form, browserOf(request, reply))
    if (outcome.kind === 'again') return reply.redirect(`/login/${interaction.uid}`, 303)
    const result =
      outcome.kind === 'cancelled'
        ? { error: 'access_denied', error_description: 'The person cancelled' }
        : resultOf(outcome, clock())
    return reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303)
  })
}
