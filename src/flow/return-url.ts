// Where a signer's browser may be sent back to: an open redirect would lend Segl's name to anybody's page.

/**
 * Whether `url` may be returned to. An entry of `allowed` is an origin (`https://erp.example.no`) or one with any port
 * (`http://127.0.0.1:*`); only http and https, and no user or password in the URL.
 */
export function returnUrlAllowed(url: string, allowed: readonly string[]): boolean {
  if (!URL.canParse(url)) return false
  const target = new URL(url)
  if (!['https:', 'http:'].includes(target.protocol) || target.username !== '' || target.password !== '') return false
  return allowed.some((entry) =>
    entry.endsWith(':*')
      ? `${target.protocol}//${target.hostname}` === entry.slice(0, -2)
      : URL.canParse(entry) && new URL(entry).origin === target.origin,
  )
}
