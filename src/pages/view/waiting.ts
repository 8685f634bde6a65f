// Pages that wait: for another signer's lease, for an earlier group, for the signature to be put in place, for the sender.
import { longDateTime, text } from '../../text/index.ts'
import { html, type Part } from './html.ts'
import { buttonLink, type Frame, layout, type Refresh } from './layout.ts'
import { declineForm, type StartView } from './start.ts'

export type WaitingView = {
  /** Given name of the one who signs now; null when it may not be shown. */
  readonly name: string | null
  /** Longest wait, from the lease. */
  readonly minutes: number
  readonly refresh: Refresh
}

/** Another signer holds the document; this page loads itself again until it is free. */
export function waitingPage(frame: Frame, view: WaitingView): string {
  const words = text(frame.language)
  const who = view.name === null ? words.waiting.unnamed : words.waiting.named(view.name)
  const lines = [who, words.waiting.explanation, words.waiting.longest(view.minutes)]
  return waiting(frame, words.waiting.title, lines, view.refresh, true)
}

/** The signer has approved; the worker puts the signature in place. */
export function processingPage(frame: Frame, view: { readonly refresh: Refresh }): string {
  const { processing } = text(frame.language)
  return waiting(frame, processing.title, [processing.explanation, processing.keepOpen], view.refresh, true)
}

export type LaterView = {
  /** True before the order is open for anybody. */
  readonly notOpen: boolean
  /** When it opens, where that is settled. */
  readonly opens: Date | null
  readonly signed: number
  readonly total: number
  readonly deadline: Date | null
  readonly refresh: Refresh
}

/** The order is not open yet, or an earlier group has not signed. */
export function laterPage(frame: Frame, view: LaterView): string {
  const { later, page } = text(frame.language)
  const lines = [
    view.notOpen ? later.notOpen : later.explanation,
    view.notOpen
      ? view.opens && later.opens(longDateTime(view.opens, frame.language))
      : later.progress(view.signed, view.total),
    view.deadline && page.deadline(longDateTime(view.deadline, frame.language)),
  ]
  return waiting(frame, view.notOpen ? later.notOpenTitle : later.title, lines, view.refresh, false)
}

/** The order has failed: it is not over, but nobody but its sender can do anything. That takes longer than a page stays open. */
export function stoppedPage(frame: Frame, again: { readonly url: string }): string {
  const { stopped, page } = text(frame.language)
  const content = html`
<h1>${stopped.title}</h1>
<p class="lead">${stopped.explanation}</p>
<p>${stopped.urgent}</p>
<div class="actions">${buttonLink(again.url, page.checkAgain, 'secondary')}</div>
`
  return layout(frame, { title: stopped.title, content })
}

export type AwaitingView = Pick<StartView, 'organisation'> & {
  /** Absent where the link is over several signers. */
  readonly decline?: StartView['decline']
  readonly again: string
}

/** Somebody of another name logged in: the sender says whether it is the person, and nobody here can do anything but decline. */
export function awaitingPage(frame: Frame, view: AwaitingView): string {
  const { awaiting, page, start } = text(frame.language)
  const content = html`
<h1>${awaiting.title}</h1>
<p class="lead" role="status">${awaiting.explanation(view.organisation?.name ?? start.theSender)}</p>
<p>${awaiting.next}</p>
<p>${awaiting.urgent}</p>
<div class="actions">${buttonLink(view.again, page.checkAgain, 'secondary')}</div>
${view.decline && declineForm(frame, { organisation: view.organisation, decline: view.decline })}
`
  return layout(frame, { title: awaiting.title, content })
}

function waiting(frame: Frame, title: string, lines: readonly Part[], refresh: Refresh, busy: boolean): string {
  const words = text(frame.language).page
  const url = refresh.url ?? ''
  const content = html`
<div class="panel ${busy && 'waiting'}">
${busy && html`<div class="wheel" aria-hidden="true"></div>`}
<div role="status">
<h1>${title}</h1>
${lines.filter(Boolean).map((line) => html`<p>${line}</p>`)}
<p class="quiet">${words.refreshesItself}</p>
</div>
</div>
${url !== '' && html`<div class="actions">${buttonLink(url, words.checkAgain, 'secondary')}</div>`}
`
  return layout(frame, { title, content, refresh })
}
