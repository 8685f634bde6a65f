// Several documents wait for one person: before the log-in only how many, after it the list and the choice.
import { severalWords, text } from '../../text/index.ts'
import { type DocumentView, documentItem } from './documents.ts'
import { type Html, html, link } from './html.ts'
import { buttonForm, type Frame, fields, layout, type PostForm } from './layout.ts'

export type SeveralStartView = {
  readonly waiting: number
  readonly signed: number
  readonly sign: PostForm
}

/** A link over several documents, before anybody has logged in: nothing is shown but how many. */
export function severalStartPage(frame: Frame, view: SeveralStartView): string {
  const words = severalWords(frame.language)
  const { start } = text(frame.language)
  const content = html`
<h1>${words.startTitle}</h1>
<p class="lead">${words.startLead(view.waiting)}</p>
${view.signed > 0 && html`<p>${words.startAlreadySigned(view.signed)}</p>`}
<p>${words.startPrivacy}</p>
<div class="actions">${buttonForm(view.sign, words.logIn)}</div>
<p class="quiet">${start.signHint}</p>
`
  return layout(frame, { title: words.startTitle, content })
}

/** One order of the list: it is signed whole or not at all. */
export type ChoiceView = {
  /** The signer that this is about; name of the checkbox. */
  readonly id: string
  readonly title: string
  readonly organisation: string | null
  readonly documents: readonly DocumentView[]
  /** Why it cannot be part of this; null when it can. */
  readonly obstacle: 'DOCUMENT_BUSY' | 'LEVEL_TOO_LOW' | 'FOUR_EYES_SAME_PERSON' | null
  readonly chosen: boolean
}

export type ChooseView = {
  /** As BankID gave it. */
  readonly name: string
  /** What the link was about; empty for a link over several. */
  readonly own: readonly ChoiceView[]
  readonly others: readonly ChoiceView[]
  /** Documents that BankID approves at once, when there are more than that; else null. */
  readonly most: number | null
  /** Sent with a field `fields.signer` + id for each one chosen. */
  readonly sign: PostForm
  /** Without the others; null for a link over several. */
  readonly only: PostForm | null
}

export function choosePage(frame: Frame, view: ChooseView): string {
  const words = severalWords(frame.language)
  const all = [...view.own, ...view.others]
  const leftOut = all.filter(({ obstacle }) => obstacle !== null).length
  const count = all.reduce((sum, { documents }) => sum + documents.filter(({ role }) => role === 'sign').length, 0)
  const title = words.title(count)
  const content = html`
<h1>${title}</h1>
<p class="lead">${words.lead(view.name)}</p>
${
  (leftOut > 0 || view.most !== null) &&
  html`<div class="panel problem" role="status">
${leftOut > 0 && html`<p>${words.leftOut(leftOut)}</p>`}
${view.most !== null && html`<p>${words.most(view.most)}</p>`}
</div>`
}
<form method="post" action="${link(view.sign.action)}" data-once id="choice">
<input type="hidden" name="${fields.csrf}" value="${view.sign.csrf}">
${view.own.length > 0 && section(frame, 'own', words.fromLink, view.own)}
${view.others.length > 0 && section(frame, 'others', view.own.length > 0 ? words.others(view.others.length) : text(frame.language).page.documents, view.others)}
<div class="actions"><button class="ds-button" type="submit" data-variant="primary">${words.signChosen}</button></div>
</form>
${view.only && html`<div class="actions">${buttonForm(view.only, words.onlyThis, 'secondary')}</div>`}
<p class="quiet">${words.hint}</p>
<p class="quiet">${text(frame.language).start.fingerprintHelp}</p>
`
  return layout(frame, { title, content })
}

function section(frame: Frame, id: string, heading: string, choices: readonly ChoiceView[]): Html {
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${heading}</h2>
<ul class="documents">${choices.map((choice) => item(frame, choice))}</ul>
</section>`
}

function item(frame: Frame, choice: ChoiceView): Html {
  const words = severalWords(frame.language)
  const toSign = choice.documents.filter(({ role }) => role === 'sign').length
  const reason = choice.obstacle && words.reasons[choice.obstacle]
  const name = `${fields.signer}${choice.id}`
  return html`<li class="panel choice">
<p class="quiet">${choice.organisation}${choice.organisation && toSign > 1 && ' · '}${toSign > 1 && words.documentsInOrder(toSign)}</p>
${choice.documents.map((document) => documentItem(document, frame.language))}
<div class="choose">
<input class="ds-input" type="checkbox" id="${name}" name="${name}" value="yes"${choice.obstacle !== null && html` disabled`}${choice.chosen && choice.obstacle === null && html` checked`}${reason && html` aria-describedby="${name}-why"`}>
<label for="${name}"><span aria-hidden="true">${words.includeShort}</span><span class="spoken">${words.include(choice.title)}</span></label>
</div>
${reason && html`<p class="why" id="${name}-why">${reason}</p>`}
</li>`
}
