// What verification will demand of the finished file, asked of the upload: before anybody is asked to sign it.
import { isSeglError, SeglError } from '../../errors.ts'
import { type ByteSource, fileAt, openPdf, revisions } from '../pdf/index.ts'
import { type Crypto, nodeCrypto } from '../x509/index.ts'
import { type Evidence, most } from './evidence.ts'
import { examine } from './index.ts'
import { missingReferences } from './missing-references.ts'
import { brokenEarlier, type CheckReport, type Report } from './report.ts'

export type UploadFinding = {
  readonly code: 'ALREADY_SIGNED' | 'MALFORMED_PDF' | 'TOO_COMPLEX' | 'OBJECTS_UNREADABLE' | 'STRICT_VALIDATORS'
  readonly severity: 'refuse' | 'warn'
  /** Byte offset in the file. */
  readonly offset: number
  readonly detail: string
  /** Id of the check that the finished file would fail. */
  readonly check?: string
}

/** What pre-flight has found out about it. */
export type KnownUpload = { readonly signatures: number; readonly revisions: number | undefined }

/** The shortest order appends so many revisions: prepared, one signature, seal, archive. */
const leastRevisions = 4

/**
 * Asks the checks that the finished file has to pass, of a file that pre-flight accepts. Costs one verification where others have
 * signed it; next to nothing where it is one revision that nobody signed. No root is needed: whom they trusted does not count.
 */
export async function judgeUpload(
  source: ByteSource,
  known: KnownUpload,
  crypto: Crypto = nodeCrypto,
): Promise<readonly UploadFinding[]> {
  try {
    if (known.signatures > 0) {
      // Without roots no path is judged, so the time plays no part.
      const { report, evidence } = await examine({ source, trustAnchors: [], at: new Date(0), crypto })
      return [
        ...brokenFindings(report, evidence),
        ...encodingFindings(report, evidence),
        ...unreadableFindings(evidence.missing.unreadable),
      ]
    }
    // Pre-flight has read every object of a single revision.
    return known.revisions === 1 ? [] : historyFindings(source)
  } catch (error) {
    if (!isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX')) throw error
    const code = isSeglError(error, 'TOO_COMPLEX') ? 'TOO_COMPLEX' : 'MALFORMED_PDF'
    return [{ code, severity: 'refuse', offset: error.offset ?? 0, detail: error.detail }]
  }
}

function brokenFindings({ signatures }: Report, { embedded }: Evidence): readonly UploadFinding[] {
  return signatures.flatMap((signature, index): readonly UploadFinding[] => {
    const one = embedded[index]
    const broken = brokenEarlier(signature)
    if (!one || !broken) return []
    const offset = one.contentsAt?.[0] ?? 0
    return [
      { code: 'ALREADY_SIGNED', severity: 'refuse', offset, detail: told(signature.field, broken), check: broken.id },
    ]
  })
}

/** Measured: of a CMS that is not DER, EU DSS or pyHanko reject some kinds that pdfsig and we can read (EN 319 142-1, table 1). */
function encodingFindings({ signatures }: Report, { embedded }: Evidence): readonly UploadFinding[] {
  const odd = signatures.findIndex(({ checks }) =>
    checks.some(({ id, verdict }) => id === 'CMS_DER' && verdict === 'INDETERMINATE'),
  )
  const signature = signatures[odd]
  if (signature === undefined) return []
  const detail =
    `The signature in the field ${signature.field} is not encoded as DER, which PAdES demands: strict validators may reject it, ` +
    'before and after others sign. Ask its sender for another copy, or accept the warning.'
  const offset = embedded[odd]?.contentsAt?.[0] ?? 0
  return [{ code: 'STRICT_VALIDATORS', severity: 'warn', offset, detail, check: 'CMS_DER' }]
}

/** Broken, or of a kind that our verifier cannot read: in both cases the finished file would fail. */
const told = (field: string, { id, detail }: CheckReport): string =>
  `The signature in the field ${field} does not pass verification (${id}${detail ? `: ${detail.replace(/[.]$/, '')}` : ''}), and so ` +
  'would no document that is signed after it. Ask its sender for a copy whose signatures hold, or upload the unsigned document.'

/** What later revisions replaced, and nobody has looked at: it is part of what is signed. */
function historyFindings(source: ByteSource): readonly UploadFinding[] {
  const file = openPdf(source)
  const history = revisions(file)
  let highest = 0
  file.xref.each((number) => (highest = Math.max(highest, number)))
  const finished = history.length + leastRevisions
  if (finished > most.revisions || finished * highest > most.entries) {
    const detail = `The PDF has too many revisions (${history.length}): nobody could verify it once it is signed. Save it as a new file.`
    throw new SeglError('TOO_COMPLEX', detail, { offset: 0 })
  }
  const files = (index: number) => {
    const revision = history[index]
    if (index === history.length - 1) return file
    return revision && fileAt(file, revision)
  }
  return unreadableFindings(missingReferences(history, files).unreadable)
}

const unreadableFindings = (reason: string | undefined): readonly UploadFinding[] =>
  reason === undefined
    ? []
    : [
        {
          code: 'OBJECTS_UNREADABLE',
          severity: 'warn',
          offset: 0,
          detail:
            `An earlier revision of the PDF holds something that cannot be read (${reason.replace(/[.]$/, '')}): verification ` +
            'will say so of the finished file. Save it as a new file, or accept the warning.',
        },
      ]
