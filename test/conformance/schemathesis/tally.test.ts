import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzzerId, judge, type Operation, tallyOf } from './tally.ts'

const operations: Operation[] = [
  { method: 'GET', route: '/v1/orders/:id', operationId: 'getOrder', statuses: [200, 404] },
  { method: 'POST', route: '/v1/orders', operationId: 'createOrder', statuses: [201, 400] },
]
const line = (method: string, route: string, status: number, requestId = fuzzerId) =>
  JSON.stringify({ level: 'info', method, route, status, requestId, msg: 'answered' })
const faults = (...lines: string[]) => judge(tallyOf(lines, operations), operations).map(({ against }) => against)

test('what the service answered is held against it: errors, strange statuses, operations without success, too few of them', () => {
  const good = [line('GET', '/v1/orders/:id', 200), line('POST', '/v1/orders', 201)]
  assert.deepEqual(faults(...good), [[], [], [], []])
  assert.deepEqual(faults(...good, line('POST', '/v1/orders', 500)), [
    ['createOrder: 500'],
    ['createOrder: 500'],
    [],
    [],
  ])
  assert.deepEqual(faults(...good, line('GET', 'none', 502))[0], ['elsewhere: 502'])
  assert.deepEqual(faults(...good, line('POST', '/v1/orders', 409))[1], ['createOrder: 409'])
  assert.deepEqual(faults(line('GET', '/v1/orders/:id', 200))[2], ['createOrder: never called'])
  const refused = Array.from({ length: 9 }, () => line('POST', '/v1/orders', 400))
  assert.deepEqual(faults(...good, ...refused)[3], ['18.2 % of 11'])
})

test('calls that only prepare are not counted, nor what else stands in the log', () => {
  const lines = [
    line('GET', '/v1/orders/:id', 200, 'preparing'),
    '',
    `starting ${'x'}`,
    line('POST', '/v1/orders', 400),
  ]
  assert.deepEqual([tallyOf(lines, operations).total, tallyOf(lines, operations).succeeded], [1, 0])
})
