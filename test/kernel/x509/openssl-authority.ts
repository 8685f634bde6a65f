// A certification authority run by the openssl command: the outside judge of what the kernel reads and writes.
import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const version = spawnSync('openssl', ['version'], { encoding: 'utf8', timeout: 60_000 })
const found = version.status === 0 && version.stdout.startsWith('OpenSSL')

/** For the `skip` of tests that openssl judges: never in CI, where a missing judge is a failure. */
export const withoutOpenssl: string | false =
  found || process.env['CI'] === 'true' ? false : 'openssl is not installed: apt-get install openssl'

export type OpensslAnswer = { readonly status: number; readonly stdout: Buffer; readonly text: string }

/** Runs openssl and answers whatever it says; `text` is what it printed on both streams. */
export function tryOpenssl(args: readonly string[], input: Uint8Array = new Uint8Array()): OpensslAnswer {
  const done = spawnSync('openssl', args, { input, timeout: 120_000, maxBuffer: 1 << 26 })
  if (done.error !== undefined) throw done.error
  return { status: done.status ?? -1, stdout: done.stdout, text: `${done.stdout}${done.stderr}` }
}

/** Runs openssl, which must succeed. */
export function openssl(args: readonly string[], input?: Uint8Array): Buffer {
  const { status, stdout, text } = tryOpenssl(args, input)
  if (status !== 0) throw new Error(`openssl ${args.join(' ')} failed: ${text}`)
  return stdout
}

export function temporaryFolder(): {
  path: string
  file: (name: string, content: string | Uint8Array) => string
  remove: () => void
} {
  const path = mkdtempSync(join(tmpdir(), 'segl-kernel-'))
  const file = (name: string, content: string | Uint8Array) => {
    const whole = join(path, name)
    writeFileSync(whole, content)
    return whole
  }
  return { path, file, remove: () => rmSync(path, { recursive: true, force: true }) }
}

export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'RSA-1024' | 'RSA-2048' | 'RSA-3072' | 'ED25519'

const keys = new Map<string, { privateKey: KeyObject; publicKey: KeyObject }>()

/** A key pair; `name` keeps RSA keys apart, whose making is slow and which are therefore kept. */
export function keyPair(kind: KeyKind, name = ''): { privateKey: KeyObject; publicKey: KeyObject } {
  const id = `${kind} ${name}`
  const known = keys.get(id)
  if (known !== undefined && kind.startsWith('RSA')) return known
  const pair = makeKeyPair(kind)
  keys.set(id, pair)
  return pair
}

function makeKeyPair(kind: KeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === 'ED25519') return generateKeyPairSync('ed25519')
  if (kind.startsWith('RSA')) return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) })
  return generateKeyPairSync('ec', { namedCurve: kind })
}

