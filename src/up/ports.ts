// Who listens where: before something is started, and until it answers.
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export type Address = { readonly host: string; readonly port: number }

/** True when nobody listens at the address; for `localhost` on neither of its two. */
export async function isFree({ host, port }: Address): Promise<boolean> {
  const hosts = host === 'localhost' ? ['127.0.0.1', '::1'] : [host]
  for (const one of hosts) if (!(await canListen(one, port))) return false
  return true
}

function canListen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 has nothing at ::1 that could be taken.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    )
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** Asks `url` once. @returns the status and, for JSON, the answer; undefined when nobody answers within 3 s */
export async function ask(url: string): Promise<{ status: number; body: unknown } | undefined> {
  // A timer of our own: that of AbortSignal.timeout lets the process end while it waits for an answer that never comes.
  const control = new AbortController()
  const timer = setTimeout(() => control.abort(), 3000)
  try {
    const answer = await fetch(url, { signal: control.signal, redirect: 'manual' })
    const text = await answer.text()
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch {
      // a page
    }
    return { status: answer.status, body }
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/** Waits until `ready` answers true. @returns false when it did not within `limit` milliseconds, or `stop` said so */
export async function until(
  ready: () => Promise<boolean> | boolean,
  limit: number,
  stop: () => boolean = () => false,
): Promise<boolean> {
  const end = Date.now() + limit
  while (Date.now() < end && !stop()) {
    if (await ready()) return true
    await sleep(60)
  }
  return false
}

/** The address a URL of this machine is served at. */
export function addressOf(url: string): Address {
  const { hostname, port, protocol } = new URL(url)
  return { host: hostname.replace(/[[\]]/g, ''), port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port) }
}

/** True for addresses that only this machine can be meant by. */
export function isHere(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(addressOf(url).host)
}
