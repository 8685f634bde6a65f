// Runs the verifier as the command does and tells which checks did not pass.
import { type Report, verify } from '../../../src/kernel/checks/index.ts'
import { bytesSource } from '../../../src/kernel/pdf/index.ts'
import type { Certificate } from '../../../src/kernel/x509/index.ts'
import { clock, root } from './world.ts'

export const judge = (
  bytes: Uint8Array,
  at: Date = clock.now,
  trustAnchors: readonly Certificate[] = [root],
): Promise<Report> => verify({ source: bytesSource(bytes), trustAnchors, at })

/** `CHECK_ID on Field: verdict, what was found`. */
export const complaints = (report: Report): readonly string[] =>
  report.signatures.flatMap(({ field, checks }) =>
    checks
      .filter(({ verdict, id }) => verdict !== 'PASSED' && id !== 'ARCHIVE_TIME_STAMP')
      .map(({ id, verdict, detail }) => `${id} on ${field}: ${verdict}, ${detail ?? ''}`),
  )
