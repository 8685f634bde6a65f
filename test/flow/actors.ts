// Who acts in these tests: an accounting system and people, through the front doors only.
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Order } from '../../src/client/index.ts'
import { chainFault } from '../../src/kernel/evidence/index.ts'
import { type Browser, createBrowser, type Form, type Page } from '../../src/visitor/browser.ts'
import { type Person, people } from '../../src/visitor/visitor.ts'
import type { Installation } from '../support/installation.ts'

type Client = Installation['client']
/** What these actors need to know of an installation, whichever processes it runs in. */
export type Surroundings = {
  readonly seglUrl: string
  readonly bankidUrl: string
  readonly client: Client
}
type Answer = { readonly status: number; readonly headers: Headers; readonly body: Readonly<Record<string, unknown>> }
/** `bankid`: role of the person at the simulated BankID. */
type Wish = { readonly bankid: string; readonly group?: number; readonly language?: string }

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}.pdf`, import.meta.url))
const metadata = {
  // Of a contract anybody may be a signer; a voucher wants four eyes, and annual accounts a whole board.
  kind: 'contract',
  title: 'Bilag 7',
  organisationNumber: '310000019',
  organisationName: 'Nordlys Demo AS',
  date: '2025-11-14',
  parties: [{ name: 'Nordlys Demo AS', organisationNumber: '310000019' }, { name: 'Fjellheim Utleie' }],
}

/** Seconds until something counts as never coming: far more than a busy machine needs, less than a test file may take. */
const patience = 300

export type Accountant = ReturnType<typeof accountant>

/** The accounting system of one tenant. */
export function accountant({ seglUrl, bankidUrl }: Surroundings, apiKey: string) {
  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${seglUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
  }

  async function upload(name = 'voucher', told: object = metadata): Promise<string> {
    const form = new FormData()
    form.set('metadata', new Blob([JSON.stringify(told)], { type: 'application/json' }))
    form.set('file', new Blob([await readFile(fixture(name))], { type: 'application/pdf' }), `${name}.pdf`)
    const response = await fetch(`${seglUrl}/v1/documents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': randomUUID() },
      body: form,
    })
    const answer = (await response.json()) as { readonly id: string }
    assert.equal(response.status, 201, JSON.stringify(answer))
    return answer.id
  }

  const read = async (id: string): Promise<Order> => {
    const { status, body } = await call('GET', `/v1/orders/${id}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body as object as Order
  }

  async function until(id: string, done: (order: Order) => boolean, what: string, seconds = patience): Promise<Order> {
    // Asked less and less often: whoever asks takes the processor from whoever works.
    for (const [begun, end] = [Date.now(), Date.now() + seconds * 1000]; ; ) {
      const order = await read(id)
      if (done(order)) return order
      assert.ok(Date.now() < end, `${what} did not come about in ${seconds} s: ${JSON.stringify(order)}`)
      await pause(Math.min(1000, 100 + (Date.now() - begun) / 4))
    }
  }

  /** Orders, and does not wait for a worker. */
  async function place(
    signers: readonly Wish[],
    more: Readonly<Record<string, unknown>> = {},
    documents = 1,
  ): Promise<string> {
    const everybody = await people(bankidUrl)
    const ids = []
    for (let count = 0; count < documents; count += 1) ids.push({ id: await upload() })
    const { status, body } = await call('POST', '/v1/orders', {
      title: 'Bilag 7',
      documents: ids,
      signers: signers.map(({ bankid, group = 1, language = 'en' }) => {
        const person = everybody.find(({ role }) => role === bankid)
        assert.ok(person, bankid)
        const { name, number } = person
        return { role: 'approver', group, language, name, person: { nationalIdentityNumber: number } }
      }),
      // These stories are about signing; whether a voucher was attested is told elsewhere.
      overrides: [{ rule: 'FOUR_EYES_MISSING', reason: 'Attested in the accounting system.' }],
      ...more,
    })
    assert.equal(status, 201, JSON.stringify(body))
    return String(body['id'])
  }

  /** Creates an order over one document (or `documents`) and waits until its first signers may sign. */
  const order = async (...wish: Parameters<typeof place>): Promise<Order> =>
    until(await place(...wish), ({ state }) => state === 'open', 'opening')

  const bytes = async (path: string): Promise<Buffer> => {
    const response = await fetch(`${seglUrl}${path}`, { headers: { authorization: `Bearer ${apiKey}` } })
    assert.equal(response.status, 200, path)
    return Buffer.from(await response.arrayBuffer())
  }

  return {
    call,
    upload,
    order,
    place,
    read,
    until,
    reaches: (id: string, state: string, seconds?: number) =>
      until(id, (order) => order.state === state, `state ${state}`, seconds),
    download: bytes,
    original: (documentId: string) => bytes(`/v1/documents/${documentId}/original`),
    /** The document as it was after a revision; of a completed order the last one is the signed document. */
    revision: (documentId: string, number: number) => bytes(`/v1/documents/${documentId}/revisions/${number}`),
  }
}

/** Waits for what no answer of the API tells; asks for at most so many seconds. */
export async function eventually(what: string, done: () => Promise<boolean>, seconds = patience): Promise<void> {
  for (const end = Date.now() + seconds * 1000; !(await done()); ) {
    assert.ok(Date.now() < end, `${what} did not come about in ${seconds} s`)
    await pause(200)
  }
}

/** The link of the order's signer at `index`. */
export function linkOf(order: Order, index = 0): string {
  const url = order.signers[index]?.url
  assert.ok(url, 'the order shows the link')
  return url
}

export type Visitor = Browser & {
  /** Opens the link and goes to BankID. */
  readonly setOut: (link: string) => Promise<Page>
  /** Number, code and password on BankID's pages; the page after them. */
  readonly logInOnly: (page: Page) => Promise<Page>
  /** The same; and of everything that waits for him he takes what his link is about. */
  readonly logIn: (page: Page) => Promise<Page>
  /** Approves on BankID's page; the page after it. */
  readonly approve: (page: Page) => Promise<Page>
  /** Waits as a browser does, until a page no longer loads itself again. */
  readonly wait: (page: Page) => Promise<Page>
  /** The whole walk, to the page that does not go on by itself. */
  readonly sign: (link: string) => Promise<Page>
}

/** Somebody with a browser of his own, who is `role` at the simulated BankID. */
export function visitor({ bankidUrl }: Pick<Surroundings, 'bankidUrl'>, role: string): Visitor {
  const browser = createBrowser()
  const self = async (): Promise<Person> => {
    const person = (await people(bankidUrl)).find((one) => one.role === role)
    assert.ok(person, role)
    return person
  }
  const visitor: Visitor = {
    ...browser,
    setOut: async (link) => browser.submit(formOf(await browser.open(link), 'begin')),
    async logIn(page) {
      const after = await visitor.logInOnly(page)
      // Whatever else waits for him has a visit of its own.
      const only = after.forms.get('only')
      return only ? browser.submit(only) : after
    },
    async logInOnly(page) {
      const { number, password } = await self()
      let next = await browser.submit(formOf(page, 'number'), { number })
      // The same person in another browser may have used the code that the device showed: it shows another one then.
      for (let turn = 0; turn < 5 && next.forms.has('code'); turn += 1) {
        next = await browser.submit(formOf(next, 'code'), { code: (await self()).code })
      }
      return browser.submit(formOf(next, 'password'), { password })
    },
    approve: async (page) => browser.submit(formOf(page, 'approve'), { password: (await self()).password }),
    async wait(first) {
      let page = first
      for (const end = Date.now() + patience * 1000; Date.now() < end; ) {
        const refresh = refreshOf(page)
        if (refresh === undefined || new URL(refresh, page.url).origin !== new URL(page.url).origin) return page
        await pause(500)
        page = await browser.open(new URL(refresh, page.url).href)
      }
      throw new Error(`The page still loads itself again: ${page.title}`)
    },
    async sign(link) {
      const start = await visitor.wait(await browser.open(link))
      if (!start.forms.has('begin')) return start
      let page = await visitor.wait(await visitor.logIn(await browser.submit(formOf(start, 'begin'))))
      if (page.forms.has('approve')) page = await visitor.wait(await visitor.approve(page))
      return page
    },
  }
  return visitor
}

export function formOf(page: Page, name: string): Form {
  const form = page.forms.get(name)
  assert.ok(form, `a form "${name}" on ${page.url} (${page.status}): ${page.title}: ${page.text.slice(0, 300)}`)
  return form
}

/** Where the page goes on by itself; undefined when it does not. */
export const refreshOf = ({ html, url }: Page): string | undefined => {
  const found = /<meta http-equiv="refresh" content="\d+(?:;\s*url=([^"]*))?"/i.exec(html)
  return found ? (found[1]?.replaceAll('&amp;', '&') ?? url) : undefined
}

/** The code of a problem page. */
export const codeOn = ({ html }: Page): string | undefined => /\b[A-Z]+(?:_[A-Z]+)+\b/.exec(html)?.[0]

/**
 * What must hold of every closed order, whatever happened on the way: one embedded signature per (signer, document), one
 * event of each type per (order, signer), revisions without gaps over blobs that say what they are, and a trail that chains.
 */
export async function assertWhole(client: Client, order: Order, download?: Accountant): Promise<void> {
  const orderId = order.id
  const documents = await client.document.findMany({ where: { orderId }, include: { revisions: true } })
  const signers = await client.signer.findMany({ where: { orderId } })
  const signed = signers.filter(({ state }) => state === 'signed').length
  const embedded = await client.signature.findMany({ where: { orderId, state: 'embedded' } })
  for (const document of documents) {
    for (const { id, state } of signers) {
      const own = embedded.filter(({ signerId, documentId }) => signerId === id && documentId === document.id)
      assert.equal(own.length, state === 'signed' ? 1 : 0, `embedded signatures of a signer who is ${state}`)
    }
    // Below 0 are no parts of the file.
    const revisions = document.revisions.filter(({ number }) => number >= 0).sort((a, b) => a.number - b.number)
    const kinds = ['upload', 'prepared', ...Array<string>(signed).fill('signature')]
    if (signed > 0) kinds.push('seal', 'archive')
    // Time-stamps of an order that was open for long stand between; the trail tells of each.
    const between = ({ kind }: { readonly kind: string }, index: number) =>
      kind === 'archive' && index < revisions.length - 1
    assert.deepEqual(
      revisions.map(({ number }) => number),
      [...revisions.keys()],
    )
    assert.deepEqual(
      revisions.filter((one, index) => !between(one, index)).map(({ kind }) => kind),
      kinds,
    )
    const told = await client.auditEvent.count({ where: { orderId, type: 'order.augmented' } })
    assert.equal(revisions.filter(between).length, told)
    let start = 0n
    for (const revision of revisions) {
      assert.equal(revision.startOffset, start, `revision ${revision.number} begins where the one before ends`)
      start += revision.length
    }
    if (!download || signed === 0) continue
    const [original, file] = [
      await download.original(document.id),
      await download.revision(document.id, revisions.length - 1),
    ]
    assert.ok(file.subarray(0, original.length).equals(original), 'the upload is the prefix')
    for (const { number, fileSha256, startOffset, length } of revisions) {
      const prefix = file.subarray(0, Number(startOffset + length))
      assert.equal(createHash('sha256').update(prefix).digest('hex'), fileSha256, `revision ${number} is a prefix`)
    }
    assert.equal(file.length, Number(start), 'the download ends with the last revision')
  }
  const events = await client.event.findMany({ where: { orderId } })
  const once = new Set(events.map(({ type, signerId }) => `${type} ${signerId}`))
  assert.equal(once.size, events.length, 'one event of each type per order and signer')
  const trail = await client.auditEvent.findMany({ where: { orderId }, orderBy: { sequence: 'asc' } })
  const chained = trail.map(({ data, personal, time, ...event }) => ({
    ...event,
    order: orderId,
    time: time.toISOString(),
    data: data as Record<string, unknown>,
    personal: personal as Record<string, unknown> | null,
  }))
  assert.equal(chainFault(chained), undefined)
  assert.equal(trail.filter(({ type }) => type === 'signer.signed').length, signed)
  assert.ok(trail.filter(({ type }) => type === 'order.sealed').length <= 1, 'sealed once')
}
