// Somebody with a browser of his own and a test BankID: opens a link, logs in, approves, and waits as people do.
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, createBrowser, type Page } from './browser.ts'

export type Person = {
  readonly role: string
  readonly name: string
  readonly number: string
  readonly birthdate: string
  readonly password: string
  readonly code: string
}

/** Which of the people of the simulated BankID it is. */
export type Who = (person: Person) => boolean

/** `sign` one order or `all` that waits; `cancel` at BankID instead of approving. */
export type Deed = 'sign' | 'all' | 'cancel'

/** The people of the simulated BankID with what their devices show right now. */
export async function people(bankidUrl: string): Promise<readonly Person[]> {
  const response = await fetch(`${bankidUrl}/devices.json`, { signal: AbortSignal.timeout(10_000) })
  if (!response.ok) throw new Error(`The simulated BankID does not list its people (${response.status}).`)
  return ((await response.json()) as { people: readonly Person[] }).people
}

const mostSteps = 400
/** A person comes back to his link for a while: Segl may be starting again, or BankID's answer on its way. */
const patienceMs = 150_000

/** Signs through the real pages. Comes back when the signature is on record or the link says there is nothing left to do. */
export async function signAs(bankidUrl: string, role: string, link: string): Promise<void> {
  const end = Date.now() + patienceMs
  for (;;) {
    const late = Date.now() > end
    const outcome = await visit(bankidUrl, (person) => person.role === role, link, 'sign').catch((error: unknown) => {
      if (late) throw error
      return undefined
    })
    if (outcome && outcome.status < 400) return
    if (late) throw new Error(`The signing of ${role} did not come to an end.`)
    await pause(1000)
  }
}

/** One visit, from the link to the page that nothing more is to be done on; `signal` ends it between two pages, where it is. */
export async function visit(
  bankidUrl: string,
  who: Who,
  link: string,
  deed: Deed,
  signal?: AbortSignal,
): Promise<Page> {
  const browser = createBrowser()
  let page = await browser.open(link)
  let code = ''
  const nextCode = async (): Promise<string> => {
    code = (await unusedCode(bankidUrl, who, code)).code
    return code
  }
  const actor: Actor = { browser, deed, nextCode, self: async () => personIn(await people(bankidUrl), who) }
  for (let step = 0; step < mostSteps; step += 1) {
    if (signal?.aborted) return page
    const next = await answer(page, actor)
    if (next === undefined) return page
    page = next
  }
  throw new Error(`The visit came to no end; the last page: ${page.title}: ${page.text.slice(0, 200)}`)
}

/** Opens the link and declines with a reason; nobody logs in for that. */
export async function declineAt(link: string, reason: string): Promise<Page> {
  const browser = createBrowser()
  const page = await browser.open(link)
  const form = page.forms.get('decline')
  return form ? browser.submit(form, { reason }) : page
}

type Actor = {
  readonly browser: Browser
  readonly deed: Deed
  readonly self: () => Promise<Person>
  readonly nextCode: () => Promise<string>
}

/** What a person does on this page; undefined when there is nothing left to do. */
async function answer(page: Page, { browser, deed, self, nextCode }: Actor): Promise<Page | undefined> {
  const form = (name: string) => page.forms.get(name)
  const [number, code, password, approve, cancel] = ['number', 'code', 'password', 'approve', 'cancel'].map(form)
  const [choose, only, begin] = ['choose', 'only', 'begin'].map(form)
  if (number) return browser.submit(number, { number: (await self()).number })
  if (code) return browser.submit(code, { code: await nextCode() })
  if (password) return browser.submit(password, { password: (await self()).password })
  if (approve && cancel && deed === 'cancel') return browser.submit(cancel)
  if (approve) return browser.submit(approve, { password: (await self()).password })
  // Whatever else waits for him has a visit of its own, unless he came for all of it.
  if (only && deed !== 'all') return browser.submit(only)
  if (choose) return browser.submit(choose)
  if (begin && page.status < 400) return browser.submit(begin)
  // Waiting for another signer, or for the signature to be put in: the page comes back by itself, as browsers do.
  const refresh = /<meta http-equiv="refresh" content="(\d+)(?:;\s*url=([^"]*))?"/i.exec(page.html)
  if (refresh && new URL(refresh[2] ?? page.url, page.url).origin === new URL(page.url).origin) {
    await pause(Math.min(Number(refresh[1]), 2) * 1000)
    return browser.open(new URL((refresh[2] ?? page.url).replace(/&amp;/g, '&'), page.url).href)
  }
  return undefined
}

/** A code works once: waits until the device shows another one than `used`. */
async function unusedCode(bankidUrl: string, who: Who, used: string): Promise<Person> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const person = personIn(await people(bankidUrl), who)
    if (person.code !== used) return person
    await pause(1000)
  }
  throw new Error('The code device shows no new code.')
}

function personIn(all: readonly Person[], who: Who): Person {
  const person = all.find(who)
  if (!person) throw new Error('The simulated BankID does not have this person.')
  return person
}
