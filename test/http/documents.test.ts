// Uploading and downloading through the API: what is accepted, what is refused, and that a refusal leaves nothing.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { base64urlJson, contract, multipartOf, sha256, smallPdf, startApi } from './harness.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()

const raw = (pdf: Uint8Array | string, metadata: unknown = contract, more: Record<string, string> = {}) =>
  harness.api.inject({
    method: 'POST',
    url: '/v1/documents',
    headers: {
      ...tenant.headers,
      'content-type': 'application/pdf',
      'segl-metadata': base64urlJson(metadata),
      ...more,
    },
    payload: typeof pdf === 'string' ? pdf : Buffer.from(pdf),
  })
const get = (url: string, headers: Record<string, string> = {}) =>
  harness.api.inject({ method: 'GET', url, headers: { ...tenant.headers, ...headers } })

test('a raw PDF is stored untouched and can be downloaded byte for byte', async () => {
  const pdf = smallPdf('raw')
  const answer = await raw(pdf, { ...contract, fileName: 'Avtale æøå.pdf' })
  assert.equal(answer.statusCode, 201, answer.body)
  const document = answer.json()
  assert.equal(answer.headers.location, `/v1/documents/${document.id}`)
  assert.equal(document.sha256, sha256(pdf))
  assert.equal(document.pages, 1)
  assert.equal(document.revisions.length, 1)
  assert.deepEqual((await get(`/v1/documents/${document.id}`)).json(), document)
  const file = await get(`/v1/documents/${document.id}/original`)
  assert.equal(file.statusCode, 200)
  assert.ok(file.rawPayload.equals(pdf))
  assert.equal(file.headers.etag, `"${sha256(pdf)}"`)
  assert.equal(file.headers['content-length'], String(pdf.length))
  assert.match(String(file.headers['content-disposition']), /filename\*=UTF-8''Avtale%20%C3%A6%C3%B8%C3%A5\.pdf/)
})

test('multipart uploads are the same, whichever part comes first', async () => {
  for (const fileFirst of [false, true]) {
    const pdf = smallPdf(`multipart ${fileFirst}`)
    const { payload, headers } = multipartOf(contract, pdf, 'C:\\bilag\\avtale.pdf', fileFirst)
    const answer = await harness.api.inject({
      method: 'POST',
      url: '/v1/documents',
      headers: { ...tenant.headers, ...headers },
      payload,
    })
    assert.equal(answer.statusCode, 201, answer.body)
    assert.equal(answer.json().fileName, 'avtale.pdf')
    assert.equal(answer.json().sha256, sha256(pdf))
  }
})

test('ranges, conditional requests and HEAD are answered as RFC 9110 says', async () => {
  const pdf = smallPdf('ranges')
  const url = `/v1/documents/${(await raw(pdf)).json().id}/revisions/0`
  const etag = `"${sha256(pdf)}"`
  const part = async (range: string, more = {}) => {
    const answer = await get(url, { range, ...more })
    return [answer.statusCode, answer.headers['content-range'], answer.rawPayload.length] as const
  }
  const size = pdf.length
  assert.deepEqual(await part('bytes=0-9'), [206, `bytes 0-9/${size}`, 10])
  assert.deepEqual(await part('bytes=10-'), [206, `bytes 10-${size - 1}/${size}`, size - 10])
  assert.deepEqual(await part('bytes=-7'), [206, `bytes ${size - 7}-${size - 1}/${size}`, 7])
  assert.deepEqual(await part(`bytes=5-${size + 100}`), [206, `bytes 5-${size - 1}/${size}`, size - 5])
  assert.deepEqual(await part('bytes=0-9', { 'if-range': etag }), [206, `bytes 0-9/${size}`, 10])
  assert.deepEqual(await part('bytes=0-9', { 'if-range': '"other"' }), [200, undefined, size])
  for (const ignored of ['bytes=0-1,5-6', 'bytes=9-1', 'lines=1-2', 'bytes=-']) {
    assert.deepEqual(await part(ignored), [200, undefined, size])
  }
  const beyond = await get(url, { range: `bytes=${size}-` })
  assert.equal(beyond.statusCode, 416)
  assert.equal(beyond.headers['content-range'], `bytes */${size}`)
  assert.equal(beyond.json().code, 'RANGE_NOT_SATISFIABLE')
  assert.ok((await get(url, { range: 'bytes=3-12' })).rawPayload.equals(pdf.subarray(3, 13)))
  assert.equal((await get(url, { 'if-none-match': etag })).statusCode, 304)
  const head = await harness.api.inject({ method: 'HEAD', url, headers: tenant.headers })
  assert.deepEqual([head.statusCode, head.headers['content-length'], head.rawPayload.length], [200, String(size), 0])
  assert.equal((await get(url.replace('/0', '/1'))).statusCode, 404)
})

