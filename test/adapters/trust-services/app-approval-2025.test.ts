// An approval in the app, by the profile bankid-2025: asked for from server to server, answered on the phone.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { approvalByCall } from '../../../src/adapters/trust-services/csc-approval.ts'
import { createCscCall } from '../../../src/adapters/trust-services/csc-call.ts'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { isSeglError } from '../../../src/errors.ts'
import { type Island, redirectUri, startIsland } from './island.ts'
import { csc, identified, isValid, profile } from './profile-2025.ts'
import { type BackChannel, down, startProxy } from './proxy.ts'

describe('an approval in the app', () => {
  let island: Island
  let proxy: BackChannel
  before(async () => {
    island = await startIsland({ client: { profile, approval: 'app' } })
    proxy = await startProxy(island)
  })
  afterEach(() => proxy.faults.clear())
  after(async () => {
    proxy.close()
    await island.close()
  })

  type Device = { role: string; requests?: { id: string; documents: { label: string }[] }[] }
  /** What is on the phone of `role`, once something is. */
  async function request(role: string) {
    for (const end = Date.now() + 120_000; Date.now() < end; ) {
      const answer: { people: Device[] } = JSON.parse(await (await fetch(`${island.url}/devices.json`)).text())
      const found = answer.people.find((person) => person.role === role)?.requests?.[0]
      if (found) return found
      await pause(100)
    }
    throw new Error('the phone shows nothing')
  }
  const respond = (id: string, answer: 'approve' | 'reject') =>
    fetch(`${island.url}/devices/requests`, { method: 'POST', body: new URLSearchParams({ request: id, answer }) })

  it('is waited for, and shows what is approved', async () => {
    const document = randomBytes(50)
    const { credential, hashes, input } = await identified(island, 'chairman', [document])
    const approving = island.remoteSigning.finishApproval(input)
    const asked = await request('chairman')
    assert.match(asked.documents[0]?.label ?? '', /Årsregnskap 1/)
    await respond(asked.id, 'approve')
    const [signature] = await island.remoteSigning.signHashes({ ...(await approving), credential, hashes })
    assert.ok(isValid(document, credential.certificates[0], signature))
  })

  it('is CEREMONY_CANCELLED when the person says no', async () => {
    const { input } = await identified(island, 'member', [randomBytes(9)])
    const approving = island.remoteSigning.finishApproval(input)
    const [asked] = await Promise.all([
      request('member').then(({ id }) => respond(id, 'reject')),
      approving.catch(() => {}),
    ])
    assert.ok(asked.ok)
    await assert.rejects(approving, (error) => isSeglError(error, 'CEREMONY_CANCELLED'))
  })

  it('survives a check that gets no answer, and is CEREMONY_EXPIRED when nobody answers on the phone', async () => {
    const { input } = await identified(island, 'auditor', [randomBytes(9)])
    const call = createOutsideCall({ url: island.url, backchannelUrl: proxy.url })
    const { post } = createCscCall(call, `${island.url}${csc}`)
    // Asked every second: a busy machine still asks twice within these.
    const asked = approvalByCall({ post, redirectUri, seconds: 8 })
    let failures = 0
    proxy.faults.set(`${csc}/credentials/authorizeCheck`, async (body, pass) => {
      failures += 1
      return failures === 1 ? down(body, pass) : pass(body)
    })
    await assert.rejects(asked.finish(input), (error) => isSeglError(error, 'CEREMONY_EXPIRED'))
    assert.ok(failures > 1)
  })
})
