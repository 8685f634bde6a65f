import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createSegl } from '../../src/client/index.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const guide = readFileSync(join(root, 'docs/integrators.md'), 'utf8')
const limit = 120_000

type Sample = { readonly language: string; readonly code: string; readonly heading: string }

/** Every fenced block of code, with the heading that it stands under. */
function samples(markdown: string): Sample[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ 1: language = '', 2: code = '', index }) => ({
    language,
    code,
    heading:
      markdown
        .slice(0, index)
        .match(/^## (.*)$/gm)
        ?.at(-1) ?? '',
  }))
}

/** The SDK under its published name, from the sources. */
const fromSources = (code: string) => code.replaceAll("'segl/client'", `'${join(root, 'src/client/index.ts')}'`)

describe('the guide for integrators', () => {
  let installation: Installation
  let folder: string
  let env: NodeJS.ProcessEnv

  before(async () => {
    installation = await startInstallation()
    const { apiKey } = await installation.newTenant()
    folder = mkdtempSync(join(tmpdir(), 'segl-guide-'))
    for (const name of ['contract', 'voucher'])
      copyFileSync(join(root, `test/fixtures/${name}.pdf`), join(folder, `${name}.pdf`))
    env = {
      ...process.env,
      SEGL_URL: installation.seglUrl,
      SEGL_KEY: apiKey,
      DATABASE_URL: installation.databaseUrl,
      DATA_DIR: installation.dataDir,
      BANKID_URL: installation.bankidUrl,
    }
  })
  const children: ChildProcess[] = []
  after(async () => {
    // What failed may have left one that waits for ever.
    for (const child of children) child.kill('SIGKILL')
    await installation?.close()
  })

  const run = async (file: string, ...args: string[]) =>
    (
      await promisify(execFile)(process.execPath, [...process.execArgv, file, ...args], {
        cwd: folder,
        env,
        timeout: limit,
      })
    ).stdout

  const written = samples(guide)

  test('has samples in every language that is run here, and no other', () => {
    assert.deepEqual([...new Set(written.map(({ language }) => language))].sort(), ['sh', 'ts'])
    assert.ok(written.length >= 8)
  })

  test('the commands make a tenant and a key', { skip: needs('bash') }, async () => {
    const [sample] = written.filter(({ language }) => language === 'sh')
    // The command as it is installed, from the sources.
    const preamble = `npx() { shift; ${process.execPath} ${process.execArgv.join(' ')} ${join(root, 'src/bin/segl.ts')} "$@"; }\n`
    writeFileSync(join(folder, 'key.sh'), `set -eu\n${preamble}${sample?.code}`)
    await promisify(execFile)('bash', ['key.sh'], { cwd: folder, env, timeout: limit })
    assert.match(readFileSync(join(folder, 'key.txt'), 'utf8'), /segl_[\w-]{20,}/)
  })

  /** What each TypeScript sample prints, in the guide's order; the test door signs before the document is fetched. */
  const prints: readonly (readonly [heading: RegExp, nth: number, output: RegExp])[] = [
    [/^## 2/, 0, /^[\da-f-]{36} received http:\/\/127\.0\.0\.1:\d+\/sign\//],
    [/^## 2/, 1, /^FOUR_EYES_MISSING \/signers/],
    [/^## 4/, 0, /^\d+ order\.received [\da-f-]{36}\n/],
    [/^## 4/, 1, /^webhook\.ping\n$/],
    [/^## 7/, 0, /^completed\n$/],
    [/^## 5/, 0, /^Oppdragsavtale \[ '.+ 20\d\d-/],
    [/^## 6/, 0, /^404 NOT_FOUND [\w-]{8,}\n$/],
  ]

  test('each sample runs as it stands, and prints what it says', { timeout: 3 * limit }, async () => {
    const code = written.filter(({ language }) => language === 'ts')
    assert.equal(code.length, prints.length, 'a new sample needs its line in this test')
    for (const [heading, nth, output] of prints) {
      const sample = code.filter((one) => heading.test(one.heading))[nth]
      assert.ok(sample, `${heading} ${nth}`)
      const file = join(folder, `sample-${prints.findIndex((one) => one[0] === heading)}-${nth}.mts`)
      writeFileSync(file, fromSources(sample.code))
      assert.match(await run(file), output, `${sample.heading}, sample ${nth + 1}`)
    }
  })

  test('a small accounting system, written from the guide alone, sends, follows and files; started again, it sends nothing twice', {
    timeout: 2 * limit,
  }, async () => {
    const source = readFileSync(join(root, 'docs/examples/ledger.ts'), 'utf8')
    assert.ok(source.split('\n').length <= 61, 'under 60 lines')
    const [inbox, archive, file] = [join(folder, 'inbox'), join(folder, 'archive'), join(folder, 'ledger.mts')]
    mkdirSync(inbox)
    copyFileSync(join(folder, 'contract.pdf'), join(inbox, 'a.pdf'))
    writeFileSync(join(inbox, 'b.pdf'), 'not a PDF')
    writeFileSync(file, fromSources(source))
    const segl = createSegl({ url: installation.seglUrl, key: env['SEGL_KEY'] ?? '' })
    const start = () => {
      const child = spawn(process.execPath, [...process.execArgv, file, inbox, archive], { cwd: folder, env })
      children.push(child)
      return child
    }

    const first = start()
    let said = ''
    first.stdout.on('data', (chunk) => (said += chunk))
    first.stderr.on('data', (chunk) => (said += chunk))
    for (const end = Date.now() + 60_000; !/^sent a\.pdf/m.test(said) || !/^refused b\.pdf/m.test(said); ) {
      assert.ok(Date.now() < end, said)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    first.kill('SIGKILL')
    assert.match(said, /^refused b\.pdf: NOT_A_PDF$/m)

    const again = start()
    said = ''
    again.stdout.on('data', (chunk) => (said += chunk))
    again.stderr.on('data', (chunk) => (said += chunk))
    const ended = new Promise<number | null>((resolve) => again.once('exit', resolve))
    const found = []
    for await (const { id } of segl.orders.list({ reference: 'ledger a.pdf' })) found.push(id)
    assert.equal(found.length, 1)
    const { signers } = await segl.orders.waitFor(found[0] ?? '', ({ state }) => state === 'open')
    for (const [index, as] of ['chairman', 'contractPartyB'].entries())
      await segl.test.sign(signers[index]?.id ?? '', { as })
    assert.equal(await ended, 0, said)
    assert.match(said, /^completed a\.pdf$/m)
    assert.deepEqual(readdirSync(archive), ['a.pdf'])
    assert.ok(readFileSync(join(archive, 'a.pdf')).length > readFileSync(join(inbox, 'a.pdf')).length)
  })
})
