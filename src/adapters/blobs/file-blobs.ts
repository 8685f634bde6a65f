// Blobs as files `ab/cdef…` named by their SHA-256: written once to a temporary name, fsynced, renamed, never changed.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { SeglError } from '../../errors.ts'
import type { Blobs } from '../../flow/ports/blobs.ts'
import type { FilePart } from '../../flow/ports/pdf-work.ts'

const chunkSize = 1024 * 1024
const temporaryFolder = 'tmp'

/** The file of a blob below `directory`. A name that is not a SHA-256 in lower-case hex is INTERNAL, so no path can be smuggled in. */
export function blobPath(directory: string, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new SeglError('INTERNAL', 'A blob is named by its SHA-256 in hex.')
  return join(directory, sha256.slice(0, 2), sha256.slice(2))
}

/** Where the bytes of a part lie: by content, or staged. */
export function partPath(directory: string, { sha256, staged }: Pick<FilePart, 'sha256' | 'staged'>): string {
  if (staged === undefined) return blobPath(directory, sha256)
  if (!/^[0-9a-f-]{36}$/.test(staged)) throw new SeglError('INTERNAL', 'A staged blob is named by a UUID.')
  return join(directory, temporaryFolder, staged)
}

export type FileBlobs = Blobs & {
  /** Removes temporary files last written before `before`, which a killed process left behind. Returns how many. */
  sweep(before: Date): Promise<number>
}

/** Blobs on a disk that all processes share. `directory` is made when missing. */
export function createFileBlobs(directory: string): FileBlobs {
  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      if (await exists(blobPath(directory, sha256))) return sha256
      const staged = await writeTemporary(directory, (file) => writeAll(file, bytes))
      try {
        await name(directory, staged, sha256)
      } catch (error) {
        await rm(partPath(directory, { staged, sha256 }), { force: true })
        throw error
      }
      return sha256
    },

    async stage(stream, limit) {
      const hash = createHash('sha256')
      let size = 0
      const staged = await writeTemporary(directory, async (file) => {
        for await (const chunk of stream) {
          const bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
          size += bytes.length
          if (size > limit)
            throw new SeglError('TOO_LARGE', `The file is larger than ${limit} bytes, the most accepted here.`)
          hash.update(bytes)
          await writeAll(file, bytes)
        }
      })
      return { staged, sha256: hash.digest('hex'), size }
    },

    async keep({ staged, sha256 }) {
      try {
        await name(directory, staged, sha256)
      } catch (cause) {
        // A transaction that is run again has named it the first time.
        if (await exists(blobPath(directory, sha256))) return
        throw new SeglError('UNAVAILABLE', 'The upload could not be kept. Send it again.', { cause, retryAfter: 1 })
      }
    },

    async discard(blob) {
      await rm(partPath(directory, blob), { force: true })
    },

    async get(sha256) {
      const bytes = await readFile(blobPath(directory, sha256)).catch((cause) => {
        throw unreadable(sha256, cause)
      })
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw unreadable(sha256)
      return bytes
    },

    stream(parts, start, end) {
      return Readable.from(readRange(directory, parts, start, end), { objectMode: false })
    },

    async remove(sha256) {
      await rm(blobPath(directory, sha256), { force: true })
    },

    async sweep(before) {
      const folder = join(directory, temporaryFolder)
      let removed = 0
      for (const name of await readdir(folder).catch(() => [])) {
        const path = join(folder, name)
        const written = await stat(path).catch(() => undefined)
        if (written === undefined || written.mtime >= before) continue
        await rm(path, { force: true })
        removed++
      }
      return removed
    },
  }
}

/** Lets `write` fill a new temporary file, makes it durable, and returns its name; whatever fails leaves nothing. */
async function writeTemporary(directory: string, write: (file: FileHandle) => Promise<void>): Promise<string> {
  const temporary = randomUUID()
  // Within `directory`, as a rename is atomic only inside one file system.
  const path = join(directory, temporaryFolder, temporary)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600)
  try {
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
    return temporary
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/** Names what lies in a temporary file by its content. */
async function name(directory: string, temporary: string, sha256: string): Promise<void> {
  const path = blobPath(directory, sha256)
  const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rename(join(directory, temporaryFolder, temporary), path)
  await syncDirectory(dirname(path))
  if (made !== undefined) await syncDirectory(directory)
}

/** Bytes `start`..`end` of the parts read as one file; a part that is shorter than said is an error, never a silent cut. */
async function* readRange(
  directory: string,
  parts: readonly FilePart[],
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const total = parts.reduce((sum, part) => sum + part.length, 0)
  if (!(start >= 0 && start <= end && end <= total))
    throw new SeglError('RANGE_NOT_SATISFIABLE', `The file has ${total} bytes; ask for a range inside it.`)
  let offset = 0
  for (const part of parts) {
    const from = Math.max(start - offset, 0)
    const to = Math.min(end - offset, part.length)
    if (from < to) {
      let left = to - from
      const file = createReadStream(partPath(directory, part), {
        start: from,
        end: to - 1,
        highWaterMark: chunkSize,
      })
      try {
        for await (const chunk of file) {
          left -= chunk.length
          yield chunk
        }
      } catch (cause) {
        throw unreadable(part.sha256, cause)
      }
      if (left > 0) throw unreadable(part.sha256)
    }
    offset += part.length
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}

/** Makes the rename itself survive a power cut. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

export function unreadable(sha256: string, cause?: unknown): SeglError {
  return new SeglError(
    'INTERNAL',
    `The blob ${sha256.slice(0, 16)}… is missing or damaged in the blob store. Restore it from a backup.`,
    cause === undefined ? {} : { cause },
  )
}
