// What the log never holds, however it got there.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createLogger } from '../../../src/adapters/telemetry/logger.ts'
import { SeglError } from '../../../src/errors.ts'

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let lines = ''
  write(
    createLogger({
      process: 'test',
      level: 'debug',
      destination: {
        write: (line) => {
          lines += line
        },
      },
    }),
  )
  assert.doesNotThrow(
    () =>
      lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    'every line is JSON',
  )
  return lines
}

const number = '01815012345'
const token = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl'
const linkToken = 'A'.repeat(54)

describe('logger', () => {
  it('keeps what is needed to follow an order', () => {
    const orderId = '0190b7a1-7d3e-7c11-8f1e-123456789012'
    const sha256 = `ab${number}cd`.padEnd(64, '0')
    const line = logged((log) =>
      log.info({ orderId, step: 'seal', code: 'DOCUMENT_BUSY', state: 'open', sha256 }, 'step done'),
    )
    for (const part of [
      orderId,
      '"step":"seal"',
      'DOCUMENT_BUSY',
      '"state":"open"',
      sha256,
      'step done',
      '"level":"info"',
    ])
      assert.ok(line.includes(part), part)
  })

  it('holds no national identity number', () => {
    const lines = logged((log) => {
      log.info({ nationalIdentityNumber: number }, 'field')
      log.info({ signer: { identity: { name: 'Kari' } } }, 'nested')
      log.info(`person ${number} logged in`)
      log.info(`person ${number.slice(0, 6)} ${number.slice(6)} logged in`)
      log.info({ anything: { deep: [number] } }, 'array')
      log.error(new Error(`failed for ${number}`), 'error')
    })
    assert.ok(!lines.includes(number) && !lines.includes('Kari') && !lines.includes('018150 12345'), lines)
  })

  it('holds no token, cookie or password, at any depth and in headers of any case', () => {
    const lines = logged((log) => {
      log.info(
        { a: { b: { c: { access_token: 'sesame', 'Set-Cookie': 'sesame', Authorization: 'Bearer sesame' } } } },
        'x',
      )
      log.info({ headers: { cookie: 'sesame' }, passphrase: 'sesame', serviceToken: 'sesame' }, 'x')
      log.info(`called with Authorization: Bearer sesame and ${token}`)
      log.warn({ url: new URL('https://x.test/callback?code=sesame') }, 'x')
      log.warn({ callback: new URLSearchParams({ code: 'sesame' }) }, 'x')
    })
    assert.ok(!lines.includes('sesame') && !lines.includes(token), lines)
  })

  it('holds no secret that a child logger was bound to', () => {
    const lines = logged((log) => log.child({ serviceToken: 'ses"ame', orderId: 'o-1' }).info('bound'))
    assert.ok(!lines.includes('ame') && lines.includes('"orderId":"o-1"'), lines)
  })

  it('holds no query of a URL and no signing link', () => {
    const lines = logged((log) => {
      log.info(
        { req: { method: 'GET', url: '/callback?code=sesame&state=sesame', headers: { cookie: 'sesame' } } },
        'request',
      )
      log.info('GET http://127.0.0.1:8080/callback?code=sesame&state=sesame 303')
      log.info({ path: `/sign/${linkToken}` }, `link http://127.0.0.1:8080/sign/${linkToken}`)
    })
    assert.ok(!lines.includes('sesame') && !lines.includes(linkToken), lines)
    assert.ok(lines.includes('"path":"/callback"'))
  })

  it('tells an error with its code and causes, and none of its further members', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { body: 'sesame', code: 'ECONNREFUSED' })
    const failure = new SeglError('TRUST_SERVICE_UNAVAILABLE', 'Try again.', { cause, extra: { hint: 'sesame' } })
    const lines = logged((log) => log.error({ err: failure }, 'step failed'))
    for (const part of ['TRUST_SERVICE_UNAVAILABLE', 'ECONNREFUSED', 'step failed'])
      assert.ok(lines.includes(part), part)
    assert.ok(!lines.includes('sesame'), lines)
  })
})
