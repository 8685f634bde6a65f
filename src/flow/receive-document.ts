// Receives an upload: looks into the PDF, refuses what nobody should sign, and stores the rest with its metadata.
import { Readable } from 'node:stream'
import type { Metadata } from '../accounting/metadata.ts'
import { catalogue, type ErrorCode, isSeglError, SeglError } from '../errors.ts'
import { normalisable } from '../normalise/index.ts'
import { forgetBlob } from './forget-blob.ts'
import { newId } from './id.ts'
import type { Language, Original } from './model.ts'
import type { Blobs, StagedBlob } from './ports/blobs.ts'
import type { Intake, IntakeTx } from './ports/intake.ts'
import type { FileParts, PdfWork } from './ports/pdf-work.ts'
import type { PreFlight, PreFlightReport } from './ports/pre-flight.ts'
import type { StoredDocument } from './ports/reading.ts'

export type ReceivingPorts = {
  readonly intake: Intake
  readonly blobs: Blobs
  readonly preFlight: PreFlight
  readonly pdf: Pick<PdfWork, 'normalise' | 'normaliseHelps'>
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
  const refused = report.findings.filter(({ severity }) => severity === 'refuse')
  const reasons = report.findings.filter(({ code }) => normalisable.includes(code))
  const hopeless = refused.some(({ code }) => !normalisable.includes(code))
  if (metadata.normalise !== true || reasons.length === 0 || hopeless) {
    if (refused.length === 0) return { upload, report, original: null }
    const helps = metadata.normalise === true || hopeless ? false : await normaliseHelps(ports, file)
    throw refusal(report, helps)
  }
  const { bytes, changes, fields } = await ports.pdf.normalise(file).catch((error: unknown) => {
    throw isSeglError(error) ? withFindings(error, report) : error
  })
  const rewritten = await ports.blobs.stage(Readable.from([bytes]), bytes.length)
  try {
    // Judged anew: nobody takes the rewriting's word for it.
    const again = await ports.preFlight.inspect([partOf(rewritten)])
    if (again.findings.some(({ severity }) => severity === 'refuse')) throw refusal(again, false)
    const { sha256, size } = upload
    return { upload: rewritten, report: again, original: { sha256, size, changes, fields } }
  } catch (error) {
    await ports.blobs.discard(rewritten)
    throw error
  }
}

const partOf = ({ sha256, size, staged }: StagedBlob) => ({ sha256, length: size, staged })

/** Tried out, so that the answer is true; undefined where trying failed for another reason than the file. */
async function normaliseHelps({ pdf }: ReceivingPorts, file: FileParts): Promise<boolean | undefined> {
  try {
    return await pdf.normaliseHelps(file)
  } catch {
    // The refusal stands in any case, and this is advice.
    return undefined
  }
}

const advice = (helps: boolean | undefined): string =>
  helps === undefined
    ? ''
    : helps
      ? ' With `normalise` this file is accepted, rewritten.'
      : ' `normalise` does not help.'

function refusal(report: PreFlightReport, helps: boolean | undefined): SeglError {
  const first = report.findings.find((finding) => finding.severity === 'refuse')
  const code = first?.code ?? 'MALFORMED_PDF'
  return new SeglError(isCode(code) ? code : 'MALFORMED_PDF', `${first?.detail ?? ''}${advice(helps)}`, {
    extra: { findings: report.findings, ...(helps !== undefined && { normaliseHelps: helps }) },
    ...(first?.offset !== undefined && { offset: first.offset }),
  })
}

/** What rewriting throws, with what pre-flight had found before. */
const withFindings = ({ code, detail, offset }: SeglError, { findings }: PreFlightReport): SeglError =>
  new SeglError(code, detail, { extra: { findings, normaliseHelps: false }, ...(offset !== undefined && { offset }) })

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalogue, code)
