// The pre-flight itself, on any source of bytes. Runs in a worker thread.
import { judgeUpload } from '../kernel/checks/upload.ts'
import { preflight } from '../kernel/pdf/index.ts'
import type { OpenFile } from './pdf-work.ts'
import type { PreFlight } from './ports/pre-flight.ts'

export function createPreFlight(open: OpenFile): PreFlight {
  return {
    async inspect(file) {
      const source = open(file)
      try {
        const found = preflight(source)
        const { findings, pages, pageSizes, unshowable, version, pdfaClaim, tagged, existingSignatures } = found
        const known = { signatures: existingSignatures.length, revisions: found.revisions }
        const judged = found.accepted ? await judgeUpload(source, known) : []
        return {
          findings: [...findings, ...judged],
          pages: pages ?? 0,
          pageSizes,
          unshowable,
          version: version ?? null,
          pdfaClaim: pdfaClaim ?? null,
          tagged,
        }
      } finally {
        source.close()
      }
    },
  }
}
