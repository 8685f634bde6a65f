// What the island answers besides OpenID Connect: pages, CSC, PKI, EST. Thin: parse, call, answer.
import { createHmac, randomBytes, timingSafeEqual, X509Certificate } from 'node:crypto'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import { type Pki, publishedNames } from './ca.ts'
import { type Ceremonies, type Interaction, resultOf } from './ceremony.ts'
import type { Clock } from './clock.ts'
import { makeCrl } from './crl.ts'
import { type Body, type Csc, CscError } from './csc.ts'
import type { Devices } from './devices.ts'
import { type Enrolment, EnrolmentRefused } from './est.ts'
import { pageHeaders } from './html.ts'
import type { Responder } from './ocsp.ts'
import { ceremonyPage, devicesPage, noticePage } from './pages.ts'
import { nameOf, people, personById } from './people.ts'
import { type AuthorityName, authorityNames, tsaNames } from './pki.ts'
import { icon, style } from './style.ts'
import { languageFrom } from './texts.ts'
import type { TimeStamper } from './tsa.ts'

export type Parts = {
  provider: Provider
  pki: Pki
  clock: Clock
  ceremonies: Ceremonies
  devices: Devices
  csc: Csc
  responder: Responder
  stampers: Record<(typeof tsaNames)[number], TimeStamper>
  enrolment: Enrolment
  est: { user: string; secret: string }
  formSecret: string
}

const browserCookie = 'bankid_browser'

const sameBytes = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const formOf = (request: FastifyRequest): Record<string, unknown> =>
  typeof request.body === 'object' && request.body !== null ? (request.body as Record<string, unknown>) : {}

const bytesIn = (request: FastifyRequest): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0))

const queryText = (request: FastifyRequest, key: string): string | undefined => {
  const value: unknown = Reflect.get(request.query as object, key)
  return typeof value === 'string' ? value : undefined
}

