// The accounting rules over HTTP: refused in one answer, warned about in the order, overridden on record, asked beforehand.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { Compile } from 'typebox/compile'
import { exampleDocumentId, requestOf } from '../../src/accounting/example-facts.ts'
import type { OrderRule } from '../../src/accounting/order-rule.ts'
import { accountsOrder, contractOrder, voucherOrder } from '../../src/accounting/people.ts'
import { documentRules, orderRules } from '../../src/accounting/rules.ts'
import { ruleExamples } from '../../src/http/rule-examples.ts'
import { MetadataSchema } from '../../src/http/schemas/metadata.ts'
import { OrderRequest } from '../../src/http/schemas/orders.ts'
import { registerFormats } from '../../src/http/validation.ts'
import { base64urlJson, smallPdf, startApi, upload } from './harness.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()

const post = (url: string, payload: unknown) =>
  harness.api.inject({
    method: 'POST',
    url,
    headers: { ...tenant.headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    payload: JSON.stringify(payload),
  })
const get = (url: string) => harness.api.inject({ method: 'GET', url, headers: tenant.headers })

/** The example's order over documents that are really uploaded. */
async function sent(example: OrderRule['passing'], more: object = {}) {
  const { deadline: _deadline, ...request } = requestOf(example)
  const documents = []
  for (const metadata of example.metadata) documents.push({ id: await upload(harness, tenant, metadata) })
  return { ...request, documents, ...more }
}
const ruleOf = (id: string): OrderRule => {
  const rule = orderRules.find((one) => one.id === id)
  assert.ok(rule)
  return rule
}

test('the catalogue of rules is public to every key, with law, stage and severity', async () => {
  const answer = await get('/v1/rules')
  assert.equal(answer.statusCode, 200)
  const listed = answer.json<{ rules: { id: string; law: string }[] }>().rules
  assert.deepEqual(
    listed.map(({ id }) => id),
    [...documentRules, ...orderRules].map(({ id }) => id),
  )
})

describe('examples in openapi.yaml', () => {
  test('every rule has a passing and a failing request there, as its schema takes them', () => {
    registerFormats()
    const [metadata, order] = [Compile(MetadataSchema), Compile(OrderRequest)]
    const placed = ruleExamples()
    const requests = (path: string) =>
      Object.entries(placed.find((one) => one.path === path && one.status === undefined)?.examples ?? {})
    const uploads = requests('/v1/documents')
    assert.equal(uploads.length, documentRules.length * 2)
    for (const [name, { value }] of uploads) {
      const { metadata: given } = value as { metadata: unknown }
      if (name.endsWith('-passes')) assert.ok(metadata.Check(given), name)
    }
    const orders = requests('/v1/orders/check')
    assert.equal(orders.length, orderRules.length * 2)
    for (const [name, { value }] of orders) assert.ok(order.Check(value), name)
  })

  test('an upload that breaks a rule is refused as the example says', async () => {
    const answers = ruleExamples().find(({ path, status }) => path === '/v1/documents' && status === 422)
    for (const { id, failing } of documentRules) {
      const answer = await harness.api.inject({
        method: 'POST',
        url: '/v1/documents',
        headers: { ...tenant.headers, 'content-type': 'application/pdf', 'segl-metadata': base64urlJson(failing) },
        payload: smallPdf(id),
      })
      assert.equal(answer.statusCode, 422, id)
      const { requestId: _id, ...told } = answer.json()
      const example = { ...(answers?.examples[`${id}-fails`]?.value as object | undefined), requestId: undefined }
      const { requestId: _example, ...expected } = example
      assert.deepEqual(told, expected, id)
    }
  })
})

describe('an order', () => {
  test('that keeps the rules is opened, with its warnings and how long it is kept', async () => {
    const answer = await post('/v1/orders', await sent(accountsOrder, { language: 'en' }))
    assert.equal(answer.statusCode, 201, answer.body)
    const { warnings, overrides, retention, id } = answer.json()
    assert.deepEqual(overrides, [])
    // Accounts of 2025, whenever this test is run after July 2026.
    assert.deepEqual(
      warnings.map(({ code, date }: { code: string; date: string }) => `${code} ${date}`),
      ['ADOPTION_DEADLINE 2026-06-30', 'FILING_DEADLINE 2026-07-31'],
    )
    assert.match(warnings[1].detail, /31\sJuly 2026/)
    assert.equal(retention.until, '2030-12-31')
    assert.match(retention.reason, /5 years/)
    assert.deepEqual((await get(`/v1/orders/${id}`)).json().warnings, warnings)
    const [received] = (await get(`/v1/orders/${id}/audit`)).json().events
    assert.deepEqual(
      received.data.warnings.map(({ code }: { code: string }) => code),
      ['ADOPTION_DEADLINE', 'FILING_DEADLINE'],
    )
  })

  test('that breaks several rules and has other mistakes is refused once, with a pointer for each', async () => {
    const body = await sent(voucherOrder)
    const [attestant, approver] = voucherOrder.signers
    const answer = await post('/v1/orders', {
      ...body,
      language: 'en',
      returnUrl: 'https://elsewhere.example/',
      signers: [
        { ...attestant, amountLimit: { amount: '1.00', currency: 'NOK' } },
        { ...approver, authority: 'procuration', amountLimit: { amount: '100.00', currency: 'NOK' } },
      ],
      overrides: [{ rule: 'FOUR_EYES_SAME_PERSON', reason: 'x' }],
    })
    assert.equal(answer.statusCode, 400)
    assert.deepEqual(
      answer
        .json()
        .errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)
        .sort(),
      [
        '/documents/0/id AMOUNT_LIMIT_EXCEEDED',
        '/overrides/0/rule OVERRIDE_NOT_ALLOWED',
        '/returnUrl RETURN_URL_NOT_ALLOWED',
        '/signers/0/amountLimit AMOUNT_LIMIT_OUT_OF_PLACE',
        '/signers/1/authority AUTHORITY_WITHOUT_PRINCIPAL',
      ],
    )
  })

  test('whose fields are too long, of the wrong type or unknown names each of them', async () => {
    const body = await sent(contractOrder)
    const answer = await post('/v1/orders', {
      ...body,
      signers: [
        { role: 'party', name: 'x'.repeat(201), authority: 'stamp', amountLimit: { amount: '-1', currency: 'kr' } },
      ],
      overrides: [{ rule: 'FOUR_EYES_MISSING', reason: ' ' }],
    })
    assert.equal(answer.statusCode, 400)
    assert.deepEqual([...new Set(answer.json().errors.map(({ pointer }: { pointer: string }) => pointer))].sort(), [
      '/overrides/0/reason',
      '/signers/0/amountLimit/amount',
      '/signers/0/amountLimit/currency',
      '/signers/0/authority',
      '/signers/0/name',
    ])
  })

  test('may break a rule that can be overridden; rule and reason are in the order and in the trail', async () => {
    const { failing } = ruleOf('REGISTERED_SIGNATORY_MISSING')
    const refused = await post('/v1/orders', await sent(failing))
    assert.deepEqual([refused.statusCode, refused.json().code], [422, 'REGISTERED_SIGNATORY_MISSING'])
    assert.match(refused.json().detail, /^Øystein Bråthen \(styremedlem\)/)
    const overrides = [{ rule: 'REGISTERED_SIGNATORY_MISSING', reason: 'He left the board on 2 March.' }]
    const answer = await post('/v1/orders', await sent(failing, { overrides }))
    assert.equal(answer.statusCode, 201, answer.body)
    const [kept] = answer.json().overrides
    assert.deepEqual([kept.rule, kept.reason, kept.findings.length], [overrides[0]?.rule, overrides[0]?.reason, 1])
    const [received] = (await get(`/v1/orders/${answer.json().id}/audit`)).json().events
    assert.deepEqual(received.data.overrides, [{ rule: 'REGISTERED_SIGNATORY_MISSING', findings: 1 }])
    assert.equal(received.personal.overrides[0].reason, overrides[0]?.reason)
  })

  test('shows by what authority and within what limit each one signs', async () => {
    const [attestant, approver] = voucherOrder.signers
    const amountLimit = { amount: '50000.00', currency: 'NOK' }
    const mandate = { amountLimit, authority: 'procuration', onBehalfOf: 'Nordlys Demo AS' }
    const body = await sent(voucherOrder, { signers: [attestant, { ...approver, ...mandate }] })
    const { signers } = (await post('/v1/orders', body)).json()
    assert.deepEqual([signers[0].authority, signers[0].amountLimit], [null, null])
    assert.deepEqual([signers[1].authority, signers[1].amountLimit], ['procuration', amountLimit])
  })

  test('that is a draft may break rules until it is activated', async () => {
    const { failing } = ruleOf('FOUR_EYES_MISSING')
    const draft = await post('/v1/orders', await sent(failing, { draft: true }))
    assert.equal(draft.statusCode, 201, draft.body)
    const { id } = draft.json()
    const activate = () => post(`/v1/orders/${id}/activate`, {})
    const refused = await activate()
    assert.deepEqual([refused.statusCode, refused.json().code], [422, 'FOUR_EYES_MISSING'])
    const changed = await harness.api.inject({
      method: 'PATCH',
      url: `/v1/orders/${id}`,
      headers: { ...tenant.headers, 'content-type': 'application/json' },
      payload: JSON.stringify({ signers: voucherOrder.signers }),
    })
    assert.equal(changed.statusCode, 200, changed.body)
    assert.equal((await activate()).statusCode, 200)
  })
})

