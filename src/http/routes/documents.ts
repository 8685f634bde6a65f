// /v1/documents: uploads, and every revision of a document as it was.
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { SeglError } from '../../errors.ts'
import type { Order, Revision } from '../../flow/model.ts'
import { isFinal } from '../../flow/order.ts'
import type { StoredDocument } from '../../flow/ports/reading.ts'
import { receiveDocument } from '../../flow/receive-document.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { type FileToSend, sendFile } from '../file-answer.ts'
import { idempotently, sendAnswer } from '../idempotency.ts'
import { Id, problems } from '../schemas/common.ts'
import { DocumentView } from '../schemas/documents.ts'
import { readUpload } from '../upload.ts'
import { documentView } from '../views.ts'

const Pdf = { description: 'The file.', content: { 'application/pdf': { schema: Type.Any() } } }
const fileProblems = problems(401, 403, 404, 409, 410, 416, 500, 503)
const tags = ['Documents']

export function documentRoutes(api: Api, deps: HttpDeps): void {
  const { reading, ports } = deps

  api.post(
    '/documents',
    {
      schema: {
        operationId: 'uploadDocument',
        summary: 'Upload a PDF with its metadata',
        tags,
        response: { 201: DocumentView, ...problems(400, 401, 403, 409, 413, 415, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const { tenantId } = callerOf(request)
      const { blob, metadata, fileName } = await readUpload(request, ports.blobs, deps.maxUploadBytes)
      try {
        const content = { metadata, fileName: fileName ?? null, files: [blob.sha256] }
        const what = { operation: 'POST /v1/documents', required: false, content }
        const answer = await idempotently(deps, request, what, async (settle) => {
          let body: unknown
          const received = { tenantId, metadata, upload: blob, ...(fileName !== undefined && { fileName }) }
          const document = await receiveDocument(
            { ...deps, blobs: ports.blobs, pdf: ports.pdf },
            received,
            async (tx, stored) => {
              body = documentView(stored, await tx.revisions(stored.id))
              await settle(tx, { status: 201, body, location: `/v1/documents/${stored.id}` })
            },
          )
          return { status: 201, body, location: `/v1/documents/${document.id}` }
        })
        return sendAnswer(reply, answer)
      } finally {
        await ports.blobs.discard(blob).catch(logged(request))
      }
    },
  )

  const params = Type.Object({ id: Id })

  api.get(
    '/documents/:id',
    {
      schema: {
        operationId: 'getDocument',
        summary: 'Read a document',
        tags,
        params,
        response: { 200: DocumentView, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request) => {
      const { document, revisions } = await load(request, request.params.id)
      return documentView(document, revisions)
    },
  )

  const fileSchema = (operationId: string, summary: string) => ({
    operationId,
    summary,
    tags,
    params,
    headers: Type.Object({ range: Type.Optional(Type.String()), 'if-range': Type.Optional(Type.String()) }),
    response: { 200: Pdf, 206: { ...Pdf, description: 'The range of the file.' }, ...fileProblems },
  })

  api.get(
    '/documents/:id/original',
    { schema: fileSchema('getOriginal', 'Download what was uploaded, byte for byte') },
    async (request, reply) => {
      const loaded = await load(request, request.params.id)
      return sendFile(request, reply, ports.blobs, originalOf(loaded))
    },
  )

  api.get(
    '/documents/:id/signed',
    {
      schema: fileSchema('getSigned', 'Download the document with everybody’s signature'),
    },
    async (request, reply) => {
      const loaded = await load(request, request.params.id)
      const { orderId, revision } = loaded.document
      const order = orderId === null ? undefined : await reading.order(callerOf(request).tenantId, orderId)
      if (order?.state !== 'completed' || loaded.document.role !== 'sign') throw notSigned(order, loaded.document)
      return sendFile(request, reply, ports.blobs, fileOf(loaded, revision, '.signed'))
    },
  )

  api.get(
    '/documents/:id/revisions/:number',
    {
      schema: {
        ...fileSchema('getRevision', 'Download the document as it was after a revision'),
        params: Type.Object({ id: Id, number: Type.Integer({ minimum: 0, maximum: 10_000 }) }),
      },
    },
    async (request, reply) => {
      const loaded = await load(request, request.params.id)
      const { number } = request.params
      return sendFile(request, reply, ports.blobs, fileOf(loaded, number, `.${number}`))
    },
  )

  async function load(request: FastifyRequest, id: string): Promise<Loaded> {
    const { tenantId } = callerOf(request)
    const document = await reading.document(tenantId, id)
    if (!document) throw new SeglError('NOT_FOUND', 'There is no such document.')
    return { document, revisions: await reading.revisions(tenantId, id) }
  }
}

type Loaded = { readonly document: StoredDocument; readonly revisions: readonly Revision[] }

/** The file up to the end of one revision; `suffix` goes before its extension. */
function fileOf({ document, revisions }: Loaded, number: number, suffix: string): FileToSend {
  const parts = revisions.filter((revision) => revision.number <= number)
  const last = parts.at(-1)
  if (last?.number !== number) throw new SeglError('NOT_FOUND', 'The document has no such revision.')
  return {
    parts: parts.map(({ blobSha256, length }) => ({ sha256: blobSha256, length })),
    size: last.start + last.length,
    sha256: last.fileSha256,
    fileName: suffix === '' ? document.fileName : `${document.fileName.replace(/\.pdf$/i, '')}${suffix}.pdf`,
    createdAt: last.createdAt,
  }
}

/** What was sent: revision 0, or what that was made of. */
function originalOf(loaded: Loaded): FileToSend {
  const { original } = loaded.document
  if (original === null) return fileOf(loaded, 0, '')
  const { sha256, size } = original
  const { fileName, createdAt } = loaded.document
  return { parts: [{ sha256, length: size }], size, sha256, fileName, createdAt }
}

const notSigned = (order: Order | undefined, document: StoredDocument): SeglError =>
  new SeglError('NOT_SIGNED_YET', whyNotSigned(order, document), { extra: { state: order?.state ?? null } })

function whyNotSigned(order: Order | undefined, { id, role, revision }: StoredDocument): string {
  if (role !== 'sign') return 'The document is an annex: nobody signs it. Its original is all there is.'
  if (order?.state === 'failed' && order.outcome !== null) {
    return (
      'The order failed while it was being closed: `failures` says why, and `retry` tries it again. The signatures given are kept, ' +
      `unsealed: GET /v1/documents/${id}/revisions/${revision}.`
    )
  }
  if (order?.state === 'failed') {
    return 'The order has failed: `failures` says why. Put it right and try again (`retry`), or cancel the order.'
  }
  return order && isFinal(order.state)
    ? `The order ended as ${order.state}, so not everybody has signed. What was signed is among the document's revisions.`
    : 'Not everybody has signed yet, or the seal is still on its way. Follow the state of the order.'
}

const logged = (request: FastifyRequest) => (err: unknown) =>
  request.log.error({ err }, 'a refused upload was not removed')