test('there is no signed document before everybody has signed', async () => {
  const { id } = (await raw(smallPdf('unsigned'))).json()
  const answer = await get(`/v1/documents/${id}/signed`)
  assert.equal(answer.statusCode, 409)
  assert.equal(answer.json().code, 'NOT_SIGNED_YET')
  assert.equal(answer.headers['content-type'], 'application/problem+json')
})

test('every refusal has its code and status, and leaves neither row nor bytes', async () => {
  const rows = await harness.client.document.count()
  const blobs = harness.blobs().sort()
  const pdf = smallPdf('refused')
  const withObject = (object: string) =>
    Buffer.from(smallPdf('x').toString('latin1').replace('/Pages 2 0 R >>', `/Pages 2 0 R ${object} >>`), 'latin1')
  const cases: [string, number, string, ReturnType<typeof raw>][] = [
    ['no PDF', 422, 'NOT_A_PDF', raw('hello')],
    ['empty', 422, 'NOT_A_PDF', raw('')],
    ['cut off', 422, 'TRUNCATED', raw(pdf.subarray(0, pdf.length - 60))],
    ['JavaScript', 422, 'JAVASCRIPT', raw(repaired(withObject('/OpenAction << /S /JavaScript /JS (1) >>')))],
    ['too large', 413, 'TOO_LARGE', raw(Buffer.concat([pdf, Buffer.alloc(2_000_000)]))],
    ['no metadata', 422, 'METADATA_MISSING', raw(pdf, contract, { 'segl-metadata': '' })],
    ['unknown kind', 422, 'KIND_UNKNOWN', raw(pdf, { ...contract, kind: 'poem' })],
    [
      'wrong organisation',
      422,
      'ORGANISATION_NUMBER_INVALID',
      raw(pdf, { ...contract, organisationNumber: '987654321' }),
    ],
    ['metadata that is no JSON', 422, 'METADATA_INVALID', raw(pdf, contract, { 'segl-metadata': 'AAAA' })],
    ['JSON', 415, 'UNSUPPORTED_MEDIA_TYPE', raw('{}', contract, { 'content-type': 'application/json' })],
    ['another type', 415, 'UNSUPPORTED_MEDIA_TYPE', raw(pdf, contract, { 'content-type': 'text/plain' })],
  ]
  for (const [what, status, code, asked] of cases) {
    const answer = await asked
    assert.deepEqual([what, answer.statusCode, answer.json().code], [what, status, code], answer.body)
    assert.ok(answer.json().detail.length > 10)
  }
  const multipart = async (metadata: unknown, file: Uint8Array) => {
    const { payload, headers } = multipartOf(metadata, file)
    return harness.api.inject({
      method: 'POST',
      url: '/v1/documents',
      headers: { ...tenant.headers, ...headers },
      payload,
    })
  }
  assert.equal((await multipart({ ...contract, kind: 'poem' }, pdf)).json().code, 'KIND_UNKNOWN')
  assert.equal((await multipart(contract, Buffer.from('no'))).json().code, 'NOT_A_PDF')
  assert.equal((await multipart(contract, Buffer.alloc(2_000_001))).json().code, 'TOO_LARGE')
  const torn = multipartOf(contract, pdf)
  const cut = await harness.api.inject({
    method: 'POST',
    url: '/v1/documents',
    headers: { ...tenant.headers, ...torn.headers },
    payload: torn.payload.subarray(0, torn.payload.length - 90),
  })
  assert.deepEqual([cut.statusCode, cut.json().code], [400, 'INVALID_REQUEST'], cut.body)
  assert.equal(await harness.client.document.count(), rows)
  assert.deepEqual(harness.blobs().sort(), blobs)
})

