// Uploads of 300 MB against the API in a process of its own, and uploads that break off: measured from outside.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, connect } from '../../src/adapters/store/index.ts'
import { type RunningSegl, startSegl } from '../conformance/schemathesis/segl.ts'
import { testDatabase } from '../support/database.ts'
import { base64urlJson, contract } from './harness.ts'

const mebibyte = 1024 * 1024
/** Measured: 5 to 11 MB, what the garbage collector lets lie (on a busy machine 4 to 27); a file held in memory shows as 300. */
const mostGrowth = 64

/** A scan: one page that shows an image of `size` bytes without any filter, in pieces, like no other. */
function* scan(size: number): Generator<Buffer> {
  const piece = randomBytes(mebibyte)
  const width = 1000
  const height = Math.ceil(size / width)
  const length = width * height
  const image = `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8`
  const content = 'q 595 0 0 842 0 0 cm /Im Do Q'
  const before = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /Im 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ]
  let head = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
  const offsets = before.map((object, index) => {
    const offset = head.length
    head += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  offsets.push(head.length)
  head += `5 0 obj\n${image} /Length ${length} >>\nstream\n`
  yield Buffer.from(head, 'latin1')
  for (let left = length; left > 0; left -= piece.length) yield left < piece.length ? piece.subarray(0, left) : piece
  const tail = '\nendstream\nendobj\n'
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = head.length + length + tail.length
  const end = `${tail}xref\n0 6\n0000000000 65535 f \n${table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`
  yield Buffer.from(end, 'latin1')
}

describe('an upload', { skip: process.platform !== 'linux' && 'needs /proc' }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'segl-upload-'))
  const data = join(folder, 'data')
  let segl: RunningSegl
  let client: Client
  before(async () => {
    const DATABASE_URL = await testDatabase()
    client = connect(DATABASE_URL, 1)
    segl = await startSegl(data, { DATABASE_URL })
  })
  after(async () => {
    await segl?.stop()
    await client.$disconnect()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  })

  /** Sends the file as it is made, no faster than it is taken; breaks the connection after `upTo` bytes. */
  async function send(how: 'raw' | 'multipart', size: number, upTo = Number.POSITIVE_INFINITY) {
    const boundary = `segl${randomUUID()}`
    const raw = { 'content-type': 'application/pdf', 'segl-metadata': base64urlJson(contract) }
    const parts = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    const headers = { authorization: `Bearer ${segl.key}`, ...(how === 'raw' ? raw : parts) }
    const call = request(`${segl.url}/v1/documents`, { method: 'POST', headers })
    const answered = new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      call.once('error', reject)
      call.once('response', async (response) => {
        let body = ''
        for await (const chunk of response.setEncoding('utf8')) body += chunk
        resolve({ status: response.statusCode, body })
      })
    })
    // A refusal may come before the last byte is sent.
    answered.catch(() => {})
    const write = (bytes: Buffer | string) =>
      call.write(bytes) ? undefined : Promise.race([new Promise((resolve) => call.once('drain', resolve)), answered])
    if (how === 'multipart') {
      const part = (more: string) => `--${boundary}\r\nContent-Disposition: form-data; ${more}\r\n\r\n`
      await write(`${part('name="metadata"\r\nContent-Type: application/json')}${JSON.stringify(contract)}\r\n`)
      await write(part('name="file"; filename="skann.pdf"\r\nContent-Type: application/pdf'))
    }
    let sent = 0
    for (const bytes of scan(size)) {
      if (sent >= upTo) {
        call.destroy()
        return undefined
      }
      await write(bytes)
      sent += bytes.length
    }
    call.end(how === 'multipart' ? `\r\n--${boundary}--\r\n` : '')
    return answered
  }

  // Whole lines only: the last one may be half written.
  const pid = () => [...readFileSync(segl.log, 'utf8').matchAll(/"pid":(\d+).*\n/g)].at(-1)?.[1]
  /** Most mebibytes resident since the last call of it. */
  function peak(): number {
    const at = `/proc/${pid()}`
    const kibibytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`${at}/status`, 'utf8'))?.[1])
    writeFileSync(`${at}/clear_refs`, '5')
    return kibibytes / 1024
  }
  /** What broke off is cleared away after the caller has gone: it may take a moment. */
  async function onlyLeft(kept: readonly string[]): Promise<void> {
    for (const end = Date.now() + 60_000; Date.now() < end && files().length > kept.length; ) await sleep(100)
    assert.deepEqual(files().sort(), [...kept].sort())
  }
  const files = () =>
    readdirSync(join(data, 'blobs'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)

  for (const how of ['raw', 'multipart'] as const) {
    test(`of 300 MB is taken without being held in memory (${how})`, async (t) => {
      for (let warm = 0; warm < 3; warm++) assert.equal((await send(how, mebibyte))?.status, 201)
      peak()
      assert.equal((await send(how, mebibyte))?.status, 201)
      const small = peak()
      const answer = await send(how, 300_000_000)
      const large = peak()
      assert.equal(answer?.status, 201, answer?.body)
      assert.ok(JSON.parse(answer.body).size > 300_000_000)
      t.diagnostic(`${how}: ${small.toFixed(0)} MB with 1 MB, ${large.toFixed(0)} MB with 300 MB`)
      assert.ok(large - small <= mostGrowth, `${small} MB, then ${large} MB`)
    })

    test(`that breaks off half-way leaves no row and no file (${how})`, async () => {
      const [rows, kept] = [await client.document.count(), files()]
      await send(how, 60_000_000, 30_000_000)
      await onlyLeft(kept)
      assert.equal(await client.document.count(), rows)
    })
  }

  test('larger than the limit is refused before it is read whole, and leaves nothing', async () => {
    const kept = files()
    const answer = await send('raw', 530_000_000).catch((error: NodeJS.ErrnoException) => error.code)
    if (typeof answer === 'object') assert.equal(answer.status, 413)
    // Who goes on writing after the refusal may find the connection closed.
    else assert.match(answer ?? '', /ECONNRESET|EPIPE/)
    await onlyLeft(kept)
  })
})
