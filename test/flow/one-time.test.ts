// A signature has one time, that of its time-stamp: file, sheet, receipt, API and trail say the same, in each of several documents.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { parseTimestampToken } from '../../src/kernel/cms/index.ts'
import { exactDateTime, text, utcDateTime } from '../../src/text/index.ts'
import { people } from '../../src/visitor/visitor.ts'
import { startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { accountant, linkOf, visitor } from './actors.ts'

test('sheet, receipt, API and trail tell the time of the time-stamp, and the boxes tell none', {
  skip: needs('pdftotext'),
}, async () => {
  const segl = await startInstallation()
  const folder = mkdtempSync(join(tmpdir(), 'segl-one-time-'))
  try {
    const { apiKey } = await segl.newTenant()
    const books = accountant(segl, apiKey)
    const documents = [await books.upload(), await books.upload()]
    const approver = (await people(segl.bankidUrl)).find(({ role }) => role === 'approver')
    assert.ok(approver)
    const made = await books.call('POST', '/v1/orders', {
      title: 'Bilag 7 og 8',
      documents: documents.map((id) => ({ id })),
      signers: [{ role: 'approver', name: approver.name, person: { nationalIdentityNumber: approver.number } }],
    })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const order = made.body as object as Order
    await books.reaches(order.id, 'open')
    const her = visitor(segl, 'approver')
    await her.sign(linkOf(order))
    const done = await books.reaches(order.id, 'completed')
    const receipt = (await her.open(linkOf(order))).html

    const acts = await segl.client.signature.findMany({ where: { orderId: order.id, state: 'embedded' } })
    assert.equal(acts.length, 2)
    const stamped = new Map(
      acts.map(({ documentId, timestampToken }) => [
        documentId,
        new Date(parseTimestampToken(timestampToken ?? new Uint8Array()).genTime),
      ]),
    )
    const last = new Date(Math.max(...[...stamped.values()].map((time) => time.getTime())))
    assert.equal(done.signers[0]?.signedAt, last.toISOString())
    assert.ok(receipt.includes(exactDateTime(last, 'nb')), receipt)
    const trail = (await books.call('GET', `/v1/orders/${order.id}/audit`)).body['events'] as {
      type: string
      time: string
      data: { signedAt?: string; documents?: { document: string; timestamp: string }[] }
    }[]
    const signed = trail.find(({ type }) => type === 'signer.signed')
    assert.equal(signed?.data.signedAt, last.toISOString())
    assert.deepEqual(
      new Map(signed.data.documents?.map(({ document, timestamp }) => [document, timestamp])),
      new Map([...stamped].map(([id, time]) => [id, time.toISOString()])),
    )
    const times = trail.map(({ time }) => time)
    assert.deepEqual(times, [...times].sort())

    for (const [id, time] of stamped) {
      const path = join(folder, `${id}.pdf`)
      const file = await fetch(`${segl.seglUrl}/v1/documents/${id}/signed`, {
        headers: { authorization: `Bearer ${apiKey}` },
      })
      writeFileSync(path, Buffer.from(await file.arrayBuffer()))
      const pages = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' })
        .replaceAll('\u00a0', ' ')
        .split('\f')
      const audit = pages.findLast((page) => page.includes(text('nb').audit.title)) ?? ''
      assert.ok(
        audit.includes(`${exactDateTime(time, 'nb').replace('\u00a0', ' ')} (norsk tid) · ${utcDateTime(time)}`),
        audit,
      )
      assert.equal(audit.match(/UTC/g)?.length, 1, 'the seal has no time of its own')
      const sheet = pages.find((page) => page.includes(text('nb').sheet.about.slice(0, 20))) ?? ''
      assert.match(sheet, /Tidspunkt: se tidsstempelet/)
      assert.doesNotMatch(sheet, /\d{2}[.:]\d{2}[.:]\d{2}/)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await segl.close()
  }
})
