// What the service answers when it refuses: a problem document (RFC 9457) as an error.

/** Clients decide by `code`, which is stable, and tolerate codes they do not know. */
export type Problem = {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  /** Names the request in the service's log. */
  readonly requestId?: string
  /** Every mistake of the request, each with an RFC 6901 pointer to its place. */
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[]
  readonly [extension: string]: unknown
}

export class SeglProblem extends Error {
  override readonly name = 'SeglProblem'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`)
    this.problem = problem
  }
  get code(): string {
    return this.problem.code
  }
  get status(): number {
    return this.problem.status
  }
}

/** The problem in an answer; one of our own making when something in between answered in its place. */
export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string')
    return body as Problem
  return { code: 'HTTP_ERROR', title: `The service answered ${response.status}.`, status: response.status }
}
