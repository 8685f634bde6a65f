// What can be set about Segl, and the only place outside the BankID island that reads the environment.
import { isAbsolute, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { KeyName } from './config/keys.ts'
import { isLoopback } from './config/loopback.ts'
import { clientKeyFile, readSecrets, type Secrets } from './config/secrets.ts'
import { connectionUrl, type Environment, refuse, type Settings, settingsOf } from './config/settings.ts'
import { defaultDataFolder, openDataFolder } from './data-folder.ts'

export { configTable } from './config/keys.ts'
export type { Environment } from './config/settings.ts'

/** How the signer approves: in a second redirect, or as BankID has it since 2025. The first is the default. */
const bankidProfiles = ['csc-oauth2code', 'bankid-2025'] as const

/** Where the data is: all that `segl migrate`, `tenant add` and `key add` need. */
export type StorageConfig = {
  /** Absolute; exists. */
  readonly dataDir: string
  readonly database: {
    /** Null: the PostgreSQL from npm in `dataDir`. */
    readonly url: string | null
    /** Past any pooler; null as `url`. */
    readonly directUrl: string | null
  }
  /** Null: the queue is kept in PostgreSQL. */
  readonly redisUrl: string | null
  /** Worker processes, for the connection budget. */
  readonly workers: number
}

export type Config = StorageConfig & {
  /** `file:///…` */
  readonly blobUrl: string
  /** Origin, no slash at the end. */
  readonly publicUrl: string
  readonly listen: { readonly host: string; readonly port: number }
  /** Fastify's `trustProxy`. */
  readonly trustProxy: boolean | readonly string[]
  readonly bankid: {
    /** The issuer, with its path if it has one; no slash at the end. */
    readonly url: string
    /** Origin, no slash at the end. */
    readonly backchannelUrl: string
    readonly profile: (typeof bankidProfiles)[number]
    /** Base of the CSC API; null: the simulated BankID's own. */
    readonly cscUrl: string | null
    /** Origins beside the issuer's that our own calls may go to. */
    readonly furtherOrigins: readonly string[]
    /** Scopes of the log-in; null: those of the simulated BankID. */
    readonly loginScope: string | null
    /** Time-stamping authorities in the order of preference; null: those of the simulated BankID. */
    readonly timestampUrls: readonly string[] | null
    /** Lower-case hexadecimal. */
    readonly rootSha256: string | null
    /** The island's folder. */
    readonly data: string
    readonly clientId: string
    /** PKCS#8 PEM; made on first start. */
    readonly clientKeyFile: string
    /** PEM; pinned at first contact. */
    readonly rootFile: string
    /** PEM; roots that are believed beside the pinned one. Null: none. */
    readonly furtherRootsFile: string | null
    readonly est: { readonly user: string; readonly secret: string }
    readonly simulated: boolean
  }
  readonly secrets: Secrets
  readonly seal: {
    readonly keyFile: string
    readonly passphrase: string
    readonly organisation: string
    readonly organisationNumber: string
  }
  readonly returnUrlOrigins: readonly string[]
  /** Null: the made-up company where BankID is simulated, else nothing is known of any company. */
  readonly companyRegisterFile: string | null
  readonly webhookPrivateAddresses: boolean
  readonly mail: {
    /** Null: into `folder`. */
    readonly smtpUrl: string | null
    readonly folder: string
    readonly from: string
    /** Whether `/dev/mail` shows the folder: only without a mail server, on this machine. */
    readonly shown: boolean
  }
  readonly syntheticOnly: boolean
  readonly maxUploadBytes: number
  /** After so many days a document goes that no order has taken. */
  readonly unorderedDocumentDays: number
  readonly requestsPerMinute: number
  readonly logLevel: string
  /** Whether this process may make what is missing (secrets, the client key): only `segl up` and `segl demo`. */
  readonly makeSecrets: boolean
  readonly demo: { readonly url: string | null; readonly apiKey: string | null }
  readonly die: { readonly step: string; readonly part: 'begin' | 'act' | 'commit' } | null
  readonly clockOffsetMs: number
}

/**
 * Reads where the data is, and opens the data folder.
 * @throws SeglError CONFIG_INVALID, SECRET_MISSING with what to do
 */
export function loadStorageConfig(env: Environment = process.env): StorageConfig {
  return deepFreeze(storageOf(settingsOf(env)))
}

/**
 * Reads everything, once, at the start of a process.
 * @param options.makeSecrets true for `segl up` and `segl demo`, which make what is missing in the data folder; `api` and
 *   `worker` on their own refuse: two processes must never make two
 * @throws SeglError CONFIG_INVALID, SECRET_MISSING with what to do
 */
export function loadConfig(options: { readonly makeSecrets: boolean }, env: Environment = process.env): Config {
  const settings = settingsOf(env)
  const storage = storageOf(settings)
  const { dataDir } = storage
  if (!options.makeSecrets && storage.database.url === null) {
    refuse('DATABASE_URL', 'is not set. Set it, or start everything on this machine with `segl up`.')
  }
  const listen = settings.listen('LISTEN', '127.0.0.1:8080')
  // Whom nobody told how browsers see it takes itself for a development on this machine, and shows every mail with its link.
  if (settings.text('PUBLIC_URL') === undefined && !isLoopback(listen.host)) {
    refuse(
      'PUBLIC_URL',
      `must be set when LISTEN is not a loopback address (it is ${listen.host}): the address at which browsers reach Segl, such as https://segl.example.no.`,
    )
  }
  const publicUrl = settings.origin('PUBLIC_URL', originOf(listen))
  const bankidUrl = settings.url('BANKID_URL') ?? 'http://localhost:8081'
  if (new URL(publicUrl).hostname === new URL(bankidUrl).hostname) {
    refuse(
      'PUBLIC_URL',
      'and BANKID_URL have the same host name, and cookies do not tell ports apart. Give them two, such as 127.0.0.1 and localhost.',
    )
  }
  const secrets = readSecrets(settings, dataDir, options.makeSecrets)
  const simulated = settings.flag('BANKID_SIMULATED', true)
  return deepFreeze({
    ...storage,
    blobUrl: blobUrlOf(settings, dataDir),
    publicUrl,
    listen,
    trustProxy: trustProxyOf(settings),
    bankid: {
      url: bankidUrl,
      backchannelUrl: settings.origin('BANKID_BACKCHANNEL_URL', new URL(bankidUrl).origin),
      profile: settings.oneOf('BANKID_PROFILE', bankidProfiles),
      cscUrl: settings.url('BANKID_CSC_URL') ?? null,
      furtherOrigins: settings.urls('BANKID_FURTHER_ORIGINS') ?? [],
      loginScope: settings.text('BANKID_LOGIN_SCOPE') ?? null,
      timestampUrls: settings.urls('BANKID_TSA_URLS') ?? null,
      rootSha256: rootSha256Of(settings),
      data: folderOf(settings, 'BANKID_DATA', join(dataDir, 'bankid')),
      clientId: settings.text('BANKID_CLIENT_ID') ?? 'segl',
      clientKeyFile: clientKeyFile(dataDir),
      rootFile: join(dataDir, 'trust', 'root.pem'),
      furtherRootsFile:
        settings.text('TRUST_ROOTS_FILE') === undefined ? null : folderOf(settings, 'TRUST_ROOTS_FILE', ''),
      est: {
        user: settings.text('BANKID_EST_USER') ?? 'segl',
        secret: settings.text('BANKID_EST_SECRET') ?? (simulated ? 'enrol-me' : ''),
      },
      simulated,
    },
    secrets,
    seal: {
      keyFile: folderOf(settings, 'SEAL_KEY_FILE', join(dataDir, 'seal.p12')),
      passphrase: secrets.sealKeyPassphrase,
      organisation: settings.text('SEAL_ORGANISATION') ?? 'Segl Test',
      organisationNumber: organisationNumberOf(settings),
    },
    returnUrlOrigins: settings.list('RETURN_URL_ORIGINS') ?? ['http://127.0.0.1:*', 'http://localhost:*'],
    webhookPrivateAddresses: settings.flag('WEBHOOK_PRIVATE_ADDRESSES', isThisMachine(publicUrl)),
    mail: {
      smtpUrl: connectionUrl('SMTP_URL', settings.text('SMTP_URL'), ['smtp', 'smtps']),
      folder: join(dataDir, 'mail'),
      from: settings.text('MAIL_FROM') ?? 'Segl <segl@localhost>',
      shown: settings.text('SMTP_URL') === undefined && isThisMachine(publicUrl),
    },
    companyRegisterFile:
      settings.text('COMPANY_REGISTER_FILE') === undefined ? null : folderOf(settings, 'COMPANY_REGISTER_FILE', ''),
    syntheticOnly: settings.flag('SYNTHETIC_ONLY', true),
    // Above 2 GiB - 1 no judge of PDFs follows (DESIGN).
    maxUploadBytes: settings.integer('MAX_UPLOAD_BYTES', 524_288_000, 1024, 2 ** 31 - 1),
    unorderedDocumentDays: settings.integer('UNORDERED_DOCUMENT_DAYS', 30, 1, 3650),
    requestsPerMinute: settings.integer('REQUESTS_PER_MINUTE', 6000, 1, 10_000_000),
    logLevel: logLevelOf(settings),
    makeSecrets: options.makeSecrets,
    demo: {
      url: settings.text('SEGL_URL') === undefined ? null : settings.origin('SEGL_URL', ''),
      apiKey: settings.text('SEGL_API_KEY') ?? null,
    },
    die: dieOf(settings),
    clockOffsetMs: settings.integer('CLOCK_OFFSET_SECONDS', 0, -(10 ** 10), 10 ** 10) * 1000,
  })
}

/**
 * The environment for a process of the same installation: ours, with the folder and the database settled and paths made
 * absolute. Secrets reach the child through the data folder or the variables that it inherits, never over its arguments.
 */
export function environmentFor(
  config: Config,
  databaseUrl: string,
  env: Environment = process.env,
): Record<string, string> {
  const inherited = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const { DATABASE_URL_FILE: _file, DATABASE_DIRECT_URL_FILE: _direct, ...rest } = Object.fromEntries(inherited)
  return {
    ...rest,
    DATA_DIR: config.dataDir,
    DATABASE_URL: databaseUrl,
    ...(config.database.directUrl === null ? {} : { DATABASE_DIRECT_URL: config.database.directUrl }),
    BLOB_URL: config.blobUrl,
    PUBLIC_URL: config.publicUrl,
    LISTEN: `${config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host}:${config.listen.port}`,
    BANKID_URL: config.bankid.url,
    BANKID_BACKCHANNEL_URL: config.bankid.backchannelUrl,
    BANKID_DATA: config.bankid.data,
    BANKID_EST_USER: config.bankid.est.user,
    BANKID_EST_SECRET: config.bankid.est.secret,
    SEAL_KEY_FILE: config.seal.keyFile,
  }
}

function storageOf(settings: Settings): StorageConfig {
  const databaseProtocols = ['postgresql', 'postgres']
  const url = connectionUrl('DATABASE_URL', settings.text('DATABASE_URL'), databaseProtocols)
  const direct = connectionUrl('DATABASE_DIRECT_URL', settings.text('DATABASE_DIRECT_URL'), databaseProtocols)
  if (url === null && direct !== null) refuse('DATABASE_DIRECT_URL', 'is set without DATABASE_URL. Set both.')
  return {
    dataDir: openDataFolder(settings.text('DATA_DIR') ?? defaultDataFolder(), { database: url === null }),
    database: { url, directUrl: direct ?? url },
    redisUrl: connectionUrl('REDIS_URL', settings.text('REDIS_URL'), ['redis', 'rediss']),
    workers: settings.integer('WORKERS', 1, 1, 64),
  }
}

const isThisMachine = (url: string): boolean => isLoopback(new URL(url).hostname.replace(/[[\]]/g, ''))

const originOf = ({ host, port }: { host: string; port: number }): string =>
  new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`).origin

function blobUrlOf(settings: Settings, dataDir: string): string {
  const value = settings.text('BLOB_URL')
  if (value === undefined) return pathToFileURL(join(dataDir, 'blobs')).href
  if (URL.canParse(value) && new URL(value).protocol === 'file:') return value
  return refuse('BLOB_URL', 'must be a file: URL that names a folder, such as file:///var/lib/segl/blobs.')
}

function trustProxyOf(settings: Settings): boolean | readonly string[] {
  const list = settings.list('TRUST_PROXY')
  if (list === undefined || (list.length === 1 && list[0] === 'false')) return false
  return list.length === 1 && list[0] === 'true' ? true : list
}

function rootSha256Of(settings: Settings): string | null {
  const value = settings.text('BANKID_ROOT_SHA256')?.replaceAll(':', '').toLowerCase()
  if (value === undefined) return null
  return /^[0-9a-f]{64}$/.test(value) ? value : refuse('BANKID_ROOT_SHA256', 'must be 64 hexadecimal digits.')
}

function folderOf(settings: Settings, name: KeyName, fallback: string): string {
  const value = settings.text(name) ?? fallback
  return isAbsolute(value) ? value : resolve(value)
}

function organisationNumberOf(settings: Settings): string {
  const value = settings.text('SEAL_ORGANISATION_NUMBER') ?? '313000001'
  const digits = [...value].map(Number)
  // Modulus 11 with these weights; a remainder of 10 has no check digit (Enhetsregisteret).
  const sum = [3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, place) => total + weight * (digits[place] ?? 0), 0)
  if (/^\d{9}$/.test(value) && (11 - (sum % 11)) % 11 === digits[8]) return value
  return refuse('SEAL_ORGANISATION_NUMBER', 'must be nine digits with a valid check digit.')
}

function logLevelOf(settings: Settings): string {
  const value = settings.text('LOG_LEVEL') ?? 'info'
  const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']
  return levels.includes(value) ? value : refuse('LOG_LEVEL', `must be one of ${levels.join(', ')}.`)
}

function dieOf(settings: Settings): Config['die'] {
  const value = settings.text('SEGL_DIE')
  if (value === undefined) return null
  const found = /^([A-Za-z]+):(begin|act|commit)$/.exec(value)
  const [, step, part] = found ?? []
  if (step !== undefined && (part === 'begin' || part === 'act' || part === 'commit')) return { step, part }
  return refuse('SEGL_DIE', 'must be <step>:<begin|act|commit>, such as seal:act.')
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const inner of Object.values(value)) deepFreeze(inner)
    Object.freeze(value)
  }
  return value
}
