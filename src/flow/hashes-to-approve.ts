// What a signer approves at BankID: the hash that is signed, and beside it what he knows the document by.
import type { OrderDocument, SignatureAct } from './model.ts'
import type { HashToApprove } from './ports/trust-services.ts'

/** Titles are cut to this when there are many: all labels travel in one pushed request, which has a limit (RFC 9126 §2.3). */
const longestTitle = { few: 200, many: 60 }
const few = 10

/** One for each act, in their order; the label is the document's title and the SHA-256 of the upload. */
export function hashesToApprove(
  acts: readonly Pick<SignatureAct, 'documentId' | 'toBeSignedHash'>[],
  documents: readonly OrderDocument[],
): readonly HashToApprove[] {
  const longest = acts.length > few ? longestTitle.many : longestTitle.few
  return acts.map(({ documentId, toBeSignedHash }) => {
    const document = documents.find(({ id }) => id === documentId)
    const title = document?.title ?? ''
    const shown = title.length > longest ? `${title.slice(0, longest - 1)}…` : title
    return {
      hash: Buffer.from(toBeSignedHash, 'hex'),
      label: `${shown} · SHA-256 ${document?.uploadSha256}`,
    }
  })
}