const pageRoutes = (app: FastifyInstance, parts: Parts): void => {
  const { provider, ceremonies, devices, clock } = parts
  const csrfOf = (uid: string): string => createHmac('sha256', parts.formSecret).update(uid).digest('base64url')
  const show = (reply: FastifyReply, body: string, origins?: readonly string[], status = 200) =>
    reply.code(status).headers(pageHeaders(origins)).send(body)

  type Visit = { Params: { uid: string } }
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
  const wishes = (request: FastifyRequest, interaction?: Interaction) =>
    languageFrom(
      String(
        interaction?.params['ui_locales'] ?? interaction?.params['lang'] ?? request.headers['accept-language'] ?? '',
      ),
    )
  const browserOf = (request: FastifyRequest, reply: FastifyReply): string => {
    const known = request.cookies[browserCookie]
    if (known && known.length >= 40) return known
    const fresh = randomBytes(32).toString('base64url')
    reply.setCookie(browserCookie, fresh, { path: '/login', httpOnly: true, sameSite: 'lax' })
    return fresh
  }

  app.get<Visit>('/login/:uid', async (request, reply) => {
    const interaction = await interactionOf(request, reply)
    if (!interaction) return show(reply, noticePage(wishes(request), 'expired'), [], 400)
    const client = await provider.Client.find(String(interaction.params['client_id']))
    const view = ceremonies.view(interaction, browserOf(request, reply))
    const hint = /^(?:BID)?:?(\d{11})$/.exec(String(interaction.params['login_hint'] ?? ''))?.[1]
    const body = ceremonyPage({
      language: wishes(request, interaction),
      view,
      client: client?.clientName ?? '',
      csrf: csrfOf(interaction.uid),
      hint,
    })
    return show(reply, body, [new URL(String(interaction.params['redirect_uri'])).origin])
  })

  app.post<Visit>('/login/:uid', async (request, reply) => {
    const interaction = await interactionOf(request, reply)
    if (!interaction) return show(reply, noticePage(wishes(request), 'expired'), [], 400)
    const form = formOf(request)
    if (!sameBytes(String(form['csrf'] ?? ''), csrfOf(interaction.uid))) {
      return show(reply, noticePage(wishes(request, interaction), 'error'), [], 403)
    }
    const outcome = await ceremonies.submit(interaction, form, browserOf(request, reply))
    if (outcome.kind === 'again') return reply.redirect(`/login/${interaction.uid}`, 303)
    const result =
      outcome.kind === 'cancelled'
        ? { error: 'access_denied', error_description: 'The person cancelled' }
        : resultOf(outcome.personId, outcome.grantId, clock())
    return reply.redirect(await provider.interactionResult(request.raw, reply.raw, result), 303)
  })

  const rows = () =>
    people.map((person) => ({ person, code: devices.codeOf(person), locked: devices.isLocked(person) }))
  app.get('/devices', (request, reply) =>
    show(reply, devicesPage(languageFrom(queryText(request, 'lang') ?? request.headers['accept-language']), rows())),
  )
  app.get('/devices.json', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({
      simulated: true,
      people: rows().map(({ person, code, locked }) => ({
        id: person.id,
        role: person.role,
        name: nameOf(person),
        number: person.number,
        birthdate: person.birthdate,
        bankidAltsub: person.pid,
        password: person.password,
        code,
        locked,
      })),
    }),
  )
  app.post('/devices/unlock', (request, reply) => {
    const { person: id, lang } = formOf(request)
    const person = personById(String(id ?? ''))
    if (!person) return reply.code(404).send({ error: 'not_found', error_description: 'There is no such person' })
    devices.clearFailures(person)
    return reply.redirect(typeof lang === 'string' ? `/devices?lang=${languageFrom(lang)}` : '/devices', 303)
  })

  app.get('/', (_request, reply) => reply.redirect('/devices', 303))
  app.get('/assets/bankid.css', (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=300').send(style),
  )
  app.get('/assets/icon.svg', (_request, reply) => reply.type('image/svg+xml').send(icon))
}

const cscRoutes = (app: FastifyInstance, { csc }: Parts): void => {
  const bearerOf = (request: FastifyRequest): string | undefined =>
    /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1]
  const bodyOf = (request: FastifyRequest): Body => {
    const { body } = request
    if (body === undefined || body === null) return {}
    if (typeof body !== 'object' || Array.isArray(body))
      throw new CscError(400, 'invalid_request', 'The body must be a JSON object')
    return body as Body
  }
  app.register(
    async (api) => {
      api.setErrorHandler((error, _request, reply) => {
        const known =
          error instanceof CscError
            ? error
            : (error as { statusCode?: number }).statusCode === undefined ||
                (error as { statusCode?: number }).statusCode === 500
              ? new CscError(500, 'server_error', 'Something went wrong in the simulated BankID')
              : new CscError(400, 'invalid_request', 'The body must be a JSON object')
        if (known.status === 401) reply.header('www-authenticate', `Bearer error="${known.error}"`)
        return reply
          .code(known.status)
          .header('cache-control', 'no-store')
          .send({ error: known.error, error_description: known.message })
      })
      api.addHook('onSend', async (_request, reply) => {
        reply.header('cache-control', 'no-store')
      })
      api.post('/info', (request) => csc.info(bodyOf(request)))
      api.post('/credentials/list', (request) => csc.list(bearerOf(request), bodyOf(request)))
      api.post('/credentials/info', (request) => csc.credentialInfo(bearerOf(request), bodyOf(request)))
      api.post('/signatures/signHash', (request) => csc.signHash(bearerOf(request), bodyOf(request)))
      // CSC 2.0.0.2 §10.1: a method that is not implemented answers 501.
      api.all('/*', (_request, reply) =>
        reply.code(501).send({ error: 'invalid_request', error_description: 'This method is not implemented' }),
      )
    },
    { prefix: '/csc/v2' },
  )
}

