// A browser as small as can be: cookies, redirects by hand, forms. Acts as the person before BankID's pages.

type Cookie = { name: string; value: string; path: string; host: string }

export type Page = { status: number; url: string; html: string; headers: Headers }

export type Browser = {
  /** Follows redirects until a page is shown, or until one leaves for an address that starts with `stopAt`. */
  open(url: string, stopAt?: string): Promise<Page>
  post(url: string, form: Record<string, string>, stopAt?: string): Promise<Page>
  cookies: Cookie[]
}

/** Ends what hangs; no test waits for it. */
const limitMs = 60_000

export const createBrowser = (headers: Record<string, string> = {}): Browser => {
  const cookies: Cookie[] = []
  const keep = (response: Response, url: URL): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const at = pair.indexOf('=')
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)]
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/'
      const expires = attributes.find((part) => /^expires=/i.test(part))?.slice(8)
      const old = cookies.findIndex((one) => one.name === name && one.path === path && one.host === url.hostname)
      if (old >= 0) cookies.splice(old, 1)
      if (!expires || new Date(expires) > new Date()) cookies.push({ name, value, path, host: url.hostname })
    }
  }
  const go = async (address: string, form?: Record<string, string>, stopAt?: string): Promise<Page> => {
    let url = new URL(address)
    let body = form
    for (let hop = 0; hop < 20; hop++) {
      if (stopAt && url.href.startsWith(stopAt)) return { status: 0, url: url.href, html: '', headers: new Headers() }
      const sent = cookies
        .filter((one) => one.host === url.hostname && url.pathname.startsWith(one.path))
        .map((one) => `${one.name}=${one.value}`)
        .join('; ')
      const response = await fetch(url, {
        redirect: 'manual',
        headers: { accept: 'text/html', ...headers, ...(sent && { cookie: sent }) },
        signal: AbortSignal.timeout(limitMs),
        ...(body && { method: 'POST', body: new URLSearchParams(body) }),
      })
      keep(response, url)
      const location = response.headers.get('location')
      if (!location) {
        return { status: response.status, url: url.href, html: await response.text(), headers: response.headers }
      }
      await response.body?.cancel()
      url = new URL(location, url)
      body = undefined
    }
    throw new Error('Too many redirects')
  }
  return {
    cookies,
    open: (url, stopAt) => go(url, undefined, stopAt),
    post: (url, form, stopAt) => go(url, form, stopAt),
  }
}

/** The hidden fields of a page's form. */
export const hiddenIn = (page: Page): Record<string, string> =>
  Object.fromEntries(
    [...page.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  )

/** The step whose form the page shows. */
export const stepOf = (page: Page): string | undefined =>
  /<button type="submit" name="step" value="(?!cancel)([^"]+)"/.exec(page.html)?.[1]

export type Device = {
  number: string
  password: string
  code: string
  locked: boolean
  id: string
  bankidAltsub: string
  name: string
}

export const deviceOf = async (bankid: string, role: string): Promise<Device> => {
  const answer = await fetch(`${bankid}/devices.json`, { signal: AbortSignal.timeout(limitMs) })
  const { people } = (await answer.json()) as { people: (Device & { role: string })[] }
  const found = people.find((person) => person.role === role)
  if (!found) throw new Error(`Nobody has the role ${role}`)
  return found
}

/** Goes through BankID's pages as the person of that role; returns the address that the browser is sent to in the end. */
export const identify = async (options: {
  browser: Browser
  bankid: string
  address: string
  role: string
  stopAt: string
}): Promise<string> => {
  const { browser, bankid, address, role, stopAt } = options
  let page = await browser.open(address, stopAt)
  for (let turn = 0; turn < 12 && page.status !== 0; turn++) {
    const step = stepOf(page)
    const device = await deviceOf(bankid, role)
    const answer: Record<string, Record<string, string>> = {
      number: { number: device.number },
      code: { code: device.code },
      password: { password: device.password },
      approve: { password: device.password },
    }
    if (!step || !answer[step]) throw new Error(`Stuck at ${page.status} ${page.html}`)
    page = await browser.post(page.url, { ...hiddenIn(page), step, ...answer[step] }, stopAt)
  }
  if (page.status !== 0) throw new Error('The pages never end')
  return page.url
}
