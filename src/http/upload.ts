// Reads an upload from the request into the blob store as it arrives: raw PDF with metadata in a header, or multipart.
import { Readable } from 'node:stream'
import contentDisposition from 'content-disposition'
import type { FastifyRequest } from 'fastify'
import { type Metadata, readMetadata } from '../accounting/metadata.ts'
import { isPlainText, plainTextOf } from '../accounting/plain-text.ts'
import { SeglError } from '../errors.ts'
import type { Blobs, StagedBlob } from '../flow/ports/blobs.ts'
import { multipartError } from './problem.ts'

/** Header of a raw upload: base64url of the metadata as JSON in UTF-8, so that no personal data stands in a URL. */
export const metadataHeader = 'segl-metadata'

/** The most that metadata may have, in bytes. */
export const maxMetadataBytes = 64 * 1024

export type Upload = {
  readonly blob: StagedBlob
  readonly metadata: Metadata
  readonly fileName?: string
}

/** What is refused after its bytes came leaves none of them. Raw uploads are refused for their metadata before a byte is read. */
export async function readUpload(request: FastifyRequest, blobs: Blobs, maxBytes: number): Promise<Upload> {
  if (request.isMultipart()) return readMultipart(request, blobs, maxBytes)
  const { body } = request
  if (!(body instanceof Readable)) {
    throw new SeglError('UNSUPPORTED_MEDIA_TYPE', 'Send the PDF as application/pdf or in multipart/form-data.')
  }
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > maxBytes) throw tooLarge(maxBytes)
  const metadata = readMetadata(headerMetadata(request))
  const fileName = plainName(dispositionName(request.headers['content-disposition']))
  return { blob: await blobs.stage(body, maxBytes), metadata, ...(fileName && { fileName }) }
}

/** The name that a raw upload gives in `Content-Disposition: attachment; filename*=…` (RFC 6266). */
function dispositionName(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  try {
    return contentDisposition.parse(header).parameters['filename']
  } catch (cause) {
    const detail = 'The header is not `attachment; filename="…"`, or `filename*=UTF-8\'\'…` (RFC 6266).'
    throw new SeglError('INVALID_REQUEST', detail, {
      cause,
      errors: [{ pointer: '/headers/content-disposition', code: 'INVALID_REQUEST', detail }],
    })
  }
}

/** A name without folders and without what plain text has not, and not too long; undefined when nothing of it is left to see. */
function plainName(given: string | undefined): string | undefined {
  const name = plainTextOf(given ?? '')
    .split(/[/\\]/)
    .at(-1)
    ?.slice(0, 200)
    .toWellFormed()
  return name !== undefined && isPlainText(name) ? name : undefined
}

async function readMultipart(request: FastifyRequest, blobs: Blobs, maxBytes: number): Promise<Upload> {
  const declared = Number(request.headers['content-length'] ?? 0)
  if (declared > maxBytes + maxMetadataBytes * 2) throw tooLarge(maxBytes)
  let given: unknown
  let file: { readonly blob: StagedBlob; readonly name: string | undefined } | undefined
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file' && part.fieldname === 'metadata') {
        given = parseMetadata(await textOf(part.file))
      } else if (part.type === 'file' && part.fieldname === 'file') {
        if (file) throw new SeglError('INVALID_REQUEST', 'Send one part `file`.')
        file = { blob: await blobs.stage(part.file, maxBytes), name: part.filename }
      } else if (part.type === 'field' && part.fieldname === 'metadata') {
        given = typeof part.value === 'string' ? parseMetadata(part.value) : part.value
      } else {
        throw new SeglError(
          'INVALID_REQUEST',
          'Send one part `metadata` (JSON) and one part `file` (PDF), nothing else.',
        )
      }
    }
    const metadata = readMetadata(given)
    if (!file) throw new SeglError('INVALID_REQUEST', 'The part `file` with the PDF is missing.')
    const fileName = plainName(file.name)
    return { blob: file.blob, metadata, ...(fileName && { fileName }) }
  } catch (thrown) {
    if (file) await blobs.discard(file.blob)
    throw multipartError(thrown)
  }
}

function headerMetadata(request: FastifyRequest): unknown {
  const header = request.headers[metadataHeader]
  if (header === undefined || header === '') return undefined
  if (typeof header !== 'string' || !/^[A-Za-z0-9_-]+={0,2}$/.test(header)) {
    throw new SeglError(
      'METADATA_INVALID',
      'The header Segl-Metadata must be base64url of the metadata as JSON in UTF-8.',
    )
  }
  return parseMetadata(Buffer.from(header, 'base64url').toString('utf8'))
}

function parseMetadata(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SeglError('METADATA_INVALID', 'The metadata is not valid JSON.', { cause })
  }
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > maxMetadataBytes) throw new SeglError('TOO_LARGE', `Metadata may have ${maxMetadataBytes} bytes.`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const tooLarge = (maxBytes: number): SeglError =>
  new SeglError('TOO_LARGE', `The file is larger than ${maxBytes} bytes, the most accepted here.`)
