// Trusted time from the island's two TSAs, and what is done about each way in which one can fail.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { createTimestampAuthority } from '../../../src/adapters/trust-services/tsa.ts'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { parseTimestampToken } from '../../../src/kernel/cms/index.ts'
import { clock, type Island, startIsland } from './island.ts'
import { type BackChannel, down, type Fault, garbage, hanging, hangingLimitMs, startProxy, tooLarge } from './proxy.ts'

const imprint = createHash('sha256').update('signature value').digest()
const reply = 'application/timestamp-reply'

describe('a time-stamp', () => {
  let island: Island
  let proxy: BackChannel
  before(async () => {
    island = await startIsland()
    proxy = await startProxy(island)
  })
  afterEach(() => {
    proxy.faults.clear()
    proxy.seen.length = 0
  })
  after(async () => {
    proxy.close()
    await island.close()
  })

  type Options = { readonly now?: () => Date; readonly anchors?: readonly Uint8Array[]; readonly timeoutMs?: number }
  const authority = (options: Options = {}) =>
    createTimestampAuthority({
      call: createOutsideCall({ url: island.url, backchannelUrl: proxy.url, timeoutMs: options.timeoutMs ?? 60_000 }),
      clock: options.now === undefined ? clock : { now: async () => options.now?.() ?? new Date() },
      trustAnchors: options.anchors ?? [island.root.certificate],
    })

  it('is over the imprint, names its authority and tells the time', async () => {
    const { token, time } = await authority().timestamp(imprint)
    const parsed = parseTimestampToken(token)
    assert.ok(imprint.equals(parsed.imprint))
    assert.ok(parsed.tsaCertificate !== undefined)
    assert.equal(parsed.genTime, time.getTime())
    assert.ok(Math.abs(time.getTime() - Date.now()) < 60_000)
    assert.deepEqual(proxy.seen, ['POST /tsa'])
  })

  let replayed: Uint8Array | undefined
  const replay: Fault = async (body, pass) => {
    const answer = await pass(body)
    replayed ??= answer.body
    return { ...answer, body: replayed }
  }
  const otherImprint: Fault = async (body, pass) => {
    const at = body.indexOf(imprint)
    return pass(Buffer.concat([body.subarray(0, at), randomBytes(32), body.subarray(at + 32)]))
  }
  const otherSignature: Fault = async (body, pass) => {
    const answer = await pass(body)
    const altered = Buffer.from(answer.body)
    altered[altered.length - 5] = (altered[altered.length - 5] ?? 0) ^ 1
    return { ...answer, body: altered }
  }
  const faults: readonly (readonly [string, Fault, ErrorCode])[] = [
    ['is down', down, 'TRUST_SERVICE_UNAVAILABLE'],
    ['never answers', hanging, 'TRUST_SERVICE_UNAVAILABLE'],
    ['answers garbage', garbage(reply), 'TRUST_SERVICE_MALFORMED'],
    ['answers another media type', garbage('text/html'), 'TRUST_SERVICE_MALFORMED'],
    ['answers without end', tooLarge(reply), 'TRUST_SERVICE_MALFORMED'],
    ['stamps another imprint', otherImprint, 'TIMESTAMP_INVALID'],
    ['signs wrongly', otherSignature, 'TIMESTAMP_INVALID'],
    ['answers with the token of an earlier request', replay, 'TIMESTAMP_INVALID'],
    ['refuses', async () => ({ status: 403, type: 'text/plain', body: Buffer.from('no') }), 'TRUST_SERVICE_REFUSED'],
  ]

  for (const [name, fault, code] of faults) {
    const limit = fault === hanging ? { timeoutMs: hangingLimitMs } : {}
    it(`comes from the second authority when the first ${name}`, async () => {
      proxy.faults.set('/tsa', fault)
      if (fault === replay) await authority().timestamp(imprint)
      proxy.seen.length = 0
      const { token } = await authority(limit).timestamp(imprint)
      assert.ok(imprint.equals(parseTimestampToken(token).imprint))
      assert.deepEqual(proxy.seen, ['POST /tsa', 'POST /tsa2'])
    })

    it(`is missing with ${code} when every authority ${name}`, async () => {
      proxy.faults.set('/tsa', fault)
      proxy.faults.set('/tsa2', fault)
      await assert.rejects(authority(limit).timestamp(imprint), (error) => isSeglError(error, code))
    })
  }

  it('stays with the authority that answered last, until that one fails', async () => {
    const stamps = authority()
    proxy.faults.set('/tsa', down)
    await stamps.timestamp(imprint)
    proxy.faults.clear()
    await stamps.timestamp(imprint)
    proxy.faults.set('/tsa2', down)
    await stamps.timestamp(imprint)
    assert.deepEqual(proxy.seen, ['POST /tsa', 'POST /tsa2', 'POST /tsa2', 'POST /tsa2', 'POST /tsa'])
  })

  it('is refused with CLOCK_SKEWED when its time and our clock lie more than a minute apart', async () => {
    for (const minutes of [-2, 2])
      await assert.rejects(
        authority({ now: () => new Date(Date.now() + minutes * 60_000) }).timestamp(imprint),
        (error) => isSeglError(error, 'CLOCK_SKEWED'),
      )
    await authority({ now: () => new Date(Date.now() + 30_000) }).timestamp(imprint)
  })

  it('is refused when its authority does not lead to the pinned root', async () => {
    const other = await startIsland()
    try {
      await assert.rejects(authority({ anchors: [other.root.certificate] }).timestamp(imprint), (error) =>
        isSeglError(error, 'CERTIFICATE_INVALID'),
      )
    } finally {
      await other.close()
    }
  })
})