describe('asked beforehand', () => {
  test('an order gets all its errors and warnings, and nothing is stored', async () => {
    const orders = () => harness.client.signingOrder.count()
    const before = await orders()
    const { failing } = ruleOf('AMOUNT_LIMIT_EXCEEDED')
    const body = await sent(failing, { language: 'en' })
    const unknown = exampleDocumentId(7)
    const answer = await post('/v1/orders/check', { ...body, documents: [...body.documents, { id: unknown }] })
    assert.equal(answer.statusCode, 200, answer.body)
    const { accepted, errors, retention } = answer.json()
    assert.equal(accepted, false)
    assert.deepEqual(
      errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`),
      ['/documents/1/id NOT_FOUND', '/documents/0/id AMOUNT_LIMIT_EXCEEDED'],
    )
    assert.equal(retention.until, '2031-12-31')
    const fine = await post('/v1/orders/check', await sent(voucherOrder))
    assert.deepEqual([fine.json().accepted, fine.json().errors], [true, []])
    assert.equal(await orders(), before)
  })

  test('a company gets the signers that its register names, ready to be sent', async () => {
    const answer = await get('/v1/companies/310000019/signatories')
    assert.equal(answer.statusCode, 200)
    const { signers } = answer.json()
    assert.equal((await post('/v1/orders', await sent(accountsOrder, { signers }))).statusCode, 201)
    assert.equal((await get('/v1/companies/987654325/signatories')).statusCode, 404)
    assert.equal((await get('/v1/companies/987654321/signatories')).statusCode, 404)
  })
})
