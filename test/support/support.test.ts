// The ground that every other test stands on.
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import pg from 'pg'
import { dropDatabase, freshDatabase, testDatabase } from './database.ts'
import { findProgram, needs } from './outside.ts'
import { last, reservedPort } from './port.ts'

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('a test file gets one database of its own, with the tables of Segl and of the queue', async () => {
  const url = await testDatabase()
  assert.equal(await testDatabase(), url)
  assert.deepEqual(await query(url, 'select * from tenant'), [])
  assert.deepEqual(await query(url, 'select * from bullmq.job'), [])
})

test('what happens in one database is not seen in another', async () => {
  const other = await freshDatabase()
  await query(other, `insert into setting (key, value) values ('here', 'yes')`)
  assert.deepEqual(await query(await testDatabase(), 'select * from setting'), [])
  await dropDatabase(other)
})

test('a database can be had without any table', async () => {
  const url = await freshDatabase({ tables: false })
  assert.deepEqual(await query(url, `select 1 from information_schema.tables where table_schema = 'public'`), [])
  await dropDatabase(url)
})

test('a missing outside program skips a test with its reason, and fails it in CI', () => {
  assert.equal(needs('node'), false)
  assert.equal(findProgram('no-such-program'), undefined)
  const before = process.env['CI']
  try {
    delete process.env['CI']
    assert.equal(needs('node', 'no-such-program'), 'needs no-such-program')
    process.env['CI'] = 'true'
    assert.throws(() => needs('no-such-program'), /CI=true/)
  } finally {
    if (before === undefined) delete process.env['CI']
    else process.env['CI'] = before
  }
})

test('every suite of a file is run, not its first one only', () => {
  const folder = mkdtempSync(join(tmpdir(), 'segl-suites-'))
  const file = join(folder, 'two.test.ts')
  try {
    const suites = ['one', 'two'].map((name) => `describe('${name}', () => it('is run', async () => {}))`)
    writeFileSync(file, ["import { describe, it } from 'node:test'", ...suites].join('\n'))
    const { NODE_TEST_CONTEXT: _ours, ...env } = process.env
    const loader = import.meta.resolve('./typescript.mjs')
    const told = execFileSync(process.execPath, ['--import', loader, '--test-reporter=tap', file], {
      env,
      encoding: 'utf8',
      timeout: 60_000,
    })
    assert.match(told, /^# tests 2$/m)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a reserved port is given to one process only, and never chosen by the system', async () => {
  const range = [29_990, 29_999] as const
  const all = new Set<number>()
  await assert.rejects(async () => {
    for (;;) {
      const port = await reservedPort(...range)
      assert.ok(!all.has(port), 'each once')
      all.add(port)
    }
  }, /No port between 29990 and 29999 is free/)
  assert.ok(all.size > 0)
  const program = `const { reservedPort } = await import(${JSON.stringify(import.meta.resolve('./port.ts'))})
    await reservedPort(${range}).catch(({ message }) => process.stdout.write(message))`
  const args = [...process.execArgv, '--input-type=module', '-e', program]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  assert.match(stdout, /No port between/)
  if (process.platform !== 'linux') return
  const [lowest] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').split(/\s+/).map(Number)
  assert.ok(Number(lowest) > last, `the system chooses from ${lowest}`)
})
