// Names, titles and reasons show what they hold: whatever would forge a line or turn the reading is refused with its place.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { isPlainText } from '../../src/accounting/plain-text.ts'
import { pages } from '../../src/pages/routes/index.ts'
import { csrfToken } from '../../src/pages/routes/session.ts'
import { base64urlJson, contract, smallPdf, startApi, upload } from './harness.ts'
import { callsOf, kari, ola } from './order-calls.ts'

const harness = await startApi({}, async (api, { ports, publicUrl }) => {
  await api.register(pages, { ports, publicUrl, bankidOrigins: [] })
})
after(() => harness.close())
const tenant = await harness.tenant()
const { opened, post, send } = callsOf(harness, tenant)

const bad: Readonly<Record<string, string>> = {
  'a line end': 'Kari\r\nBcc: x@example.com',
  'a tabulator': 'Kari\tNordmann',
  'a C1 control': 'Kari\u0085Nordmann',
  'an escape': 'Kari\u001b[31m',
  'a line separator': 'Kari\u2028Nordmann',
  'a right-to-left override': 'Kari\u202enodroN',
  'an isolate': 'Kari\u2066Nordmann\u2069',
  'a direction mark': 'Kari\u200f',
  'the Arabic letter mark': 'Kari\u061c',
  'an interlinear annotation': 'Kari\ufff9Nordmann',
  'a tag': 'Kari\u{e0041}',
  'nothing but zero width': '\u200b\u200d\ufeff',
  'nothing but spaces': ' \u3000 ',
  'a blank letter': '\u3164',
  'a mark without a letter': '\u0301',
}
const good = [
  'Kari Nordmann',
  'Ääʹvv Sääʹmǩiõll',
  'Lie\u2011Haugen',
  'Sør\u00adlandet',
  'می\u200cخواهم',
  'Á. Ó’Hara & Sønn (2026)',
  '李',
]

test('what is refused is refused for a reason, and what people write is not', () => {
  for (const [what, text] of Object.entries(bad)) assert.equal(isPlainText(text), false, what)
  for (const text of good) assert.equal(isPlainText(text), true, text)
})

test('a letter that the sheets cannot show is refused with its place', async () => {
  const documents = [{ id: await upload(harness, tenant) }]
  for (const text of ['Avtale \u{1f600}', '李', 'Договор', 'Sää’m\u01e9iõll', 'Ää\u02b9vv']) {
    refuses(await send('POST', '/v1/orders', { title: text, documents, signers: [kari, ola] }), '/title', text)
    const signers = [kari, { ...ola, onBehalfOf: text }]
    refuses(await send('POST', '/v1/orders', { title: 'Avtale', documents, signers }), '/signers/1/onBehalfOf', text)
  }
})

