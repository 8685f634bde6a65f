// HTML by construction: whatever is put into a template is escaped, unless it came out of a template itself.

const made = Symbol('html')

/** A piece of HTML that is safe to send. Only `html` and `noHtml` make one. */
export type Html = { readonly [made]: string }

export type Part = Html | string | number | null | undefined | false | readonly Part[]

export const noHtml: Html = { [made]: '' }

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

function written(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return String(part)
  if (made in part) return part[made]
  return part.map(written).join('')
}

/**
 * A template whose values are escaped for text and for quoted attributes: write `name="${value}"`, never without quotes.
 * Lists are joined; null, undefined and false are left out. URLs go through `link` first.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let out = strings[0] ?? ''
  for (const [index, part] of parts.entries()) out += written(part) + (strings[index + 1] ?? '')
  return { [made]: out }
}

/** The document to send, as a string. */
export const render = (document: Html): string => document[made]

/** `url` when a browser may follow it from our pages (http, https, or a path here), else `#`: never `javascript:` and the like. */
export function link(url: string): string {
  if (/^\/(?![/\\])/.test(url) || /^[?#]/.test(url)) return url
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : '#'
}

/** Host name of an http(s) URL for people to read; empty when there is none. */
export function hostOf(url: string): string {
  return link(url) === url && URL.canParse(url) ? new URL(url).host : ''
}
