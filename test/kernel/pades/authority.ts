// A throw-away certification authority with TSA and CRLs for tests: @peculiar/x509 and openssl, nothing of the kernel's own.

import 'reflect-metadata'
import { execFileSync } from 'node:child_process'
import { createPrivateKey, type KeyObject, webcrypto } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'

x509.cryptoProvider.set(webcrypto)

export type Algorithm = 'ecdsa-p256' | 'ecdsa-p384' | 'rsa-2048' | 'rsa-pss-3072'

const algorithms = {
  'ecdsa-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'ecdsa-p384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  'rsa-2048': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
  'rsa-pss-3072': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
} as const

export type Identity = { readonly certificate: Uint8Array; readonly key: KeyObject; readonly keys: CryptoKeyPair }
type CryptoKeyPair = webcrypto.CryptoKeyPair

export type Authority = {
  readonly root: Uint8Array
  readonly chain: readonly Uint8Array[]
  readonly tsaCertificate: Uint8Array
  readonly crls: readonly Uint8Array[]
  /** A person's certificate (EN 319 412-2) or an organisation's (EN 319 412-3). */
  issue(name: string, algorithm: Algorithm, kind?: 'person' | 'organisation'): Promise<Identity>
  /** A TimeStampToken over `imprint`, made by openssl. */
  timestamp(imprint: Uint8Array, digest: 'sha256' | 'sha384' | 'sha512'): Uint8Array
  close(): void
}

const day = 86_400_000

async function keysFor(algorithm: Algorithm): Promise<{ keys: CryptoKeyPair; key: KeyObject }> {
  const keys = (await webcrypto.subtle.generateKey(algorithms[algorithm], true, ['sign', 'verify'])) as CryptoKeyPair
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return { keys, key: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }) }
}

type Issuing = { name: string; keys: CryptoKeyPair; algorithm: Algorithm }

let serial = 0x1000

async function certify(
  subject: string,
  publicKey: webcrypto.CryptoKey,
  issuer: Issuing,
  extensions: x509.Extension[],
): Promise<x509.X509Certificate> {
  serial += 1
  return await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16),
    subject,
    issuer: issuer.name,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 3000 * day),
    signingKey: issuer.keys.privateKey,
    publicKey: publicKey,
    signingAlgorithm: algorithms[issuer.algorithm],
    extensions: [
      ...extensions,
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
    ],
  })
}

async function revocationList(issuer: Issuing): Promise<Uint8Array> {
  const crl = await x509.X509CrlGenerator.create({
    issuer: issuer.name,
    thisUpdate: new Date(Date.now() - 60_000),
    nextUpdate: new Date(Date.now() + 2000 * day),
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: algorithms[issuer.algorithm],
    entries: [],
    extensions: [
      await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey),
      new x509.Extension('2.5.29.20', false, new Uint8Array([2, 1, 1])),
    ],
  })
  return new Uint8Array(crl.rawData)
}

export async function openAuthority(): Promise<Authority> {
  const { KeyUsagesExtension, KeyUsageFlags, BasicConstraintsExtension, ExtendedKeyUsageExtension } = x509
  const caUsage = new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true)
  const root: Issuing = {
    name: 'CN=Test Root, O=Segl Test, C=NO',
    keys: (await keysFor('ecdsa-p384')).keys,
    algorithm: 'ecdsa-p384',
  }
  const issuing: Issuing = {
    name: 'CN=Test Issuing CA, O=Segl Test, C=NO',
    keys: (await keysFor('ecdsa-p256')).keys,
    algorithm: 'ecdsa-p256',
  }
  const rootCertificate = await certify(root.name, root.keys.publicKey, root, [
    new BasicConstraintsExtension(true, undefined, true),
    caUsage,
  ])
  const caCertificate = await certify(issuing.name, issuing.keys.publicKey, root, [
    new BasicConstraintsExtension(true, 0, true),
    caUsage,
  ])
  const tsa = await keysFor('ecdsa-p256')
  const tsaCertificate = await certify('CN=Test TSU 1, O=Segl Test, C=NO', tsa.keys.publicKey, root, [
    new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
    new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.8'], true),
  ])
  const directory = mkdtempSync(join(tmpdir(), 'segl-authority-'))
  writeFileSync(join(directory, 'tsa.pem'), tsaCertificate.toString('pem'))
  writeFileSync(join(directory, 'tsa.key'), tsa.key.export({ type: 'pkcs8', format: 'pem' }))
  writeFileSync(join(directory, 'tsa.serial'), '01')
  writeFileSync(
    join(directory, 'tsa.cnf'),
    `[tsa]\ndefault_tsa=t\n[t]\nserial=${directory}/tsa.serial\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha384,sha512\naccuracy=secs:1\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n`,
  )
  return {
    root: new Uint8Array(rootCertificate.rawData),
    chain: [new Uint8Array(caCertificate.rawData), new Uint8Array(rootCertificate.rawData)],
    tsaCertificate: new Uint8Array(tsaCertificate.rawData),
    crls: [await revocationList(root), await revocationList(issuing)],
    async issue(name, algorithm, kind = 'person') {
      const { keys, key } = await keysFor(algorithm)
      const subject =
        kind === 'person' ? `CN=${name}, G=${name.split(' ')[0]}, SN=Test, C=NO` : `CN=${name}, O=${name}, C=NO`
      const certificate = await certify(subject, keys.publicKey, issuing, [
        new KeyUsagesExtension(KeyUsageFlags.nonRepudiation, true),
        new BasicConstraintsExtension(false, undefined, true),
      ])
      return { certificate: new Uint8Array(certificate.rawData), key, keys }
    },
    timestamp(imprint, digest) {
      const file = (name: string) => join(directory, name)
      const hex = Buffer.from(imprint).toString('hex')
      execFileSync('openssl', ['ts', '-query', '-digest', hex, `-${digest}`, '-cert', '-out', file('query')], {
        stdio: 'pipe',
      })
      execFileSync(
        'openssl',
        [
          'ts',
          '-reply',
          '-config',
          file('tsa.cnf'),
          '-queryfile',
          file('query'),
          '-signer',
          file('tsa.pem'),
          '-inkey',
          file('tsa.key'),
          '-token_out',
          '-out',
          file('token'),
        ],
        { stdio: 'pipe' },
      )
      return readFileSync(file('token'))
    },
    close: () => rmSync(directory, { recursive: true, force: true }),
  }
}
