// The ceremony's addresses: link → documents → BankID → back. A link's GET changes nothing: mail scanners open links.
import { readFile } from 'node:fs/promises'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { drawableTextRule, isDrawableText } from '../../accounting/drawable-text.ts'
import { catalogue, isSeglError, SeglError } from '../../errors.ts'
import {
  begin,
  chooseWhat,
  comeBack,
  comeOn,
  type Next,
  offerOf,
  openLink,
  ownCeremony,
  readable,
  type Visit,
} from '../../flow/ceremony.ts'
import { fileParts, fileSize } from '../../flow/file-parts.ts'
import type { Language, Member } from '../../flow/model.ts'
import type { Ports } from '../../flow/ports/index.ts'
import type { Mailbox } from '../../flow/ports/notify.ts'
import { insist } from '../../flow/run.ts'
import { stageOf } from '../../flow/stage.ts'
import { contentDisposition, languageFromHeader } from '../../text/index.ts'
import { assetPrefix, assets, contentSecurityPolicy } from '../assets/manifest.ts'
import { devMailPage, type Frame, fields, longestReason, problemPage } from '../view/index.ts'
import { delegation } from './delegation.ts'
import { browserHash, checkCsrf, chosenLanguage, heldLink, holdLink, markBrowser } from './session.ts'
import { beginForm, stagePage } from './stages.ts'

export type PagesDeps = {
  readonly ports: Ports
  /** As browsers see this process. */
  readonly publicUrl: string
  /** Origins of BankID as browsers see them: a form's POST is redirected there, which CSP form-action has to allow. */
  readonly bankidOrigins: readonly string[]
  /** Mails that nobody sent; only where a developer may see them. */
  readonly mailbox?: Mailbox
}

/** Registers the pages in a scope of their own: their errors are pages, not problem documents. */
export async function pages(
  api: FastifyInstance,
  { ports, publicUrl, bankidOrigins, mailbox }: PagesDeps,
): Promise<void> {
  const secure = publicUrl.startsWith('https:')
  const policy = contentSecurityPolicy(bankidOrigins)

  await api.register(cookie)
  await api.register(formbody, { bodyLimit: 32 * 1024 })
  for (const { name, file, type } of assets) {
    const bytes = await readFile(file)
    api.get(`${assetPrefix}${name}`, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', 'public, max-age=3600')
        .header('x-content-type-options', 'nosniff')
        .send(bytes),
    )
  }

  await api.register(async (sign) => {
    sign.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'content-security-policy': policy,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      })
    })
    sign.setErrorHandler((error, request, reply) => showProblem(request, reply, error, secure))

    if (mailbox) {
      sign.get('/dev/mail', async (_request, reply) => {
        return reply.type('text/html; charset=utf-8').send(devMailPage({ language: 'en' }, await mailbox.list()))
      })
    }

    sign.get('/sign', async (request, reply) => showStage(request, reply, heldLink(request)))
    sign.get<{ Params: { token: string } }>('/sign/:token', async (request, reply) => {
      const { token } = request.params
      // The token leaves the URL, and with it history, Referer and logs, before anything is shown.
      await openLink(ports, token)
      holdLink(reply, token, secure)
      return reply.redirect('/sign', 303)
    })
    sign.get<{ Params: { id: string } }>('/sign/documents/:id', async (request, reply) =>
      sendDocument(request, reply, 'upload'),
    )
    sign.get<{ Params: { id: string } }>('/sign/documents/:id/signed', async (request, reply) =>
      sendDocument(request, reply, 'newest'),
    )

    sign.post('/sign/begin', async (request, reply) => {
      const { visit, language } = await posted(request, reply)
      const url = await begin(ports, visit, { browserHash: markBrowser(reply, secure), language })
      return reply.redirect(url, 303)
    })
    sign.post('/sign/decline', async (request, reply) => {
      const { visit } = await posted(request, reply)
      const reason = reasonIn((request.body as Readonly<Record<string, unknown>>)[fields.reason])
      const id = onlySigner(visit)
      const subject = { tenantId: visit.tenantId, id }
      await insist(ports, 'decline', subject, { reason })
      return reply.redirect('/sign', 303)
    })

    sign.post('/sign/delegate', async (request, reply) => {
      const { visit } = await posted(request, reply)
      const subject = { tenantId: visit.tenantId, id: onlySigner(visit) }
      await insist(ports, 'replace', subject, { by: 'signer', replacement: delegation(request.body) })
      return reply.redirect('/sign', 303)
    })

    sign.post('/sign/choose', async (request, reply) => {
      const { visit } = await posted(request, reply)
      const names = Object.keys(request.body as Readonly<Record<string, unknown>>)
      const chosen = names
        .filter((name) => name.startsWith(fields.signer))
        .map((name) => name.slice(fields.signer.length))
      return goOn(reply, await chooseWhat(ports, visit, browserHash(request), chosen))
    })
    sign.post('/sign/only', async (request, reply) => {
      const { visit } = await posted(request, reply)
      return goOn(reply, await chooseWhat(ports, visit, browserHash(request), [onlySigner(visit)]))
    })

    sign.get('/sign/callback', async (request, reply) => {
      const callback = new URL(request.url, publicUrl).searchParams
      return goOn(reply, await comeBack(ports, { callback, browserHash: browserHash(request) }))
    })
    sign.get('/sign/continue', async (request, reply) => {
      const visit = await openLink(ports, heldLink(request))
      return goOn(reply, await comeOn(ports, visit, browserHash(request)))
    })
  })

  async function showStage(request: FastifyRequest, reply: FastifyReply, link: string): Promise<FastifyReply> {
    const visit = await openLink(ports, link)
    const frame = frameOf(chosenLanguage(request, reply, secure) ?? languageOf(visit))
    const browser = browserHash(request)
    const stage = await stageOf(ports, visit, browser)
    const offer = stage === 'choose' ? await offerOf(ports, visit, browser) : undefined
    const together = stage === 'signed' ? await signedTogether(visit, browser) : []
    return reply.type('text/html; charset=utf-8').send(stagePage({ frame, stage, visit, link, offer, together }))
  }

  async function signedTogether(visit: Visit, browser: string | undefined): Promise<readonly Member[]> {
    const ceremony = await ownCeremony(ports, visit, browser)
    if (!ceremony) return []
    return ports.store.read(visit.tenantId, async (tx) => tx.membersOf(await tx.ceremonySigners(ceremony.id)))
  }

  /** The uploaded bytes as they are; the newest revision only to somebody whose signature is in it. */
  async function sendDocument(
    request: FastifyRequest<{ Params: { id: string } }>,
    reply: FastifyReply,
    which: 'upload' | 'newest',
  ): Promise<FastifyReply> {
    const visit = await openLink(ports, heldLink(request))
    const { id } = request.params
    const member = (await readable(ports, visit, browserHash(request))).find(({ order }) =>
      order.documents.some((one) => one.id === id),
    )
    const document = member?.order.documents.find((one) => one.id === id)
    if (!document) throw new SeglError('NOT_FOUND', 'This document is not part of what you are asked to sign.')
    if (which === 'newest' && member?.signer.state !== 'signed') {
      throw new SeglError('NOT_SIGNED_YET', 'Sign first; then the signed document is here.')
    }
    const all = await ports.store.read(visit.tenantId, (tx) => tx.revisions(document.id))
    const revisions = which === 'upload' ? all.slice(0, 1) : all
    const size = fileSize(revisions)
    return reply
      .type('application/pdf')
      .header('content-length', size)
      .header(
        'content-disposition',
        contentDisposition('inline', nameOf(document, which === 'newest' && member?.order.state === 'failed')),
      )
      .send(ports.blobs.stream(fileParts(revisions), 0, size))
  }

  /** A form of ours, from the browser that holds the link. */
  async function posted(
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<{ readonly visit: Visit; readonly language: Language }> {
    const link = heldLink(request)
    checkCsrf(request, link)
    const visit = await openLink(ports, link)
    return { visit, language: chosenLanguage(request, reply, secure) ?? languageOf(visit) }
  }
}

