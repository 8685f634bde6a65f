// /problems as a page to read: every error code with its status and what to do; the same that machines get as JSON.
import { createHash } from 'node:crypto'
import { catalogue, type ErrorCode } from '../errors.ts'
import { problemType } from './problem.ts'
import { problemSections, remedyOf } from './problem-sections.ts'

const style = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#5a6675;--paper:#fff;--ground:#f4f6f8;--line:#dde2e8;--accent:#0b5c8a;--client:#8a5a00;--server:#a3252a;--code:#eef2f6}
@media(prefers-color-scheme:dark){:root{--ink:#e8ecf1;--soft:#a3aebb;--paper:#1a212a;--ground:#11161c;--line:#2f3945;--accent:#7cc0ea;--client:#e5b95a;--server:#ff9a96;--code:#263040}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--accent);text-underline-offset:.15em}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
header,main,footer{max-width:60rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:2.5rem}
.brand{font-weight:700;letter-spacing:.02em;color:var(--soft);text-decoration:none}
h1{font-size:clamp(1.6rem,5vw,2.3rem);line-height:1.15;margin:.35rem 0 .5rem}
header p{color:var(--soft);max-width:42rem;margin:0 0 1rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 1rem;padding:0}
nav a{display:inline-block;padding:.4rem .8rem;border:1px solid var(--line);border-radius:2rem;background:var(--paper);text-decoration:none;font-size:.9rem}
section{margin:2.25rem 0}
h2{font-size:1.25rem;margin:0 0 .15rem}
section>p{color:var(--soft);margin:0 0 .9rem}
.list{background:var(--paper);border:1px solid var(--line);border-radius:.6rem;overflow:hidden}
article{display:grid;grid-template-columns:3.6rem 1fr;gap:0 1rem;padding:1rem 1.1rem;border-top:1px solid var(--line)}
article:first-child{border-top:0}
article:target{box-shadow:inset 4px 0 var(--accent)}
.status{font-variant-numeric:tabular-nums;font-weight:700;color:var(--client)}
.status.server{color:var(--server)}
h3{font-size:1rem;margin:0}
.code{margin:.1rem 0 .45rem;font-size:.85rem;overflow-wrap:anywhere}
.code a{color:var(--soft);text-underline-offset:.3em}
article p:last-child{margin:0}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--code);padding:.08em .3em;border-radius:.25em;overflow-wrap:anywhere}
.code code{background:none;padding:0}
.one{padding:1.25rem 1.4rem}
.one p{margin:.5rem 0}
.one{margin-top:1.25rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1.2rem;margin:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
footer{color:var(--soft);font-size:.9rem;padding-bottom:3rem}
@media(max-width:34rem){article{grid-template-columns:1fr}dl{grid-template-columns:1fr;gap:.1rem}dd{margin-bottom:.6rem}}
`

/** Nothing is loaded from anywhere, and nothing runs. */
export const problemPageHeaders = {
  'content-security-policy': `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
  'content-type': 'text/html; charset=utf-8',
  'x-content-type-options': 'nosniff',
  vary: 'Accept',
} as const

/** Whether the caller would rather read than parse: browsers name text/html, programs `*` or JSON. */
export const wantsPage = (accept: string | undefined): boolean => /\btext\/html\b/i.test(accept ?? '')

/** Every code, section by section. */
export function problemsPage(): string {
  const known = new Set(problemSections.flatMap(({ remedies }) => Object.keys(remedies)))
  const rest = (Object.keys(catalogue) as ErrorCode[]).filter((code) => !known.has(code))
  const sections = [
    ...problemSections.map(({ title, about, remedies }) => ({
      title,
      about,
      codes: Object.keys(remedies) as ErrorCode[],
    })),
    ...(rest.length > 0 ? [{ title: 'Others', about: 'New ones.', codes: rest }] : []),
  ]
  const idOf = (title: string) => title.toLowerCase().replaceAll(' ', '-')
  return page(
    'Problems',
    `<header><a class="brand" href="/docs">Segl API</a><h1>Problems</h1>
<p>Every refusal is a problem document (RFC 9457): ${code('code')} is stable, so decide by it; ${code('detail')} says in words what happened
and what to do, ${code('errors')} points at each field. Tolerate codes that you do not know. As JSON: ask with ${code('Accept: application/json')}.</p>
<nav aria-label="Sections"><ul>${sections.map(({ title }) => `<li><a href="#${idOf(title)}">${title}</a></li>`).join('')}</ul></nav></header>
<main>${sections
      .map(
        ({ title, about, codes }) =>
          `<section id="${idOf(title)}" aria-labelledby="${idOf(title)}-title"><h2 id="${idOf(title)}-title">${title}</h2><p>${marked(about)}</p><div class="list">${codes.map(entry).join('')}</div></section>`,
      )
      .join('')}</main>
<footer>${Object.keys(catalogue).length} codes.</footer>`,
  )
}

/** One code by itself: where the `type` of a problem document leads. */
export function problemPage(name: ErrorCode): string {
  const { title, status } = catalogue[name]
  return page(
    title,
    `<header><a class="brand" href="/problems">All problems</a><h1>${escaped(title)}</h1></header>
<main><div class="list one"><dl><dt>Code</dt><dd>${code(name)}</dd><dt>HTTP status</dt><dd>${statusOf(status)}</dd><dt>What to do</dt><dd>${marked(remedyOf(name))}</dd></dl></div></main>
<footer><p>The answer you got says more: ${code('detail')} in words, ${code('errors')} for each field, ${code('requestId')} for the log.</p></footer>`,
  )
}

function entry(name: ErrorCode): string {
  const { title, status } = catalogue[name]
  const id = problemType(name).split('/').at(-1)
  return `<article id="${id}">${statusOf(status)}<div><h3>${escaped(title)}</h3><p class="code"><a href="${problemType(name)}">${code(name)}</a></p><p>${marked(remedyOf(name))}</p></div></article>`
}

const statusOf = (status: number): string => `<span class="status${status >= 500 ? ' server' : ''}">${status}</span>`

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const code = (text: string): string => `<code>${escaped(text)}</code>`

/** Text in which backticks mark code. */
const marked = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? code(part) : escaped(part)))
    .join('')

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – Segl API</title><link rel="icon" href="data:,"><style>${style}</style></head>
<body>${body}</body></html>
`