test('a refused upload does not take the bytes of a document that has the same', async () => {
  const pdf = smallPdf('shared')
  const { id } = (await raw(pdf)).json()
  const { payload, headers } = multipartOf({ ...contract, kind: 'poem' }, pdf)
  const refused = await harness.api.inject({
    method: 'POST',
    url: '/v1/documents',
    headers: { ...tenant.headers, ...headers },
    payload,
  })
  assert.equal(refused.statusCode, 422)
  assert.ok((await get(`/v1/documents/${id}/original`)).rawPayload.equals(pdf))
})

test('the same upload accepted and refused at once, many times over: no refusal takes the bytes of an accepted one', async () => {
  const pdf = smallPdf('race')
  const good = multipartOf(contract, pdf)
  const bad = multipartOf({ ...contract, kind: 'poem' }, pdf)
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, index) => {
      const { payload, headers } = index % 2 === 0 ? good : bad
      return harness.api.inject({
        method: 'POST',
        url: '/v1/documents',
        headers: { ...tenant.headers, ...headers },
        payload,
      })
    }),
  )
  const statuses = answers.map((answer) => answer.statusCode)
  assert.ok(
    statuses.every((status, index) => status === (index % 2 === 0 ? 201 : 422)),
    String(statuses),
  )
  for (const answer of answers.filter(({ statusCode }) => statusCode === 201)) {
    assert.ok((await get(`/v1/documents/${answer.json().id}/original`)).rawPayload.equals(pdf))
  }
})

test('the same file by curl -F twice with one key is one document, whatever the boundary', async () => {
  const pdf = smallPdf('twice')
  const send = (metadata: unknown = contract) => {
    const { payload, headers } = multipartOf(metadata, pdf)
    return harness.api.inject({
      method: 'POST',
      url: '/v1/documents',
      headers: { ...tenant.headers, ...headers, 'idempotency-key': 'upload-1' },
      payload,
    })
  }
  const [first, second] = [await send(), await send()]
  assert.deepEqual([first.statusCode, second.statusCode], [201, 201])
  assert.deepEqual(second.json(), first.json())
  assert.equal(second.headers['idempotent-replayed'], 'true')
  assert.equal(second.headers.location, first.headers.location)
  assert.equal(first.headers['idempotent-replayed'], undefined)
  const other = await send({ ...contract, title: 'Another' })
  assert.deepEqual([other.statusCode, other.json().code], [422, 'IDEMPOTENCY_KEY_REUSED'])
})

test('an upload that stops half-way over the wire leaves nothing', async () => {
  const { port } = new URL(await harness.api.listen({ port: 0, host: '127.0.0.1' }))
  const blobs = harness.blobs().sort()
  const settled = async (ready: () => boolean) => {
    for (const end = Date.now() + 60_000; Date.now() < end && !ready(); ) await sleep(20)
  }
  const pdf = smallPdf('half')
  const socket = connect(Number(port), '127.0.0.1')
  const lines = [
    'POST /v1/documents HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: ${tenant.headers['authorization']}`,
    'Content-Type: application/pdf',
    `Segl-Metadata: ${base64urlJson(contract)}`,
    `Content-Length: ${pdf.length}`,
  ]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  socket.write(pdf.subarray(0, pdf.length >> 1))
  await settled(() => harness.blobs().length > blobs.length)
  assert.ok(harness.blobs().length > blobs.length, 'the first half lies in a temporary file')
  socket.destroy()
  await settled(() => harness.blobs().length === blobs.length)
  assert.deepEqual(harness.blobs().sort(), blobs)
})

/** Puts right the table and `startxref` of a small PDF in which an object has grown. */
function repaired(pdf: Buffer): Buffer {
  const text = pdf.toString('latin1')
  const body = text.slice(0, text.lastIndexOf('xref\n0 '))
  const offsets = [...body.matchAll(/[0-9]+ 0 obj/g)].map(
    (match) => `${String(match.index).padStart(10, '0')} 00000 n \n`,
  )
  const trailer = /trailer[\s\S]*?startxref/.exec(text)?.[0] ?? ''
  const table = `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${offsets.join('')}`
  return Buffer.from(`${body}${table}${trailer}\n${body.length}\n%%EOF\n`, 'latin1')
}
