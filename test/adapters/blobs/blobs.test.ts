// What the blob store promises: bytes by their SHA-256, written whole or not at all, read back as one file.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type BlobStore, openBlobs } from '../../../src/adapters/blobs/index.ts'
import { isSeglError } from '../../../src/errors.ts'
import type { FilePart } from '../../../src/flow/ports/pdf-work.ts'
import { bytesSource, concatSource, readInPieces } from '../../../src/kernel/pdf/index.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('blobs', () => {
  let folder = ''
  let blobs: BlobStore

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segl-blobs-'))
    blobs = openBlobs(pathToFileURL(folder).href)
  })
  after(() => rm(folder, { recursive: true }))

  it('stores bytes under their SHA-256, twice without harm, readable by the owner only', async () => {
    const bytes = randomBytes(1000)
    const name = await blobs.put(bytes)
    assert.equal(name, sha256(bytes))
    assert.equal(await blobs.put(bytes), name)
    assert.deepEqual(Buffer.from(await blobs.get(name)), bytes)
    const file = await stat(join(folder, name.slice(0, 2), name.slice(2)))
    assert.equal(file.mode & 0o777, 0o600)
  })

  it('streams a file of several megabytes into the store', async () => {
    const bytes = randomBytes(5_000_001)
    const stored = await blobs.stage(Readable.from(cut(bytes, 65_537)), 6_000_000)
    assert.deepEqual({ ...stored, staged: '' }, { staged: '', sha256: sha256(bytes), size: bytes.length })
    await blobs.keep(stored)
    assert.equal(sha256(await blobs.get(stored.sha256)), stored.sha256)
  })

  it('refuses a stream over the limit and leaves nothing', async () => {
    const before = await names(folder)
    await assert.rejects(blobs.stage(Readable.from(cut(randomBytes(1001), 100)), 1000), (error) =>
      isSeglError(error, 'TOO_LARGE'),
    )
    assert.deepEqual(await names(folder), before)
  })

  it('leaves nothing of an upload that breaks off', async () => {
    const before = await names(folder)
    const broken = new Readable({
      read() {
        this.push(randomBytes(100))
        this.destroy(new Error('connection lost'))
      },
    })
    await assert.rejects(blobs.stage(broken, 1000), /connection lost/)
    assert.deepEqual(await names(folder), before)
  })

  it('keeps what two have staged of the same bytes apart, until each keeps or discards its own', async () => {
    const bytes = randomBytes(1000)
    const stage = () => blobs.stage(Readable.from([bytes]), 1000)
    const read = async (part: FilePart) => collect(blobs.stream([part], 0, 1000))
    const [mine, refused] = [await stage(), await stage()]
    const part = { sha256: mine.sha256, length: 1000 }
    await assert.rejects(read(part), (error) => isSeglError(error, 'INTERNAL'))
    await blobs.discard(refused)
    assert.deepEqual(await read({ ...part, staged: mine.staged }), bytes)
    const source = blobs.byteSource([{ ...part, staged: mine.staged }])
    assert.deepEqual(Buffer.from(source.read(0, 1000)), bytes)
    source.close()
    await blobs.keep(mine)
    assert.deepEqual(await read(part), bytes)
    await blobs.keep(mine)
    await blobs.discard(mine)
    assert.deepEqual(await read(part), bytes)
    await assert.rejects(blobs.stream([{ ...part, staged: '../../etc/hosts' }], 0, 9).toArray(), (error) =>
      isSeglError(error, 'INTERNAL'),
    )
  })

  it('says so when staged bytes are gone before they could be kept', async () => {
    const staged = await blobs.stage(Readable.from([randomBytes(10)]), 10)
    await blobs.discard(staged)
    await assert.rejects(blobs.keep(staged), (error) => isSeglError(error, 'UNAVAILABLE'))
  })

  it('reads any range of several blobs as of one file', async () => {
    const pieces = [randomBytes(2_500_000), randomBytes(3), randomBytes(1_200_000)]
    const parts = await Promise.all(
      pieces.map(async (piece) => ({ sha256: await blobs.put(piece), length: piece.length })),
    )
    const whole = Buffer.concat(pieces)
    const ranges = [
      [0, whole.length],
      [0, 0],
      [2_499_999, 2_500_004],
      [2_500_003, whole.length],
      [whole.length, whole.length],
      [7, 2_000_000],
    ] as const
    const source = blobs.byteSource(parts)
    assert.equal(source.size, whole.length)
    for (const [start, end] of ranges) {
      assert.ok(
        whole.subarray(start, end).equals(await collect(blobs.stream(parts, start, end))),
        `stream ${start}-${end}`,
      )
      assert.ok(whole.subarray(start, end).equals(source.read(start, end - start)), `source ${start}-${end}`)
    }
    for (let at = 0; at < 500; at++) {
      const offset = Math.floor(Math.random() * whole.length)
      const length = Math.floor(Math.random() ** 8 * (whole.length - offset))
      assert.ok(whole.subarray(offset, offset + length).equals(source.read(offset, length)), `${offset}+${length}`)
    }
    source.close()
    assert.equal(source.read(0, 1)[0], whole[0])
    source.close()
  })

  it('gives a file in pieces for hashing, and two files at the same time do not disturb each other', async () => {
    const files = [
      [randomBytes(700_000), randomBytes(5)],
      [randomBytes(3), randomBytes(300_000)],
    ]
    const [first, second] = await Promise.all(
      files.map(async (pieces) =>
        blobs.byteSource(
          await Promise.all(pieces.map(async (one) => ({ sha256: await blobs.put(one), length: one.length }))),
        ),
      ),
    )
    assert.ok(first && second)
    const together = concatSource([first, Buffer.from('xyz'), second])
    const hash = createHash('sha256')
    for (const piece of readInPieces(together, 1, together.size - 1)) {
      hash.update(piece)
      const other = createHash('sha256')
      for (const inner of readInPieces(second, 0, second.size)) other.update(inner)
      assert.equal(other.digest('hex'), sha256(Buffer.concat(files[1] ?? [])))
    }
    const whole = Buffer.concat([...(files[0] ?? []), Buffer.from('xyz'), ...(files[1] ?? [])])
    assert.equal(hash.digest('hex'), sha256(whole.subarray(1, -1)))
    // Left in the middle: the next one still reads right.
    for (const piece of readInPieces(first, 0, first.size)) {
      assert.ok(piece.length > 0)
      break
    }
    const again = createHash('sha256')
    for (const piece of readInPieces(first, 0, first.size)) again.update(piece)
    assert.equal(again.digest('hex'), sha256(Buffer.concat(files[0] ?? [])))
    first.close()
    second.close()
  })

  it('refuses a range outside the file, and reads up to its end as the kernel expects', async () => {
    const parts = [{ sha256: await blobs.put(Buffer.from('abc')), length: 3 }]
    await assert.rejects(collect(blobs.stream(parts, 0, 4)), (error) => isSeglError(error, 'RANGE_NOT_SATISFIABLE'))
    const source = blobs.byteSource(parts)
    const inMemory = bytesSource(Buffer.from('abc'))
    for (const [offset, length] of [
      [0, 4],
      [2, 10],
      [3, 1],
      [9, 1],
      [0, 0],
    ] as const)
      assert.deepEqual(Buffer.from(source.read(offset, length)), Buffer.from(inMemory.read(offset, length)))
    source.close()
  })

  it('sweeps up what an upload left that was killed, and nothing younger', async () => {
    const left = join(folder, 'tmp', 'left-behind')
    await writeFile(left, 'half a file')
    assert.equal(await blobs.sweep(new Date(Date.now() - 60_000)), 0)
    assert.equal(await blobs.sweep(new Date(Date.now() + 60_000)), 1)
    await assert.rejects(stat(left), { code: 'ENOENT' })
  })

  it('notices a damaged, a shortened and a missing blob', async () => {
    const bytes = randomBytes(100)
    const name = await blobs.put(bytes)
    const path = join(folder, name.slice(0, 2), name.slice(2))
    await writeFile(path, randomBytes(100))
    await assert.rejects(blobs.get(name), (error) => isSeglError(error, 'INTERNAL'))
    await truncate(path, 50)
    const parts = [{ sha256: name, length: 100 }]
    await assert.rejects(collect(blobs.stream(parts, 0, 100)), (error) => isSeglError(error, 'INTERNAL'))
    const source = blobs.byteSource(parts)
    assert.throws(
      () => source.read(0, 100),
      (error) => isSeglError(error, 'INTERNAL'),
    )
    source.close()
    await blobs.remove(name)
    await blobs.remove(name)
    await assert.rejects(blobs.get(name), (error) => isSeglError(error, 'INTERNAL'))
  })

  it('takes no name that is not a SHA-256, so no path leads out of the store', async () => {
    for (const name of ['../../etc/passwd', '', 'AB'.repeat(32), `${'a'.repeat(63)}/`])
      await assert.rejects(blobs.get(name), (error) => isSeglError(error, 'INTERNAL'))
  })

  it('refuses a BLOB_URL it cannot serve', () => {
    for (const url of ['s3://bucket/x', '/plain/path', 'file://host/share'])
      assert.throws(
        () => openBlobs(url),
        (error) => isSeglError(error, 'CONFIG_INVALID'),
        url,
      )
  })
})

function* cut(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function names(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true })
  return all.filter((name) => name !== 'tmp').sort()
}
