// Remote signing by the CSC API v2 (2.0.0.2): what the service offers, the one-time credential, the signatures.
import { SeglError } from '../../errors.ts'
import type { Credential, RemoteSigning } from '../../flow/ports/trust-services.ts'
import { type Approval, approvalByCall, approvalByRedirect, approvalSeconds } from './csc-approval.ts'
import { createCscCall, cscName as what } from './csc-call.ts'
import { certificateChain, rawSignature, signatureAlgorithms } from './csc-credential.ts'
import type { OAuthClient } from './oauth-client.ts'
import { isObject, malformed, type OutsideCall, refused } from './outside-call.ts'

/** How the signer approves: in a second redirect (SCAL2, auth.mode oauth2code), or by BankID's way of 2025 (auth.mode explicit). */
export type SigningProfile = 'csc-oauth2code' | 'bankid-2025'

export type RemoteSigningOptions = {
  readonly call: OutsideCall
  readonly client: OAuthClient
  /** Base of the CSC API; that of the simulated BankID for this profile unless given. */
  readonly cscUrl?: string
  /** `csc-oauth2code` unless given. */
  readonly profile?: SigningProfile
}

export type ServiceInformation = {
  readonly name: string
  readonly specs: string
  readonly methods: readonly string[]
}

export type CscRemoteSigning = RemoteSigning & {
  /** `info`; TRUST_SERVICE_REFUSED when the service lacks a method that we need. For the start and for readiness. */
  info(): Promise<ServiceInformation>
}

const sha256Oid = '2.16.840.1.101.3.4.2.1'

/** Where the simulated BankID has the CSC API of a profile. */
export function simulatedCscUrl(issuer: string, profile: SigningProfile): string {
  return profile === 'bankid-2025' ? `${issuer}/bankid-2025/csc/v2` : `${issuer}/csc/v2`
}

/** Known before anything is loaded: how long a profile may wait for the person. */
export const approvalSecondsOf = (profile: SigningProfile): number => (profile === 'bankid-2025' ? approvalSeconds : 0)

export function createRemoteSigning(options: RemoteSigningOptions): CscRemoteSigning {
  const { call, client, profile = 'csc-oauth2code' } = options
  const { post } = createCscCall(call, options.cscUrl ?? simulatedCscUrl(call.issuer, profile))
  const approval: Approval =
    profile === 'bankid-2025'
      ? approvalByCall({ post, redirectUri: client.redirectUri })
      : approvalByRedirect({ client })

  return {
    async info() {
      const { name, specs, methods } = (await post('info', {})).body
      if (typeof name !== 'string' || typeof specs !== 'string' || !isTexts(methods))
        throw malformed(what, 'gave an info answer without name, specs or methods')
      const needed = ['credentials/list', ...approval.neededMethods, 'signatures/signHash']
      const missing = needed.filter((method) => !methods.includes(method))
      if (missing.length > 0) throw refused(what, `does not offer ${missing.join(', ')}`)
      return { name, specs, methods }
    },

    async createCredential(serviceToken) {
      const wanted = { certificates: 'chain', certInfo: true, authInfo: true }
      const own = { token: serviceToken }
      const { body: list } = await post('credentials/list', { credentialInfo: true, ...wanted }, own)
      const credentialId = isTexts(list['credentialIDs']) ? list['credentialIDs'][0] : undefined
      if (credentialId === undefined) throw refused(what, 'offers this person no credential to sign with')
      const listed: unknown = Array.isArray(list['credentialInfos']) ? list['credentialInfos'][0] : undefined
      // CSC 2.0.0.2 §11.4: credentialInfos is optional even when asked for.
      const info =
        isObject(listed) && listed['credentialID'] === credentialId
          ? listed
          : (await post('credentials/info', { credentialID: credentialId, ...wanted }, own)).body
      return credentialOf(credentialId, info, approval.authMode)
    },

    approvalSeconds: approvalSecondsOf(profile),
    approvalUrl: approval.url,
    finishApproval: approval.finish,

    async signHashes({ credential, token, sad, hashes }) {
      const algorithm = signatureAlgorithms.find(({ oid }) => oid === credential.signAlgorithm)
      if (algorithm === undefined) throw malformed(what, 'made a credential for an algorithm that we do not know')
      const body = {
        credentialID: credential.credentialId,
        hashes: hashes.map(base64),
        hashAlgorithmOID: sha256Oid,
        signAlgo: algorithm.oid,
        ...(algorithm.parameters === undefined ? {} : { signAlgoParams: base64(algorithm.parameters) }),
        ...(sad === undefined ? {} : { SAD: sad }),
      }
      const { signatures } = (await post('signatures/signHash', body, { token })).body
      if (!isTexts(signatures) || signatures.length !== hashes.length)
        throw malformed(what, `did not answer ${hashes.length} hashes with as many signatures`)
      return signatures.map((signature) => rawSignature(signature, credential))
    },
  }
}

/** Reads `credentials/info` (CSC 2.0.0.2 §11.5) and refuses a credential that cannot sign these hashes in this way. */
function credentialOf(
  credentialId: string,
  info: Readonly<Record<string, unknown>>,
  authMode: Approval['authMode'],
): Credential {
  const { key, cert, auth } = info
  if (!isObject(key) || !isObject(cert)) throw malformed(what, 'described a credential without key or certificate')
  if (key['status'] !== 'enabled') throw refused(what, 'made a credential whose key is not enabled')
  if (cert['status'] !== undefined && cert['status'] !== 'valid')
    throw new SeglError(
      'CERTIFICATE_INVALID',
      'BankID made a certificate that is not valid. Log in again to get a new one.',
    )
  // SCAL2: the authorisation is bound to the hashes. With SCAL1 the signer would approve nothing in particular.
  if (info['SCAL'] !== '2') throw refused(what, 'does not bind the approval to the hashes (SCAL2)')
  if (!isObject(auth) || auth['mode'] !== authMode)
    throw refused(what, `wants the approval in another way than that of BANKID_PROFILE (auth.mode ${authMode})`)
  const offered = isTexts(key['algo']) ? key['algo'] : []
  const algorithm = signatureAlgorithms.find(({ oid }) => offered.includes(oid))
  if (algorithm === undefined) throw refused(what, 'offers no signature algorithm that we can use')
  if (!isTexts(cert['certificates'])) throw malformed(what, 'described a credential without certificates')
  // CSC 2.0.0.2 §11.5: required, and at least 1.
  const { multisign } = info
  if (typeof multisign !== 'number' || !Number.isInteger(multisign) || multisign < 1)
    throw malformed(what, 'did not say how many hashes it signs at once (multisign)')
  return { credentialId, certificates: certificateChain(cert['certificates']), signAlgorithm: algorithm.oid, multisign }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string')
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
