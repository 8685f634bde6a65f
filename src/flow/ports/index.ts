// Everything the story needs from outside, in one bundle that compose.ts fills.
import type { Blobs } from './blobs.ts'
import type { CompanyRegister } from './company-register.ts'
import type { Notify } from './notify.ts'
import type { PdfWork } from './pdf-work.ts'
import type { Store } from './store.ts'
import type { Jobs } from './tasks.ts'
import type {
  IdentityProvider,
  RemoteSigning,
  RevocationSource,
  SealKey,
  TimestampAuthority,
} from './trust-services.ts'
import type { Vault } from './vault.ts'
import type { Verifier } from './verifier.ts'

export type Ports = {
  readonly store: Store
  readonly jobs: Jobs
  readonly blobs: Blobs
  readonly pdf: PdfWork
  readonly vault: Vault
  readonly companyRegister: CompanyRegister
  /** Messages to people; absent: the event is the message. */
  readonly notify?: Notify
  readonly identityProvider: IdentityProvider
  readonly remoteSigning: RemoteSigning
  readonly timestamps: TimestampAuthority
  readonly revocation: RevocationSource
  readonly verifier: Verifier
  /** Loaded on first use, so that an API without it can still say why it is not ready. */
  readonly sealKey: () => Promise<SealKey>
  /** Tests of crashes: ends the process here, once, when SEGL_DIE names this place. */
  readonly die: (step: string, phase: 'begin' | 'act' | 'commit') => void
}
