import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import ts from 'typescript'
import {
  createSegl,
  type Document,
  type Metadata,
  SeglProblem,
  verifyWebhook,
  WebhookRefused,
} from '../../src/client/index.ts'
import { contract, type Harness, smallPdf, startApi, type TestTenant } from '../http/harness.ts'
import { findProgram, needs } from '../support/outside.ts'

const file = () => new Blob([new Uint8Array(smallPdf(randomBytes(8).toString('hex')))])
const metadata = contract as Metadata

describe('the SDK against the API', () => {
  let harness: Harness
  let tenant: TestTenant
  let url: string
  let key: string

  before(async () => {
    harness = await startApi()
    tenant = await harness.tenant()
    key = (tenant.headers['authorization'] ?? '').replace('Bearer ', '')
    url = await harness.api.listen({ host: '127.0.0.1', port: 0 })
  })
  after(() => harness.close())

  test('uploads, tells how far it is, keeps the name of the file, and orders once however often it asks', async () => {
    const segl = createSegl({ url: `${url}/`, key })
    const pdf = file()
    const told: [number, number][] = []
    const document = await segl.documents.upload({
      file: pdf,
      fileName: 'Årsregnskap «2025» – Blåbær.pdf',
      metadata,
      onProgress: (sent, total) => told.push([sent, total]),
    })
    assert.equal(document.fileName, 'Årsregnskap «2025» – Blåbær.pdf')
    assert.deepEqual(told.at(-1), [pdf.size, pdf.size])
    assert.deepEqual(await segl.documents.original(document.id), new Uint8Array(await pdf.arrayBuffer()))
    const wish = {
      title: 'Avtale',
      documents: [{ id: document.id }],
      signers: [{ role: 'party', name: 'Ola Testmann' }],
    }
    const [first, second] = [
      await segl.orders.create(wish, { idempotencyKey: 'the-same' }),
      await segl.orders.create(wish, { idempotencyKey: 'the-same' }),
    ]
    assert.equal(first.id, second.id)
    assert.equal((await segl.orders.get(first.id)).state, 'received')
    assert.equal((await segl.orders.cancel(first.id)).state, 'cancelled')
    assert.equal((await segl.orders.waitFor(first.id)).state, 'cancelled')
    assert.ok((await segl.orders.audit(first.id)).events.length >= 2)
  })

  test('lists everything, a page at a time, as an async iterator', async () => {
    const segl = createSegl({ url, key })
    const made: string[] = []
    for (let count = 0; count < 5; count += 1) {
      const { id } = await segl.documents.upload({ file: file(), fileName: 'a.pdf', metadata })
      const order = {
        title: `Nr. ${count}`,
        reference: 'liste',
        documents: [{ id }],
        signers: [{ role: 'party', name: 'Ola Testmann' }],
      }
      made.unshift((await segl.orders.create(order)).id)
    }
    const seen: string[] = []
    for await (const { id } of segl.orders.list({ reference: 'liste', limit: 2 })) seen.push(id)
    assert.deepEqual(seen, made)
  })

  test('a refusal is an error with the code, every mistake and the request id', async () => {
    const segl = createSegl({ url, key })
    await assert.rejects(
      segl.orders.create({ title: '', documents: [{ id: 'no-id' }], signers: [] } as never),
      (error) => {
        assert.ok(error instanceof SeglProblem)
        assert.equal(error.code, 'INVALID_REQUEST')
        assert.equal(error.status, 400)
        assert.ok((error.problem.errors?.length ?? 0) >= 2, JSON.stringify(error.problem))
        assert.match(error.problem.requestId ?? '', /./)
        return true
      },
    )
    await assert.rejects(createSegl({ url, key: 'segl_not-a-key-at-all-no-no' }).orders.get('x'), {
      code: 'UNAUTHENTICATED',
    })
  })

  test('works in a browser, with the progress of uploads', { skip: needs('chromium') }, async () => {
    const { chromium: playwright } = await import('playwright-core')
    const source = new URL('../../src/client/', import.meta.url)
    const scripts = new Map(
      readdirSync(source)
        .filter((name) => name.endsWith('.ts'))
        .map((name) => [
          name,
          ts.transpileModule(readFileSync(new URL(name, source), 'utf8'), {
            compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
          }).outputText,
        ]),
    )
    // The page and the API under one origin, as behind a proxy.
    const proxy = createServer(async (request, response) => {
      const name = request.url?.slice('/client/'.length) ?? ''
      if (request.url === '/')
        return void response.setHeader('content-type', 'text/html').end('<!doctype html><title>x</title>')
      if (scripts.has(name)) return void response.setHeader('content-type', 'text/javascript').end(scripts.get(name))
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const answer = await fetch(url + request.url, {
        method: request.method ?? 'GET',
        headers: Object.fromEntries(
          ['authorization', 'content-type', 'segl-metadata', 'content-disposition', 'idempotency-key'].flatMap((one) =>
            request.headers[one] === undefined ? [] : [[one, String(request.headers[one])]],
          ),
        ),
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      })
      response
        .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
        .end(await answer.text())
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const { port } = proxy.address() as AddressInfo
    const opened = await playwright.launch({
      executablePath: findProgram('chromium') ?? '',
      args: ['--no-sandbox'],
      timeout: 120_000,
    })
    try {
      const page = await opened.newPage()
      page.setDefaultTimeout(120_000)
      await page.goto(`http://127.0.0.1:${port}/`)
      const pdf = [...smallPdf(randomBytes(8).toString('hex'))]
      // As text: what tsx makes of a function holds a name that the page does not know.
      const seen = (await page.evaluate(`(async ({ pdf, key, metadata }) => {
        const { createSegl } = await import('/client/index.ts')
        const segl = createSegl({ url: '', key })
        let told = 0
        const upload = { file: new Uint8Array(pdf), fileName: 'nettleser.pdf', metadata, onProgress: (sent) => (told = sent) }
        const document = await segl.documents.upload(upload)
        return { told, document, again: await segl.documents.get(document.id) }
      })(${JSON.stringify({ pdf, key, metadata })})`)) as { told: number; document: Document; again: Document }
      assert.equal(seen.told, pdf.length)
      assert.equal(seen.again.id, seen.document.id)
      assert.equal(seen.document.fileName, 'nettleser.pdf')
    } finally {
      await opened.close()
      proxy.close()
    }
  })
})

describe('the SDK and a service in trouble', () => {
  type Answer = (request: IncomingMessage, response: ServerResponse) => void
  let server: ReturnType<typeof createServer>
  let asked: { method: string; key: string | undefined }[] = []
  let answers: Answer[] = []
  let url: string
  let segl: ReturnType<typeof createSegl>

  before(async () => {
    server = createServer((request, response) => {
      request.resume()
      asked.push({ method: request.method ?? '', key: request.headers['idempotency-key'] as string | undefined })
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      answer?.(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    segl = createSegl({ url, key: 'k', timeoutMs: 60_000, attempts: 4 })
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  const plan = (...given: Answer[]) => {
    asked = []
    answers = given
  }
  const json =
    (status: number, body: object, headers: Record<string, string> = {}): Answer =>
    (_request, response) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  const problem = (status: number, code: string, headers = {}) => json(status, { code, title: code, status }, headers)
  const order = { title: 'x', documents: [], signers: [] } as never

  test('an order whose answer is lost is asked for again under the same key', async () => {
    plan(
      (_request, response) => response.destroy(),
      () => {},
      problem(503, 'UNAVAILABLE'),
      json(201, { id: 'one' }),
    )
    // The second answer never comes; the others must not be given up on a busy machine.
    const hurried = createSegl({ url, key: 'k', timeoutMs: 3000, attempts: 4 })
    assert.equal((await hurried.orders.create(order)).id, 'one')
    assert.equal(asked.length, 4)
    assert.equal(new Set(asked.map(({ key }) => key)).size, 1)
    assert.ok(asked[0]?.key)
  })

  test('the service’s Retry-After is kept to; what will not pass is told at once', async () => {
    plan(problem(429, 'RATE_LIMITED', { 'retry-after': '1' }), json(200, { id: 'two' }))
    const began = performance.now()
    await segl.orders.get('two')
    // A timer may fire within its last millisecond.
    assert.ok(performance.now() - began >= 990)
    plan(problem(422, 'METADATA_INVALID'))
    await assert.rejects(segl.orders.create(order), { code: 'METADATA_INVALID' })
    assert.equal(asked.length, 1)
  })

  test('a POST without a key is not repeated when nobody knows whether it was done', async () => {
    plan((_request, response) => response.destroy(), json(200, { id: 'x' }))
    await assert.rejects(segl.orders.cancel('x'))
    assert.equal(asked.length, 1)
    plan(problem(503, 'UNAVAILABLE', { 'retry-after': '0' }), json(200, { id: 'x' }))
    await assert.rejects(segl.orders.cancel('x'), { code: 'UNAVAILABLE' })
    assert.equal(asked.length, 1)
  })

  test('a POST without a key is repeated when it came too fast: nothing was done', async () => {
    plan(problem(429, 'RATE_LIMITED', { 'retry-after': '0' }), json(200, { id: 'x' }))
    assert.equal((await segl.orders.cancel('x')).id, 'x')
    assert.equal(asked.length, 2)
  })

  test('it gives up after its attempts, and when it is aborted', async () => {
    plan(problem(503, 'UNAVAILABLE'))
    await assert.rejects(segl.orders.get('x'), { code: 'UNAVAILABLE' })
    assert.equal(asked.length, 4)
    const stop = new AbortController()
    plan(problem(503, 'UNAVAILABLE', { 'retry-after': '30' }))
    setTimeout(() => stop.abort(new Error('stopped')), 50)
    await assert.rejects(segl.events.read({ signal: stop.signal }), /stopped/)
  })

  test('an answer by something in between is an error too', async () => {
    plan((_request, response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>'))
    await assert.rejects(segl.orders.get('x'), { code: 'HTTP_ERROR' })
  })
})

describe('verifying webhooks', () => {
  const secret = `whsec_${randomBytes(24).toString('base64')}`
  const body = JSON.stringify({
    type: 'order.completed',
    timestamp: new Date().toISOString(),
    data: { id: '1', type: 'order.completed' },
  })
  const signed = (at = new Date()) => ({
    body,
    headers: {
      'Webhook-Id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_1', at, body),
    },
  })

  test('what the reference library signs is believed; under several secrets, as bytes, and as Headers', async () => {
    const other = `whsec_${randomBytes(24).toString('base64')}`
    const message = signed()
    assert.equal((await verifyWebhook(message, secret)).type, 'order.completed')
    assert.equal(
      (await verifyWebhook({ ...message, body: new TextEncoder().encode(body) }, [other, secret])).data.id,
      '1',
    )
    assert.equal((await verifyWebhook({ body, headers: new Headers(message.headers) }, secret)).type, 'order.completed')
  })

  test('what was changed, is old, unsigned, or signed by another is refused', async () => {
    const message = signed()
    const refused = (changed: Partial<typeof message>, secrets = secret) =>
      assert.rejects(verifyWebhook({ ...message, ...changed }, secrets), WebhookRefused)
    await refused({ body: body.replace('completed', 'declined') })
    await refused({ headers: { ...message.headers, 'Webhook-Id': 'msg_2' } })
    await refused({ headers: { ...message.headers, 'webhook-signature': 'v1,AAAA' } })
    await refused({
      headers: { ...message.headers, 'webhook-signature': message.headers['webhook-signature'].replace('v1', 'v2') },
    })
    await refused(signed(new Date(Date.now() - 600_000)))
    await refused(signed(new Date(Date.now() + 600_000)))
    await refused({}, `whsec_${randomBytes(24).toString('base64')}`)
    await assert.rejects(verifyWebhook({ body, headers: {} }, secret), WebhookRefused)
  })
})
