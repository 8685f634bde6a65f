import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createBrowser } from './browser.ts'
import { approve, credentialOf, csc, hashOf, logIn, type Party, signBody, startParty } from './relying-party.ts'

const roles = [
  'chairman',
  'member',
  'generalManager',
  'auditor',
  'contractPartyA',
  'contractPartyB',
  'attestant',
  'approver',
]

let party: Party
before(async () => {
  party = await startParty()
})
after(() => party.close())

const session = async (role: string): Promise<void> => {
  const browser = createBrowser()
  const login = await logIn(party, role, browser)
  const { credentialID } = await credentialOf(party, login.access_token)
  const approval = await approve(party, role, browser, credentialID, [hashOf(role)])
  const answer = await csc(party, 'signatures/signHash', approval.access_token, signBody(credentialID, [hashOf(role)]))
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
}

describe('signing sessions', () => {
  it('leave no key, token, session or visit behind, one after the other and at once', async () => {
    for (const role of roles) await session(role)
    await Promise.all(roles.map(session))
    const { credentials, ceremonies, records } = party.bankid.sweep()
    assert.equal(credentials, 0)
    assert.equal(ceremonies, 0)
    const { ReplayDetection: _assertionsSeen, ...living } = records
    assert.deepEqual(
      Object.values(living).reduce((sum, count) => sum + count, 0),
      0,
      JSON.stringify(records),
    )
  })
})
