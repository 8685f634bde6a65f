// A back channel to the island that behaves badly where a test wants it to, and otherwise passes everything on.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Answer = { readonly status: number; readonly type: string; readonly body: Uint8Array }

/** Gets the request and a way to ask the island itself; `undefined` means: never answer. */
export type Fault = (body: Buffer, pass: (body: Uint8Array) => Promise<Answer>) => Promise<Answer | undefined>

export type BackChannel = Awaited<ReturnType<typeof startProxy>>

export async function startProxy(island: { readonly url: string }) {
  const faults = new Map<string, Fault>()
  const seen: string[] = []

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const path = request.url ?? '/'
    seen.push(`${request.method} ${path}`)
    const pass = async (body: Uint8Array): Promise<Answer> => {
      const { host, connection, 'content-length': length, 'transfer-encoding': coding, ...kept } = request.headers
      const headers = Object.entries(kept).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      )
      const answer = await fetch(`${island.url}${path}`, {
        method: request.method ?? 'GET',
        headers: Object.fromEntries(headers),
        redirect: 'manual',
        ...(request.method === 'POST' ? { body } : {}),
      })
      const type = answer.headers.get('content-type') ?? ''
      return { status: answer.status, type, body: new Uint8Array(await answer.arrayBuffer()) }
    }
    const body = Buffer.concat(chunks)
    const fault = [...faults].find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1]
    const answer = fault === undefined ? await pass(body) : await fault(body, pass)
    if (answer === undefined) return
    response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => response.destroy(error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    /** Method and path of every request so far. */
    seen,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export const down: Fault = async () => ({ status: 503, type: 'text/plain', body: Buffer.from('down') })
export const hanging: Fault = async () => undefined
/** How long to wait for `hanging`: whatever else is asked within it has to be answered, however busy the machine is. */
export const hangingLimitMs = 6000
export const garbage =
  (type: string): Fault =>
  async () => ({ status: 200, type, body: Buffer.from('garbage') })
export const tooLarge =
  (type: string): Fault =>
  async () => ({ status: 200, type, body: Buffer.alloc(40 * 1024 * 1024) })
