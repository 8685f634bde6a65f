// The chain of an audit trail: each kind of fault is named with its event, and what JSON cannot say is refused.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isSeglError } from '../../../src/errors.ts'
import {
  type ChainedEvent,
  canonicalJson,
  chainFault,
  chainHash,
  commitment,
  genesis,
} from '../../../src/kernel/evidence/index.ts'

const salt = 'ab'.repeat(32)
const personal = { name: 'Kari Nordmann', isAdult: true }

type Kept = ChainedEvent & { readonly hash: string; readonly personal?: typeof personal; readonly salt?: string }

function chain(): Kept[] {
  let previous = genesis
  return ['order.received', 'signer.signed', 'order.completed'].map((type, index) => {
    const data = type === 'signer.signed' ? { personal: commitment(salt, personal) } : {}
    const event = {
      order: 'o',
      sequence: index + 1,
      time: '2026-11-22T12:00:00.000Z',
      type,
      actor: 'system',
      data,
      previous,
    }
    previous = chainHash(event)
    return { ...event, hash: previous, ...(type === 'signer.signed' ? { personal, salt } : {}) }
  })
}
const withSecond = (change: Partial<Kept>): Kept[] =>
  chain().map((event, index) => (index === 1 ? { ...event, ...change } : event))

describe('the chain of an audit trail', () => {
  test('holds as it was written, also when personal data and salt have been erased', () => {
    assert.equal(chainFault(chain()), undefined)
    assert.equal(chainFault(chain().map(({ personal, salt, ...rest }) => rest)), undefined)
  })

  const faults: readonly (readonly [string, Kept[]])[] = [
    ['sequence', withSecond({ sequence: 3 })],
    ['previous', withSecond({ previous: genesis })],
    ['hash', withSecond({ actor: 'somebody else' })],
    ['commitment', withSecond({ personal: { name: 'Ola Nordmann', isAdult: true } })],
  ]
  for (const [reason, events] of faults) {
    test(`a fault of its ${reason} is named with the event`, () => {
      assert.deepEqual(chainFault(events), { sequence: reason === 'sequence' ? 3 : 2, reason })
    })
  }
})

describe('canonical JSON', () => {
  test('is the one text of RFC 8785 for a value', () => {
    const value = { b: [true, false, null, 1e21, -0], a: 'é\n', left: undefined, '€': 1, '\r': 2 }
    assert.equal(canonicalJson(value), '{"\\r":2,"a":"é\\n","b":[true,false,null,1e+21,0],"€":1}')
  })
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, '\ud800', 1n, Symbol('x'), [undefined]]) {
    test(`refuses ${typeof value === 'object' ? 'an array with a hole' : `a ${typeof value} that JSON has not`}: ${String(value).slice(0, 8)}`, () => {
      assert.throws(
        () => canonicalJson(value),
        (error) => isSeglError(error, 'INVALID_REQUEST'),
      )
    })
  }
})
