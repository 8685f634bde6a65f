// A receiver of webhooks that behaves as badly as it is told to, and keeps what it got.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Received = {
  readonly path: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly at: number
}

export type Answer = (message: Received, response: ServerResponse) => void

export async function startReceiver(answer: Answer = (_message, response) => void response.writeHead(204).end()) {
  const received: Received[] = []
  let respond = answer
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    const message = { path: request.url ?? '', body: Buffer.concat(chunks).toString('utf8'), headers, at: Date.now() }
    received.push(message)
    respond(message, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answerWith(next: Answer) {
      respond = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
