// Whether a file that is about to be finished holds: what counts for its order, and what does not.
import { isSeglError } from '../../errors.ts'
import type { Verdict } from '../x509/index.ts'
import { examine, type VerificationInput } from './index.ts'
import { brokenEarlier, type CheckReport, type NotProven } from './report.ts'

/** What of a file is finished: all of it (`closed`), or what has been signed so far in an order that goes on (`open`). */
export type Stage = 'open' | 'closed'

/** Plain JSON. Of the worst check, where not all passed. */
export type Judgement = {
  readonly verdict: Verdict
  /** Id of a check, or code of what the report leaves open; null when everything passed. */
  readonly check: string | null
  readonly field: string | null
  /** In English, for a person; null where it could name one. */
  readonly detail: string | null
}

type Fault = Pick<CheckReport, 'id' | 'verdict' | 'detail'> & { readonly field: string | null }

/** What the report leaves open about the file as a whole, and would be our own mistake. */
const openEnds: readonly { readonly code: NotProven; readonly stages: readonly Stage[]; readonly detail: string }[] = [
  { code: 'NO_SIGNATURE', stages: ['open', 'closed'], detail: 'There is no signature in the file.' },
  { code: 'NOT_SEALED', stages: ['closed'], detail: 'The file has no seal.' },
  {
    code: 'BYTES_AFTER_LAST_SIGNATURE',
    stages: ['open', 'closed'],
    detail: 'No signature or time-stamp covers the end of the file.',
  },
]

/**
 * Verifies a file that we are about to call finished. Counts for the order: that nobody's signature is broken, and that each
 * signature, seal and time-stamp of the order passes every check, the archive time-stamp included (a level that is not reached is
 * no success: EN 319 142-1 § 6.3). Does not count: whom the makers of earlier signatures trusted, when and in which form they
 * signed (there may be no root of theirs here), and objects of the upload that nobody can read, of which pre-flight has warned.
 */
export async function judgeFinished(input: VerificationInput, stage: Stage): Promise<Judgement> {
  let examined: Awaited<ReturnType<typeof examine>>
  try {
    examined = await examine(input)
  } catch (error) {
    if (!isSeglError(error)) throw error
    return { verdict: 'FAILED', check: error.code, field: null, detail: error.detail }
  }
  const { report } = examined
  const faults = report.signatures.flatMap((signature): readonly Fault[] => {
    const { field, checks } = signature
    if (!signature.earlier) return checks.filter((one) => counts(one, stage)).map((check) => ({ ...check, field }))
    const broken = brokenEarlier(signature)
    return broken ? [{ ...broken, field }] : []
  })
  const open = openEnds.flatMap(({ code, stages, detail }): readonly Fault[] =>
    stages.includes(stage) && report.notProven.includes(code)
      ? [{ id: code, verdict: 'FAILED', field: null, detail }]
      : [],
  )
  const all = [...faults, ...open]
  const worst =
    all.find(({ verdict }) => verdict === 'FAILED') ?? all.find(({ verdict }) => verdict === 'INDETERMINATE')
  if (!worst) return { verdict: 'PASSED', check: null, field: null, detail: null }
  const { id: check, verdict, field, detail } = worst
  return { verdict, check, field, detail: namesNobody.has(check) ? (detail ?? null) : null }
}

/** What nobody can read of the upload stays so, and pre-flight has said OBJECTS_UNREADABLE. */
const neverMended = ['OBJECTS_READABLE']

/**
 * What only the trail under the seal can tell of an open order's file: where the upload ended, when bytes stand behind its last %%EOF,
 * and which places signatures were given over what others had signed before.
 */
function toldByTheSeal({ id, verdict }: CheckReport): boolean {
  return id === 'SHEETS_ONLY' || id === 'UPLOAD_KEPT' || (id === 'LATER_CHANGES' && verdict === 'INDETERMINATE')
}

function counts(check: CheckReport, stage: Stage): boolean {
  if (stage === 'open' && toldByTheSeal(check)) return false
  if (check.verdict === 'INDETERMINATE') return !neverMended.includes(check.id)
  return check.verdict === 'FAILED'
}

/** Checks whose detail speaks of bytes and objects; others may name the holder of a certificate. */
const namesNobody: ReadonlySet<string> = new Set([
  'BYTE_RANGE',
  'CONTENTS_PADDING',
  'COVERS_REVISION',
  'NOTHING_BEHIND',
  'SIGNATURE_DICTIONARY',
  'SIGNATURE_ONCE',
  'CMS_SIGNATURE',
  'LATER_CHANGES',
  'DOC_MDP',
  'FIELD_LOCK',
  'UPLOAD_KEPT',
  'SHEETS_ONLY',
  'AFTER_SEAL',
  ...openEnds.map(({ code }) => code),
])
