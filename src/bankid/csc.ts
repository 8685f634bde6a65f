// The signing API: Cloud Signature Consortium API 2.0.0.2, the methods BankID's profile uses. JSON in, JSON out.
import { X509Certificate } from 'node:crypto'
import type { Provider } from 'oidc-provider'
import { type Approval, readApproval } from './approval.ts'
import type { Pki } from './ca.ts'
import type { Ceremonies } from './ceremony.ts'
import type { Clock } from './clock.ts'
import { type Credential, type Credentials, hashAlgorithms, multisign, signatureAlgorithms } from './credentials.ts'
import { personBySubject } from './oidc.ts'

/** CSC 2.0.0.2 §10: the body is `{error, error_description}`. */
export class CscError extends Error {
  readonly status: number
  readonly error: string
  constructor(status: number, error: string, description: string) {
    super(description)
    this.status = status
    this.error = error
  }
}

const invalidRequest = (description: string): CscError => new CscError(400, 'invalid_request', description)
const invalidToken = (description: string): CscError => new CscError(401, 'invalid_token', description)

export type Body = Record<string, unknown>
export type Csc = {
  info(body: Body): object
  list(bearer: string | undefined, body: Body): Promise<object>
  credentialInfo(bearer: string | undefined, body: Body): Promise<object>
  signHash(bearer: string | undefined, body: Body): Promise<object>
}

const text = (body: Body, key: string): string | undefined => {
  const value = body[key]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value === '') throw invalidRequest(`Invalid type string parameter ${key}`)
  return value
}

const required = (body: Body, key: string): string => {
  const value = text(body, key)
  if (value === undefined) throw invalidRequest(`Missing (or invalid type) string parameter ${key}`)
  return value
}

const flag = (body: Body, key: string): boolean => {
  const value = body[key] ?? false
  if (typeof value !== 'boolean') throw invalidRequest(`Invalid type boolean parameter ${key}`)
  return value
}

/** CSC writes X.509 times as YYYYMMDDHHmmssZ. */
const cscTime = (time: Date): string =>
  `${time
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:T]/g, '')}Z`

/** Order of the names as in the certificate, one line (RFC 4514 turns it round; CSC's samples do not). */
const oneLine = (name: string): string => name.split('\n').join(', ')

