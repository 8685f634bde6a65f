// What the audit trail tells is what the file shows: the same revisions, the same signatures, no more and no fewer.
import { createHash } from 'node:crypto'
import { derLength } from '../../der/index.ts'
import { type Check, failed, passed } from '../check.ts'
import type { Evidence } from '../evidence.ts'
import { isEarlier, isSealField } from '../origin.ts'
import { documentsIn, readTrail, type Trail } from '../trail.ts'

export const trailTold: Check = {
  id: 'TRAIL_TOLD',
  title: 'Revisions and signatures are those of the audit trail',
  citation: 'Segl DESIGN “Evidence”',
  run({ kind, embedded }, evidence) {
    if (kind !== 'seal') return undefined
    const trail = readTrail(embedded)
    const prepared = evidence.origin?.prepared
    if (!trail || prepared === undefined || embedded.covers === undefined) {
      return failed('FORMAT_FAILURE', 'There is nothing to compare.')
    }
    const upload = evidence.origin?.uploadSha256
    // An order may hold the same upload twice: one of its documents has to be this file.
    const faults = trail.uploads
      .filter(({ sha256 }) => sha256.toLowerCase() === upload)
      .map(({ document }) => documentFault(evidence, trail, document, prepared, embedded.covers ?? 0))
    if (faults.some((fault) => fault === undefined)) return passed()
    return failed('HASH_FAILURE', faults[0] ?? 'The audit trail does not know this document.')
  },
}

function documentFault(
  evidence: Evidence,
  trail: Trail,
  document: string,
  prepared: number,
  sealed: number,
): string | undefined {
  const told = (type: string) =>
    trail.events
      .filter((event) => event.type === type)
      .flatMap(({ data }) => documentsIn(data).filter((entry) => entry['document'] === document))
  const hashAt = (index: number): string | undefined => {
    const revision = evidence.revisions[index]
    return revision && evidence.digests.prefix(revision.end)
  }
  // Behind the signatures of others nothing is prepared in the file itself.
  const preparedSha256 = evidence.origin?.sheets === true ? hashAt(prepared) : evidence.origin?.uploadSha256
  if (told('order.prepared').at(-1)?.['preparedSha256'] !== preparedSha256)
    return 'The prepared revision is another one than the audit trail tells.'
  const signed = told('signer.signed')
  const here = evidence.embedded.filter(
    (one) =>
      one.subFilter !== 'ETSI.RFC3161' &&
      !isSealField(one.field) &&
      (one.covers ?? sealed) < sealed &&
      !isEarlier(one, evidence.origin),
  )
  if (signed.length !== here.length)
    return `The audit trail tells of ${signed.length} signatures, the file has ${here.length}.`
  for (const signature of here) {
    const covers = signature.covers ?? 0
    // The trail counts from the upload, however many revisions that had itself.
    const entry = signed.find((one) => one['revision'] === covers - prepared + 1)
    if (entry === undefined) return `The audit trail does not tell of the signature in ${signature.field.name}.`
    if (entry['revisionSha256'] !== hashAt(covers))
      return `Revision ${covers} is another one than the audit trail tells.`
    const cms = signature.contents?.subarray(0, derLength(signature.contents)) ?? new Uint8Array()
    if (entry['cmsSha256'] !== createHash('sha256').update(cms).digest('hex')) {
      return `The signature in ${signature.field.name} is another one than the audit trail tells.`
    }
  }
  return undefined
}
