// Events carry the time at which they happened, none before the one before it; and a signature has one time, wherever it is told.
import assert from 'node:assert/strict'
import type { Order } from '../../../src/flow/model.ts'
import type { TrailEvent } from '../../../src/flow/ports/store.ts'
import type { AuditAppearanceInput } from '../../../src/sheet/index.ts'

type Told = {
  /** As the API reads it. */
  readonly order: Order
  readonly trail: readonly TrailEvent[]
  /** Signatures in the document. */
  readonly stamps: readonly { readonly signerId: string | null; readonly timestampAt: Date | null }[]
  readonly now: Date
  /** What the audit sheet was drawn from, once there is one. */
  readonly sheet: AuditAppearanceInput | undefined
}

const iso = (time: Date | null | undefined): string => time?.toISOString() ?? 'never'

export function timely({ order, trail, stamps, now, sheet }: Told): void {
  for (const [index, { time, type }] of trail.entries()) {
    const before = trail[index - 1]
    assert.ok(!before || before.time <= time, `${type} at ${iso(time)}, after ${before?.type} at ${iso(before?.time)}`)
    assert.ok(time <= now, `${type} at ${iso(time)} has not happened yet`)
  }
  const signedAt: string[] = []
  for (const signer of order.signers) {
    const own = trail.filter(({ signerId }) => signerId === signer.id)
    const events = own.filter(({ type }) => type === 'signer.signed')
    if (signer.state !== 'signed') {
      assert.deepEqual([signer.signedAt, events.length], [null, 0], signer.state)
      continue
    }
    const stamp = stamps.find(({ signerId }) => signerId === signer.id)
    const [event] = events
    assert.ok(event && events.length === 1 && stamp?.timestampAt)
    const time = iso(stamp.timestampAt)
    signedAt.push(time)
    assert.equal(iso(signer.signedAt), time, 'API and receipt tell the time-stamp')
    assert.equal(event.data['signedAt'], time, 'the trail tells the time-stamp')
    const documents = event.data['documents'] as { timestamp: string }[]
    assert.deepEqual(
      documents.map(({ timestamp }) => timestamp),
      [time],
      'of each document',
    )
    // What others put on record, before the signature was in its document, is not overtaken.
    const before = trail[trail.indexOf(event) - 1]?.time.getTime() ?? 0
    assert.equal(event.time.getTime(), Math.max(before, stamp.timestampAt.getTime()), 'when the time-stamp says')
    const last = (type: string) => own.findLast((one) => one.type === type)?.time
    const [loggedIn, approved] = [last('signer.identified'), last('signer.authorised')]
    assert.ok(loggedIn && approved && loggedIn <= approved && approved <= event.time, 'log-in, approval, signature')
  }
  if (!trail.some(({ type }) => type === 'order.sealed')) return
  assert.ok(sheet)
  const times = (all: readonly Date[]) => all.map((time) => iso(time)).sort()
  assert.deepEqual(times(sheet.signers.map((signer) => signer.signedAt)), signedAt.sort(), 'signatures on the sheet')
  const signed = sheet.events.filter(({ type }) => type === 'signer.signed')
  assert.deepEqual(times(signed.map(({ time }) => time)), signedAt, 'events on the sheet')
  const seconds = sheet.events.map(({ time }) => Math.floor(time.getTime() / 1000))
  assert.deepEqual(
    seconds,
    [...seconds].sort((a, b) => a - b),
    'the sheet tells events in their order',
  )
}
