// A small browser for programs that play people: cookies per host, redirects one by one, and the forms of server-rendered pages.
import { parse } from 'node-html-parser'

export type Form = {
  /** Absolute URL that it posts to. */
  readonly action: string
  readonly fields: Readonly<Record<string, string>>
}

export type Page = {
  readonly url: string
  readonly status: number
  readonly title: string
  /** Readable text, for saying what went wrong. */
  readonly text: string
  /** Forms by the value of their field `step`, or by the last word of their action where there is none. */
  readonly forms: ReadonlyMap<string, Form>
  readonly html: string
}

export type Browser = {
  open(url: string): Promise<Page>
  submit(form: Form, entered?: Readonly<Record<string, string>>): Promise<Page>
}

const callMs = 60_000
const mostRedirects = 15

export function createBrowser(): Browser {
  // Cookies belong to a host, whatever the port (RFC 6265 § 8.5), with their path.
  const jar = new Map<
    string,
    { readonly host: string; readonly path: string; readonly name: string; readonly value: string }
  >()

  function keep(url: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      const attribute = (wanted: string): string | undefined =>
        attributes.find((part) => part.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1)
      const path = attribute('path') ?? '/'
      const expires = attribute('expires')
      const gone = attribute('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now())
      const key = `${url.hostname}|${path}|${name}`
      if (gone) jar.delete(key)
      else jar.set(key, { host: url.hostname, path, name, value })
    }
  }

  const cookiesFor = (url: URL): string =>
    [...jar.values()]
      .filter(({ host, path }) => host === url.hostname && within(url.pathname, path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')

  async function go(url: string, init: RequestInit): Promise<Page> {
    let [target, request] = [new URL(url), init]
    for (let hop = 0; hop < mostRedirects; hop += 1) {
      const response = await fetch(target, {
        ...request,
        redirect: 'manual',
        headers: { ...request.headers, cookie: cookiesFor(target), accept: 'text/html' },
        signal: AbortSignal.timeout(callMs),
      })
      keep(target, response)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || location === null) {
        return pageFrom(target, response.status, await response.text())
      }
      await response.body?.cancel()
      target = new URL(location, target)
      // RFC 9110 § 15.4.4: 303 turns every method into GET.
      request = {}
    }
    throw new Error(`More than ${mostRedirects} redirects.`)
  }

  return {
    open: (url) => go(url, {}),
    submit: (form, entered = {}) =>
      go(form.action, {
        method: 'POST',
        body: new URLSearchParams({ ...form.fields, ...entered }),
        headers: { origin: new URL(form.action).origin },
      }),
  }
}

const within = (pathname: string, path: string): boolean =>
  pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)

function pageFrom(url: URL, status: number, html: string): Page {
  const root = parse(html)
  const forms = new Map<string, Form>()
  for (const form of root.querySelectorAll('form')) {
    const fields: Record<string, string> = {}
    for (const input of form.querySelectorAll('input, textarea')) {
      const name = input.getAttribute('name')
      const unchecked = input.getAttribute('type') === 'checkbox' && !input.hasAttribute('checked')
      if (!name || unchecked || input.hasAttribute('disabled')) continue
      if (input.getAttribute('type') !== 'submit') fields[name] = input.getAttribute('value') ?? ''
    }
    const action = new URL(form.getAttribute('action') || url.href, url)
    for (const button of form.querySelectorAll('button[name=step]')) {
      const step = button.getAttribute('value') ?? ''
      if (!forms.has(step)) forms.set(step, { action: action.href, fields: { ...fields, step } })
    }
    const key = fields['step'] ?? action.pathname.split('/').at(-1) ?? ''
    if (!forms.has(key)) forms.set(key, { action: action.href, fields })
  }
  const text = (root.querySelector('main') ?? root).textContent.replace(/\s+/g, ' ').trim()
  return { url: url.href, status, title: root.querySelector('title')?.textContent ?? '', text, forms, html }
}