const pkiRoutes = (app: FastifyInstance, parts: Parts): void => {
  const { pki, responder, stampers, clock } = parts
  for (const name of publishedNames) {
    app.get(`/certs/${name}.cer`, (_request, reply) =>
      reply.type('application/pkix-cert').send(pki.certificateOf(name)),
    )
    app.get(`/certs/${name}.pem`, (_request, reply) =>
      reply.type('application/x-pem-file').send(new X509Certificate(pki.certificateOf(name)).toString()),
    )
  }
  app.get<{ Params: { file: string } }>('/crl/:file', (request, reply) => {
    const wanted = request.params.file.replace(/\.crl$/, '')
    const name: AuthorityName | undefined = authorityNames.find((one) => one === wanted)
    return name
      ? reply.type('application/pkix-crl').send(makeCrl(pki, name, clock))
      : reply.code(404).send({ error: 'not_found', error_description: 'There is no such list' })
  })
  app.post('/ocsp', (request, reply) =>
    reply.type('application/ocsp-response').send(responder.answer(bytesIn(request))),
  )
  // RFC 6960 appendix A.1: the request in base64, URL-encoded, after the address.
  app.get('/ocsp/*', (request, reply) => {
    const encoded = decodeURIComponent(request.url.slice('/ocsp/'.length).split('?')[0] ?? '')
    return reply.type('application/ocsp-response').send(responder.answer(Buffer.from(encoded, 'base64')))
  })
  for (const name of tsaNames) {
    app.post(`/${name}`, (request, reply) =>
      request.headers['content-type']?.startsWith('application/timestamp-query')
        ? reply.type('application/timestamp-reply').send(stampers[name].answer(bytesIn(request)))
        : reply
            .code(415)
            .send({ error: 'unsupported_media_type', error_description: 'Send application/timestamp-query' }),
    )
  }
  app.get('/pds', (_request, reply) =>
    reply
      .type('text/plain; charset=utf-8')
      .send(
        'TEST - SimBankID disclosure statement: certificates and signatures made here are simulated, and worth nothing in law.\n',
      ),
  )
}

const estRoutes = (app: FastifyInstance, { enrolment, est }: Parts): void => {
  const expected = `Basic ${Buffer.from(`${est.user}:${est.secret}`).toString('base64')}`
  const answer = (reply: FastifyReply, pkcs7: string) =>
    reply
      .type('application/pkcs7-mime; smime-type=certs-only')
      .header('content-transfer-encoding', 'base64')
      .send(pkcs7.replace(/.{76}/g, '$&\r\n'))
  app.get('/.well-known/est/cacerts', (_request, reply) => answer(reply, enrolment.caCertificates()))
  const enrol = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!sameBytes(request.headers.authorization ?? '', expected)) {
      return reply
        .code(401)
        .header('www-authenticate', 'Basic realm="SimBankID EST", charset="UTF-8"')
        .type('text/plain')
        .send('Give the user and secret that the trust service has handed out for enrolment\n')
    }
    try {
      return answer(reply, await enrolment.enrol(bytesIn(request).toString('latin1')))
    } catch (error) {
      if (!(error instanceof EnrolmentRefused)) throw error
      return reply.code(400).type('text/plain').send(`${error.message}\n`)
    }
  }
  app.post('/.well-known/est/simpleenroll', enrol)
  app.post('/.well-known/est/simplereenroll', enrol)
}

export const createRoutes = async (parts: Parts): Promise<FastifyInstance> => {
  const app = Fastify({ bodyLimit: 200_000, routerOptions: { maxParamLength: 200 } })
  await app.register(cookie)
  await app.register(formbody)
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  pageRoutes(app, parts)
  cscRoutes(app, parts)
  pkiRoutes(app, parts)
  estRoutes(app, parts)
  app.get('/health', () => ({ status: 'ok', service: 'simulated BankID' }))
  await app.ready()
  return app
}
