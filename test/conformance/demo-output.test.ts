// The demo's folder is judged as a whole: what is missing from it, or contradicts its trail, is refused before any judge speaks.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { readDemoOutput } from './demo-output.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
let folder = ''
const write = (name: string, text: string) => writeFile(join(folder, name), text)

function trail(name: string, signed: number, state = 'completed'): string {
  const revisions = [{ fileSha256: sha256('earlier') }, { fileSha256: sha256(`${name} signed`) }]
  return JSON.stringify({
    order: { state },
    documents: [{ role: 'sign', sha256: sha256(name), revisions }],
    events: [{ type: 'order.received' }, ...Array.from({ length: signed }, () => ({ type: 'signer.signed' }))],
  })
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segl-demo-output-'))
  for (const [name, signed] of [
    ['annual-accounts', 3],
    ['contract', 2],
    ['voucher', 2],
  ] as const) {
    await write(`${name}.original.pdf`, name)
    await write(`${name}.signed.pdf`, `${name} signed`)
    await write(`${name}.audit.json`, trail(name, signed))
  }
})
afterEach(() => rm(folder, { recursive: true }))

const reasons = async (signers?: number) =>
  (await readDemoOutput(folder, [], signers)).against.flatMap((one) => one.reasons)

describe('the folder of the demo', () => {
  it('gives a case for each of its three documents, with the signers that the demo promises', async () => {
    const { cases, against } = await readDemoOutput(folder, [])
    assert.deepEqual(
      cases.map((one) => one.signers),
      [3, 2, 2],
    )
    assert.ok(against.length === 3 && against.every((one) => one.passed))
  })
  it('is refused when one of the three was not signed, even if it was refused by code', async () => {
    await unlink(join(folder, 'voucher.signed.pdf'))
    await write('voucher.refused.json', '{}')
    assert.deepEqual(await reasons(), ['neither signed nor refused'])
  })
  it('is refused when one of the three is not there at all', async () => {
    for (const ending of ['original.pdf', 'signed.pdf', 'audit.json']) await unlink(join(folder, `voucher.${ending}`))
    assert.deepEqual(await reasons(), ['the original is missing'])
  })
  it('is refused when the trail is missing, unfinished, or tells of fewer signatures', async () => {
    await unlink(join(folder, 'contract.audit.json'))
    await write('voucher.audit.json', trail('voucher', 1, 'sealing'))
    const expected = [
      'no audit trail',
      'the trail tells of 1 signatures, expected 2',
      'the trail says the order is sealing',
    ]
    assert.deepEqual(await reasons(), expected)
  })
  it('is refused when a file is not the one that the trail tells of', async () => {
    await write('contract.original.pdf', 'another')
    await write('voucher.signed.pdf', 'another')
    const expected = [
      'the trail has another SHA-256 of the original',
      'the trail has another SHA-256 of the signed file',
    ]
    assert.deepEqual(await reasons(), expected)
  })
  it('of given files may hold refusals, and has the signers that were asked for', async () => {
    await unlink(join(folder, 'voucher.signed.pdf'))
    await write('voucher.refused.json', '{}')
    await unlink(join(folder, 'annual-accounts.signed.pdf'))
    assert.deepEqual(await reasons(2), ['neither signed nor refused'])
  })
})
