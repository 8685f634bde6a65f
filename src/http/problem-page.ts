// /problems for people: every error code with its status and what to do; the same that machines get as JSON.
import { catalogue, type ErrorCode } from '../errors.ts'
import { problemType } from './problem.ts'
import { problemSections, remedyOf } from './problem-sections.ts'

/** What is told of one error code, to programs and to people. */
export type KnownProblem = {
  readonly code: ErrorCode
  readonly type: string
  readonly title: string
  readonly status: number
  readonly remedy: string
}

/** Draws the catalogue for a browser: pages are another room's matter, compose.ts brings it here. */
export type ProblemPages = {
  readonly headers: Readonly<Record<string, string>>
  all(
    sections: readonly { readonly title: string; readonly about: string; readonly problems: readonly KnownProblem[] }[],
  ): string
  one(problem: KnownProblem): string
}

/** Whether the caller would rather read than parse: browsers name text/html, programs `*` or JSON. */
export const wantsPage = (accept: string | undefined): boolean => /\btext\/html\b/i.test(accept ?? '')

export function knownProblem(code: ErrorCode): KnownProblem {
  const { title, status } = catalogue[code]
  return { code, type: problemType(code), title, status, remedy: remedyOf(code) }
}

/** Every code, section by section. */
export const problemsBySection: Parameters<ProblemPages['all']>[0] = problemSections.map(
  ({ title, about, remedies }) => ({
    title,
    about,
    problems: (Object.keys(remedies) as ErrorCode[]).map(knownProblem),
  }),
)
