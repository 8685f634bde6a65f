// Sends a PDF, or a range of it, without holding it in memory (RFC 9110 § 14, RFC 9530).
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SeglError } from '../errors.ts'
import type { Blobs } from '../flow/ports/blobs.ts'
import type { FileParts } from '../flow/ports/pdf-work.ts'
import { contentDisposition } from '../text/index.ts'
import { tagMatches } from './conditional.ts'

export type FileToSend = {
  readonly parts: FileParts
  /** Bytes. */
  readonly size: number
  /** SHA-256 of the whole file, hex: its strong entity tag. */
  readonly sha256: string
  readonly fileName: string
  readonly createdAt: Date
}

export type ByteRange = { readonly start: number /** Exclusive. */; readonly end: number }

/** Answers GET and HEAD with 200, 206, 304 or 416. */
export function sendFile(request: FastifyRequest, reply: FastifyReply, blobs: Blobs, file: FileToSend): FastifyReply {
  const etag = `"${file.sha256}"`
  reply
    .header('ETag', etag)
    .header('Accept-Ranges', 'bytes')
    .header('Last-Modified', file.createdAt.toUTCString())
    // A revision never changes; who may read it is decided per key.
    .header('Cache-Control', 'private, no-transform, max-age=31536000, immutable')
    .header('Repr-Digest', `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`)
    .header('Content-Disposition', contentDisposition('attachment', file.fileName))
    .header('X-Content-Type-Options', 'nosniff')
    .type('application/pdf')
  if (tagMatches(request.headers['if-none-match'], etag, true)) return reply.code(304).send()
  // RFC 9110 § 14.2: Range is defined for GET only; HEAD tells of the whole file.
  const wanted = request.method === 'GET' && rangeApplies(request, etag) ? request.headers.range : undefined
  const range = wanted === undefined ? undefined : readRange(wanted, file.size)
  if (range === 'unsatisfiable') {
    reply.header('Content-Range', `bytes */${file.size}`)
    throw new SeglError('RANGE_NOT_SATISFIABLE', `The file has ${file.size} bytes; ask for a range inside it.`)
  }
  const { start, end } = range ?? { start: 0, end: file.size }
  reply.header('Content-Length', String(end - start))
  if (range) reply.code(206).header('Content-Range', `bytes ${start}-${end - 1}/${file.size}`)
  // An empty stream, because Fastify would tell the length of an empty text as the length of the file.
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : blobs.stream(file.parts, start, end))
}

/**
 * One byte range of a file of `size` bytes. Undefined when the header is not understood or asks for several ranges, which
 * a server may ignore (RFC 9110 § 14.2); `unsatisfiable` when it begins after the end.
 */
export function readRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const parts = /^bytes=([0-9]*)-([0-9]*)$/i.exec(header.trim())
  const [first, last] = [parts?.[1] ?? '', parts?.[2] ?? '']
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size }
  }
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  if (start >= size) return 'unsatisfiable'
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) }
}

/** RFC 9110 § 13.1.5: with If-Range, the range is for exactly this representation, else the whole file is sent. */
function rangeApplies(request: FastifyRequest, etag: string): boolean {
  const condition = request.headers['if-range']
  return condition === undefined || condition === etag
}
