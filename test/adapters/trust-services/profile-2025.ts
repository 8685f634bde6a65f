// What is common to the tests of the profile bankid-2025.
import { createHash, verify, X509Certificate } from 'node:crypto'
import { type Island, loggedIn, newRedirect } from './island.ts'

export const profile = 'bankid-2025' as const
export const csc = '/bankid-2025/csc/v2'
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const toApprove = (documents: readonly Uint8Array[]) =>
  documents.map((document, index) => ({ hash: sha256(document), label: `Årsregnskap ${index + 1}` }))

/** Logs in and makes the credential; `approve` is the rest, to be awaited. */
export async function identified(island: Island, role: string, documents: readonly Uint8Array[]) {
  const { login } = await loggedIn(island, role)
  const credential = await island.remoteSigning.createCredential(login.serviceToken)
  const redirect = newRedirect()
  const hashes = toApprove(documents)
  const url = await island.remoteSigning.approvalUrl({ ...redirect, credential, hashes, language: 'nb' })
  const callback = new URL(url).searchParams
  const { serviceToken } = login
  const input = { ...redirect, callback, serviceToken, credential, hashes }
  return { login, credential, hashes: hashes.map(({ hash }) => hash), url, input }
}

export const isValid = (document: Uint8Array, certificate: Uint8Array | undefined, signature: Uint8Array | undefined) =>
  verify(
    'sha256',
    document,
    { key: new X509Certificate(certificate ?? new Uint8Array()).publicKey, dsaEncoding: 'der' },
    signature ?? new Uint8Array(),
  )
