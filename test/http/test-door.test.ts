// The test door's own refusals; what it plays is tested with the simulated BankID in test/flow/several.test.ts.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { startApi, upload } from './harness.ts'

test('the test door does not wait for an order that is not with its signers, nor for a signer whose turn has not come', async () => {
  let visits = 0
  const door = {
    visit: async () => {
      visits++
    },
    decline: async () => {},
  }
  const open = await startApi({ testDoor: door })
  try {
    const who = await open.tenant()
    const made = async (draft: boolean) => {
      const document = await upload(open, who)
      const answer = await open.api.inject({
        method: 'POST',
        url: '/v1/orders',
        headers: { ...who.headers, 'idempotency-key': randomUUID() },
        payload: {
          draft,
          title: 'Oppdragsavtale',
          documents: [{ id: document }],
          signers: [1, 2].map((group) => ({ role: 'party', group, name: `Part ${group}` })),
        },
      })
      assert.equal(answer.statusCode, 201, answer.body)
      return answer.json<{ id: string; signers: { id: string }[] }>()
    }
    const ask = async (signer: string | undefined, deed: string) =>
      (
        await open.api.inject({ method: 'POST', url: `/v1/test/signers/${signer}/${deed}`, headers: who.headers })
      ).json()

    const draft = await made(true)
    for (const deed of ['sign', 'fail']) assert.equal((await ask(draft.signers[0]?.id, deed)).code, 'STATE_CONFLICT')

    const sent = await made(false)
    await open.client.signingOrder.updateMany({ where: { id: sent.id }, data: { state: 'open' } })
    await open.client.signer.updateMany({ where: { id: sent.signers[0]?.id ?? '' }, data: { state: 'ready' } })
    assert.equal((await ask(sent.signers[1]?.id, 'sign')).code, 'STATE_CONFLICT')
    assert.equal(visits, 0)
    assert.equal((await ask(sent.signers[0]?.id, 'sign')).signers[0].state, 'ready')
    assert.equal(visits, 1)
  } finally {
    await open.close()
  }
})
