// A document as the pages show it: title, size, the way to open exactly these bytes, and its fingerprint.
import { fileSize, hashGroups, type Language, text } from '../../text/index.ts'
import { type Html, html, link } from './html.ts'

export type DocumentView = {
  readonly title: string
  readonly kind: 'annualAccounts' | 'contract' | 'voucher'
  /** Annexes are read, not signed. */
  readonly role: 'sign' | 'annex'
  readonly pages: number
  /** Bytes. */
  readonly size: number
  /** SHA-256 of the upload, hex. */
  readonly sha256: string
  /** Serves exactly the uploaded bytes. */
  readonly url: string
}

/** A hash in groups of eight. A screen reader gets the groups one by one; a selection copies them with spaces between. */
export function hash(hex: string): Html {
  return html`<code class="hash">${hashGroups(hex).map((group) => html`<span>${group}</span> `)}</code>`
}

export function documentList(documents: readonly DocumentView[], language: Language): Html {
  return html`<ul class="documents">${documents.map((document) => html`<li class="panel">${documentItem(document, language)}</li>`)}</ul>`
}

export function documentItem(document: DocumentView, language: Language): Html {
  const words = text(language)
  const extent = `${words.kinds[document.kind]} · ${words.page.pages(document.pages)} · ${fileSize(document.size, language)}`
  return html`<div class="document">
<div>
<h3>${document.title}</h3>
<p class="quiet">${extent}</p>
${document.role === 'annex' && html`<p><span class="ds-tag" data-color="neutral">${words.page.annex}</span></p>`}
</div>
<a class="ds-button" data-variant="secondary" href="${link(document.url)}" target="_blank" rel="noopener" aria-label="${`${words.page.openDocument(document.title)}, ${words.page.opensInNewTab}`}">${words.page.open} PDF</a>
<dl class="print"><dt>${words.page.fingerprint}</dt><dd>${hash(document.sha256)}</dd></dl>
</div>`
}
