// The demo as a signer: opens the link, goes to BankID with number, code and password, approves, and comes back.
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, createBrowser, type Page } from './browser.ts'

export type Person = {
  readonly role: string
  readonly name: string
  readonly number: string
  readonly password: string
  readonly code: string
}

/** The people of the simulated BankID with what their devices show right now. */
export async function people(bankidUrl: string): Promise<readonly Person[]> {
  const response = await fetch(`${bankidUrl}/devices.json`, { signal: AbortSignal.timeout(10_000) })
  if (!response.ok) throw new Error(`The simulated BankID does not list its people (${response.status}).`)
  return ((await response.json()) as { people: readonly Person[] }).people
}

const mostSteps = 40
/** A person comes back to his link for a while: Segl may be starting again, or BankID's answer on its way. */
const patienceMs = 150_000

/** Signs through the real pages. Comes back when the signature is on record or the link says there is nothing left to do. */
export async function signAs(bankidUrl: string, role: string, link: string): Promise<void> {
  const end = Date.now() + patienceMs
  for (;;) {
    const late = Date.now() > end
    const outcome = await visitOnce(bankidUrl, role, link).catch((error: unknown) => {
      if (late) throw error
      return 'again' as const
    })
    if (outcome === 'done') return
    if (late) throw new Error(`The signing of ${role} did not come to an end.`)
    await pause(1000)
  }
}

async function visitOnce(bankidUrl: string, role: string, link: string): Promise<'done' | 'again'> {
  const browser = createBrowser()
  let page = await browser.open(link)
  let code = ''
  for (let step = 0; step < mostSteps; step += 1) {
    const next = await answer(
      page,
      browser,
      async () => {
        const person = await unusedCode(bankidUrl, role, code)
        code = person.code
        return person
      },
      bankidUrl,
      role,
    )
    if (next === 'done' || next === 'again') return next
    page = next
  }
  throw new Error(`Too many pages; the last one: ${page.title}: ${page.text.slice(0, 200)}`)
}

/** What a person does on this page. */
async function answer(
  page: Page,
  browser: Browser,
  nextCode: () => Promise<Person>,
  bankidUrl: string,
  role: string,
): Promise<Page | 'done' | 'again'> {
  const { forms } = page
  const form = (name: string) => forms.get(name)
  const [number, code, password, approve, only, begin] = ['number', 'code', 'password', 'approve', 'only', 'begin'].map(
    form,
  )
  const person = async (): Promise<Person> => personIn(await people(bankidUrl), role)
  if (number) return browser.submit(number, { number: (await person()).number })
  if (code) return browser.submit(code, { code: (await nextCode()).code })
  if (password) return browser.submit(password, { password: (await person()).password })
  if (approve) return browser.submit(approve, { password: (await person()).password })
  // Whatever else waits for him has a visit of its own.
  if (only) return browser.submit(only)
  if (begin) return browser.submit(begin)
  // Waiting for another signer, or for the signature to be put in: the page comes back by itself, as browsers do.
  const refresh = /<meta http-equiv="refresh" content="(\d+)(?:;\s*url=([^"]*))?"/i.exec(page.html)
  if (refresh && new URL(refresh[2] ?? page.url, page.url).origin === new URL(page.url).origin) {
    await pause(Math.min(Number(refresh[1]), 2) * 1000)
    return browser.open(new URL((refresh[2] ?? page.url).replace(/&amp;/g, '&'), page.url).href)
  }
  return page.status < 400 ? 'done' : 'again'
}

/** A code works once: waits until the device shows another one than `used`. */
async function unusedCode(bankidUrl: string, role: string, used: string): Promise<Person> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const person = personIn(await people(bankidUrl), role)
    if (person.code !== used) return person
    await pause(1000)
  }
  throw new Error('The code device shows no new code.')
}

function personIn(all: readonly Person[], role: string): Person {
  const person = all.find((candidate) => candidate.role === role)
  if (!person) throw new Error(`The simulated BankID has nobody in the role ${role}.`)
  return person
}
