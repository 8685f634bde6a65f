// HTML that escapes what is put into it, and the frame that every page of the island shares.
import { type Language, texts } from './texts.ts'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A piece of HTML; only `html` makes one, so a string can never pass for it. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | false | null | undefined | readonly Part[]

const render = (part: Part): string => {
  if (part instanceof Html) return part.text
  if (part === false || part === null || part === undefined) return ''
  if (typeof part === 'string' || typeof part === 'number')
    return String(part).replace(/[&<>"']/g, (c) => escapes[c] ?? c)
  return part.map(render).join('')
}

export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(strings.reduce((text, string, index) => text + render(parts[index - 1]) + string))

export const page = (
  language: Language,
  title: string,
  body: Html,
  options: { wide?: boolean; refreshSeconds?: number; script?: string } = {},
): string => {
  const words = texts[language]
  const { wide, refreshSeconds, script } = options
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${refreshSeconds && html`<meta http-equiv="refresh" content="${refreshSeconds}">`}
<title>${title} – ${words.brand}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/bankid.css">
${script && html`<script src="${script}" defer></script>`}
</head>
<body>
<p class="simulated">${words.simulated}</p>
<main class="${wide ? 'card wide' : 'card'}">
<p class="brand">${words.brand}</p>
${body}
</main>
</body>
</html>
`.text
}

type Policy = {
  /** Browsers apply form-action to the redirects after a POST too: the origins that those lead to. */
  formOrigins?: readonly string[]
  /** For the pages with a script of ours, from a file of its own. */
  script?: boolean
}

/** Nothing from elsewhere, nothing inline, no frame. */
const contentSecurityPolicy = ({ formOrigins = [], script = false }: Policy): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    ...(script ? ["script-src 'self'", "connect-src 'self'"] : []),
    `form-action ${["'self'", ...formOrigins].join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

export const pageHeaders = (policy: Policy = {}): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': contentSecurityPolicy(policy),
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
})
