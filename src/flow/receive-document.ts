// Receives an upload: looks into the PDF, refuses what nobody should sign, and stores the rest with its metadata.
import { Readable } from 'node:stream'
import type { Metadata } from '../accounting/metadata.ts'
import { catalogue, type ErrorCode, SeglError } from '../errors.ts'
import { normalisable } from '../normalise/index.ts'
import { forgetBlob } from './forget-blob.ts'
import { newId } from './id.ts'
import type { Language, Original } from './model.ts'
import type { Blobs, StagedBlob } from './ports/blobs.ts'
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
  /** Staged in the blob store; its caller discards it in the end, kept or not. */
  readonly upload: StagedBlob
  /** Name the file was sent under, when metadata names none. */
  readonly fileName?: string
}

/**
 * Stores a document whose bytes are staged in the blob store. `answered` runs in the same transaction. Throws the code of the
 * first finding that refuses the file, with all of them in `findings`; nothing is kept then.
 */
export async function receiveDocument(
  ports: ReceivingPorts,
  received: Received,
  answered: (tx: IntakeTx, document: StoredDocument) => Promise<void>,
): Promise<StoredDocument> {
  const { tenantId, metadata } = received
  const { upload, report, original } = await readied(ports, received)
  const staged = original === null ? [upload] : [upload, received.upload]
  const kept = new Set<string>()
  const store = async (tx: IntakeTx): Promise<StoredDocument> => {
    for (const blob of staged) {
      await tx.lockBlob(blob.sha256)
      kept.add(blob.sha256)
      await ports.blobs.keep(blob)
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
  }
  try {
    return await ports.intake.transaction(tenantId, store)
  } catch (error) {
    // When also this fails, bytes that no row names stay behind, and what went wrong first is what the sender has to know.
    const forget = (sha256: string) => ports.intake.transaction(tenantId, (tx) => forgetBlob(tx, ports.blobs, sha256))
    for (const sha256 of kept) await forget(sha256).catch(() => undefined)
    throw error
  } finally {
    if (original !== null) await ports.blobs.discard(upload)
  }
}

type Readied = {
  readonly upload: StagedBlob
  readonly report: PreFlightReport
  readonly original: Original | null
}

/** The upload as it will be signed: as it came, or rewritten where its sender asked for that and there is a reason to. */
async function readied(ports: ReceivingPorts, { metadata, upload }: Received): Promise<Readied> {
  const file = [partOf(upload)]
  const report = await ports.preFlight.inspect(file)
  const reasons = report.findings.filter(({ code }) => normalisable.includes(code))
  const hopeless = report.findings.some(({ code, severity }) => severity === 'refuse' && !normalisable.includes(code))
  if (metadata.normalise !== true || reasons.length === 0 || hopeless) {
    refuseIfUnsignable(report)
    return { upload, report, original: null }
  }
  const { bytes, changes, fields } = await ports.pdf.normalise(file)
  const rewritten = await ports.blobs.stage(Readable.from([bytes]), bytes.length)
  try {
    // Judged anew: nobody takes the rewriting's word for it.
    const again = await ports.preFlight.inspect([partOf(rewritten)])
    refuseIfUnsignable(again)
    const { sha256, size } = upload
    return { upload: rewritten, report: again, original: { sha256, size, changes, fields } }
  } catch (error) {
    await ports.blobs.discard(rewritten)
    throw error
  }
}

const partOf = ({ sha256, size, staged }: StagedBlob) => ({ sha256, length: size, staged })

function refuseIfUnsignable(report: PreFlightReport): void {
  const first = report.findings.find((finding) => finding.severity === 'refuse')
  if (first === undefined) return
  throw new SeglError(isCode(first.code) ? first.code : 'MALFORMED_PDF', first.detail, {
    extra: { findings: report.findings },
    ...(first.offset !== undefined && { offset: first.offset }),
  })
}

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code)
