// The company register in a file: read, read again when it changes, and refused with the place of what is wrong.
import assert from 'node:assert/strict'
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { nordlys } from '../../../src/accounting/people.ts'
import { companiesInFile, parseCompanies } from '../../../src/adapters/company-register/index.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'segl-register-'))
})
after(() => rm(folder, { recursive: true }))

test('a company is found by its number, and a changed file is read again', async () => {
  const file = join(folder, 'register.json')
  await writeFile(file, JSON.stringify([nordlys]))
  const register = await companiesInFile(file)
  assert.deepEqual(await register.company('310000019'), nordlys)
  assert.equal(await register.company('987654325'), undefined)
  await writeFile(file, JSON.stringify([{ ...nordlys, roles: [] }]))
  await utimes(file, new Date(), new Date(Date.now() + 5000))
  assert.deepEqual((await register.company('310000019'))?.roles, [])
})

test('a later version that is broken or gone is passed over for the last good one', async () => {
  const file = join(folder, 'broken.json')
  await writeFile(file, JSON.stringify([nordlys]))
  const register = await companiesInFile(file)
  await writeFile(file, '[{')
  await utimes(file, new Date(), new Date(Date.now() + 5000))
  assert.deepEqual(await register.company('310000019'), nordlys)
  await rm(file)
  assert.deepEqual(await register.company('310000019'), nordlys)
})

test('a file that is missing or wrong stops the start with the place of the mistake', async () => {
  await assert.rejects(companiesInFile(join(folder, 'nowhere.json')), { code: 'CONFIG_INVALID' })
  const wrong: [unknown, RegExp][] = [
    [{}, /list of companies/],
    [['x'], /entry 0 must be an object/],
    [[{ ...nordlys, organisationNumber: '310000018' }], /entry 0: wrong check digit/],
    [[{ ...nordlys, asOf: '2026-02-30' }], /entry 0: `asOf` must be a date/],
    [[nordlys, { ...nordlys, roles: [{ role: 'chair' }] }], /entry 1, role 0: `name` must be a text/],
  ]
  for (const [value, message] of wrong) assert.throws(() => parseCompanies(JSON.stringify(value)), message)
  assert.throws(() => parseCompanies('['), /is not JSON/)
})
