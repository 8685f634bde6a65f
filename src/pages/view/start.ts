// Before the login: what is to be read and signed, how that goes, and the way out. Nothing about the person.
import { longDateTime, organisationNumber, personCode, problemText, text } from '../../text/index.ts'
import { delegateForm } from './delegate.ts'
import { type DocumentView, documentList } from './documents.ts'
import { type Html, html, link } from './html.ts'
import { buttonForm, type Frame, fields, layout, type PostForm } from './layout.ts'

export type StartView = {
  /** Who asks; null when the order names no organisation. */
  readonly organisation: { readonly name: string; readonly number: string } | null
  readonly documents: readonly DocumentView[]
  readonly deadline: Date | null
  /** Code of why the last attempt came to nothing; null when there was none. */
  readonly voided?: string | null
  readonly sign: PostForm
  /** Where the signer names somebody else in his place; absent when the sender has not allowed it. */
  readonly delegate?: PostForm
  /** Sent with the field `fields.reason`. */
  readonly decline: PostForm
}

/** Longest reason for declining that the form takes. */
export const longestReason = 500

export function startPage(frame: Frame, view: StartView): string {
  const { language } = frame
  const words = text(language)
  const { deadline, organisation } = view
  const count = view.documents.filter(({ role }) => role === 'sign').length
  const lead =
    organisation === null ? words.start.leadWithoutOrganisation(count) : words.start.lead(organisation.name, count)
  const content = html`
<h1>${words.start.title}</h1>
${view.voided && lastAttempt(frame, view.voided)}
<p class="lead">${lead}</p>
<p class="quiet">${organisation && words.page.organisationNumber(organisationNumber(organisation.number))}${organisation && deadline && ' · '}${deadline && words.page.deadline(longDateTime(deadline, language))}</p>
<section aria-labelledby="documents">
<h2 id="documents">${words.page.documents}</h2>
${documentList(view.documents, language)}
<p class="quiet">${words.start.fingerprintHelp}</p>
</section>
<section aria-labelledby="how">
<h2 id="how">${words.start.howItWorks}</h2>
<ol class="steps">${words.start.steps.map((step) => html`<li><strong>${step.title}</strong><p>${step.text}</p></li>`)}</ol>
</section>
<div class="actions">${buttonForm(view.sign, words.start.sign)}</div>
<p class="quiet">${words.start.signHint}</p>
${view.delegate && delegateForm(frame, view.delegate, organisation?.name ?? words.start.theSender)}
${declineForm(frame, view)}
`
  return layout(frame, { title: words.start.title, content })
}

/** DESIGN "Time": a signer whose attempt is void is asked again, with the reason. */
function lastAttempt({ language }: Frame, voided: string): Html {
  const code = personCode(voided)
  const problem = problemText(code, language)
  return html`<div class="panel problem" role="status">
<h2>${problem.title}</h2>
<p>${problem.explanation}</p>
<p class="quiet">${text(language).page.errorCode(code)}</p>
</div>`
}

/** The way out, with the reason. */
export function declineForm(
  { language }: Frame,
  { decline, organisation }: Pick<StartView, 'decline' | 'organisation'>,
): Html {
  const words = text(language).start
  return html`<details class="ds-details decline" data-variant="default">
<summary>${words.decline}</summary>
<div>
<p>${words.declineHelp(organisation?.name ?? words.theSender)}</p>
<form method="post" action="${link(decline.action)}" data-once>
<input type="hidden" name="${fields.csrf}" value="${decline.csrf}">
<label class="field" for="reason">${words.declineReason}</label>
<p class="quiet" id="reason-help">${words.declineReasonHelp}</p>
<textarea class="ds-input" id="reason" name="${fields.reason}" maxlength="${longestReason}" aria-describedby="reason-help"></textarea>
<div class="actions"><button class="ds-button" type="submit" data-variant="secondary" data-color="danger">${words.declineConfirm}</button></div>
</form>
</div>
</details>`
}
