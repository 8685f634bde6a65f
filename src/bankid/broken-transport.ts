// The faults of the wire: slow, down, malformed, cut; for every path alike.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Circumstances, FaultKind, Faults } from './faults.ts'

const kinds = ['slow', 'down', 'malformed', 'cut'] as const satisfies readonly FaultKind[]

const contentTypes: readonly [string, string][] = [
  ['/tsa', 'application/timestamp-reply'],
  ['/ocsp', 'application/ocsp-response'],
  ['/crl', 'application/pkix-crl'],
  ['/certs', 'application/pkix-cert'],
  ['/.well-known/est', 'application/pkcs7-mime'],
]

/** Lets the work be done, sends half of the answer and cuts: the caller cannot know what happened. */
const cutInTheMiddle = (response: ServerResponse): void => {
  const chunks: Buffer[] = []
  const take = (chunk: unknown): void => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
  }
  const send = response.write.bind(response)
  response.write = (chunk: unknown) => {
    take(chunk)
    return true
  }
  response.end = (chunk?: unknown) => {
    take(chunk)
    const body = Buffer.concat(chunks)
    if (!response.headersSent) response.setHeader('content-length', body.length + 1)
    send(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy())
    return response
  }
}

/**
 * @param whois finds the person and the client behind the request; asked only when a fault is about one
 * @returns false when the request has been answered, badly
 */
export const breakTransport = async (
  faults: Faults,
  request: IncomingMessage,
  response: ServerResponse,
  whois: () => Promise<Circumstances>,
): Promise<boolean> => {
  const at = request.url?.split('?')[0] ?? '/'
  // The switchboard itself must stay reachable.
  if (at.startsWith('/faults') || at.startsWith('/health')) return true
  const where: Circumstances = { at, ...(faults.arePersonal(kinds) && (await whois())) }
  const slow = faults.strike('slow', where)
  if (slow) await pause(Number(slow.value))
  if (faults.strike('down', where)) {
    response.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Down on demand\n')
    return false
  }
  if (faults.strike('malformed', where)) {
    const type = contentTypes.find(([path]) => at.startsWith(path))?.[1] ?? 'application/json'
    response.writeHead(200, { 'content-type': type }).end('{"malformed":')
    return false
  }
  if (faults.strike('cut', where)) cutInTheMiddle(response)
  return true
}
