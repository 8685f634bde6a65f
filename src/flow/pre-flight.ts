// The pre-flight itself, on any source of bytes. Runs in a worker thread.
import { preflight } from '../kernel/pdf/index.ts'
import type { OpenFile } from './pdf-work.ts'
import type { PreFlight } from './ports/pre-flight.ts'

export function createPreFlight(open: OpenFile): PreFlight {
  return {
    async inspect(file) {
      const source = open(file)
      try {
        const { findings, pages, pageSizes, unshowable, version, pdfaClaim, tagged } = preflight(source)
        return {
          findings,
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
