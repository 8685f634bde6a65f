// The catalogue of problems: JSON for programs, a page for people who follow `type` in a browser.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { catalogue } from '../../src/errors.ts'
import { problemSections } from '../../src/http/problem-sections.ts'
import { startInstallation } from '../support/installation.ts'
import { findProgram, needs } from '../support/outside.ts'
import { startApi } from './harness.ts'

const harness = await startApi()
after(() => harness.close())
const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const ask = (url: string, accept: string) => harness.api.inject({ method: 'GET', url, headers: { accept } })

test('every error code stands once in the catalogue with a sentence that says what to do', () => {
  const listed = problemSections.flatMap(({ remedies }) => Object.keys(remedies))
  assert.deepEqual(listed.sort(), Object.keys(catalogue).sort())
  for (const { remedies } of problemSections)
    for (const [code, remedy] of Object.entries(remedies)) assert.match(remedy, /\w.*[.]$/, code)
})

test('browsers get a page of all codes and one of each; programs get JSON with the same sentence', async () => {
  const all = await ask('/problems', browser)
  assert.match(String(all.headers['content-type']), /^text\/html/)
  assert.equal(all.headers['vary'], 'Accept')
  assert.match(String(all.headers['content-security-policy']), /default-src 'none'/)
  for (const [code, { title, status }] of Object.entries(catalogue)) {
    assert.ok(all.body.includes(`<code>${code}</code>`), code)
    const one = await ask(`/problems/${code.toLowerCase().replaceAll('_', '-')}`, browser)
    assert.ok(one.body.includes(`<h1>${title}</h1>`) && one.body.includes(`>${status}</span>`), one.body.slice(-600))
  }
  for (const accept of ['application/json', '*/*', '']) {
    const answer = await ask('/problems/rate-limited', accept)
    assert.deepEqual(answer.json(), {
      code: 'RATE_LIMITED',
      type: '/problems/rate-limited',
      title: 'Too many requests',
      status: 429,
      remedy: answer.json().remedy,
    })
    assert.match(answer.json().remedy, /Retry-After/)
  }
  assert.equal((await ask('/problems/constructor', browser)).statusCode, 404)
})

test('every page is drawn like the others of Segl, fits a phone, says nothing in the console and asks nobody else', {
  skip: needs('chromium'),
}, async () => {
  const segl = await startInstallation({ workers: 0 })
  const { chromium } = await import('playwright-core')
  const chrome = await chromium.launch({
    executablePath: findProgram('chromium') ?? '',
    args: ['--no-sandbox'],
    timeout: 120_000,
  })
  try {
    for (const width of [360, 1280]) {
      const page = await chrome.newPage({ viewport: { width, height: 900 } })
      page.setDefaultTimeout(120_000)
      const said: string[] = []
      const asked: string[] = []
      page.on('console', (message) => said.push(message.text()))
      page.on('request', (request) => asked.push(request.url()))
      for (const path of ['/problems', '/problems/four-eyes-same-person']) {
        await page.goto(`${segl.seglUrl}${path}`)
        const [wide, typeface] = (await page.evaluate(
          '[document.documentElement.scrollWidth, getComputedStyle(document.body).fontFamily]',
        )) as [number, string]
        assert.ok(wide <= width, `${path} at ${width}`)
        assert.match(typeface, /Public Sans/)
      }
      assert.deepEqual(said, [])
      assert.deepEqual(
        [...new Set(asked)].filter((one) => !one.startsWith(segl.seglUrl) && !one.startsWith('data:')),
        [],
      )
      await page.close()
    }
  } finally {
    await chrome.close()
    await segl.close()
  }
})
