// The frame of every page: head, skip link, language switch, the notice that this is a simulation, footer.
import { type Language, languageNames, languages, text } from '../../text/index.ts'
import { assetPrefix } from '../assets/manifest.ts'
import { type Html, html, link, noHtml, type Part, render } from './html.ts'

/** What every page needs besides its own matter. */
export type Frame = {
  readonly language: Language
  /** Where each language leads to: this page again, in that language. Absent where a page speaks one language only. */
  readonly languageUrls?: Readonly<Record<Language, string>>
}

/** The browser loads a page by itself after some seconds; without `url` it loads this one again. */
export type Refresh = { readonly seconds: number; readonly url?: string | undefined }

/** A form that is sent by one button; the token is checked by the route. */
export type PostForm = { readonly action: string; readonly csrf: string }

/** Names of form fields, as the routes read them. */
export const fields = {
  csrf: 'csrf',
  reason: 'reason',
  signer: 'signer-',
  name: 'name',
  birthDate: 'birthDate',
  email: 'email',
} as const

const asset = (name: string) => `${assetPrefix}${name}`

/**
 * A whole HTML document. `title` is the page's own; it is also meant to be the first heading in `content`. `nav` stands at the
 * head where there are no languages to choose from.
 */
export function layout(
  frame: Frame,
  page: { title: string; content: Html; refresh?: Refresh | undefined; nav?: Html },
): string {
  const { language } = frame
  const words = text(language)
  return render(html`<!doctype html>
<html lang="${language}" data-color-scheme="auto" data-color="accent" data-size="md">
<head>
<meta charset="utf-8">
<title>${page.title} – Segl</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
${page.refresh && refreshTag(page.refresh)}
<link rel="icon" type="image/svg+xml" href="${asset('segl.svg')}">
<link rel="stylesheet" href="${asset('theme.css')}">
<link rel="stylesheet" href="${asset('designsystemet.css')}">
<link rel="stylesheet" href="${asset('segl.css')}">
<script src="${asset('segl.js')}" defer></script>
</head>
<body>
<a class="ds-skip-link" href="#content">${words.page.skipToContent}</a>
<header class="top">
<div class="frame">
<span class="brand"><img src="${asset('segl.svg')}" alt="" width="32" height="32">Segl</span>
${frame.languageUrls === undefined ? page.nav : languageNav(frame.language, frame.languageUrls)}
</div>
</header>
<aside class="simulated" aria-label="${words.simulated.label}">
<div class="frame"><p>${words.simulated.notice}</p></div>
</aside>
<main id="content" class="frame" tabindex="-1">
${page.content}
</main>
<footer class="foot"><div class="frame">Segl · ${words.simulated.short}</div></footer>
</body>
</html>
`)
}

function refreshTag({ seconds, url }: Refresh): Html {
  if (url !== undefined && link(url) === '#') return noHtml
  const content = url === undefined ? String(seconds) : `${seconds};url=${link(url)}`
  return html`<meta http-equiv="refresh" content="${content}">`
}

function languageNav(language: Language, urls: Readonly<Record<Language, string>>): Html {
  const item = (one: Language): Html =>
    one === language
      ? html`<li><span lang="${one}" aria-current="true">${languageNames[one]}</span></li>`
      : html`<li><a lang="${one}" hreflang="${one}" rel="nofollow" href="${link(urls[one])}">${languageNames[one]}</a></li>`
  return html`<nav aria-label="${text(language).page.chooseLanguage}">
<ul class="languages">${languages.map(item)}</ul>
</nav>`
}

/** A form with one button. `kind` is the look of the button. */
export function buttonForm(form: PostForm, label: string, kind: 'primary' | 'secondary' = 'primary'): Html {
  return html`<form method="post" action="${link(form.action)}" data-once>
<input type="hidden" name="${fields.csrf}" value="${form.csrf}">
<button class="ds-button" type="submit" data-variant="${kind}">${label}</button>
</form>`
}

/** A link that looks like a button. */
export function buttonLink(url: string, label: string, kind: 'primary' | 'secondary' = 'primary'): Html {
  return html`<a class="ds-button" data-variant="${kind}" href="${link(url)}">${label}</a>`
}

/** Label and value pairs; pairs without value are left out. */
export function facts(rows: readonly (readonly [string, Part])[]): Html {
  const full = rows.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
  return html`<dl class="receipt">${full.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`
}
