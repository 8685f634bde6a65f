// The other open libraries, each with the same document, the same kind of key and the same digest; keys are loaded once.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { webcrypto } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CryptoKeySigner, PDF } from '@libpdf/core'
import { plainAddPlaceholder } from '@signpdf/placeholder-plain'
import { P12Signer } from '@signpdf/signer-p12'
import { SignPdf } from '@signpdf/signpdf'
import { writePem } from '../src/kernel/der/index.ts'
import type { Identity } from '../test/conformance/authority.ts'
import type { Operation } from './ours.ts'

/** @libpdf/core, PAdES B-B as it understands it. */
export async function libpdf({ certificate, key, chain }: Identity, kind: 'EC' | 'RSA'): Promise<Operation> {
  const algorithm =
    kind === 'EC' ? { name: 'ECDSA', namedCurve: 'P-256' } : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' })
  const imported = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
  const scheme = kind === 'EC' ? 'ECDSA' : 'RSASSA-PKCS1-v1_5'
  const signer = new CryptoKeySigner(imported, certificate, kind, scheme, [...chain])
  return async ({ path }) => {
    const pdf = await PDF.load(readFileSync(path))
    const { bytes } = await pdf.sign({ signer, level: 'B-B', digestAlgorithm: 'SHA-256' })
    return bytes
  }
}

/** PKCS#12 of an identity, for those that know nothing else. */
export function pkcs12({ certificate, key, chain }: Identity, folder: string): string {
  const pem = (der: Uint8Array) => writePem(der, 'CERTIFICATE')
  const [file, keyFile, chainFile, out] = ['pem', 'key', 'chain.pem', 'p12'].map((one) =>
    join(folder, `own-${key.asymmetricKeyType}-${chain.length}.${one}`),
  )
  if (!file || !keyFile || !chainFile || !out) throw new Error('four files')
  writeFileSync(file, pem(certificate))
  writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(chainFile, chain.map(pem).join(''))
  const more = chain.length > 0 ? ['-certfile', chainFile] : []
  const names = ['-in', file, '-inkey', keyFile, ...more, '-out', out, '-passout', 'pass:bench']
  execFileSync('openssl', ['pkcs12', '-export', '-legacy', ...names], { stdio: 'pipe', timeout: 30_000 })
  return out
}

/** node-forge reads no certificate that an EC key has signed: the same RSA key gets one that it signs itself. */
function selfIssued(identity: Identity, folder: string): Identity {
  const [keyFile, out] = [join(folder, 'self.key'), join(folder, 'self.der')]
  writeFileSync(keyFile, identity.key.export({ type: 'pkcs8', format: 'pem' }))
  const args = [
    'req',
    '-x509',
    '-key',
    keyFile,
    '-subj',
    '/C=NO/CN=Bench',
    '-days',
    '30',
    '-outform',
    'DER',
    '-out',
    out,
  ]
  execFileSync('openssl', args, { stdio: 'pipe', timeout: 30_000 })
  return { ...identity, certificate: readFileSync(out), chain: [] }
}

/** @signpdf with node-forge: RSA only, and not PAdES (signing-time, no signing-certificate-v2). */
export function signpdfRival(identity: Identity, folder: string): Operation {
  const p12 = readFileSync(pkcs12(selfIssued(identity, folder), folder))
  const said = { reason: 'bench', contactInfo: '', name: identity.name, location: '' }
  return async ({ path }) => {
    const pdfBuffer = plainAddPlaceholder({ pdfBuffer: readFileSync(path), ...said, signatureLength: 8192 })
    // Its signer consumes the PKCS#12 with the first signature, so it cannot be loaded once.
    return new SignPdf().sign(pdfBuffer, new P12Signer(p12, { passphrase: 'bench' }))
  }
}

export type Asked = {
  /** Milliseconds that signing the file of this line took in the other program. */
  milliseconds(line: string): Promise<number>
  close(): void
}

/** A program that signs the file of each line that it is given and answers with the milliseconds it took. */
function asking(program: string, args: readonly string[]): Asked {
  const child: ChildProcess = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  if (child.stdout === null || child.stdin === null) throw new Error(`${program} needs its pipes`)
  const { stdin } = child
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async milliseconds(line) {
      stdin.write(`${line}\n`)
      const { value } = await lines.next()
      const took = Number(value)
      if (!Number.isFinite(took)) throw new Error(`${program} says ${value}`)
      return took
    },
    close: () => stdin.end(),
  }
}

/** pyHanko in one process of its own; undefined where it is not installed. */
export function pyhankoRival(identity: Identity, folder: string): Asked | undefined {
  const python = fileURLToPath(new URL('../.ci/venv/bin/python', import.meta.url))
  if (!existsSync(python)) return undefined
  const script = fileURLToPath(new URL('pyhanko_rival.py', import.meta.url))
  return asking(python, [script, pkcs12(identity, folder)])
}

/** Apache PDFBox and EU DSS in one JVM; undefined where there is no Java or the judge of test/conformance/dss is not built. */
export function javaRivals(identity: Identity, folder: string): Asked | undefined {
  const libraries = fileURLToPath(new URL('../test/conformance/dss/target/libraries', import.meta.url))
  if (!existsSync(libraries) || spawnSync('java', ['-version'], { timeout: 30_000 }).status !== 0) return undefined
  const source = fileURLToPath(new URL('JavaRivals.java', import.meta.url))
  return asking('java', ['-cp', `${libraries}/*`, source, pkcs12(identity, folder), 'bench'])
}
