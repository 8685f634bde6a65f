// The trust service behind its ports: known by URLs only, its root pinned at first contact.
import { loadClientKey } from '../adapters/trust-services/client-key.ts'
import { approvalSecondsOf, createRemoteSigning, simulatedCscUrl } from '../adapters/trust-services/csc.ts'
import { createEnrolment } from '../adapters/trust-services/est.ts'
import { createOAuthClient } from '../adapters/trust-services/oauth-client.ts'
import { createIdentityProvider } from '../adapters/trust-services/oidc.ts'
import { createOutsideCall } from '../adapters/trust-services/outside-call.ts'
import { pathToAnchor } from '../adapters/trust-services/path.ts'
import { createRevocationSource } from '../adapters/trust-services/revocation.ts'
import { loadTrustRoot, readFurtherRoots } from '../adapters/trust-services/trust-root.ts'
import { createTimestampAuthority } from '../adapters/trust-services/tsa.ts'
import type { Config } from '../config.ts'
import { isSeglError, SeglError } from '../errors.ts'
import type { Clock } from '../flow/ports/clock.ts'
import type { Ports } from '../flow/ports/index.ts'
import type { ReadinessCheck } from '../http/deps.ts'
import { parseCertificate } from '../kernel/x509/index.ts'
import { onceLoaded } from './once-loaded.ts'

export type TrustServices = Pick<Ports, 'identityProvider' | 'remoteSigning' | 'timestamps' | 'revocation'> & {
  /** Public keys of ours, for `private_key_jwt`. */
  readonly jwks: () => Promise<{ readonly keys: readonly object[] }>
  readonly readiness: readonly ReadinessCheck[]
  /** Every root that is believed, DER: the pinned one first. */
  readonly trustAnchors: () => Promise<readonly Uint8Array[]>
  /** Throws CONFIG_INVALID for an e-seal (DER, leaf first) that leads to none of these roots: no file with it would ever be proven. */
  readonly requireTrustedSeal: (certificates: readonly Uint8Array[]) => Promise<void>
  /** Where the e-seal is enrolled for, and the chain above it. */
  readonly enrolment: () => Promise<{
    readonly enrol: (request: Uint8Array) => Promise<readonly Uint8Array[]>
    readonly chain: readonly Uint8Array[]
  }>
}

/**
 * Nothing is called yet: a process starts, and says that it is not ready, while the trust service is away. What needs the
 * pinned root or the client key loads it at first use and tries again after a failure.
 */
export function openTrustServices(config: Config, clock: Clock): TrustServices {
  const { bankid, publicUrl } = config
  const cscUrl = bankid.cscUrl ?? simulatedCscUrl(bankid.url, bankid.profile)
  const call = createOutsideCall({
    url: bankid.url,
    backchannelUrl: bankid.backchannelUrl,
    furtherOrigins: [cscUrl, ...(bankid.timestampUrls ?? []), ...bankid.furtherOrigins],
  })
  const est = createEnrolment({
    call,
    credentials: { username: bankid.est.user, password: bankid.est.secret },
  })
  const key = onceLoaded(() => loadClientKey({ file: bankid.clientKeyFile, make: config.makeSecrets }))
  const root = onceLoaded(() =>
    loadTrustRoot({
      file: bankid.rootFile,
      sha256: bankid.rootSha256 ?? undefined,
      fetchCertificates: () => est.caCertificates(),
    }),
  )
  const trustAnchors = onceLoaded(async () => [
    (await root()).certificate,
    ...(bankid.furtherRootsFile === null ? [] : await readFurtherRoots(bankid.furtherRootsFile)),
  ])
  const client = onceLoaded(async () =>
    createOAuthClient({
      call,
      clientId: bankid.clientId,
      redirectUri: `${publicUrl}/sign/callback`,
      key: await key(),
      ...(bankid.profile === 'bankid-2025' ? { codeFlowAt: cscUrl } : {}),
    }),
  )
  const identityProvider = onceLoaded(async () =>
    createIdentityProvider({
      client: await client(),
      clock,
      ...(bankid.loginScope === null ? {} : { scope: bankid.loginScope }),
    }),
  )
  const signing = { call, cscUrl, profile: bankid.profile }
  const remoteSigning = onceLoaded(async () => createRemoteSigning({ ...signing, client: await client() }))
  const timestamps = onceLoaded(async () =>
    createTimestampAuthority({
      call,
      clock,
      trustAnchors: await trustAnchors(),
      ...(bankid.timestampUrls === null ? {} : { urls: bankid.timestampUrls }),
    }),
  )
  const revocation = onceLoaded(async () => createRevocationSource({ call, trustAnchors: await trustAnchors() }))
  return {
    identityProvider: {
      loginUrl: async (input) => (await identityProvider()).loginUrl(input),
      finishLogin: async (input) => (await identityProvider()).finishLogin(input),
    },
    remoteSigning: {
      createCredential: async (token) => (await remoteSigning()).createCredential(token),
      approvalSeconds: approvalSecondsOf(bankid.profile),
      approvalUrl: async (input) => (await remoteSigning()).approvalUrl(input),
      finishApproval: async (input) => (await remoteSigning()).finishApproval(input),
      signHashes: async (input) => (await remoteSigning()).signHashes(input),
    },
    timestamps: { timestamp: async (imprint) => (await timestamps()).timestamp(imprint) },
    revocation: { validationData: async (input) => (await revocation()).validationData(input) },
    jwks: async () => (await key()).jwks,
    trustAnchors,
    async requireTrustedSeal([leaf, ...candidates]) {
      if (!leaf) throw new SeglError('CONFIG_INVALID', 'The e-seal has no certificate.')
      const anchors = (await trustAnchors()).map((der) => parseCertificate(der))
      const [certificate, at] = [parseCertificate(leaf), await clock.now()]
      try {
        await pathToAnchor({ certificate, candidates, trustAnchors: anchors, purpose: 'any', at, call })
      } catch (cause) {
        if (!isSeglError(cause, 'CERTIFICATE_INVALID')) throw cause
        const detail =
          'The certificate of the e-seal leads to no root that is believed here, so no sealed document could be proven. Put the root of ' +
          'its issuer into the file that TRUST_ROOTS_FILE names.'
        throw new SeglError('CONFIG_INVALID', detail, { cause })
      }
    },
    readiness: [
      { name: 'trustRoot', check: async () => void (await trustAnchors()) },
      { name: 'timestampAuthority', check: async () => void (await (await timestamps()).timestamp(readinessImprint)) },
      { name: 'bankid', check: async () => void (await (await remoteSigning()).info()) },
    ],
    enrolment: async () => ({ enrol: (request) => est.enrol(request), chain: [(await root()).certificate] }),
  }
}

/** What the readiness check asks a time-stamp for: the SHA-256 of nothing. */
const readinessImprint = Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex')
