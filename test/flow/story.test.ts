// The story from upload to B-LTA, through the front doors: the API, the pages and the simulated BankID.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runDemo } from '../../src/demo/index.ts'
import { type Installation, type InstallationOptions, startInstallation } from '../support/installation.ts'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))

const profiles: readonly Required<InstallationOptions>['client'][] = [
  { profile: 'csc-oauth2code' },
  { profile: 'bankid-2025', keyAlgorithm: 'RSA' },
]

for (const client of profiles)
  describe(`an order, with BankID by the profile ${client.profile}`, () => {
    let segl: Installation
    let output: string

    before(async () => {
      segl = await startInstallation({ client })
      output = await mkdtemp(join(tmpdir(), 'segl-demo-'))
    })
    after(async () => {
      await segl?.close()
      await rm(output, { recursive: true, force: true })
    })

    it('is signed by everybody and sealed, for each kind of document', async () => {
      const { apiKey } = await segl.newTenant()
      const lines: string[] = []
      const code = await runDemo({
        seglUrl: segl.seglUrl,
        apiKey,
        bankidUrl: segl.bankidUrl,
        output,
        journal: join(segl.dataDir, 'journal'),
        fixtures,
        files: [],
        resume: false,
        print: (line) => lines.push(line),
      })
      assert.equal(code, 0, lines.join('\n'))
      for (const name of ['annual-accounts', 'contract', 'voucher']) {
        const original = await readFile(join(output, `${name}.original.pdf`))
        const signed = await readFile(join(output, `${name}.signed.pdf`))
        assert.ok(signed.subarray(0, original.length).equals(original), `${name}: the upload is the prefix`)
      }
    })
  })
