// Who takes a signer's place is judged by the accounting rules as the order was: refused with the place, or told and recorded.
import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { accountsExample, contractExample, voucherExample } from '../../src/accounting/examples.ts'
import type { Order } from '../../src/client/index.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, codeOn, linkOf, visitor } from './actors.ts'

type Finding = { readonly code: string; readonly pointer: string; readonly detail: string }

const segl = await startInstallation()
after(() => segl.close())
const books = accountant(segl, (await segl.newTenant()).apiKey)

describe('a replacement before the accounting rules', () => {
  async function ordered(metadata: object, signers: readonly object[], more: object = {}): Promise<Order> {
    const { status, body } = await books.call('POST', '/v1/orders', {
      title: 'Oppdrag',
      language: 'en',
      documents: [{ id: await books.upload('voucher', metadata) }],
      signers,
      ...more,
    })
    assert.equal(status, 201, JSON.stringify(body))
    return books.reaches(String(body['id']), 'open')
  }
  const replace = (order: Order, index: number, body: object) =>
    books.call('POST', `/v1/orders/${order.id}/signers/${order.signers[index]?.id}/replace`, body)
  const findings = ({ body }: Awaited<ReturnType<typeof replace>>) =>
    (body['errors'] as readonly Finding[]).map(({ code, pointer }) => `${code} ${pointer}`)
  const refused = async (order: Order, index: number, body: object, expected: readonly string[]) => {
    const answer = await replace(order, index, body)
    assert.equal(answer.status, 422, JSON.stringify(answer.body))
    assert.deepEqual(findings(answer), expected)
    const now = await books.read(order.id)
    assert.equal(now.signers.length, order.signers.length, 'nothing was changed')
    assert.deepEqual(now.overrides, order.overrides)
  }
  const recorded = async (order: Order) =>
    segl.client.auditEvent.findFirstOrThrow({
      where: { orderId: order.id, type: 'signer.replaced' },
      orderBy: { sequence: 'desc' },
    })

  const [nordlys, fjordlys] = contractExample.parties
  const contract = {
    ...contractExample,
    parties: [
      {
        ...nordlys,
        signatureRights: [{ by: 'signatureRight', count: 1, holders: ['Ingrid Solbakken', 'Gro Fjellvang'] }],
      },
      fjordlys,
    ],
  }
  const parties = [
    { role: 'party', name: 'Ingrid Solbakken', onBehalfOf: 'Nordlys Demo AS' },
    { role: 'party', name: 'Sverre Lie-Haugen', onBehalfOf: 'Fjordlys Regnskap AS' },
  ]

  it('somebody who holds no signature right cannot take the place of one who does; another holder can', async () => {
    const order = await ordered(contract, parties)
    await refused(order, 0, { name: 'Øystein Bråthen' }, ['SIGNATURE_RIGHT_NOT_MET '])
    assert.equal((await replace(order, 0, { name: 'Gro Fjellvang' })).status, 200)
    assert.deepEqual((await books.read(order.id)).warnings, [])
  })

  it('the sender may go on in spite of a rule, with the reason, which the order and the trail keep', async () => {
    const order = await ordered(contract, parties)
    const overrides = [{ rule: 'SIGNATURE_RIGHT_NOT_MET', reason: 'Power of attorney of 3 May' }]
    const { status, body } = await replace(order, 0, { name: 'Øystein Bråthen', overrides })
    assert.equal(status, 200, JSON.stringify(body))
    const [kept] = (body as object as Order).overrides
    assert.deepEqual(
      [kept?.rule, kept?.reason, kept?.findings.length],
      ['SIGNATURE_RIGHT_NOT_MET', overrides[0]?.reason, 1],
    )
    const event = await recorded(order)
    const { overrides: told } = event.data as object as { readonly overrides: object }
    assert.deepEqual(told, [{ rule: 'SIGNATURE_RIGHT_NOT_MET', findings: 1 }])
    assert.ok(!JSON.stringify(event.data).includes('attorney'), 'reasons are behind the commitment')
    const wrong = await replace(order, 1, {
      name: 'Kari',
      onBehalfOf: 'Fjordlys Regnskap AS',
      overrides: [{ rule: 'PARTY_WITHOUT_SIGNER', reason: 'x' }],
    })
    assert.deepEqual([wrong.status, ...findings(wrong)], [422, 'OVERRIDE_NOT_ALLOWED /overrides/0/rule'])
    // The next one needs no reason of his own: the rule is overridden, and the finding about him takes the old one's place.
    const again = await replace((await books.read(order.id)) as Order, 2, { name: 'Åse Kjærstad' })
    assert.equal(again.status, 200, JSON.stringify(again.body))
    assert.equal((again.body as object as Order).overrides[0]?.findings.length, 1)
  })

  it('points into the request where the replacement names somebody who is no party', async () => {
    const order = await ordered(contract, parties)
    await refused(order, 1, { name: 'Sverre Lie-Haugen', onBehalfOf: 'Ukjent AS' }, [
      'ON_BEHALF_OF_UNKNOWN /onBehalfOf',
    ])
  })

  it('a warning is told with the order and recorded, and goes when the next replacement mends it', async () => {
    const order = await ordered(contractExample, parties)
    assert.deepEqual(order.warnings, [])
    const { body } = await replace(order, 1, { name: 'Gro Fjellvang', onBehalfOf: 'Nordlys Demo AS' })
    const warned = body as object as Order
    assert.deepEqual(
      warned.warnings.map(({ code }) => code),
      ['PARTY_WITHOUT_SIGNER'],
    )
    const { warnings } = (await recorded(order)).data as object as {
      readonly warnings: readonly { readonly code: string }[]
    }
    assert.deepEqual(
      warnings.map(({ code }) => code),
      ['PARTY_WITHOUT_SIGNER'],
    )
    const mended = await replace(warned, 2, { name: 'Sverre Lie-Haugen', onBehalfOf: '987654325' })
    assert.deepEqual((mended.body as object as Order).warnings, [])
  })

  it('nobody approves what he attests, nor more than he may', async () => {
    const [attestant, approver] = ['23889416068', '30857929957'].map((nationalIdentityNumber) => ({
      nationalIdentityNumber,
    }))
    const limit = (amount: string) => ({ amountLimit: { amount, currency: 'NOK' } })
    const order = await ordered(voucherExample, [
      { role: 'attestant', name: 'Tuva Myrvold', person: attestant },
      { role: 'approver', group: 2, name: 'Håkon Rødseth', person: approver, ...limit('50000.00') },
    ])
    await refused(order, 1, { name: 'T. Myrvold', person: attestant }, ['FOUR_EYES_SAME_PERSON '])
    await refused(order, 1, { name: 'Åse Kjærstad', ...limit('1000.00') }, ['AMOUNT_LIMIT_EXCEEDED '])
    await refused(order, 0, { name: 'Åse Kjærstad', ...limit('1000.00') }, ['AMOUNT_LIMIT_OUT_OF_PLACE /amountLimit'])
    const { status, body } = await replace(order, 1, { name: 'Åse Kjærstad', ...limit('20000.00') })
    assert.equal(status, 200, JSON.stringify(body))
    const [, old, successor] = (body as object as Order).signers
    assert.deepEqual([old?.amountLimit?.amount, successor?.amountLimit?.amount], ['50000.00', '20000.00'])
  })

  it('a board member cannot be replaced by somebody whom the register does not know; what time has brought is not his fault', async () => {
    const people = [
      { role: 'chair', name: 'Ingrid Solbakken' },
      { role: 'boardMember', name: 'Øystein Bråthen' },
      { role: 'generalManager', name: 'Åse Kjærstad' },
      { role: 'auditor', group: 2, name: 'Bjørn Sætre' },
    ]
    const metadata = { ...accountsExample, auditorsReportDate: '2099-12-31' }
    const order = await ordered(metadata, people)
    await segl.client.document.updateMany({
      where: { orderId: order.id },
      data: { metadata: { ...metadata, auditorsReportDate: '2026-01-02' } },
    })
    await refused(order, 1, { name: 'Ola Ukjent' }, ['REGISTERED_SIGNATORY_MISSING '])
    assert.equal((await replace(order, 3, { name: 'Siri Haugen' })).status, 200, 'another auditor of the same firm')
  })

  it('a signer who names somebody against a rule is told so on the page, and may name another', async () => {
    const order = await ordered(contract, [{ ...parties[0], language: 'en', mayDelegate: true }, parties[1] ?? {}])
    const him = visitor(segl, 'attestant')
    const start = await him.open(linkOf(order))
    const form = [...start.forms.values()].find(({ action }) => action.endsWith('/sign/delegate'))
    assert.ok(form)
    const page = await him.submit(form, { name: 'Øystein Bråthen', birthDate: '1975-11-02' })
    assert.deepEqual([page.status, codeOn(page)], [422, 'SUCCESSOR_NOT_ALLOWED'])
    assert.equal((await books.read(order.id)).signers.length, 2)
    const closed = await him.submit(form, { name: 'Gro Fjellvang', birthDate: '1986-01-17' })
    assert.match(closed.html, /Somebody else signs in your place/)
  })
})
