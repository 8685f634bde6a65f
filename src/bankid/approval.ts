// What a signer is asked to approve: one credential, an ordered list of hashes, one algorithm (CSC 2.0.0.2 §8.4.2, RFC 9396).
import { hashAlgorithms, keyAlgorithms, signAlgosOf } from './algorithms.ts'
import type { Client } from './config.ts'
import type { Credential } from './credentials.ts'

/** The most hashes one approval may cover, whatever the client: a pushed request of the library's holds 56 kB. */
export const mostHashes = 50

/** The most that this client's credentials sign at once (CSC 2.0.0.2 §11.5, `multisign`). */
export const multisignOf = ({ multisign }: Pick<Client, 'multisign'>): number => multisign ?? mostHashes

/** CSC 2.0.0.2 calls the type `credential`; later versions use a URI. Both mean the same here. */
export const approvalTypes = ['credential', 'https://cloudsignatureconsortium.org/2025/credential'] as const

export type Approval = {
  type: string
  credentialID: string
  documentDigests: { hash: string; label: string }[]
  hashAlgorithmOID: string
  signAlgo?: string
}

/** Bad authorization_details; the message is for the client's developer. */
export class ApprovalRefused extends Error {}

const longestLabel = 500

const isBase64 = (text: string): boolean =>
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)

const textIn = (value: object, key: string): string | undefined => {
  const found: unknown = Reflect.get(value, key)
  return typeof found === 'string' ? found : undefined
}

const readDigest = (entry: unknown, length: number, index: number): { hash: string; label: string } => {
  const where = `documentDigests[${index}]`
  if (typeof entry !== 'object' || entry === null) throw new ApprovalRefused(`${where} must be an object`)
  const hash = textIn(entry, 'hash')
  const label = textIn(entry, 'label')
  if (!hash || !isBase64(hash)) throw new ApprovalRefused(`${where}.hash must be base64`)
  if (Buffer.from(hash, 'base64').length !== length) throw new ApprovalRefused('Invalid digest value length')
  if (!label || label.length > longestLabel) {
    throw new ApprovalRefused(`${where}.label must have 1 to ${longestLabel} characters: the signer reads it`)
  }
  return { hash, label }
}

/** @throws ApprovalRefused when a field is missing or wrong */
export const readApproval = (detail: object): Approval => {
  const type = textIn(detail, 'type') ?? ''
  const credentialID = textIn(detail, 'credentialID')
  if (!credentialID) throw new ApprovalRefused('Missing (or invalid type) string parameter credentialID')
  const hashAlgorithmOID = textIn(detail, 'hashAlgorithmOID') ?? ''
  const algorithm = hashAlgorithms[hashAlgorithmOID]
  if (!algorithm) throw new ApprovalRefused('hashAlgorithmOID must name SHA-256, SHA-384 or SHA-512')
  const digests: unknown = Reflect.get(detail, 'documentDigests')
  if (!Array.isArray(digests) || digests.length === 0) throw new ApprovalRefused('documentDigests must be a list')
  if (digests.length > mostHashes) throw new ApprovalRefused('Numbers of signatures is too high')
  const signAlgo = textIn(detail, 'signAlgo')
  if (signAlgo !== undefined && !keyAlgorithms.some((key) => signAlgosOf(key).includes(signAlgo))) {
    throw new ApprovalRefused('Invalid parameter signAlgo')
  }
  return {
    type,
    credentialID,
    documentDigests: digests.map((entry, index) => readDigest(entry, algorithm.length, index)),
    hashAlgorithmOID,
    ...(signAlgo !== undefined && { signAlgo }),
  }
}

/** The classic form of the same (scope=credential, CSC 2.0.0.2 §8.4.2): hashes are base64url and have no labels. */
export const approvalFromClassic = (params: {
  credentialID?: string | undefined
  numSignatures?: string | undefined
  hashes?: string | undefined
  hashAlgorithmOID?: string | undefined
  description?: string | undefined
}): Approval => {
  const hashes = (params.hashes ?? '').split(',').filter((hash) => hash !== '')
  if (Number(params.numSignatures) !== hashes.length) {
    throw new ApprovalRefused(
      'numSignatures must be the number of hashes: every signature is bound to its hash (SCAL2)',
    )
  }
  return readApproval({
    type: 'credential',
    credentialID: params.credentialID,
    hashAlgorithmOID: params.hashAlgorithmOID,
    documentDigests: hashes.map((hash, index) => ({
      hash: Buffer.from(hash, 'base64url').toString('base64'),
      label: params.description
        ? `${params.description} (${index + 1}/${hashes.length})`
        : `${index + 1}/${hashes.length}`,
    })),
  })
}

/** @throws ApprovalRefused unless the credential is this client's, and signs as many hashes at once */
export const checkApproval = (approval: Approval, credential: Credential | undefined, client: Client): void => {
  if (!credential || credential.clientId !== client.clientId) {
    throw new ApprovalRefused('Invalid parameter credentialID')
  }
  if (approval.documentDigests.length > multisignOf(client)) {
    throw new ApprovalRefused('Numbers of signatures is too high')
  }
}
