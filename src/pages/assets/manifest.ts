// The static files of the pages: under which path a browser asks for them, and where they lie in the package.
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

export type Asset = {
  /** Path below `assetPrefix`. */
  readonly name: string
  readonly file: string
  readonly type: string
}

/** All assets lie below this path. */
export const assetPrefix = '/assets/'

// The sources are shipped, so that the same files serve from src (tests) and from dist.
const own = (name: string) => fileURLToPath(new URL(`../../../src/pages/assets/${name}`, import.meta.url))
const installed = (path: string) => createRequire(import.meta.url).resolve(path)

const css = 'text/css; charset=utf-8'

/** Every static file; nothing else may be served. */
export const assets: readonly Asset[] = [
  { name: 'theme.css', file: installed('@digdir/designsystemet-css/theme.css'), type: css },
  { name: 'designsystemet.css', file: installed('@digdir/designsystemet-css/index.css'), type: css },
  { name: 'segl.css', file: own('segl.css'), type: css },
  { name: 'segl.js', file: own('segl.js'), type: 'text/javascript; charset=utf-8' },
  { name: 'segl.svg', file: own('segl.svg'), type: 'image/svg+xml' },
  {
    name: 'public-sans-400.ttf',
    file: installed('@expo-google-fonts/public-sans/400Regular/PublicSans_400Regular.ttf'),
    type: 'font/ttf',
  },
  {
    name: 'public-sans-600.ttf',
    file: installed('@expo-google-fonts/public-sans/600SemiBold/PublicSans_600SemiBold.ttf'),
    type: 'font/ttf',
  },
]

/**
 * What the pages need of a Content-Security-Policy, as directives. `img-src data:` is for the design system's icons, which are
 * data URIs in its style sheet.
 */
export const policyDirectives: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  'style-src': ["'self'"],
  'script-src': ["'self'"],
  'font-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** The header Content-Security-Policy; `formTargets`: other origins that a form's answer may lead to. */
export function contentSecurityPolicy(formTargets: readonly string[] = []): string {
  return Object.entries(policyDirectives)
    .map(([directive, values]) =>
      [directive, ...values, ...(directive === 'form-action' ? new Set(formTargets) : [])].join(' '),
    )
    .join('; ')
}
