// The audit sheet never tells of a person what did not happen to that person.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Order, Signer } from '../../src/flow/model.ts'
import type { TrailEvent } from '../../src/flow/ports/store.ts'
import { sheetEvents } from '../../src/flow/sheet-events.ts'
import { eventSentence, languages, personEvents } from '../../src/text/index.ts'

const ordered: Signer = {
  id: 's1',
  orderId: 'o1',
  state: 'signed',
  epoch: 1,
  position: 0,
  group: 1,
  role: 'party',
  name: 'Ingrid Solbakken',
  personHmac: null,
  birthDate: null,
  anyone: false,
  onBehalfOf: null,
  level: 'high',
  methods: [],
  language: 'en',
  email: null,
  mayDelegate: false,
  replacesId: null,
  invitedAt: null,
  remindersSent: 0,
  toldAt: null,
  identityCheck: null,
  identityClaim: null,
  slot: 1,
  linkVersion: 1,
  reasonCode: null,
  reason: null,
  signedName: 'Live Østmoen',
  signedAt: null,
}

const at = (second: number) => new Date(Date.UTC(2026, 11, 1, 10, 0, second))
type Told = Pick<TrailEvent, 'time' | 'type' | 'signerId' | 'personal'>
const event = (type: string, second: number, personal: Record<string, unknown> | null = null): Told => ({
  time: at(second),
  type,
  signerId: type.startsWith('order.') ? null : 's1',
  personal,
})

/** The sheet's sentences. */
function sheet(trail: readonly Told[], signer: Signer = ordered, language: Order['language'] = 'en') {
  const signedAt = new Map([['s1', at(9)]])
  return sheetEvents({ language, signers: [signer] }, trail, signedAt).map(({ type, name }) =>
    eventSentence(type, name, language),
  )
}

test('what was sent to somebody bears the name that the order gave, what BankID proved that of BankID', () => {
  const name = 'Live Østmoen'
  const trail = [
    event('order.opened', 0),
    event('signer.invited', 1),
    event('ceremony.begun', 2),
    event('signer.awaitingSender', 3, { name }),
    event('signer.identityAccepted', 4, { name, reason: 'Gift' }),
    event('ceremony.begun', 5),
    event('signer.identified', 6, { name }),
    event('signer.hashesShown', 7),
    event('signer.authorised', 8),
    event('signer.signed', 12),
  ]
  assert.deepEqual(sheet(trail), [
    'Signing was opened',
    'Ingrid Solbakken was invited to sign',
    'Holder of the link (Ingrid Solbakken) went to BankID',
    'Ingrid Solbakken has to be confirmed by the sender: somebody of another name logged in',
    'Ingrid Solbakken was confirmed by the sender, with another name in BankID',
    'Holder of the link (Ingrid Solbakken) went to BankID',
    'Live Østmoen logged in with BankID',
    'Live Østmoen was shown the fingerprints',
    'Live Østmoen approved at BankID',
    'Live Østmoen has signed',
  ])
})

test('whoever logged in and was not the person is not named as the one who signed', () => {
  const name = 'Gro Fjellvang'
  const trail = [
    event('signer.invited', 1),
    event('signer.identityMismatch', 2),
    event('signer.awaitingSender', 3, { name }),
    event('signer.identityRefused', 4, { name, reason: 'Nei' }),
    event('signer.identified', 5, { name: 'Ingrid Solbakken' }),
    event('signer.declined', 6, { reason: 'Nei' }),
  ]
  for (const language of languages) {
    const told = sheet(trail, { ...ordered, state: 'declined', signedName: null }, language)
    assert.ok(!told.some((line) => line.includes('Fjellvang') || line.includes('Østmoen')), told.join('\n'))
    assert.ok(told[4]?.startsWith('Ingrid Solbakken '))
    assert.notEqual(told[5]?.indexOf('(Ingrid Solbakken)'), 0, 'nobody has proven who declined')
  }
})

test('every event of a person is told of somebody', () => {
  for (const type of personEvents) {
    const [line] = sheet([event(type, 1)])
    assert.match(line ?? '', /Ingrid Solbakken|Live Østmoen/, type)
  }
})

test('of an erased signer no name is told, and a signature has the time of its time-stamp', () => {
  const erased = { ...ordered, name: '', signedName: null }
  assert.deepEqual(sheet([event('signer.invited', 1)], erased), ['The signer was invited to sign'])
  const times = sheetEvents(
    { language: 'en', signers: [ordered] },
    [event('signer.signed', 12)],
    new Map([['s1', at(9)]]),
  )
  assert.deepEqual(times[0]?.time, at(9))
})
