// Our own verifier over a file that is about to be finished, with the roots of the installation. Nothing is stored by it.
import type { Judgement, Stage } from '../../kernel/checks/finished.ts'
import type { FileParts } from './pdf-work.ts'

export type { Judgement, Stage }

export interface Verifier {
  /**
   * What counts for the order, at the database's time. A time-stamp authority's clock may be a minute ahead of it (see tsa.ts):
   * `stampedAt` is the time of the newest time-stamp, before which the file did not exist.
   */
  judge(input: { readonly file: FileParts; readonly stage: Stage; readonly stampedAt: Date }): Promise<Judgement>
}
