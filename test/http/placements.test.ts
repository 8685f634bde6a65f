// Where a signature cannot be shown is told when the order comes, not when a worker gets to it.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { foreignFile } from '../kernel/checks/foreign-file.ts'
import { classicPdf, pagesWithInline } from '../kernel/pdf/build.ts'
import { startApi, upload } from './harness.ts'
import { callsOf, party } from './order-calls.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()
const { create, get } = callsOf(harness, tenant)

const signedBefore = (inline: readonly boolean[]) =>
  foreignFile({ unsigned: classicPdf({ objects: pagesWithInline(inline) }) })
const on = (page: number, y = 600) => ({ page, x: 320, y, width: 200, height: 50 })
const asked = (document: string, first: object, second: object = {}) => ({
  title: 'Avtale',
  documents: [{ id: document }],
  signers: [party('Kari Nordmann', first), party('Ola Nordmann', second)],
})

test('behind earlier signatures, a page with annotations that are no objects of their own can show none: 422 with its pointer', async () => {
  const document = await upload(harness, tenant, undefined, signedBefore([false, true]))
  const { findings } = (await get(`/v1/documents/${document}`)).json()
  const told = findings.find(({ code }: { code: string }) => code === 'INLINE_ANNOTATIONS')
  assert.match(told?.detail ?? '', /^Page 2 of the signed PDF/)

  const shown = { signaturePlacements: [on(1)] }
  const refused = await create(asked(document, shown, { signaturePlacements: [on(2)] }))
  assert.equal(refused.statusCode, 422, refused.body)
  assert.deepEqual(
    refused.json().errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code]),
    [['/signers/1/signaturePlacements/0/page', 'SIGNATURE_PLACE_INVALID']],
  )
  assert.match(refused.json().errors[0].detail, /Choose another page, leave out the place, or upload the unsigned/)

  const taken = await create(asked(document, shown))
  assert.equal(taken.statusCode, 201, taken.body)
})

test('without a place such a document goes to its signers as any other that is signed', async () => {
  const document = await upload(harness, tenant, undefined, signedBefore([true]))
  assert.equal((await create(asked(document, {}))).statusCode, 201)
})
