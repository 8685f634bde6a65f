import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { BaseResolver, createConfig, lintDocument, makeDocumentFromString } from '@redocly/openapi-core'
import { parse } from 'yaml'
import { findProgram, needs } from '../support/outside.ts'
import { type Harness, startApi } from './harness.ts'

type Described = {
  operationId: string
  parameters?: { name: string }[]
  responses: Record<string, { links?: Record<string, { operationId: string; parameters?: Record<string, string> }> }>
}

const committed = readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8')

describe('the description of the API', () => {
  let harness: Harness
  let url: string
  before(async () => {
    harness = await startApi()
    url = await harness.api.listen({ host: '127.0.0.1', port: 0 })
  })
  after(() => harness.close())

  test('is one that Redocly has nothing to say against', async () => {
    // Health, keys and error codes take nothing that could be refused.
    const config = await createConfig({ extends: ['recommended'], rules: { 'operation-4xx-response': 'off' } })
    const problems = await lintDocument({
      document: makeDocumentFromString(committed, 'openapi.yaml'),
      externalRefResolver: new BaseResolver(),
      config: config as never,
    })
    // Each rule's failing example shows what is refused.
    const meant = ({ location }: (typeof problems)[number]) =>
      /\/requestBody\/.*-fails\//.test(location[0]?.pointer ?? '')
    const told = problems
      .filter((one) => !meant(one))
      .map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer ?? ''}`)
    assert.deepEqual(told, [])
  })

  test('says after every create and every read which calls its answer leads to, each of them one that exists', () => {
    const operations = Object.values(parse(committed).paths as Record<string, Record<string, Described>>).flatMap(
      (methods) => Object.entries(methods),
    )
    const known = new Map(operations.map(([, operation]) => [operation.operationId, operation]))
    const silent: string[] = []
    for (const [method, { operationId, responses }] of operations) {
      const links = Object.entries(responses)
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, answer]) => Object.values(answer.links ?? {}))
      if (links.length === 0 && (method === 'get' || '201' in responses)) silent.push(operationId)
      for (const link of links) {
        const target = known.get(link.operationId)
        assert.ok(target, `${operationId} leads to ${link.operationId}`)
        const names = (target.parameters ?? []).map(({ name }) => name)
        for (const name of Object.keys(link.parameters ?? {}))
          assert.ok(names.includes(name), `${operationId} gives ${link.operationId} a ${name}`)
      }
    }
    assert.ok(operations.length > 50)
    assert.deepEqual(silent, [])
  })

  test('is served as it is committed', async () => {
    const answer = await fetch(`${url}/docs/json`)
    assert.deepEqual(await answer.json(), parse(committed))
  })

  test('knows what a body is answered with that cannot be read, also where none is wanted', async () => {
    const { headers } = await harness.tenant()
    const strange: string[] = []
    for (const [path, methods] of Object.entries(parse(committed).paths as Record<string, Record<string, Described>>)) {
      for (const [method, { operationId, responses }] of Object.entries(methods)) {
        if (method === 'get' || !path.startsWith('/v1/')) continue
        for (const [type, body] of [
          ['text/x-unknown', 'x'],
          ['application/json', '{'],
        ] as const) {
          const at = path.replace(/\{\w+\}/g, '019a0000-0000-7000-8000-000000000000')
          const sent = {
            method: method.toUpperCase() as 'POST',
            url: at,
            headers: { ...headers, 'content-type': type },
          }
          const { statusCode } = await harness.api.inject({ ...sent, payload: body })
          if (!(String(statusCode) in responses)) strange.push(`${operationId}: ${statusCode} to ${type}`)
        }
      }
    }
    assert.deepEqual(strange, [])
  })

  test('can be browsed without asking anybody else, and without a message in the console', {
    skip: needs('chromium'),
  }, async () => {
    const { chromium } = await import('playwright-core')
    const browser = await chromium.launch({
      executablePath: findProgram('chromium') ?? '',
      args: ['--no-sandbox'],
      timeout: 120_000,
    })
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } })
      page.setDefaultTimeout(120_000)
      const asked: string[] = []
      const said: string[] = []
      page.on('request', (request) => asked.push(request.url()))
      page.on('console', (message) => said.push(message.text()))
      page.on('pageerror', (error) => said.push(String(error)))
      await page.goto(`${url}/docs`, { waitUntil: 'networkidle' })
      await page.getByText('/v1/orders', { exact: true }).first().waitFor()
      assert.deepEqual(
        asked.filter((one) => !one.startsWith(url) && !one.startsWith('data:')),
        [],
      )
      assert.deepEqual(said, [])
      if (process.env['SCREENSHOT']) await page.screenshot({ path: process.env['SCREENSHOT'] })
    } finally {
      await browser.close()
    }
  })
})
