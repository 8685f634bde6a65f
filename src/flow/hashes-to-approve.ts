// What a signer approves at BankID: the hash that is signed, and beside it what he knows the document by.
import type { OrderDocument, SignatureAct } from './model.ts'
import type { HashToApprove } from './ports/trust-services.ts'

/** One for each act, in their order; the label is the document's title and the SHA-256 of the upload. */
export function hashesToApprove(
  acts: readonly Pick<SignatureAct, 'documentId' | 'toBeSignedHash'>[],
  documents: readonly OrderDocument[],
): readonly HashToApprove[] {
  return acts.map(({ documentId, toBeSignedHash }) => {
    const document = documents.find(({ id }) => id === documentId)
    return {
      hash: Buffer.from(toBeSignedHash, 'hex'),
      label: `${document?.title} · SHA-256 ${document?.uploadSha256}`,
    }
  })
}
