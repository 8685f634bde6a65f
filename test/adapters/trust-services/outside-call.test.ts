// What one call to the trust service may do: reach its own hosts only, and end in time, with an answer of a sane size.
import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, it } from 'node:test'
import { createOutsideCall, isPrivateHost } from '../../../src/adapters/trust-services/outside-call.ts'
import { isSeglError } from '../../../src/errors.ts'

const open: Server[] = []

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const get = { method: 'GET' } as const

describe('a call to the trust service', () => {
  afterEach(() => {
    for (const server of open.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })

  it('brings back status, headers and body', async () => {
    const url = await serve((request, response) => {
      response.setHeader('content-type', 'text/plain; charset=utf-8')
      response.end(`${request.method} ${request.url}`)
    })
    const answer = await createOutsideCall({ url }).get('It', `${url}/a?b=c`, get)
    assert.equal(answer.status, 200)
    assert.equal(Buffer.from(answer.body).toString(), 'GET /a?b=c')
  })

  it('goes to the back channel where the issuer is meant, with the same path and query', async () => {
    const backchannelUrl = await serve((request, response) => response.end(request.url))
    const call = createOutsideCall({ url: 'https://bankid.example', backchannelUrl })
    assert.equal(call.issuer, 'https://bankid.example')
    const answer = await call.get('It', 'https://bankid.example/ocsp/x?y=z', get)
    assert.equal(Buffer.from(answer.body).toString(), '/ocsp/x?y=z')
  })

  it('calls no host that a certificate or an answer names beside the configured ones', async () => {
    let called = 0
    const other = await serve((_request, response) => {
      called++
      response.end()
    })
    const call = createOutsideCall({ url: await serve((_request, response) => response.end()) })
    const strange = [
      other,
      other.replace('http://', 'http://user:secret@'),
      'file:///etc/passwd',
      'not a url',
      'ldap://127.0.0.1/x',
    ]
    for (const url of strange)
      await assert.rejects(call.get('It', url, get), (error) => isSeglError(error, 'TRUST_SERVICE_REFUSED'), url)
    assert.equal(called, 0)
    const further = createOutsideCall({ url: 'https://bankid.example', furtherOrigins: [other] })
    assert.equal((await further.get('It', `${other}/crl`, get)).status, 200)
  })

  it('follows no redirect', async () => {
    const inside = await serve((_request, response) => response.end('secret'))
    const url = await serve((_request, response) => response.writeHead(302, { location: inside }).end())
    await assert.rejects(createOutsideCall({ url }).send('It', url, get), (error) =>
      isSeglError(error, 'TRUST_SERVICE_MALFORMED'),
    )
  })

  it('gives up on a server that never answers, or never ends its answer', async () => {
    const silent = await serve(() => {})
    const endless = await serve((_request, response) => {
      response.write('x')
    })
    for (const url of [silent, endless]) {
      const call = createOutsideCall({ url, timeoutMs: 200 })
      await assert.rejects(call.send('It', url, get), (error) => isSeglError(error, 'TRUST_SERVICE_UNAVAILABLE'))
    }
  })

  it('stops reading an answer that is too large, before it has all been sent', async () => {
    let sent = 0
    const url = await serve((_request, response) => {
      const more = () => {
        if (response.destroyed) return
        sent += 65_536
        response.write(Buffer.alloc(65_536), () => setImmediate(more))
      }
      more()
    })
    const call = createOutsideCall({ url })
    await assert.rejects(
      call.send('It', url, { method: 'GET', limit: 100_000 }),
      (error) => isSeglError(error, 'TRUST_SERVICE_MALFORMED') && String(error).includes('100000 bytes'),
    )
    assert.ok(sent < 50_000_000)
  })

  it('says UNAVAILABLE when nobody listens, when the connection breaks, and for 5xx and 429 with the time to wait', async () => {
    const cut = await serve((request) => request.socket.destroy())
    const busy = await serve((_request, response) => response.writeHead(503, { 'retry-after': '7' }).end())
    const unheard = await serve((_request, response) => response.end())
    open.pop()?.close()
    for (const url of [cut, unheard])
      await assert.rejects(createOutsideCall({ url }).get('It', url, get), (error) =>
        isSeglError(error, 'TRUST_SERVICE_UNAVAILABLE'),
      )
    await assert.rejects(
      createOutsideCall({ url: busy }).get('It', busy, get),
      (error) => isSeglError(error, 'TRUST_SERVICE_UNAVAILABLE') && error.retryAfter === 7,
    )
  })

  it('says REFUSED for 4xx', async () => {
    const url = await serve((_request, response) => response.writeHead(403).end('no'))
    await assert.rejects(createOutsideCall({ url }).get('It', url, get), (error) =>
      isSeglError(error, 'TRUST_SERVICE_REFUSED'),
    )
  })

  it('keeps what was sent and answered out of its messages', async () => {
    const url = await serve((_request, response) => response.writeHead(400).end('{"error":"sesame"}'))
    const request = { method: 'POST', headers: { authorization: 'Bearer sesame' }, body: 'sesame' } as const
    await assert.rejects(
      createOutsideCall({ url }).get('It', `${url}/?code=sesame`, request),
      (error) => !String(error).includes('sesame'),
    )
  })

  it('takes plain http for loopback and private hosts, elsewhere only when allowed', () => {
    for (const host of [
      '127.0.0.1',
      '10.1.2.3',
      '172.20.0.1',
      '192.168.0.9',
      '[::1]',
      '[fd00::1]',
      'localhost',
      'bankid',
    ])
      assert.doesNotThrow(() => createOutsideCall({ url: `http://${host}:8081` }), host)
    for (const host of [
      'bankid.example',
      '8.8.8.8',
      '172.32.0.1',
      '[2001:db8::1]',
      '127.0.0.1.example.com',
      '1.10.0.0',
    ])
      assert.throws(
        () => createOutsideCall({ url: `http://${host}` }),
        (error) => isSeglError(error, 'CONFIG_INVALID'),
        host,
      )
    assert.doesNotThrow(() => createOutsideCall({ url: 'http://bankid.example', allowPlainHttp: true }))
    assert.ok(!isPrivateHost('::ffff:8.8.8.8'))
    for (const url of ['', 'bankid', 'ftp://localhost', 'https://user@bankid.example', 'https://bankid.example/?x=y'])
      assert.throws(
        () => createOutsideCall({ url }),
        (error) => isSeglError(error, 'CONFIG_INVALID'),
        url,
      )
  })
})