export const createCsc = (options: {
  issuer: string
  pki: Pki
  credentials: Credentials
  ceremonies: Ceremonies
  provider: Provider
  clock: Clock
}): Csc => {
  const { issuer, pki, credentials, ceremonies, provider, clock } = options

  const tokenOf = async (bearer: string | undefined) => {
    if (!bearer) throw invalidToken('An access token is required')
    const token = await provider.AccessToken.find(bearer)
    if (!token || token.isExpired) throw invalidToken('The access token is unknown, spent or expired')
    if (token.aud !== `${issuer}/csc/v2`) throw invalidToken('The access token is not for this service')
    return token
  }

  const serviceToken = async (bearer: string | undefined) => {
    const token = await tokenOf(bearer)
    if (!token.scope?.split(' ').includes('service') || !token.grantId || !token.clientId) {
      throw new CscError(403, 'insufficient_scope', 'The access token needs scope service')
    }
    return { accountId: token.accountId, grantId: token.grantId, clientId: token.clientId }
  }

  const certificatesOf = (credential: Credential, how: string): string[] => {
    if (how === 'none') return []
    if (how === 'single') return [credential.certificate]
    const chain = [pki.certificateOf('persons'), pki.certificateOf('root')]
    return [credential.certificate, ...chain.map((one) => one.toString('base64'))]
  }

  const readWanted = (body: Body): { certificates: string; certInfo: boolean; authInfo: boolean } => {
    const certificates = text(body, 'certificates') ?? 'single'
    if (!['none', 'single', 'chain'].includes(certificates)) throw invalidRequest('Invalid parameter certificates')
    return { certificates, certInfo: flag(body, 'certInfo'), authInfo: flag(body, 'authInfo') }
  }

  const describe = (credential: Credential, body: Body): object => {
    const { certificates, certInfo, authInfo } = readWanted(body)
    const certificate = new X509Certificate(Buffer.from(credential.certificate, 'base64'))
    const notAfter = new Date(certificate.validTo)
    const revoked = pki.statusOf('persons', certificate.serialNumber)?.revocation !== undefined
    const listed = certificatesOf(credential, certificates)
    return {
      description: 'TEST - one-time key for one signing session',
      key: {
        status: 'enabled',
        algo: [...signatureAlgorithms],
        len: 256,
        curve: '1.2.840.10045.3.1.7',
      },
      cert: {
        status: revoked ? 'revoked' : notAfter <= clock() ? 'expired' : 'valid',
        ...(listed.length > 0 && { certificates: listed }),
        ...(certInfo && {
          issuerDN: oneLine(certificate.issuer),
          serialNumber: certificate.serialNumber,
          subjectDN: oneLine(certificate.subject),
          validFrom: cscTime(new Date(certificate.validFrom)),
          validTo: cscTime(notAfter),
        }),
      },
      auth: {
        mode: 'oauth2code',
        ...(authInfo && { expression: 'password', objects: [{ type: 'Password', id: 'password', format: 'A' }] }),
      },
      SCAL: '2',
      multisign,
      lang: 'nb-NO',
    }
  }

  const readHashes = (body: Body, length: number): Buffer[] => {
    const hashes = body['hashes']
    if (!Array.isArray(hashes) || hashes.length === 0)
      throw invalidRequest('Missing (or invalid type) array parameter hashes')
    return hashes.map((hash: unknown) => {
      if (typeof hash !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(hash))
        throw invalidRequest('Invalid Base64 hashes string parameter')
      const bytes = Buffer.from(hash, 'base64')
      if (bytes.length !== length) throw invalidRequest('Invalid digest value length')
      return bytes
    })
  }

  /** SCAL2: the approval says which hashes, in which order, with which key and algorithm. Anything else is refused. */
  const readSigning = (approval: Approval, body: Body): { credentialID: string; hashes: Buffer[] } => {
    const credentialID = required(body, 'credentialID')
    if (credentialID !== approval.credentialID) throw invalidRequest('Invalid parameter credentialID')
    const signAlgo = required(body, 'signAlgo')
    const hashAlgorithmOID = text(body, 'hashAlgorithmOID') ?? approval.hashAlgorithmOID
    const algorithm = hashAlgorithms[hashAlgorithmOID]
    if (!algorithm || hashAlgorithmOID !== approval.hashAlgorithmOID)
      throw invalidRequest('Invalid parameter hashAlgorithmOID')
    if (signAlgo !== algorithm.signAlgo || (approval.signAlgo !== undefined && signAlgo !== approval.signAlgo)) {
      throw invalidRequest('Invalid parameter signAlgo')
    }
    if ((text(body, 'operationMode') ?? 'S') !== 'S') throw invalidRequest('Only operationMode S is supported')
    const hashes = readHashes(body, algorithm.length)
    const approved = approval.documentDigests
    if (hashes.length > approved.length) throw invalidRequest('Numbers of signatures is too high')
    const same = approved.every(({ hash }, index) => hashes[index]?.equals(Buffer.from(hash, 'base64')))
    if (!same) throw invalidRequest('Hash is not authorized by the SAD')
    return { credentialID, hashes }
  }

  return {
    info: () => ({
      specs: '2.0.0.2',
      name: 'TEST - SimBankID',
      logo: `${issuer}/assets/icon.svg`,
      region: 'NO',
      lang: 'nb-NO',
      description: 'Simulated trust service. Its signatures are legally neither qualified nor advanced.',
      authType: ['oauth2code'],
      oauth2: `${issuer}/csc/v2`,
      asynchronousOperationMode: false,
      methods: [
        'oauth2/authorize',
        'oauth2/pushed_authorize',
        'oauth2/token',
        'oauth2/revoke',
        'credentials/list',
        'credentials/info',
        'signatures/signHash',
      ],
      signAlgorithms: { algos: [...signatureAlgorithms] },
      signature_formats: { formats: [], envelope_properties: [] },
      conformance_levels: [],
    }),

    async list(bearer, body) {
      const { accountId, grantId, clientId } = await serviceToken(bearer)
      if (text(body, 'userID') !== undefined) throw invalidRequest('userID must not be given with a token of the user')
      const person = personBySubject(accountId)
      const login = ceremonies.loginOf(grantId)
      if (!person || !login) throw invalidToken('The login is no longer valid')
      readWanted(body)
      const withInfo = flag(body, 'credentialInfo')
      const onlyValid = flag(body, 'onlyValid')
      const credential = credentials.ofLogin({ grantId, clientId, person, browser: login.browser })
      return {
        credentialIDs: [credential.id],
        ...(withInfo && { credentialInfos: [{ credentialID: credential.id, ...describe(credential, body) }] }),
        ...(onlyValid && { onlyValid }),
      }
    },

    async credentialInfo(bearer, body) {
      const { grantId } = await serviceToken(bearer)
      const credential = credentials.find(required(body, 'credentialID'))
      if (!credential || credential.grantId !== grantId) throw invalidRequest('Invalid parameter credentialID')
      return describe(credential, body)
    },

    async signHash(bearer, body) {
      const token = await tokenOf(bearer)
      const detail: unknown = token.rar?.[0]
      if (typeof detail !== 'object' || detail === null) {
        throw new CscError(403, 'insufficient_scope', 'The access token does not authorise a signature')
      }
      const sad = text(body, 'SAD')
      if (sad !== undefined && sad !== bearer) throw invalidRequest('Invalid parameter SAD')
      const { credentialID, hashes } = readSigning(readApproval(detail), body)
      const credential = credentials.find(credentialID)
      if (!credential || credential.clientId !== token.clientId) throw invalidRequest('Invalid parameter credentialID')
      if (personBySubject(token.accountId)?.id !== credential.personId)
        throw invalidRequest('Invalid parameter credentialID')
      const certificate = new X509Certificate(Buffer.from(credential.certificate, 'base64'))
      if (pki.statusOf('persons', certificate.serialNumber)?.revocation)
        throw invalidRequest('Signing certificate is revoked')
      // From here on the approval is spent, whatever happens: the key is gone from the disk before the first signature.
      const signatures = credentials.signOnce(credentialID, hashes)
      if (!signatures) throw invalidToken('The access token is unknown, spent or expired')
      for (const grantId of [token.grantId, credential.grantId]) if (grantId) await forget(grantId)
      return { signatures: signatures.map((signature) => signature.toString('base64')) }
    },
  }

  /** The login and the approval have served their purpose: no token of theirs works any more. */
  async function forget(grantId: string): Promise<void> {
    ceremonies.forget(grantId)
    await provider.AccessToken.revokeByGrantId(grantId)
    await provider.AuthorizationCode.revokeByGrantId(grantId)
    const grant = await provider.Grant.find(grantId)
    await grant?.destroy()
  }
}