export type Issued = {
  readonly der: Uint8Array
  readonly certificateFile: string
  readonly keyFile: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export type Wish = {
  readonly subject: string
  readonly key?: KeyKind
  /** An existing key instead of a new one. */
  readonly pair?: { privateKey: KeyObject; publicKey: KeyObject }
  /** Lines of an openssl extension section; further sections may follow after an empty line. */
  readonly extensions?: readonly string[]
  readonly notBefore?: number
  readonly notAfter?: number
  readonly digest?: string
  readonly pss?: boolean
}

export type Authority = Issued & {
  readonly issue: (wish: Wish) => Issued
  readonly subordinate: (wish: Wish) => Authority
  readonly revoke: (issued: Issued, reason?: string) => void
  /** A CRL (DER) of everything revoked so far; lines of an extension section may be given. */
  readonly crl: (options?: { from?: number; to?: number; extensions?: readonly string[] }) => Uint8Array
  /** An OCSP response (DER) to `request`, signed by `responder` or by the CA itself, valid for some minutes. */
  readonly ocsp: (request: Uint8Array, responder?: Issued, options?: readonly string[]) => Uint8Array
}

export const caExtensions = [
  'basicConstraints = critical, CA:TRUE',
  'keyUsage = critical, keyCertSign, cRLSign',
  'subjectKeyIdentifier = hash',
]
export const signerExtensions = [
  'basicConstraints = CA:FALSE',
  'keyUsage = critical, nonRepudiation',
  'subjectKeyIdentifier = hash',
  'authorityKeyIdentifier = keyid',
]
export const tsaExtensions = [
  'keyUsage = critical, digitalSignature',
  'extendedKeyUsage = critical, timeStamping',
  'subjectKeyIdentifier = hash',
  'authorityKeyIdentifier = keyid',
]
export const responderExtensions = [
  'keyUsage = critical, digitalSignature',
  'extendedKeyUsage = OCSPSigning',
  'noCheck = yes',
  'subjectKeyIdentifier = hash',
  'authorityKeyIdentifier = keyid',
]

let folders = 0
const year = 365 * 86_400_000

/** Makes a self-signed root in `folder`. */
export function rootAuthority(folder: string, wish: Wish): Authority {
  return authority(folder, { extensions: caExtensions, ...wish }, undefined)
}

function authority(parent: string, wish: Wish, issuer: ((wish: Wish) => Issued) | undefined): Authority {
  const folder = join(parent, `ca-${++folders}`)
  mkdirSync(join(folder, 'certs'), { recursive: true })
  writeFileSync(join(folder, 'index.txt'), '')
  writeFileSync(join(folder, 'index.txt.attr'), 'unique_subject = no\n')
  writeFileSync(join(folder, 'crlnumber'), '01\n')
  const at = (name: string) => join(folder, name)
  writeFileSync(
    at('ca.cnf'),
    `[ca]\ndefault_ca = this\n[this]\ndatabase = ${at('index.txt')}\nnew_certs_dir = ${at('certs')}\nrand_serial = yes\n` +
      `crlnumber = ${at('crlnumber')}\ndefault_md = sha256\npolicy = any\nunique_subject = no\nemail_in_dn = yes\n` +
      '[any]\ncountryName = optional\norganizationName = optional\norganizationalUnitName = optional\n' +
      'organizationIdentifier = optional\ncommonName = optional\nserialNumber = optional\nsurname = optional\n' +
      'givenName = optional\nemailAddress = optional\n',
  )
  let serial = 0
  const sign = (subjectWish: Wish, self: Issued | undefined): Issued => {
    const name = `subject-${++serial}`
    const pair = subjectWish.pair ?? keyPair(subjectWish.key ?? 'P-256', `${folder} ${name}`)
    const keyFile = at(`${name}.key`)
    writeFileSync(keyFile, pair.privateKey.export({ format: 'pem', type: 'pkcs8' }))
    const csr = openssl([
      'req',
      '-new',
      '-utf8',
      '-key',
      keyFile,
      '-subj',
      subjectWish.subject,
      '-config',
      requestConfig(at),
    ])
    writeFileSync(at(`${name}.csr`), csr)
    writeFileSync(at(`${name}.ext`), `[extensions]\n${(subjectWish.extensions ?? []).join('\n')}\n`)
    const now = Date.now()
    const certificateFile = at(`${name}.pem`)
    openssl([
      ...[
        'ca',
        '-batch',
        '-notext',
        '-utf8',
        '-preserveDN',
        '-config',
        at('ca.cnf'),
        '-in',
        at(`${name}.csr`),
        '-out',
        certificateFile,
      ],
      ...['-startdate', opensslTime(subjectWish.notBefore ?? now - 3_600_000)],
      ...['-enddate', opensslTime(subjectWish.notAfter ?? now + year)],
      ...['-md', subjectWish.digest ?? 'sha256', '-extfile', at(`${name}.ext`), '-extensions', 'extensions'],
      ...(subjectWish.pss === true ? ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:digest'] : []),
      ...(self === undefined
        ? ['-selfsign', '-keyfile', keyFile]
        : ['-cert', self.certificateFile, '-keyfile', self.keyFile]),
    ])
    const { privateKey, publicKey } = pair
    return { ...readIssued(certificateFile, keyFile), privateKey, publicKey }
  }
  const own = issuer === undefined ? sign(wish, undefined) : issuer(wish)
  const issue = (subjectWish: Wish) => sign(subjectWish, own)
  return {
    ...own,
    issue,
    subordinate: (subjectWish) => authority(folder, { extensions: caExtensions, ...subjectWish }, issue),
    revoke: (issued, reason = 'keyCompromise') => {
      const issuerFiles = ['-cert', own.certificateFile, '-keyfile', own.keyFile]
      openssl(['ca', '-config', at('ca.cnf'), ...issuerFiles, '-revoke', issued.certificateFile, '-crl_reason', reason])
    },
    crl: (options = {}) => {
      const now = Date.now()
      writeFileSync(
        at('crl.ext'),
        `[extensions]\n${(options.extensions ?? ['authorityKeyIdentifier = keyid']).join('\n')}\n`,
      )
      writeFileSync(at('crl.cnf'), `${readFileSync(at('ca.cnf'), 'utf8')}\n${readFileSync(at('crl.ext'), 'utf8')}`)
      const pem = openssl([
        ...['ca', '-config', at('crl.cnf'), '-gencrl', '-cert', own.certificateFile, '-keyfile', own.keyFile],
        ...[
          '-crl_lastupdate',
          opensslTime(options.from ?? now - 60_000),
          '-crl_nextupdate',
          opensslTime(options.to ?? now + year),
        ],
        ...['-crlexts', 'extensions'],
      ])
      return openssl(['crl', '-outform', 'DER'], pem)
    },
    ocsp: (request, responder = own, options = ['-nmin', '60']) => {
      writeFileSync(at('request.der'), request)
      openssl([
        ...['ocsp', '-index', at('index.txt'), '-CA', own.certificateFile, '-reqin', at('request.der')],
        ...[
          '-rsigner',
          responder.certificateFile,
          '-rkey',
          responder.keyFile,
          '-respout',
          at('response.der'),
          ...options,
        ],
      ])
      return readFileSync(at('response.der'))
    },
  }
}

function requestConfig(at: (name: string) => string): string {
  const file = at('req.cnf')
  writeFileSync(file, '[req]\ndistinguished_name = dn\nstring_mask = utf8only\n[dn]\n')
  return file
}

function readIssued(certificateFile: string, keyFile: string): Pick<Issued, 'der' | 'certificateFile' | 'keyFile'> {
  return { der: new X509Certificate(readFileSync(certificateFile)).raw, certificateFile, keyFile }
}

const opensslTime = (time: number) => `${new Date(time).toISOString().slice(0, 19).replace(/\D/g, '')}Z`
