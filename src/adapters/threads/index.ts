// PDF work in a pool of threads: parsing and hashing never hold up the event loop.
import { Piscina } from 'piscina'
import { type ErrorCode, SeglError } from '../../errors.ts'
import type { PdfWork } from '../../flow/ports/pdf-work.ts'
import type { PreFlight } from '../../flow/ports/pre-flight.ts'

type Work = PdfWork & PreFlight
type Method = keyof Work

/** One call as it goes to a thread. */
export type ThreadCall = { readonly method: Method; readonly input: unknown }
/** What comes back: errors lose their class on the way, so they travel as values. */
export type ThreadAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: ErrorCode; readonly detail: string; readonly offset: number | undefined } }

export type ThreadedWork = Work & { close(): Promise<void> }

/** How long one piece of work may take: a file of 2 GiB is hashed in a few seconds. */
const callMs = 120_000

/**
 * `file`: the thread's program, which answers with `answerIn`. `threads`: how many at most; each is started when it is needed
 * and ends when it is idle.
 */
export function createThreads(options: {
  readonly file: URL
  readonly workerData: unknown
  readonly threads: number
}): ThreadedWork {
  const pool = new Piscina({
    filename: options.file.href,
    workerData: options.workerData,
    minThreads: 1,
    maxThreads: options.threads,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  // The method and its input belong together by the type of Work.
  const call =
    <M extends Method>(method: M) =>
    async (input: Parameters<Work[M]>[0]): Promise<Awaited<ReturnType<Work[M]>>> => {
      const answer: ThreadAnswer = await pool.run({ method, input } satisfies ThreadCall, {
        signal: AbortSignal.timeout(callMs),
      })
      if ('error' in answer) {
        const { code, detail, offset } = answer.error
        throw new SeglError(code, detail, offset === undefined ? {} : { offset })
      }
      return answer.result as Awaited<ReturnType<Work[M]>>
    }
  return {
    judge: call('judge'),
    normalise: call('normalise'),
    normaliseHelps: call('normaliseHelps'),
    prepare: call('prepare'),
    beginSignature: call('beginSignature'),
    beginSeal: call('beginSeal'),
    beginArchive: call('beginArchive'),
    readArchived: call('readArchived'),
    complete: call('complete'),
    inspect: call('inspect'),
    close: () => pool.close(),
  }
}

/** The thread's side: runs one call, and turns a SeglError into a value. */
export async function answerIn(work: Work, { method, input }: ThreadCall): Promise<ThreadAnswer> {
  try {
    return { result: await (work[method] as (input: unknown) => Promise<unknown>)(input) }
  } catch (error) {
    if (!(error instanceof SeglError)) throw error
    return { error: { code: error.code, detail: error.detail, offset: error.offset } }
  }
}
