// The signing API's credentials: Cloud Signature Consortium API 2.0.0.2, info and credentials/*. JSON in, JSON out.
import { X509Certificate } from 'node:crypto'
import type { Provider } from 'oidc-provider'
import { keyAlgorithms, keyDescription, signAlgosOf } from './algorithms.ts'
import { multisignOf } from './approval.ts'
import type { Pki } from './ca.ts'
import type { Ceremonies } from './ceremony.ts'
import type { Clock } from './clock.ts'
import type { Client } from './config.ts'
import type { Credential, Credentials } from './credentials.ts'
import { type Body, CscError, flag, invalidRequest, invalidToken, required, text } from './csc-body.ts'
import { personBySubject } from './oidc.ts'
import type { Person } from './people.ts'

/** Who calls, on whose behalf, after which login. */
export type ServiceCall = { person: Person; grantId: string; client: Client; browser: string }

export type Csc = {
  info(base: string, methods: readonly string[]): object
  /** The login behind a service token. @throws CscError */
  callOf(bearer: string | undefined): Promise<ServiceCall>
  list(call: ServiceCall, body: Body): Promise<object>
  credentialInfo(call: ServiceCall, body: Body): object
  /** The login's own credential. @throws CscError for any other */
  credentialOf(call: ServiceCall, body: Body): Credential
}

/** CSC writes X.509 times as YYYYMMDDHHmmssZ. */
const cscTime = (time: Date): string => `${time.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`

/** Order of the names as in the certificate, one line (RFC 4514 turns it round; CSC's samples do not). */
const oneLine = (name: string): string => name.split('\n').join(', ')

/** What oauth2code and explicit have to say about themselves (CSC 2.0.0.2 §11.5, `auth`). */
const authOf = (client: Client, withInfo: boolean): object => {
  if (client.profile === 'bankid-2025') return { mode: 'explicit' }
  const objects = { expression: 'password', objects: [{ type: 'Password', id: 'password', format: 'A' }] }
  return { mode: 'oauth2code', ...(withInfo && objects) }
}

export const createCsc = (options: {
  issuer: string
  pki: Pki
  clients: readonly Client[]
  credentials: Credentials
  ceremonies: Ceremonies
  provider: Provider
  clock: Clock
}): Csc => {
  const { issuer, pki, clients, credentials, ceremonies, provider, clock } = options

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

  const describe = (credential: Credential, client: Client, body: Body): object => {
    const { certificates, certInfo, authInfo } = readWanted(body)
    const certificate = new X509Certificate(Buffer.from(credential.certificate, 'base64'))
    const notAfter = new Date(certificate.validTo)
    const revoked = pki.statusOf('persons', certificate.serialNumber)?.revocation !== undefined
    const listed = certificatesOf(credential, certificates)
    return {
      description: 'TEST - one-time key for one signing session',
      key: { status: 'enabled', algo: signAlgosOf(credential.algorithm), ...keyDescription[credential.algorithm] },
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
      auth: authOf(client, authInfo),
      SCAL: '2',
      multisign: multisignOf(client),
      lang: 'nb-NO',
    }
  }

  const credentialOf = (call: ServiceCall, body: Body): Credential => {
    const credential = credentials.find(required(body, 'credentialID'))
    if (credential?.grantId !== call.grantId) throw invalidRequest('Invalid parameter credentialID')
    return credential
  }

  return {
    info: (base, methods) => ({
      specs: '2.0.0.2',
      name: 'TEST - SimBankID',
      logo: `${issuer}/assets/icon.svg`,
      region: 'NO',
      lang: 'nb-NO',
      description: 'Simulated trust service. Its signatures are legally neither qualified nor advanced.',
      authType: ['oauth2code'],
      oauth2: base,
      asynchronousOperationMode: false,
      methods,
      signAlgorithms: { algos: [...new Set(keyAlgorithms.flatMap(signAlgosOf))] },
      signature_formats: { formats: [], envelope_properties: [] },
      conformance_levels: [],
    }),

    async callOf(bearer) {
      if (!bearer) throw invalidToken('An access token is required')
      const token = await provider.AccessToken.find(bearer)
      if (!token || token.isExpired) throw invalidToken('The access token is unknown, spent or expired')
      if (token.aud !== `${issuer}/csc/v2`) throw invalidToken('The access token is not for this service')
      if (!token.scope?.split(' ').includes('service')) {
        throw new CscError(403, 'insufficient_scope', 'The access token needs scope service')
      }
      const person = personBySubject(token.accountId)
      const client = clients.find(({ clientId }) => clientId === token.clientId)
      const login = ceremonies.loginOf(token.grantId)
      if (!person || !client || !login) throw invalidToken('The login is no longer valid')
      return { person, client, grantId: token.grantId, browser: login.browser }
    },

    async list(call, body) {
      if (text(body, 'userID') !== undefined) throw invalidRequest('userID must not be given with a token of the user')
      readWanted(body)
      const withInfo = flag(body, 'credentialInfo')
      const onlyValid = flag(body, 'onlyValid')
      const { person, client, grantId, browser } = call
      const credential = await credentials.ofLogin({
        grantId,
        clientId: client.clientId,
        person,
        browser,
        algorithm: client.keyAlgorithm ?? 'EC',
      })
      return {
        credentialIDs: [credential.id],
        ...(withInfo && {
          credentialInfos: [{ credentialID: credential.id, ...describe(credential, client, body) }],
        }),
        ...(onlyValid && { onlyValid }),
      }
    },

    credentialInfo: (call, body) => describe(credentialOf(call, body), call.client, body),
    credentialOf,
  }
}
