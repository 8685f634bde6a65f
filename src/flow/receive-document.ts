// Receives an upload: looks into the PDF, refuses what nobody should sign, and stores the rest with its metadata.
import type { Metadata } from '../accounting/metadata.ts'
import { catalogue, type ErrorCode, SeglError } from '../errors.ts'
import { normalisable } from '../normalise/index.ts'
import { newId } from './id.ts'
import type { Language, Original } from './model.ts'
import type { Blobs } from './ports/blobs.ts'
import type { Intake, IntakeTx } from './ports/intake.ts'
import type { PdfWork } from './ports/pdf-work.ts'
import type { PreFlight, PreFlightReport } from './ports/pre-flight.ts'
import type { StoredDocument } from './ports/reading.ts'

export type ReceivingPorts = {
  readonly intake: Intake
  readonly blobs: Blobs
  readonly preFlight: PreFlight
  readonly pdf: Pick<PdfWork, 'normalise'>
}

export type Received = {
  readonly tenantId: string
  readonly metadata: Metadata
  /** Already in the blob store. */
  readonly upload: { readonly sha256: string; readonly size: number }
  /** Name the file was sent under, when metadata names none. */
  readonly fileName?: string
}

/**
 * Stores a document whose bytes are in the blob store. `answered` runs in the same transaction. Throws the code of the
 * first finding that refuses the file, with all of them in `findings`; the caller then forgets the upload.
 */
export async function receiveDocument(
  ports: ReceivingPorts,
  received: Received,
  answered: (tx: IntakeTx, document: StoredDocument) => Promise<void>,
): Promise<StoredDocument> {
  const { tenantId, metadata } = received
  const { upload, report, original } = await readied(ports, received)
  return ports.intake.transaction(tenantId, async (tx) => {
    for (const blob of original === null ? [upload] : [upload, original]) {
      await tx.lockBlob(blob.sha256)
      await requireBlob(ports.blobs, blob)
    }
    const id = newId(tx.now)
    const { title, fileName, language, normalise: _, ...ofKind } = metadata
    const document = {
      id,
      kind: metadata.kind,
      title,
      fileName: fileName ?? received.fileName ?? `${id}.pdf`,
      language: language ?? ('nb' satisfies Language),
      metadata: ofKind,
      preflight: { ...report },
      pages: report.pages,
      uploadSha256: upload.sha256,
      uploadSize: upload.size,
      original,
    }
    await tx.insertDocument(document)
    const stored = { ...document, orderId: null, role: 'sign', revision: 0, createdAt: tx.now } as const
    await answered(tx, stored)
    return stored
  })
}

type Readied = {
  readonly upload: Received['upload']
  readonly report: PreFlightReport
  readonly original: Original | null
}

/** The upload as it will be signed: as it came, or rewritten where its sender asked for that and there is a reason to. */
async function readied(ports: ReceivingPorts, { tenantId, metadata, upload }: Received): Promise<Readied> {
  const file = [{ sha256: upload.sha256, length: upload.size }]
  const report = await ports.preFlight.inspect(file)
  const reasons = report.findings.filter(({ code }) => normalisable.includes(code))
  const hopeless = report.findings.some(({ code, severity }) => severity === 'refuse' && !normalisable.includes(code))
  if (metadata.normalise !== true || reasons.length === 0 || hopeless) {
    refuseIfUnsignable(report)
    return { upload, report, original: null }
  }
  const { bytes, changes, fields } = await ports.pdf.normalise(file)
  const rewritten = { sha256: await ports.blobs.put(bytes), size: bytes.length }
  try {
    // Judged anew: nobody takes the rewriting's word for it.
    const again = await ports.preFlight.inspect([{ sha256: rewritten.sha256, length: rewritten.size }])
    refuseIfUnsignable(again)
    return { upload: rewritten, report: again, original: { ...upload, changes, fields } }
  } catch (error) {
    await forgetUpload(ports, tenantId, rewritten.sha256)
    throw error
  }
}

/** Removes an upload that was refused, unless a document (of anybody) has the same bytes. */
export async function forgetUpload(
  ports: Pick<ReceivingPorts, 'intake' | 'blobs'>,
  tenantId: string,
  sha256: string,
): Promise<void> {
  await ports.intake.transaction(tenantId, async (tx) => {
    await tx.lockBlob(sha256)
    if (!(await tx.blobInUse(sha256))) await ports.blobs.remove(sha256)
  })
}

function refuseIfUnsignable(report: PreFlightReport): void {
  const first = report.findings.find((finding) => finding.severity === 'refuse')
  if (first === undefined) return
  throw new SeglError(isCode(first.code) ? first.code : 'MALFORMED_PDF', first.detail, {
    extra: { findings: report.findings },
    ...(first.offset !== undefined && { offset: first.offset }),
  })
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code)

/** A refused upload of the same bytes may have taken them away between storing and locking. */
async function requireBlob(blobs: Blobs, upload: Received['upload']): Promise<void> {
  try {
    for await (const _ of blobs.stream([{ sha256: upload.sha256, length: upload.size }], upload.size - 1, upload.size));
  } catch (cause) {
    throw new SeglError('UNAVAILABLE', 'The upload could not be kept. Send it again.', { cause, retryAfter: 1 })
  }
}
