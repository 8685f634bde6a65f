// Something went another way: what happened, what it means, what to do next, and the button that does it.
import { personCode, problemText, text } from '../../text/index.ts'
import { html } from './html.ts'
import { buttonForm, buttonLink, type Frame, layout, type PostForm } from './layout.ts'

export type ProblemView = {
  /** A code of errors.ts; codes that are nobody's business but ours are told as INTERNAL. */
  readonly code: string
  /** Begins another attempt; offered where that can help. */
  readonly sign?: PostForm | undefined
  /** The start page of this ceremony. */
  readonly startUrl?: string | undefined
  /** Names this answer in the log. */
  readonly requestId?: string | undefined
}

/** Where another attempt cannot change anything: the link is no good, or there is nothing to sign. */
const final = new Set(['LINK_VOID', 'LINK_INVALID', 'NOT_FOUND', 'FORBIDDEN', 'METHOD_NOT_ALLOWED', 'SESSION_INVALID'])

/** Where the person should look at the documents again before anything else. */
const lookFirst = new Set(['STATE_CONFLICT', 'INVALID_REQUEST', 'NOT_SIGNED_YET', 'TOO_MANY_TO_APPROVE'])

export function problemPage(frame: Frame, view: ProblemView): string {
  const { language } = frame
  const { page } = text(language)
  const code = personCode(view.code)
  const problem = problemText(code, language)
  const again = !final.has(code) && !lookFirst.has(code)
  const content = html`
<div class="panel problem">
<h1>${problem.title}</h1>
<p>${problem.explanation}</p>
<h2>${page.whatNow}</h2>
<p>${problem.next}</p>
${
  !final.has(code) &&
  html`<div class="actions">
${again && view.sign && buttonForm(view.sign, page.tryAgain)}
${view.startUrl !== undefined && buttonLink(view.startUrl, page.backToDocuments, again && view.sign ? 'secondary' : 'primary')}
</div>`
}
</div>
<p class="quiet">${page.errorCode(code)}${view.requestId !== undefined && html`<br>${page.reference(view.requestId)}`}</p>
`
  return layout(frame, { title: problem.title, content })
}
