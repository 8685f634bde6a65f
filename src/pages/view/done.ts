// Pages at the end: signed with a receipt, declined, or closed by somebody else.
import { exactDateTime, roleName, severalWords, text } from '../../text/index.ts'
import { hash } from './documents.ts'
import { hostOf, html, link } from './html.ts'
import { buttonLink, type Frame, facts, layout } from './layout.ts'

/** Where the accounting system wants the signer back. */
export type NextView = {
  /** Its return URL, with the outcome in it; from the allow-list. */
  readonly url: string
  /** Seconds until the browser goes there by itself. */
  readonly seconds: number
}

export type DoneView = {
  readonly documents: readonly {
    readonly title: string
    /** SHA-256 of the upload, hex. */
    readonly sha256: string
    /** Time of the signature's time-stamp. */
    readonly signedAt: Date | null
  }[]
  /** As BankID gave it. */
  readonly name: string
  /** Null when he signed in several. */
  readonly role: string | null
  readonly onBehalfOf: string | null
  /** Time of the time-stamp; null when he signed in several, which are told one by one. */
  readonly signedAt: Date | null
  readonly level: 'substantial' | 'high'
  readonly orderId: string | null
  /** Of other orders, approved in the same go. */
  readonly together: DoneView['documents']
  /** Signers who have not signed yet; null when he signed in several. */
  readonly remaining: number | null
  /** The order failed while it was being closed: nobody may be told that the document is finished. */
  readonly stopped: boolean
  /** Serves the document with this signature; null when it may not be read here. */
  readonly downloadUrl: string | null
  readonly next: NextView | null
}

export function donePage(frame: Frame, view: DoneView): string {
  const { language } = frame
  const words = text(language)
  const { done } = words
  const content = html`
<h1>${done.title}</h1>
<p class="lead">${done.summary(view.documents.length)} ${!view.stopped && view.remaining !== null && (view.remaining === 0 ? done.allSigned : done.othersRemain(view.remaining))}</p>
${view.stopped && html`<p>${done.stopped}</p>`}
${next(frame, view.next)}
<section class="panel receipt-panel" aria-labelledby="receipt">
<div class="receipt-head"><img src="/assets/segl.svg" alt="" width="36" height="36"><h2 id="receipt">${done.receipt}</h2></div>
${facts([
  [done.signedBy, view.name],
  [done.role, view.role && roleName(view.role, language)],
  [done.onBehalfOf, view.onBehalfOf],
  [done.signedAt, view.signedAt && exactDateTime(view.signedAt, language)],
  [done.method, done.methodValue(words.levels[view.level])],
  ...view.documents.flatMap(({ sha256, signedAt, title }) => [
    [words.page.document, title] as const,
    [words.page.fingerprint, hash(sha256)] as const,
    [done.signedAt, view.signedAt === null && signedAt !== null ? exactDateTime(signedAt, language) : null] as const,
  ]),
  [done.orderReference, view.orderId],
])}
</section>
${view.together.length > 0 && together(frame, view.together)}
${view.downloadUrl !== null && html`<div class="actions"><a class="ds-button" data-variant="secondary" href="${link(view.downloadUrl)}" download>${view.stopped ? done.downloadUnsealed : done.download}</a></div>`}
`
  const refresh = view.next === null ? undefined : { seconds: view.next.seconds, url: view.next.url }
  return layout(frame, { title: done.title, content, refresh })
}

function together({ language }: Frame, documents: DoneView['together']) {
  return html`<section class="panel receipt-panel" aria-labelledby="together">
<h2 id="together">${severalWords(language).doneOthers}</h2>
${facts(
  documents.flatMap(({ title, sha256, signedAt }) => [
    [title, hash(sha256)] as const,
    [text(language).done.signedAt, signedAt && exactDateTime(signedAt, language)] as const,
  ]),
)}
</section>`
}

export type DeclinedView = {
  readonly organisation: string | null
  /** What the signer wrote; empty when he gave no reason. */
  readonly reason: string
  readonly next: NextView | null
}

export function declinedPage(frame: Frame, view: DeclinedView): string {
  const { declined, start } = text(frame.language)
  const content = html`
<h1>${declined.title}</h1>
<p class="lead">${declined.explanation(view.organisation ?? start.theSender)}</p>
${view.reason !== '' && html`<div class="panel">${facts([[declined.reason, view.reason]])}</div>`}
<p>${declined.mistake}</p>
${next(frame, view.next)}
`
  const refresh = view.next === null ? undefined : { seconds: view.next.seconds, url: view.next.url }
  return layout(frame, { title: declined.title, content, refresh })
}

export type ClosedView = {
  /** How the order ended, or why this signer has nothing more to do with it. */
  readonly outcome: 'completed' | 'declined' | 'cancelled' | 'expired' | 'notApplicable' | 'replaced'
  readonly next: NextView | null
}

/** The order ended before this signer acted, or long after he did. */
export function closedPage(frame: Frame, view: ClosedView): string {
  const { closed } = text(frame.language)
  const { title } = closed
  const content = html`<h1>${title}</h1><p class="lead">${closed[view.outcome]}</p>${next(frame, view.next)}`
  const refresh = view.next === null ? undefined : { seconds: view.next.seconds, url: view.next.url }
  return layout(frame, { title, content, refresh })
}

function next({ language }: Frame, view: NextView | null) {
  const { done } = text(language)
  if (view === null || link(view.url) === '#') return html`<p>${done.canClose}</p>`
  const host = hostOf(view.url)
  return html`<div class="actions">${buttonLink(view.url, done.next(host))}</div>
<p class="quiet">${done.nextAutomatically(host, view.seconds)}</p>`
}
