// Documents: uploads that show how far they are, and downloads of what was signed.
import type { components } from './api.ts'
import type { SeglOptions, Transport } from './transport.ts'
import { runsInBrowser, uploadByBrowser } from './upload-by-browser.ts'

export type Document = components['schemas']['Document']
export type Metadata = components['schemas']['Metadata']

export type Upload = {
  /** In Node, `await openAsBlob(path)` (node:fs) reads the file as it is sent, never all of it at once. */
  readonly file: Blob | Uint8Array
  readonly fileName: string
  readonly metadata: Metadata
  /** Store it before the call, so that a retry after a crash of yours cannot make a second document. Made up by default. */
  readonly idempotencyKey?: string
  /** Bytes sent so far and in all. */
  readonly onProgress?: (sent: number, total: number) => void
  readonly signal?: AbortSignal
}

export type Documents = ReturnType<typeof createDocuments>

export function createDocuments(transport: Transport, options: SeglOptions) {
  const bytes = async (path: string): Promise<Uint8Array> =>
    new Uint8Array(await (await transport.send(path, { timeoutMs: null })).arrayBuffer())
  return {
    /** @throws SeglProblem with what is wrong with the PDF or its metadata */
    async upload(upload: Upload): Promise<Document> {
      const { metadata, fileName, onProgress, signal, idempotencyKey = crypto.randomUUID() } = upload
      const file = upload.file instanceof Blob ? upload.file : new Blob([new Uint8Array(upload.file)])
      const headers = {
        'content-type': 'application/pdf',
        'segl-metadata': base64url(JSON.stringify(metadata)),
        // RFC 8187: a name may hold any letter, a header may not.
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
      }
      if (onProgress && runsInBrowser) {
        return uploadByBrowser<Document>(
          options,
          file,
          { ...headers, 'idempotency-key': idempotencyKey },
          onProgress,
          signal,
        )
      }
      return transport.json('/v1/documents', {
        method: 'POST',
        idempotencyKey,
        headers,
        timeoutMs: null,
        signal,
        raw: () => (onProgress ? { body: counted(file, onProgress), streams: true } : { body: file }),
      })
    },
    get: (id: string): Promise<Document> => transport.json(`/v1/documents/${id}`),
    /** The upload, byte for byte. */
    original: (id: string) => bytes(`/v1/documents/${id}/original`),
    /** The signed PDF; NOT_SIGNED_YET before. Its first bytes are the upload. */
    signed: (id: string) => bytes(`/v1/documents/${id}/signed`),
    /** The same as a stream, for files that should not lie in memory. */
    signedStream: async (id: string): Promise<ReadableStream<Uint8Array>> => {
      const { body } = await transport.send(`/v1/documents/${id}/signed`, { timeoutMs: null })
      if (!body) throw new TypeError('The answer has no body.')
      return body
    },
  }
}

function counted(file: Blob, onProgress: (sent: number, total: number) => void): ReadableStream<Uint8Array> {
  let sent = 0
  return file.stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        sent += chunk.byteLength
        controller.enqueue(chunk)
        onProgress(sent, file.size)
      },
    }),
  )
}

function base64url(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
