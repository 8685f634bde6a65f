// Any PDF through the whole kernel in this process: pre-flight, prepared or reopened, two signers, seal, archive time-stamp, verified.
import { isSeglError } from '../../src/errors.ts'
import type { Report } from '../../src/kernel/checks/index.ts'
import { judgeUpload, type UploadFinding } from '../../src/kernel/checks/upload.ts'
import { prepareRevision, prepareSigned } from '../../src/kernel/pades/index.ts'
import {
  bytesSource,
  earlierSignatures,
  type Finding,
  openPdf,
  type Preflight,
  preflight,
  type SheetObjects,
} from '../../src/kernel/pdf/index.ts'
import type { Certificate } from '../../src/kernel/x509/index.ts'
import { drawSheets } from '../../src/sheet/index.ts'
import { resourceName } from '../../src/sheet/typeface.ts'
import { sheetsInput } from '../sheet/examples.ts'
import { judge } from './checks/judge.ts'
import { archive, type Document, sign, trailOf } from './checks/signed-file.ts'
import { clock, organisation, person, root, sha256 } from './checks/world.ts'

export type WholeWay = {
  readonly preflight: Preflight
  readonly findings: readonly (Finding | UploadFinding)[]
  readonly accepted: boolean
  /** What a step threw after pre-flight had accepted the file: never right. */
  readonly broke: { readonly step: string; readonly code: string; readonly detail: string } | undefined
  readonly verdict: Report['verdict'] | undefined
  /** `CHECK_ID on Field (earlier): verdict, what was found`, for every check of a signature that counts and did not pass. */
  readonly failed: readonly string[]
  readonly report: Report | undefined
  /** The finished file. */
  readonly bytes: Buffer | undefined
}

export type WholeWayOptions = {
  /** Goes on although pre-flight refused. */
  readonly insist?: boolean
  /** Roots of those who signed the upload. */
  readonly moreRoots?: readonly Certificate[]
}

const signers = 2
const spare = 2
let drawn: Promise<SheetObjects> | undefined

/** The sheets as they are drawn for two signers, and what the tests' own appearances draw with. */
function sheets(): Promise<SheetObjects> {
  drawn ??= drawSheets(sheetsInput('nb', signers, spare)).then((sheet) => ({
    ...sheet,
    resources: { ...sheet.resources, regular: sheet.resources[resourceName('regular')] ?? 0 },
  }))
  return drawn
}

export async function wholeWay(upload: Uint8Array, options: WholeWayOptions = {}): Promise<WholeWay> {
  const report = preflight(bytesSource(upload))
  const judged = report.accepted ? await judgeUpload(bytesSource(upload), known(report)) : []
  const findings = [...report.findings, ...judged]
  const begun = {
    preflight: report,
    findings,
    accepted: findings.every(({ severity }) => severity !== 'refuse'),
    broke: undefined,
    verdict: undefined,
    failed: [],
    report: undefined,
    bytes: undefined,
  }
  if (!begun.accepted && options.insist !== true) return begun
  let step = 'sheets'
  try {
    const sheet = await sheets()
    step = 'prepare'
    const bytes = finished(Buffer.from(upload), sheet, (next) => {
      step = next
    })
    step = 'verify'
    const verified = await judge(bytes, clock.now, [root, ...(options.moreRoots ?? [])])
    return { ...begun, verdict: verified.verdict, failed: failedChecks(verified), report: verified, bytes }
  } catch (error) {
    if (!isSeglError(error)) throw error
    return { ...begun, broke: { step, code: error.code, detail: error.detail } }
  }
}

const known = ({ existingSignatures, revisions }: Preflight) => ({ signatures: existingSignatures.length, revisions })

function finished(upload: Buffer, sheet: SheetObjects, reached: (step: string) => void): Buffer {
  let document = begin(upload, sheet)
  const preparedSha256 = sha256(document.bytes)
  const told: Parameters<typeof sign>[5] = []
  reached('first signer')
  document = sign(document, person('Kari', 'Nordmann'), 'first', 1, {}, told)
  reached('second signer')
  document = sign(document, person('Ola', 'Nordmann'), 'second', 2, {}, told)
  reached('seal')
  const trail = trailOf(upload, preparedSha256, told)
  document = sign(document, organisation('Segl Test AS'), 'seal', 'seal', {}, told, trail)
  reached('archive')
  return archive(document).bytes
}

/** Others' signatures get no sheets behind them, as flow/pdf-work decides. */
function begin(upload: Buffer, sheet: SheetObjects): Document {
  const source = bytesSource(upload)
  if (earlierSignatures(openPdf(source))) return { bytes: upload, state: prepareSigned(source, signers + spare) }
  const { increment, state } = prepareRevision(source, sheet)
  return { bytes: Buffer.concat([upload, increment]), state }
}

const failedChecks = ({ signatures }: Report): readonly string[] =>
  signatures.flatMap(({ field, earlier, checks }) =>
    checks
      .filter(({ verdict, id }) => verdict !== 'PASSED' && id !== 'ARCHIVE_TIME_STAMP')
      .map(({ id, verdict, detail }) => `${id} on ${field}${earlier ? ' (earlier)' : ''}: ${verdict}, ${detail ?? ''}`),
  )
