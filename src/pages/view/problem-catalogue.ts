// /problems: every error code of the API with what to do, for those who write against it. In English, as the API speaks.
import { contentSecurityPolicy } from '../assets/manifest.ts'
import { type Html, html, link } from './html.ts'
import { facts, layout } from './layout.ts'

/** `about` and `remedy` mark code with backticks. */
export type CatalogueEntry = {
  readonly code: string
  /** The path of its own page: `type` of the problem document. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly remedy: string
}
export type CatalogueSection = {
  readonly title: string
  readonly about: string
  readonly problems: readonly CatalogueEntry[]
}

export const problemCatalogue = {
  headers: {
    'content-security-policy': contentSecurityPolicy(),
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
  },

  /** Every code, section by section. */
  all(sections: readonly CatalogueSection[]): string {
    const content = html`
<h1>Problems</h1>
<p class="lead">${marked('Every refusal is a problem document (RFC 9457): `code` is stable, so decide by it; `detail` says in words what happened and what to do, `errors` points at each field.')}</p>
<p>${marked('Tolerate codes that you do not know. As JSON: ask with `Accept: application/json`.')}</p>
<nav aria-label="Sections"><ul class="jump">${sections.map(({ title }) => html`<li><a href="${link(`#${idOf(title)}`)}">${title}</a></li>`)}</ul></nav>
${sections.map(section)}`
    return framed('Problems', content, html`<span aria-current="page">Problems</span>`)
  },

  /** One code by itself. */
  one({ code, title, status, remedy }: CatalogueEntry): string {
    const content = html`
<h1>${title}</h1>
<div class="panel">${facts([
      ['Code', html`<code>${code}</code>`],
      ['HTTP status', statusOf(status)],
      ['What to do', marked(remedy)],
    ])}</div>
<p class="quiet">${marked('The answer you got says more: `detail` in words, `errors` for each field, `requestId` for the log.')}</p>`
    return framed(title, content, html`<a href="/problems">All problems</a>`)
  },
}

const framed = (title: string, content: Html, here: Html): string =>
  layout(
    { language: 'en' },
    {
      title,
      content,
      nav: html`<nav aria-label="API"><ul class="languages"><li><a href="/docs">API</a></li><li>${here}</li></ul></nav>`,
    },
  )

const section = ({ title, about, problems }: CatalogueSection): Html => {
  const id = idOf(title)
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
<p class="quiet">${marked(about)}</p>
<div class="panel problems">${problems.map(entry)}</div></section>`
}

const entry = ({ code, type, title, status, remedy }: CatalogueEntry): Html =>
  html`<article id="${type.split('/').at(-1)}">${statusOf(status)}<div>
<h3>${title}</h3>
<p class="quiet"><a href="${link(type)}"><code>${code}</code></a></p>
<p>${marked(remedy)}</p>
</div></article>`

const statusOf = (status: number): Html =>
  html`<span class="status"${status >= 500 && html` data-side="server"`}>${status}</span>`

const idOf = (title: string): string => title.toLowerCase().replaceAll(' ', '-')

const marked = (text: string): Html =>
  html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
