// The signer approves in his app while his browser waits: BankID's profile of 2025 with 202 and authorizeCheck.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Installation, startInstallation } from '../support/installation.ts'
import { accountant, assertWhole, codeOn, linkOf, visitor } from './actors.ts'

type Device = { readonly role: string; readonly requests: readonly Asked[] }
type Asked = { readonly id: string; readonly documents: readonly { readonly label: string }[] }

describe('a signer who approves in his app', () => {
  let segl: Installation
  before(async () => {
    segl = await startInstallation({ client: { profile: 'bankid-2025', approval: 'app' } })
  })
  after(() => segl?.close())

  /** Waits for the phone of `role` to ask, and answers. */
  async function onThePhone(role: string, answer: 'approve' | 'reject', afterMs = 0): Promise<Asked> {
    for (const end = Date.now() + 120_000; Date.now() < end; ) {
      const response = await fetch(`${segl.bankidUrl}/devices.json`)
      const { people } = (await response.json()) as { readonly people: readonly Device[] }
      const asked = people.find((person) => person.role === role)?.requests[0]
      if (asked) {
        await pause(afterMs)
        const body = new URLSearchParams({ request: asked.id, answer })
        assert.ok((await fetch(`${segl.bankidUrl}/devices/requests`, { method: 'POST', body })).ok)
        return asked
      }
      await pause(100)
    }
    throw new Error('The phone shows nothing.')
  }

  async function order() {
    const { apiKey } = await segl.newTenant()
    const accounting = accountant(segl, apiKey)
    return { accounting, order: await accounting.order([{ bankid: 'approver' }]) }
  }

  it('has signed, and sees on the phone what', async () => {
    const { accounting, order: made } = await order()
    const [asked] = await Promise.all([
      onThePhone('approver', 'approve', 2000),
      visitor(segl, 'approver').sign(linkOf(made)),
    ])
    assert.match(asked.documents[0]?.label ?? '', /Bilag 7 · SHA-256 [0-9a-f]{64}/)
    await assertWhole(segl.client, await accounting.reaches(made.id, 'completed'), accounting)
  })

  it('is told so when he says no, and can sign later', async () => {
    const { accounting, order: made } = await order()
    const [, page] = await Promise.all([onThePhone('approver', 'reject'), visitor(segl, 'approver').sign(linkOf(made))])
    assert.equal(codeOn(page), 'CEREMONY_CANCELLED')
    assert.equal((await accounting.read(made.id)).signers[0]?.state, 'ready')
    await Promise.all([onThePhone('approver', 'approve'), visitor(segl, 'approver').sign(linkOf(made))])
    await assertWhole(segl.client, await accounting.reaches(made.id, 'completed'), accounting)
  })
})
