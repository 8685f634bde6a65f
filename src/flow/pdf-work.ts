// The PDF work itself, on any source of bytes: sheets drawn, revisions built, holes filled. Runs in a worker thread.
import { createHash } from 'node:crypto'
import { isSeglError, SeglError } from '../errors.ts'
import { judgeFinished } from '../kernel/checks/finished.ts'
import { judgeUpload } from '../kernel/checks/upload.ts'
import { signedDataBound } from '../kernel/cms/index.ts'
import {
  type AppendState,
  beginDocumentTimestamp,
  beginSignature,
  checkSigned,
  completeSignature,
  digestSigned,
  prepareRevision,
  prepareSigned,
  readArchived,
  timestampRoom,
} from '../kernel/pades/index.ts'
import {
  type ByteSource,
  bytesSource,
  concatSource,
  earlierSignatures,
  openPdf,
  preflight,
  readInPieces,
} from '../kernel/pdf/index.ts'
import { parseCertificate } from '../kernel/x509/index.ts'
import { normalisePdf } from '../normalise/index.ts'
import { appearanceResources, auditAppearance, drawSheets, placedSlots, signatureAppearance } from '../sheet/index.ts'
import type { FileParts, HoleFor, PdfWork } from './ports/pdf-work.ts'
import type { StoredValidation } from './ports/store.ts'

export type OpenFile = (file: FileParts) => ByteSource & { close(): void }

/** Largest time-stamp token that we expect to meet (a token with a chain of three certificates has about 6 KB). */
const largestToken = 6000

export function createPdfWork(open: OpenFile): PdfWork {
  async function using<T>(file: FileParts, work: (source: ByteSource) => T | Promise<T>): Promise<T> {
    const source = open(file)
    try {
      return await work(source)
    } finally {
      source.close()
    }
  }
  return {
    judge: ({ file, stage, trustAnchors, at }) =>
      using(file, (source) =>
        judgeFinished({ source, trustAnchors: trustAnchors.map((der) => parseCertificate(der)), at }, stage),
      ),

    normalise: (file) => using(file, (source) => normalisePdf(source)),

    async normaliseHelps(file) {
      try {
        const { bytes } = await using(file, (source) => normalisePdf(source))
        const found = preflight(bytesSource(bytes))
        const known = { signatures: found.existingSignatures.length, revisions: found.revisions }
        const judged = found.accepted ? await judgeUpload(bytesSource(bytes), known) : []
        return found.accepted && judged.every(({ severity }) => severity !== 'refuse')
      } catch (error) {
        if (isSeglError(error)) return false
        throw error
      }
    },

    async prepare({ file, sheets }) {
      const signed = await using(file, (source) =>
        earlierSignatures(openPdf(source))
          ? {
              increment: new Uint8Array(0),
              state: prepareSigned(source, sheets.slots.length, placedSlots(sheets)),
              fileSha256: fileSha256(source),
            }
          : undefined,
      )
      if (signed) return signed
      const drawn = await drawSheets(sheets)
      return using(file, (source) => {
        const { increment, state } = prepareRevision(source, drawn)
        return { increment, state, fileSha256: fileSha256(concatSource([source, increment])) }
      })
    },

    async beginSignature({ file, state, slot, look, claimedTime, hole }) {
      const drawnWith = await appearanceResources()
      return using(file, (source) =>
        beginSignature(source, state, {
          slot,
          appearance: signatureAppearance({ ...look, ...sizeOf(state, slot) }),
          drawnWith,
          name: look.name,
          signingTime: claimedTime,
          digestAlgorithm: 'sha256',
          contentsSize: holeSize(hole),
        }),
      )
    },

    beginSeal: ({ file, state, look, claimedTime, trail, hole }) =>
      using(file, (source) =>
        beginSignature(source, state, {
          slot: 'seal',
          appearance: auditAppearance(look),
          name: look.sealOrganisation,
          signingTime: claimedTime,
          trail: Buffer.from(trail, 'utf8'),
          digestAlgorithm: 'sha256',
          contentsSize: holeSize(hole),
        }),
      ),

    beginArchive: ({ file, state, validation }) =>
      using(file, (source) =>
        beginDocumentTimestamp(source, state, {
          digestAlgorithm: 'sha256',
          contentsSize: timestampRoom(largestToken),
          validationData: {
            certificates: ofKind(validation, 'certificate'),
            crls: ofKind(validation, 'crl'),
            ocsps: ofKind(validation, 'ocsp'),
          },
        }),
      ),

    readArchived: ({ file }) => using(file, (source) => readArchived(source)),

    complete: ({ file, toBeSigned, cms, signingCertificate }) =>
      using(file, (source) => {
        const { increment, state } = completeSignature(toBeSigned, cms)
        // Once it is embedded nobody can take it out again.
        if (signingCertificate) checkSigned(toBeSigned, increment, parseCertificate(signingCertificate))
        const digests = digestSigned(source, toBeSigned, cms)
        // The file on disk must still be the one that was approved.
        if (Buffer.from(digests.document).toString('base64') !== toBeSigned.documentDigest) {
          throw new SeglError('INTERNAL', 'The stored file is not the one that was to be signed.')
        }
        return { increment, state, fileSha256: Buffer.from(digests.file).toString('hex') }
      }),
  }
}

/** Of a field on a page of the upload, as it is shown; a slot of a sheet has the size that appearances have anyway. */
function sizeOf(
  state: AppendState,
  slot: number,
): { readonly size?: { readonly width: number; readonly height: number } } {
  const field = state.slots.find((one) => one.slot === slot)
  if (field?.rotation === undefined) return {}
  const [x1, y1, x2, y2] = field.rect
  const [across, up] = [x2 - x1, y2 - y1]
  return { size: field.rotation % 180 === 0 ? { width: across, height: up } : { width: up, height: across } }
}

function holeSize({ certificates, algorithm }: HoleFor): number {
  const [signingCertificate, ...chain] = certificates
  if (!signingCertificate) throw new SeglError('CERTIFICATE_INVALID', 'There is no certificate to sign with.')
  return signedDataBound({
    digestAlgorithm: 'sha256',
    signatureAlgorithm: algorithm,
    signingCertificate,
    certificates: chain,
    largestToken,
  })
}

const ofKind = (validation: readonly StoredValidation[], kind: StoredValidation['kind']): Uint8Array[] =>
  validation.filter((item) => item.kind === kind).map(({ der }) => der)

function fileSha256(source: ByteSource): string {
  const hash = createHash('sha256')
  for (const piece of readInPieces(source, 0, source.size)) hash.update(piece)
  return hash.digest('hex')
}
