// The browser's side of a ceremony: which link it holds, which browser it is, and proof that a form came from our page.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SeglError } from '../../errors.ts'
import type { Language } from '../../flow/model.ts'
import { languages } from '../../text/index.ts'
import { fields } from '../view/index.ts'

const linkCookie = 'segl_link'
const browserCookie = 'segl_browser'
const languageCookie = 'segl_language'

/**
 * Lax: the browser comes back from BankID, another site, by a top-level GET; a POST from there carries no cookie. The path keeps
 * the cookies away from the API on the same host.
 */
const attributes = (secure: boolean) => ({ path: '/sign', httpOnly: true, sameSite: 'lax' as const, secure })

export const holdLink = (reply: FastifyReply, token: string, secure: boolean): void => {
  reply.setCookie(linkCookie, token, attributes(secure))
}

/** The link's token that this browser came with. Throws LINK_INVALID when there is none: the link has to be opened first. */
export function heldLink(request: FastifyRequest): string {
  const token = request.cookies[linkCookie]
  if (!token) throw new SeglError('LINK_INVALID', 'Open your signing link first; this browser has not seen it.')
  return token
}

/** Makes a secret for this browser and answers its hash: the ceremony can only go on where it began. */
export function markBrowser(reply: FastifyReply, secure: boolean): string {
  const secret = randomBytes(32).toString('base64url')
  reply.setCookie(browserCookie, secret, { ...attributes(secure), maxAge: 3600 })
  return hash(secret)
}

export function browserHash(request: FastifyRequest): string | undefined {
  const secret = request.cookies[browserCookie]
  return secret === undefined ? undefined : hash(secret)
}

/** Token of the forms: only our page can know it, and it dies with the link. */
export const csrfToken = (link: string): string => createHmac('sha256', link).update('csrf').digest('base64url')

/** Throws SESSION_INVALID unless the form carries the token of the link that this browser holds now. */
export function checkCsrf(request: FastifyRequest, link: string): void {
  const body = request.body as Readonly<Record<string, unknown>> | undefined
  const given = body?.[fields.csrf]
  const expected = Buffer.from(csrfToken(link))
  const actual = Buffer.from(typeof given === 'string' ? given : '')
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new SeglError('SESSION_INVALID', 'This form belongs to another signing. Open your link again.')
  }
}

/** The language asked for just now (and kept for this browser), the one kept, or undefined. */
export function chosenLanguage(request: FastifyRequest, reply: FastifyReply, secure: boolean): Language | undefined {
  const asked = languageFrom((request.query as Readonly<Record<string, unknown>>)['lang'])
  if (asked) reply.setCookie(languageCookie, asked, { ...attributes(secure), maxAge: 365 * 24 * 3600 })
  return asked ?? languageFrom(request.cookies[languageCookie])
}

const languageFrom = (value: unknown): Language | undefined => languages.find((language) => language === value)

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex')
