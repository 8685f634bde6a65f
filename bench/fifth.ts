// The fifth signature in a fresh process from stored state: does it cost more when the file has a thousand times as many objects?
//
//   npx tsx bench/fifth.ts     also at the end of `npm run bench:sign`
import { execFileSync } from 'node:child_process'
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { signedAttributesForm, signedDataBound, signedDataForm, signRaw } from '../src/kernel/cms/index.ts'
import {
  type AppendState,
  beginSignature,
  checkSigned,
  completeSignature,
  prepareRevision,
} from '../src/kernel/pades/index.ts'
import { type ByteSource, bytesSource } from '../src/kernel/pdf/index.ts'
import { parseCertificate } from '../src/kernel/x509/index.ts'
import { signatureAppearance } from '../src/sheet/index.ts'
import { openAuthority } from '../test/conformance/authority.ts'
import { fileSource, writePdf } from './many-objects.ts'
import { sheetsFor } from './sheets.ts'

const algorithm = 'ecdsa-p256-sha256'
const name = 'Kari Nordmann'

/** A signature with the key and the certificates of `folder`. */
function signerOf(folder: string) {
  const [certificate, ...chain] = JSON.parse(readFileSync(join(folder, 'chain.json'), 'utf8')) as string[]
  const privateKey = createPrivateKey(readFileSync(join(folder, 'key.pem')))
  const signingCertificate = Buffer.from(certificate ?? '', 'base64')
  const certificates = chain.map((one) => Buffer.from(one, 'base64'))
  const input = { digestAlgorithm: 'sha256', signatureAlgorithm: algorithm, signingCertificate, certificates } as const
  const contentsSize = signedDataBound({ ...input, largestToken: 3000 })
  const [attributesOf, signedDataOf] = [signedAttributesForm(input), signedDataForm(input)]
  const signer = { name, role: 'chair', onBehalfOf: null, level: 'high', language: 'nb' } as const
  const appearance = signatureAppearance(signer)
  return (source: ByteSource, state: AppendState, slot: number) => {
    const look = { slot, name, signingTime: new Date(), appearance, contentsSize, digestAlgorithm: 'sha256' } as const
    const begun = beginSignature(source, state, look)
    const signedAttributes = attributesOf(Buffer.from(begun.documentDigest, 'base64'))
    const signature = signRaw({ privateKey, algorithm, data: signedAttributes })
    const signed = completeSignature(begun, signedDataOf({ signedAttributes, signature }))
    return { begun, signed, certificate: parseCertificate(signingCertificate) }
  }
}

/** What the fresh process does: signs slot 5 of a file from its stored state, prints the milliseconds, checks what it made. */
async function child(folder: string, file: string): Promise<void> {
  const sign = signerOf(folder)
  const began = performance.now()
  const source = fileSource(file)
  const state = JSON.parse(readFileSync(`${file}.json`, 'utf8')) as AppendState
  const { begun, signed, certificate } = sign(source, state, 5)
  const took = performance.now() - began
  source.close()
  checkSigned(begun, signed.increment, certificate)
  console.log(took)
}

/** Prepares a file of `count` objects with five places, signs four of them, stores file and state. */
async function fourTimesSigned(folder: string, size: number, count: number, kind: 'table' | 'stream'): Promise<string> {
  const file = join(folder, `${kind}-${count}.pdf`)
  writePdf(file, size, count, kind)
  let bytes = readFileSync(file)
  let { increment, state } = prepareRevision(bytesSource(bytes), await sheetsFor(5))
  bytes = Buffer.concat([bytes, increment])
  const sign = signerOf(folder)
  for (const slot of [1, 2, 3, 4]) {
    ;({ increment, state } = sign(bytesSource(bytes), state, slot).signed)
    bytes = Buffer.concat([bytes, increment])
  }
  writeFileSync(file, bytes)
  writeFileSync(`${file}.json`, JSON.stringify(state))
  return file
}

const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN

/** Prints the ratio of many objects to few, for both kinds of cross-reference; each measurement is a process of its own. */
export async function fifthSignature({ size = 10_000_000, few = 100, many = 100_000, rounds = 9 } = {}): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'segl-fifth-'))
  const authority = openAuthority(new Date())
  try {
    const { certificate, chain, key } = authority.person(0, 'ecdsa-p256')
    const ders = [certificate, ...chain].map((der) => Buffer.from(der).toString('base64'))
    writeFileSync(join(folder, 'chain.json'), JSON.stringify(ders))
    writeFileSync(join(folder, 'key.pem'), key.export({ type: 'pkcs8', format: 'pem' }))
    console.log(
      `\nThe fifth signature in a fresh process, files of ${size} bytes, median of ${rounds} interleaved processes\n`,
    )
    console.log(`| xref | ${few} objects | ${many} objects | state | ratio | asked |\n|---|---|---|---|---|---|`)
    for (const kind of ['table', 'stream'] as const) {
      const large = await fourTimesSigned(folder, size, many, kind)
      // The cross-reference takes its share, so the one with few objects is made as long as the other came out.
      const wanted = statSync(large).size
      const came = statSync(await fourTimesSigned(folder, wanted, few, kind)).size
      const files = [await fourTimesSigned(folder, 2 * wanted - came, few, kind), large]
      const times = files.map((): number[] => [])
      for (let round = 0; round < rounds; round += 1) {
        for (const [index, file] of files.entries()) times[index]?.push(inFreshProcess(folder, file))
      }
      const [one = 0, other = 0] = times.map(median)
      const sizes = files.map((file) => statSync(`${file}.json`).size).join(' / ')
      const verdict = other / one <= 1.2 ? 'reached' : 'MISSED'
      const lengths = files.map((file) => statSync(file).size)
      if (Math.abs((lengths[0] ?? 0) / (lengths[1] ?? 1) - 1) > 0.02) throw new Error(`The files differ: ${lengths}`)
      const cells = [`${one.toFixed(1)} ms`, `${other.toFixed(1)} ms`, `${sizes} bytes`, (other / one).toFixed(2)]
      console.log(`| ${[kind, ...cells, `1.2 ${verdict}`].join(' | ')} |`)
    }
  } finally {
    authority.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function inFreshProcess(folder: string, file: string): number {
  const self = fileURLToPath(import.meta.url)
  const said = execFileSync(process.execPath, ['--import', 'tsx', self, folder, file], {
    encoding: 'utf8',
    timeout: 120_000,
  })
  const took = Number(said.trim())
  if (!Number.isFinite(took) || took <= 0) throw new Error(`The process said ${said}`)
  return took
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, file] = process.argv.slice(2)
  if (folder !== undefined && file !== undefined) await child(folder, file)
  else await fifthSignature()
}
