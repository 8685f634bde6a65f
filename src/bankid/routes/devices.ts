// The phone and the code devices of everybody, for people (/devices) and for programs that act as them (/devices.json).
import type { FastifyInstance } from 'fastify'
import { birthOf, devicesPage, passkeyPage } from '../pages-devices.ts'
import { nameOf, people, personById } from '../people.ts'
import { devicesScript, passkeyScript } from '../scripts.ts'
import { icon, style } from '../style.ts'
import { languageFrom } from '../texts.ts'
import { formOf, type Parts, problem, queryText, show } from './parts.ts'

export const deviceRoutes = (app: FastifyInstance, { devices, phone, passkeys }: Parts): void => {
  // Another site's page must not press the buttons here.
  app.addHook('preHandler', async (request, reply) => {
    const foreign = request.headers['sec-fetch-site'] === 'cross-site'
    if (request.method === 'POST' && request.url.startsWith('/devices') && foreign) {
      return problem(reply, 403, 'forbidden', 'This form belongs to the page /devices')
    }
  })

  const rows = () =>
    people.map((person) => ({
      person,
      code: devices.codeOf(person),
      locked: devices.isLocked(person),
      passkeys: passkeys.countOf(person),
    }))

  app.get('/', (_request, reply) => reply.redirect('/devices', 303))
  app.get('/devices', (request, reply) => {
    const language = languageFrom(queryText(request, 'lang') ?? request.headers['accept-language'])
    return show(reply, devicesPage(language, rows(), phone.shown()), { script: true })
  })

  app.get('/devices.json', (_request, reply) => {
    const requests = phone.shown()
    return reply.header('cache-control', 'no-store').send({
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
        mobile: person.mobile,
        birth: birthOf(person),
        requests: requests.filter(({ personId }) => personId === person.id),
      })),
    })
  })

  const backTo = (lang: unknown): string =>
    typeof lang === 'string' ? `/devices?lang=${languageFrom(lang)}` : '/devices'

  app.post('/devices/unlock', (request, reply) => {
    const { person: id, lang } = formOf(request)
    const person = personById(String(id ?? ''))
    if (!person) return problem(reply, 404, 'not_found', 'There is no such person')
    devices.clearFailures(person)
    return reply.redirect(backTo(lang), 303)
  })

  app.post('/devices/requests', (request, reply) => {
    const { request: id, answer, lang } = formOf(request)
    if (answer !== 'approve' && answer !== 'reject')
      return problem(reply, 400, 'invalid_request', 'answer is approve or reject')
    if (!phone.answer(String(id ?? ''), answer === 'approve')) {
      return problem(reply, 404, 'not_found', 'There is no such request, or it has been answered')
    }
    return reply.redirect(backTo(lang), 303)
  })

  app.get('/devices/passkey', async (request, reply) => {
    const person = personById(queryText(request, 'person') ?? '')
    if (!person) return problem(reply, 404, 'not_found', 'There is no such person')
    const language = languageFrom(queryText(request, 'lang') ?? request.headers['accept-language'])
    const outcome = queryText(request, 'outcome')
    const body = passkeyPage({
      language,
      person,
      creation: await passkeys.creationOptions(person),
      ...((outcome === 'made' || outcome === 'failed') && { outcome }),
    })
    return show(reply, body, { script: true })
  })

  app.post('/devices/passkey', async (request, reply) => {
    const { person: id, lang, response } = formOf(request)
    const person = personById(String(id ?? ''))
    if (!person) return problem(reply, 404, 'not_found', 'There is no such person')
    const made = await passkeys.register(person, parsed(response))
    const query = new URLSearchParams({
      person: person.id,
      lang: languageFrom(String(lang ?? '')),
      outcome: made ? 'made' : 'failed',
    })
    return reply.redirect(`/devices/passkey?${query}`, 303)
  })

  const files = {
    '/assets/bankid.css': ['text/css; charset=utf-8', style],
    '/assets/icon.svg': ['image/svg+xml', icon],
    '/assets/passkey.js': ['text/javascript; charset=utf-8', passkeyScript],
    '/assets/devices.js': ['text/javascript; charset=utf-8', devicesScript],
  } as const
  for (const [path, [type, content]] of Object.entries(files)) {
    app.get(path, (_request, reply) =>
      reply
        .type(type)
        .headers({ 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' })
        .send(content),
    )
  }
}

const parsed = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
