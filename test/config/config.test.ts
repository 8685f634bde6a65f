// What can be set, what is refused and why, and where secrets come from.
import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { configTable, environmentFor, loadConfig, loadStorageConfig } from '../../src/config.ts'
import { defaultDataFolder, isRoot, openDataFolder } from '../../src/data-folder.ts'
import { type ErrorCode, isSeglError } from '../../src/errors.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'segl-config-'))
  folders.push(path)
  return path
}

const database = 'postgresql://u:secret@127.0.0.1:5432/segl'
const load = (env: Record<string, string>) => loadConfig({ makeSecrets: true }, { DATA_DIR: folder(), ...env })
const refused =
  (code: ErrorCode, ...words: (string | RegExp)[]) =>
  (error: unknown): boolean => {
    assert.ok(isSeglError(error, code), String(error))
    for (const word of words) assert.match(error.detail, new RegExp(word))
    return true
  }

test('with nothing set, everything runs on this machine', () => {
  const config = load({})
  assert.equal(config.database.url, null)
  assert.equal(config.redisUrl, null)
  assert.equal(config.publicUrl, 'http://127.0.0.1:8080')
  assert.deepEqual(config.listen, { host: '127.0.0.1', port: 8080 })
  assert.equal(config.bankid.url, 'http://localhost:8081')
  assert.equal(config.bankid.backchannelUrl, config.bankid.url)
  assert.equal(config.bankid.data, join(config.dataDir, 'bankid'))
  assert.equal(new URL(config.blobUrl).pathname, join(config.dataDir, 'blobs'))
  assert.equal(config.maxUploadBytes, 500 * 1024 * 1024)
  assert.equal(config.die, null)
})

test('nothing of it can be changed afterwards', () => {
  const config = load({})
  assert.throws(() => Object.assign(config, { publicUrl: 'x' }), TypeError)
  assert.throws(() => Object.assign(config.bankid, { url: 'x' }), TypeError)
})

test('segl up makes missing secrets, readable by nobody else, and finds them again', () => {
  const env = { DATA_DIR: folder() }
  const first = loadConfig({ makeSecrets: true }, env)
  const again = loadConfig({ makeSecrets: true }, env)
  assert.deepEqual(again.secrets, first.secrets)
  assert.equal(first.secrets.encryptionKey.length, 32)
  assert.notDeepEqual(first.secrets.encryptionKey, first.secrets.hmacKey)
  const secrets = join(first.dataDir, 'secrets')
  assert.equal(statSync(secrets).mode & 0o777, 0o700)
  for (const name of readdirSync(secrets)) assert.equal(statSync(join(secrets, name)).mode & 0o777, 0o600, name)
})

test('api and worker on their own make none: they name what is missing', () => {
  const env = { DATA_DIR: folder(), DATABASE_URL: database }
  assert.throws(() => loadConfig({ makeSecrets: false }, env), refused('SECRET_MISSING', 'ENCRYPTION_KEY', 'segl up'))
  assert.deepEqual(readdirSync(env.DATA_DIR), [])
})

test('api and worker take the secrets that segl up has made', () => {
  const env = { DATA_DIR: folder(), DATABASE_URL: database }
  const made = loadConfig({ makeSecrets: true }, env)
  assert.deepEqual(loadConfig({ makeSecrets: false }, env).secrets, made.secrets)
})

test('api and worker on their own need to be told the database', () => {
  assert.throws(
    () => loadConfig({ makeSecrets: false }, { DATA_DIR: folder() }),
    refused('CONFIG_INVALID', 'DATABASE_URL'),
  )
})

