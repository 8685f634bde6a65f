// A supervised program is started again when it dies, told to go when it is time, and never outlives its supervisor.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { processIdentity } from '../../src/postgres/processes.ts'
import { type Child, lastWords, supervise as start } from '../../src/up/child.ts'

const folder = mkdtempSync(join(tmpdir(), 'segl-child-'))
const started: Child[] = []
after(async () => {
  // A test that failed left its program running.
  await Promise.all(started.map((child) => child.stop(500)))
  rmSync(folder, { recursive: true, force: true })
})

const file = fileURLToPath(new URL('./program.ts', import.meta.url))
let count = 0

function supervise(...input: Parameters<typeof start>): Child {
  const child = start(...input)
  started.push(child)
  return child
}

function program(traits: Record<string, string> = {}) {
  const notes = join(folder, `notes-${++count}`)
  const environment = { PATH: process.env['PATH'] ?? '', NOTES: notes, ...traits }
  return { name: 'program', file, environment, log: `${notes}.log` }
}

type Life = { pid: number; at: number }

function lives(notes: string): Life[] {
  try {
    // What has no end of line yet is still being written: read as 0, it would mean every process of our group.
    return readFileSync(notes, 'utf8')
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split(' ').map(Number))
      .map(([pid = 0, at = 0]) => ({ pid, at }))
  } catch {
    return []
  }
}

async function until<T>(look: () => T | undefined | false, limit = 120_000): Promise<T> {
  const end = Date.now() + limit
  for (;;) {
    const found = look()
    if (found !== undefined && found !== false) return found
    assert.ok(Date.now() < end, 'it took too long')
    await sleep(20)
  }
}

const lifeOf = (notes: string, number: number): Promise<Life> => until(() => lives(notes)[number - 1])

test('a program that is killed is started again, and its death is told with its last words', async () => {
  const one = program()
  const told: string[] = []
  const child = supervise(one, (sentence) => told.push(sentence))
  const first = await lifeOf(one.environment.NOTES, 1)
  process.kill(first.pid, 'SIGKILL')
  const second = await lifeOf(one.environment.NOTES, 2)
  assert.notEqual(second.pid, first.pid)
  assert.equal(child.pid(), second.pid)
  assert.equal(child.deaths(), 1)
  assert.match(told.join(), /program ended \(SIGKILL\)[\s\S]*here I am/)
  await child.stop()
  assert.equal(processIdentity(second.pid), undefined)
})

test('one that dies at once is started again after growing pauses, and no more once it is stopped', async () => {
  const one = program({ DIES: 'yes' })
  const told: string[] = []
  const child = supervise(one, (sentence) => told.push(sentence))
  await until(() => told.length >= 4)
  await child.stop()
  const pauses = told.map((sentence) => Number(/in (\d+) ms/.exec(sentence)?.[1]))
  assert.deepEqual(pauses.slice(0, 4), [250, 500, 1000, 2000])
  const before = lives(one.environment.NOTES).length
  await sleep(2500)
  assert.equal(lives(one.environment.NOTES).length, before)
})

test('one that does not go when it is told to is made to', async () => {
  const one = program({ STUBBORN: 'yes' })
  const child = supervise(one, () => {})
  const { pid } = await lifeOf(one.environment.NOTES, 1)
  await child.stop(3000)
  assert.equal(processIdentity(pid), undefined)
  assert.match(lastWords(one.log), /no/)
})

test('a thread of the program, which has no input of its own, does not end it', async () => {
  const one = program({ THREAD: 'yes' })
  const child = supervise(one, () => {})
  const { pid } = await lifeOf(one.environment.NOTES, 1)
  await sleep(1500)
  assert.equal(child.deaths(), 0)
  assert.equal(child.pid(), pid)
  await child.stop()
})

test('when the supervisor is killed, the program goes too', async () => {
  const notes = join(folder, 'orphan')
  const supervisor = spawn(
    process.execPath,
    [...process.execArgv, fileURLToPath(new URL('./supervisor.ts', import.meta.url)), file],
    { env: { ...process.env, NOTES: notes }, stdio: 'ignore' },
  )
  const { pid } = await lifeOf(notes, 1)
  supervisor.kill('SIGKILL')
  await until(() => processIdentity(pid) === undefined)
})

test('what it prints is for its user alone', async () => {
  const one = program()
  const child = supervise(one, () => {})
  await lifeOf(one.environment.NOTES, 1)
  await child.stop()
  assert.equal(statSync(one.log).mode & 0o777, 0o600)
})
