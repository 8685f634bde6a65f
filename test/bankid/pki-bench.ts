// The certificates and lists of a running island, in a folder of openssl's.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBrowser } from './browser.ts'
import { type Bench, createBench, download } from './openssl.ts'
import { credentialOf, logIn, startParty } from './relying-party.ts'

export type Pki = Bench & {
  /** The address of something of the island. */
  path(name: string): string
}

const pem = (der: Uint8Array): string => new X509Certificate(der).toString()

/** `root.pem`, `persons.pem` … for the authorities, `leaf.pem` for a signer, `crls.pem` for all lists. */
export async function openPki(): Promise<Pki> {
  const party = await startParty()
  const bench = await createBench()
  const path = (name: string): string => `${party.bankid.url}/${name}`
  for (const name of ['root', 'persons', 'organisations', 'tsa', 'tsa2']) {
    await bench.write(`${name}.pem`, pem(await download(path(`certs/${name}.cer`))))
  }
  const login = await logIn(party, 'generalManager', createBrowser())
  const { leaf } = await credentialOf(party, login.access_token)
  await bench.write('leaf.pem', pem(leaf))
  let lists = ''
  for (const name of ['root', 'persons', 'organisations']) {
    await bench.write(`${name}.crl`, await download(path(`crl/${name}.crl`)))
    const { ok } = await bench.openssl('crl', '-inform', 'DER', '-in', `${name}.crl`, '-out', `${name}.crl.pem`)
    assert.ok(ok)
    lists += await readFile(join(bench.folder, `${name}.crl.pem`), 'utf8')
  }
  await bench.write('crls.pem', lists)
  return {
    ...bench,
    path,
    async close() {
      await party.close()
      await bench.close()
    },
  }
}