type Answer = { statusCode: number; body: string; json(): { errors?: { pointer: string }[] } }
const refuses = (answer: Answer, pointer: string, what: string): void => {
  assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${pointer}, ${what}: ${answer.body}`)
  assert.deepEqual(
    answer.json().errors?.map((error) => error.pointer),
    [pointer],
    what,
  )
}

test('in orders, drafts, batches, holds, webhooks, keys and clients', async () => {
  const documents = [{ id: await upload(harness, tenant) }]
  const body = { title: 'Avtale', documents, signers: [kari, ola] }
  const made = await opened()
  const draft = (await send('POST', '/v1/orders', { ...body, draft: true })).json()
  const admin = await tenant.key('admin')
  const asAdmin = (url: string, payload: object) =>
    harness.api.inject({ method: 'POST', url, headers: { ...admin, 'idempotency-key': randomUUID() }, payload })
  const overrides = (reason: string) => [{ rule: 'BOARD_MISSING', reason }]
  for (const [what, text] of Object.entries(bad)) {
    const orders: readonly (readonly [string, object])[] = [
      ['/title', { title: text }],
      ['/reference', { reference: text }],
      ['/signers/0/name', { signers: [{ ...kari, name: text }, ola] }],
      ['/signers/1/onBehalfOf', { signers: [kari, { ...ola, onBehalfOf: text }] }],
      ['/signers/1/role', { signers: [kari, { ...ola, role: text }] }],
      ['/signers/1/email', { signers: [kari, { ...ola, email: `${text}@example.no` }] }],
      ['/notify/email', { notify: { email: `${text}@example.no` } }],
      ['/overrides/0/reason', { overrides: overrides(text) }],
    ]
    for (const [pointer, change] of orders) {
      // In an address, the domain is there to see.
      if (pointer.endsWith('email') && /blank letter|without a letter|zero width/.test(what)) continue
      refuses(await post('/v1/orders/check', { ...body, ...change }), pointer, what)
      refuses(await send('PATCH', `/v1/orders/${draft.id}`, change), pointer, what)
    }
    refuses(await send('POST', '/v1/orders', { ...body, title: text }), '/title', what)
    const batch = await send('POST', '/v1/orders/batch', { orders: [{ ...body, title: text }] })
    const [{ problem }] = batch.json().results
    assert.deepEqual(
      [problem.status, problem.errors.map(({ pointer }: { pointer: string }) => pointer)],
      [400, ['/orders/0/title']],
      batch.body,
    )
    const signer = made.signers[1].id
    const replacement = { name: 'Per Hansen', person: { birthDate: '1980-01-01' } }
    for (const [pointer, change] of [
      ['/name', { name: text }],
      ['/onBehalfOf', { onBehalfOf: text }],
      ['/overrides/0/reason', { overrides: overrides(text) }],
    ] as const) {
      refuses(
        await send('POST', `/v1/orders/${made.id}/signers/${signer}/replace`, { ...replacement, ...change }),
        pointer,
        what,
      )
    }
    refuses(await asAdmin(`/v1/orders/${made.id}/legal-hold`, { reason: `${text}   ` }), '/reason', what)
    refuses(await asAdmin(`/v1/orders/${made.id}/signers/${signer}/erasure`, { reason: `${text}   ` }), '/reason', what)
    refuses(
      await send('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/x', description: text }),
      '/description',
      what,
    )
    refuses(await asAdmin('/v1/keys', { name: text, scopes: ['reader'] }), '/name', what)
  }
  for (const name of good) {
    const checked = await post('/v1/orders/check', { ...body, signers: [{ ...kari, name }, ola] })
    assert.ok(!checked.body.includes('plain'), checked.body)
  }
})

test("in a document's metadata; and what comes as a file's name is cleaned", async () => {
  const voucher = {
    kind: 'voucher',
    title: 'Bilag',
    number: '1',
    series: 'A',
    date: '2026-01-31',
    amount: '1.00',
    currency: 'NOK',
    counterparty: { name: 'Papir AS' },
    organisationNumber: '987654325',
    organisationName: 'Fjordlys Regnskap AS',
  }
  const put = (metadata: object, more: Record<string, string> = {}) =>
    harness.api.inject({
      method: 'POST',
      url: '/v1/documents',
      headers: {
        ...tenant.headers,
        'content-type': 'application/pdf',
        'segl-metadata': base64urlJson(metadata),
        ...more,
      },
      payload: smallPdf(randomUUID()),
    })
  for (const [what, text] of Object.entries(bad)) {
    const places: readonly (readonly [string, object])[] = [
      ['/metadata/title', { ...voucher, title: text }],
      ['/metadata/fileName', { ...voucher, fileName: text }],
      ['/metadata/number', { ...voucher, number: text }],
      ['/metadata/series', { ...voucher, series: text }],
      ['/metadata/organisationName', { ...voucher, organisationName: text }],
      ['/metadata/counterparty/name', { ...voucher, counterparty: { name: text } }],
      ['/metadata/retention/reason', { ...voucher, retention: { years: 10, reason: text } }],
      ['/metadata/parties/1/name', { ...contract, parties: [{ name: 'Fjordlys AS' }, { name: text }] }],
      [
        '/metadata/parties/0/signatureRights/0/holders/0',
        {
          ...contract,
          parties: [
            { name: 'A AS', signatureRights: [{ by: 'signatureRight', count: 1, holders: [text, 'Kari Nordmann'] }] },
            { name: 'B AS' },
          ],
        },
      ],
    ]
    for (const [pointer, metadata] of places) refuses(await put(metadata), pointer, what)
    const named = await put(contract, {
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(text)}.pdf`,
    })
    assert.equal(named.statusCode, 201, named.body)
    assert.ok(isPlainText(named.json().fileName), what)
  }
})

test('in the forms of the pages; lines of a reason become one', async () => {
  const form = (token: string, path: string, fields: Record<string, string>) =>
    harness.api.inject({
      method: 'POST',
      url: `/sign/${path}`,
      headers: { cookie: `segl_link=${token}`, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ csrf: csrfToken(token), ...fields }).toString(),
    })
  const made = await opened({ signers: [kari, { ...ola, mayDelegate: true }] })
  await harness.client.signingOrder.update({ where: { id: made.id }, data: { state: 'open' } })
  await harness.client.signer.updateMany({ where: { orderId: made.id }, data: { state: 'ready' } })
  const token = String(made.signers[1].url).split('/').at(-1) ?? ''
  for (const [what, text] of Object.entries(bad)) {
    const delegated = await form(token, 'delegate', { name: text, birthDate: '1980-01-01' })
    assert.equal(delegated.statusCode, 400, `${what}: ${delegated.body}`)
    if (/^[\s\u3000]*$/.test(text) || /[\r\n\t]/.test(text)) continue
    assert.equal((await form(token, 'decline', { reason: text })).statusCode, 400, what)
  }
  const declined = await form(token, 'decline', { reason: 'Note 7 stemmer ikke.\r\nSe også side 3.' })
  assert.equal(declined.statusCode, 303, declined.body)
  const { reason } = await harness.client.signer.findFirstOrThrow({ where: { id: made.signers[1].id } })
  assert.equal(reason, 'Note 7 stemmer ikke. Se også side 3.')
})