test('a secret may be given in a file, with a line end, in base64, base64url or hexadecimal', () => {
  const bytes = Buffer.alloc(32, 0xfb)
  const file = join(folder(), 'key')
  for (const text of [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')]) {
    writeFileSync(file, `${text}\n`)
    assert.deepEqual(Buffer.from(load({ ENCRYPTION_KEY_FILE: file }).secrets.encryptionKey), bytes)
  }
})

test('a secret that is too short, empty, unreadable or given twice is refused, and never repeated in the sentence', () => {
  assert.throws(
    () => load({ HMAC_KEY: 'hunter2' }),
    (error: unknown) => refused('CONFIG_INVALID', 'HMAC_KEY')(error) && !String(error).includes('hunter2'),
  )
  assert.throws(() => load({ HMAC_KEY_FILE: '/nowhere' }), refused('SECRET_MISSING', '/nowhere'))
  const empty = join(folder(), 'empty')
  writeFileSync(empty, '')
  assert.throws(() => load({ HMAC_KEY_FILE: empty }), refused('SECRET_MISSING', 'empty'))
  assert.throws(() => load({ HMAC_KEY: 'a', HMAC_KEY_FILE: empty }), refused('CONFIG_INVALID', 'both'))
})

const inconsistent: readonly [Record<string, string>, ErrorCode, string][] = [
  [{ DATABASE_URL: 'mysql://h/d' }, 'CONFIG_INVALID', 'DATABASE_URL must be a URL'],
  [{ DATABASE_DIRECT_URL: database }, 'CONFIG_INVALID', 'without DATABASE_URL'],
  [{ REDIS_URL: 'localhost:6379' }, 'CONFIG_INVALID', 'redis://'],
  [{ BLOB_URL: 'ftp://x' }, 'CONFIG_INVALID', 'BLOB_URL'],
  [{ LISTEN: 'nowhere' }, 'CONFIG_INVALID', 'LISTEN must be address:port'],
  [{ LISTEN: '127.0.0.1:99999' }, 'CONFIG_INVALID', 'LISTEN'],
  [{ LISTEN: '0.0.0.0:8080' }, 'CONFIG_INVALID', 'PUBLIC_URL must be set when LISTEN is not a loopback address'],
  [{ LISTEN: '[::]:8080' }, 'CONFIG_INVALID', 'PUBLIC_URL must be set'],
  [{ LISTEN: '192.0.2.7:8080' }, 'CONFIG_INVALID', 'PUBLIC_URL must be set'],
  [{ LISTEN: 'segl.example.no:8080' }, 'CONFIG_INVALID', 'PUBLIC_URL must be set'],
  [{ PUBLIC_URL: 'https://x/path' }, 'CONFIG_INVALID', 'without a path'],
  [{ PUBLIC_URL: 'http://localhost:8080' }, 'CONFIG_INVALID', 'same host name'],
  [{ BANKID_URL: 'gopher://x' }, 'CONFIG_INVALID', 'BANKID_URL'],
  [{ BANKID_ROOT_SHA256: 'abc' }, 'CONFIG_INVALID', '64 hexadecimal'],
  [{ BANKID_SIMULATED: 'maybe' }, 'CONFIG_INVALID', 'true or false'],
  [{ MAX_UPLOAD_BYTES: '12 MB' }, 'CONFIG_INVALID', 'whole number'],
  [{ MAX_UPLOAD_BYTES: String(2 ** 31) }, 'CONFIG_INVALID', 'whole number'],
  [{ WORKERS: '0' }, 'CONFIG_INVALID', 'WORKERS'],
  [{ SEAL_ORGANISATION_NUMBER: '313000002' }, 'CONFIG_INVALID', 'check digit'],
  [{ LOG_LEVEL: 'loud' }, 'CONFIG_INVALID', 'LOG_LEVEL'],
  [{ SEGL_DIE: 'seal' }, 'CONFIG_INVALID', 'SEGL_DIE'],
]
for (const [env, code, words] of inconsistent) {
  test(`${Object.entries(env).map((entry) => entry.join('='))} is refused with what to write instead`, () => {
    assert.throws(() => load(env), refused(code, words))
  })
}

test('LISTEN may be any loopback address by itself, and any other beside PUBLIC_URL', () => {
  for (const host of ['127.0.0.1', '127.8.9.10', '[::1]', '[::ffff:127.0.0.1]']) {
    assert.equal(load({ LISTEN: `${host}:9000` }).mail.shown, true, host)
  }
  assert.equal(load({ LISTEN: 'localhost:9000', BANKID_URL: 'http://127.0.0.1:8081' }).mail.shown, true)
  const open = load({ LISTEN: '0.0.0.0:9000', PUBLIC_URL: 'https://segl.example.no' })
  assert.deepEqual([open.publicUrl, open.mail.shown], ['https://segl.example.no', false])
})

test('a password in a URL that is refused is not repeated', () => {
  assert.throws(
    () => load({ DATABASE_URL: 'mysql://u:hunter2@h/d' }),
    (error: unknown) => !String(error).includes('hunter2'),
  )
})

test('children get the same settings with absolute paths, and the database that was started for them', () => {
  const env = { DATA_DIR: folder(), LISTEN: '[::1]:9000', DATABASE_URL_FILE: '/somewhere', OTHER: 'kept' }
  const config = loadConfig({ makeSecrets: true }, { ...env, DATABASE_URL_FILE: undefined })
  const child = environmentFor(config, database, env)
  assert.equal(child['DATABASE_URL'], database)
  assert.equal(child['DATABASE_URL_FILE'], undefined)
  assert.equal(child['OTHER'], 'kept')
  const read = loadConfig({ makeSecrets: false }, child)
  assert.deepEqual(read.listen, config.listen)
  assert.deepEqual(read.secrets, config.secrets)
  assert.equal(read.dataDir, config.dataDir)
})

test('commands in the database need no secrets and make none', () => {
  const env = { DATA_DIR: folder() }
  assert.equal(loadStorageConfig(env).database.url, null)
  assert.deepEqual(readdirSync(env.DATA_DIR), [])
})

test('an ordinary user keeps the data to himself; root lets others pass through and no more', () => {
  const above = folder()
  chmodSync(above, 0o755)
  const path = openDataFolder(join(above, 'data'))
  assert.equal(statSync(path).mode & 0o077, isRoot() ? 0o011 : 0)
})

test('the default folder lies in the working directory, unless root works where nobody may enter', () => {
  const open = folder()
  chmodSync(open, 0o755)
  assert.equal(defaultDataFolder(open), join(open, '.segl'))
  const closed = join(open, 'closed')
  mkdirSync(closed, { mode: 0o700 })
  const chosen = defaultDataFolder(closed)
  if (!isRoot()) assert.equal(chosen, join(closed, '.segl'))
  else {
    assert.match(chosen, /^\/(var\/lib|tmp)\/segl\/[0-9a-f]{12}$/)
    assert.equal(defaultDataFolder(closed), chosen)
  }
})

test('as root a data folder that nobody can reach is refused with what to do', {
  skip: !isRoot() && 'needs root',
}, () => {
  const closed = folder()
  const path = join(closed, 'data')
  assert.throws(() => openDataFolder(path), refused('CONFIG_INVALID', 'nobody', 'DATA_DIR'))
  // A database elsewhere needs nobody in here.
  assert.equal(openDataFolder(path, { database: false }), path)
})

test('docs/config.md is what the code says', () => {
  const file = fileURLToPath(new URL('../../docs/config.md', import.meta.url))
  assert.equal(readFileSync(file, 'utf8'), configTable(), 'run "npm run config" and commit docs/config.md')
})
