// Remote signing by the CSC API v2 (2.0.0.2), profile csc-oauth2code: the signer approves the hashes in a second redirect.
import { SeglError } from '../../errors.ts'
import type { Credential, RemoteSigning } from '../../flow/ports/trust-services.ts'
import { certificateChain, rawSignature, signatureAlgorithms } from './csc-credential.ts'
import type { OAuthClient } from './oauth-client.ts'
import { failedStatus, isObject, jsonObjectOf, malformed, type OutsideCall, refused } from './outside-call.ts'

export type RemoteSigningOptions = {
  readonly call: OutsideCall
  readonly client: OAuthClient
  /** Base of the CSC API; `{issuer}/csc/v2` unless given. */
  readonly cscUrl?: string
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

const what = 'BankID (signing)'
const sha256Oid = '2.16.840.1.101.3.4.2.1'
const neededMethods = ['credentials/list', 'credentials/info', 'signatures/signHash']

export function createRemoteSigning({ call, client, cscUrl }: RemoteSigningOptions): CscRemoteSigning {
  const base = (cscUrl ?? `${call.issuer}/csc/v2`).replace(/\/$/, '')

  async function post(
    method: string,
    body: Readonly<Record<string, unknown>>,
    token?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    const answer = await call.send(what, `${base}/${method}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    })
    if (answer.status !== 200) throw failedStatus(`${what}, ${method},`, answer, errorCode(answer.body))
    return jsonObjectOf(what, answer)
  }

  return {
    async info() {
      const { name, specs, methods } = await post('info', {})
      if (typeof name !== 'string' || typeof specs !== 'string' || !isTexts(methods))
        throw malformed(what, 'gave an info answer without name, specs or methods')
      const missing = neededMethods.filter((method) => !methods.includes(method))
      if (missing.length > 0) throw refused(what, `does not offer ${missing.join(', ')}`)
      return { name, specs, methods }
    },

    async createCredential(serviceToken) {
      const wanted = { certificates: 'chain', certInfo: true, authInfo: true }
      const list = await post('credentials/list', { credentialInfo: true, ...wanted }, serviceToken)
      const credentialId = isTexts(list['credentialIDs']) ? list['credentialIDs'][0] : undefined
      if (credentialId === undefined) throw refused(what, 'offers this person no credential to sign with')
      const listed: unknown = Array.isArray(list['credentialInfos']) ? list['credentialInfos'][0] : undefined
      // CSC 2.0.0.2 §11.4: credentialInfos is optional even when asked for.
      const info =
        isObject(listed) && listed['credentialID'] === credentialId
          ? listed
          : await post('credentials/info', { credentialID: credentialId, ...wanted }, serviceToken)
      return credentialOf(credentialId, info)
    },

    approvalUrl({ credential, hashes, language, ...redirect }) {
      // RFC 9396 with the type and members of CSC 2.0.0.2 §8.3.1.
      const details = [
        {
          type: 'credential',
          credentialID: credential.credentialId,
          hashAlgorithmOID: sha256Oid,
          documentDigests: hashes.map(({ hash, label }) => ({ hash: base64(hash), label })),
        },
      ]
      const parameters = { authorization_details: JSON.stringify(details), ui_locales: language }
      // Pushed where possible: the labels hold titles of documents, which have no business in a URL.
      return client.authorizationUrl(redirect, parameters, { push: true, nonce: false })
    },

    async finishApproval({ callback, ...redirect }) {
      const tokens = await client.exchange(redirect, callback, { nonce: false })
      if (tokens.token_type !== 'bearer') throw malformed(what, 'gave a token that is not a bearer token')
      return { token: tokens.access_token }
    },

    async signHashes({ credential, token, hashes }) {
      const algorithm = signatureAlgorithms.find(({ oid }) => oid === credential.signAlgorithm)
      if (algorithm === undefined) throw malformed(what, 'made a credential for an algorithm that we do not know')
      const body = {
        credentialID: credential.credentialId,
        hashes: hashes.map(base64),
        hashAlgorithmOID: sha256Oid,
        signAlgo: algorithm.oid,
        ...(algorithm.parameters === undefined ? {} : { signAlgoParams: base64(algorithm.parameters) }),
      }
      const { signatures } = await post('signatures/signHash', body, token)
      if (!isTexts(signatures) || signatures.length !== hashes.length)
        throw malformed(what, `did not answer ${hashes.length} hashes with as many signatures`)
      return signatures.map((signature) => rawSignature(signature, credential))
    },
  }
}

/** Reads `credentials/info` (CSC 2.0.0.2 §11.5) and refuses a credential that cannot sign these hashes in this way. */
function credentialOf(credentialId: string, info: Readonly<Record<string, unknown>>): Credential {
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
  if (!isObject(auth) || auth['mode'] !== 'oauth2code')
    throw refused(what, 'wants the approval in another way than by a redirect (auth.mode oauth2code)')
  const offered = isTexts(key['algo']) ? key['algo'] : []
  const algorithm = signatureAlgorithms.find(({ oid }) => offered.includes(oid))
  if (algorithm === undefined) throw refused(what, 'offers no signature algorithm that we can use')
  if (!isTexts(cert['certificates'])) throw malformed(what, 'described a credential without certificates')
  return { credentialId, certificates: certificateChain(cert['certificates']), signAlgorithm: algorithm.oid }
}

/** The machine-readable code of an error body: the standard's `error`, or BankID's own `errorCode`; never its free text. */
function errorCode(body: Uint8Array): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
  const code = isObject(value) ? (value['error'] ?? value['errorCode']) : undefined
  return typeof code === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(code) ? code : undefined
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string')
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