/** Whoever finds the file later is to see that it is not finished. */
const nameOf = ({ fileName }: { readonly fileName: string }, isUnsealed: boolean): string =>
  isUnsealed ? `${fileName.replace(/\.pdf$/i, '')}.unsealed.pdf` : fileName

/** What was written into a field of several lines, as one. Throws INVALID_REQUEST for what nobody can read. */
function reasonIn(written: unknown): string {
  const reason =
    typeof written === 'string'
      ? written
          .replace(/[\t\r\n]+/g, ' ')
          .trim()
          .slice(0, longestReason)
          .toWellFormed()
      : ''
  if (reason === '' || isDrawableText(reason)) return reason
  throw new SeglError('INVALID_REQUEST', `The reason must be ${drawableTextRule}.`)
}

const languageOf = ({ session, members }: Visit): Language => session?.language ?? members[0]?.signer.language ?? 'nb'

/** The signer of a link over one. */
function onlySigner({ session, members }: Visit): string {
  const [first] = members
  if (session || !first) throw new SeglError('INVALID_REQUEST', 'This link is over several documents. Choose which.')
  return first.signer.id
}

const goOn = (reply: FastifyReply, next: Next): FastifyReply =>
  reply.redirect(next.to === 'bankid' ? next.url : '/sign', 303)

/** Every language leads to the visit's own address: neither a token nor a callback's query comes back into a URL. */
const frameOf = (language: Language): Frame => ({
  language,
  languageUrls: { nb: '/sign?lang=nb', nn: '/sign?lang=nn', en: '/sign?lang=en' },
})

function showProblem(request: FastifyRequest, reply: FastifyReply, thrown: unknown, secure: boolean): FastifyReply {
  const code = codeOf(thrown)
  const { status } = catalogue[code]
  if (status >= 500) request.log.error({ err: thrown, code }, 'page failed')
  const language = chosenLanguage(request, reply, secure) ?? languageFromHeader(request.headers['accept-language'])
  const link = linkOf(request)
  const page = problemPage(frameOf(language), {
    code,
    requestId: request.id,
    ...(link === undefined ? {} : { sign: beginForm(link), startUrl: '/sign' }),
  })
  if (isSeglError(thrown) && thrown.retryAfter !== undefined) {
    reply.header('retry-after', String(Math.ceil(thrown.retryAfter)))
  }
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}

function codeOf(thrown: unknown): keyof typeof catalogue {
  if (isSeglError(thrown)) return thrown.code
  const status = thrown instanceof Error && 'statusCode' in thrown ? Number(thrown.statusCode) : 500
  return status >= 400 && status < 500 ? 'INVALID_REQUEST' : 'INTERNAL'
}

function linkOf(request: FastifyRequest): string | undefined {
  try {
    return heldLink(request)
  } catch {
    return undefined
  }
}
