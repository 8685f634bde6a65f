// Every variable that can be set: its name, what it is when it is not set, and a sentence about it. docs/config.md is made from this.

export type Key = {
  readonly name: string
  /** As a person reads it in the table; what applies when the variable is not set. */
  readonly fallback: string
  readonly sentence: string
  /** Also as `<name>_FILE`: the name of a file that holds the value. */
  readonly secret?: 'made' | 'given'
}

/** Made in the data folder by `segl up` and `segl demo` when missing; their files there. */
export const secretFiles = {
  ENCRYPTION_KEY: 'encryption-key',
  HMAC_KEY: 'hmac-key',
  LINK_KEY: 'link-key',
  LOG_KEY: 'log-key',
  SEAL_KEY_PASSPHRASE: 'seal-key-passphrase',
} as const
export type SecretName = keyof typeof secretFiles

const thirtyTwo = '32 bytes in base64, base64url or hexadecimal'

export const keys = [
  {
    name: 'DATA_DIR',
    fallback: '`.segl` in the working directory',
    sentence:
      'Folder for everything kept on this machine. As root, when the user `nobody` may not enter the working directory, ' +
      'the default is `/var/lib/segl/<hash of the working directory>`: PostgreSQL does not run as root.',
  },
  {
    name: 'DATABASE_URL',
    fallback: 'a PostgreSQL from npm in `DATA_DIR`',
    sentence:
      'PostgreSQL to use, `postgresql://user:password@host:5432/name`; required by `api` and `worker` on their own.',
    secret: 'given',
  },
  {
    name: 'DATABASE_DIRECT_URL',
    fallback: '`DATABASE_URL`',
    sentence: 'The same database without a pooler in between, for migrations and advisory locks behind PgBouncer.',
    secret: 'given',
  },
  {
    name: 'REDIS_URL',
    fallback: 'the queue is kept in PostgreSQL',
    sentence: 'Redis for the queue, `redis://host:6379` or `rediss://…`; it may be emptied at any time.',
    secret: 'given',
  },
  {
    name: 'BLOB_URL',
    fallback: '`blobs` in `DATA_DIR`',
    sentence: 'Where documents are kept: `file:///folder`, seen by every `api` and `worker`.',
  },
  {
    name: 'PUBLIC_URL',
    fallback: '`http://` and `LISTEN`',
    sentence:
      'Segl as browsers see it: scheme, host and port, without a path. Required when `LISTEN` is not a loopback address.',
  },
  { name: 'LISTEN', fallback: '`127.0.0.1:8080`', sentence: 'Address and port that `api` listens on.' },
  {
    name: 'TRUST_PROXY',
    fallback: 'nobody',
    sentence: 'Proxies whose `X-Forwarded-…` are believed: comma-separated addresses and networks, or `true` for any.',
  },
  {
    name: 'BANKID_URL',
    fallback: '`http://localhost:8081`',
    sentence: 'Issuer of the trust service as browsers see it; for `segl up` also where the simulated BankID listens.',
  },
  {
    name: 'BANKID_BACKCHANNEL_URL',
    fallback: '`BANKID_URL`',
    sentence: 'The trust service as this machine reaches it, when that is another way than the browsers take.',
  },
  {
    name: 'BANKID_PROFILE',
    fallback: '`csc-oauth2code`',
    sentence:
      'How signers approve: `csc-oauth2code`, in a second redirect, or `bankid-2025`, as BankID has it (docs/production.md).',
  },
  {
    name: 'BANKID_CSC_URL',
    fallback: 'that of the simulated BankID',
    sentence: 'Base of the CSC API, such as `https://sign.example.no/csc/v2`.',
  },
  {
    name: 'BANKID_FURTHER_ORIGINS',
    fallback: 'none',
    sentence:
      'Origins beside `BANKID_URL` and `BANKID_CSC_URL` that our own calls may go to, comma-separated: OCSP, CRLs and issuers, ' +
      'as the certificates name them.',
  },
  {
    name: 'BANKID_LOGIN_SCOPE',
    fallback: '`openid profile nnin_altsub service`',
    sentence: 'Scopes that a log-in asks for.',
  },
  {
    name: 'BANKID_TSA_URLS',
    fallback: 'those of the simulated BankID',
    sentence: 'Time-stamping authorities (RFC 3161), comma-separated, the preferred one first.',
  },
  {
    name: 'BANKID_ROOT_SHA256',
    fallback: 'the root met first is kept',
    sentence: 'SHA-256 of the root certificate (DER) of a trust service that is not ours.',
  },
  {
    name: 'TRUST_ROOTS_FILE',
    fallback: 'none',
    sentence:
      'PEM with the roots that are believed beside that of the trust service: of other time-stamping authorities, and of whoever ' +
      'issued a bought e-seal.',
  },
  {
    name: 'BANKID_DATA',
    fallback: '`bankid` in `DATA_DIR`',
    sentence: 'Folder of the simulated BankID alone: its keys, people and sessions.',
  },
  { name: 'BANKID_CLIENT_ID', fallback: '`segl`', sentence: 'Name under which the trust service knows this Segl.' },
  {
    name: 'BANKID_EST_USER',
    fallback: '`segl`',
    sentence: 'User name for the enrolment of the e-seal (EST, RFC 7030).',
  },
  {
    name: 'BANKID_EST_SECRET',
    fallback: 'that of the simulated BankID',
    sentence: 'Password for the enrolment of the e-seal.',
    secret: 'given',
  },
  {
    name: 'BANKID_SIMULATED',
    fallback: '`true`',
    sentence: 'Whether signatures are simulated and pages, sheets and answers say so.',
  },
  {
    name: 'ENCRYPTION_KEY',
    fallback: 'made',
    sentence: `Encrypts personal data in the database (AES-256-GCM): ${thirtyTwo}.`,
    secret: 'made',
  },
  {
    name: 'HMAC_KEY',
    fallback: 'made',
    sentence: `Finds a person without storing the national identity number in clear: ${thirtyTwo}.`,
    secret: 'made',
  },
  { name: 'LINK_KEY', fallback: 'made', sentence: `Authenticates signing links: ${thirtyTwo}.`, secret: 'made' },
  {
    name: 'LOG_KEY',
    fallback: 'made',
    sentence: `Seed of the Ed25519 key that signs checkpoints of the log: ${thirtyTwo}.`,
    secret: 'made',
  },
  {
    name: 'SEAL_KEY_FILE',
    fallback: '`seal.p12` in `DATA_DIR`, enrolled on first start',
    sentence: 'PKCS#12 with the key and certificates of the e-seal.',
  },
  { name: 'SEAL_KEY_PASSPHRASE', fallback: 'made', sentence: 'Opens `SEAL_KEY_FILE`.', secret: 'made' },
  {
    name: 'SEAL_ORGANISATION',
    fallback: '`Segl Test`',
    sentence: 'Name of the organisation in the e-seal that is enrolled.',
  },
  {
    name: 'SEAL_ORGANISATION_NUMBER',
    fallback: '`313000001`',
    sentence: 'Its organisation number, nine digits with a valid check digit.',
  },
  {
    name: 'RETURN_URL_ORIGINS',
    fallback: 'this machine only',
    sentence:
      'Origins that signers may be sent back to, comma-separated: `https://erp.example.no`, or with any port `http://127.0.0.1:*`.',
  },
  {
    name: 'WEBHOOK_PRIVATE_ADDRESSES',
    fallback: '`true` while `PUBLIC_URL` is on this machine, else `false`',
    sentence:
      'Whether webhooks may be sent to private and loopback addresses, and over plain http. Elsewhere than in development, ' +
      'tenants could reach into your network with it.',
  },
  {
    name: 'COMPANY_REGISTER_FILE',
    fallback: 'the made-up company of the demo with the simulated BankID, else none',
    sentence:
      'JSON with companies and who is on their boards (docs/rules.md): who should sign annual accounts, as a suggestion that can be ' +
      'overridden. Read again when it changes.',
  },
  {
    name: 'SMTP_URL',
    fallback: 'mail lands in `mail` in `DATA_DIR`, shown on `/dev/mail` while `PUBLIC_URL` is on this machine',
    sentence:
      'Mail server for invitations, reminders and word to the sender, `smtp://user:password@host:587` or `smtps://…`.',
    secret: 'given',
  },
  { name: 'MAIL_FROM', fallback: '`Segl <segl@localhost>`', sentence: 'Sender of the mail.' },
  {
    name: 'SYNTHETIC_ONLY',
    fallback: '`true`',
    sentence: 'Refuses national identity numbers that a living person may have.',
  },
  {
    name: 'REQUESTS_PER_MINUTE',
    fallback: '`6000`',
    sentence: 'Requests that one API key may make in a minute, in each `api` process; told in `RateLimit` headers.',
  },
  {
    name: 'UNORDERED_DOCUMENT_DAYS',
    fallback: '`30`',
    sentence:
      'Days after which an uploaded document is deleted that no order has taken; the feed says `document.deleted`.',
  },
  { name: 'MAX_UPLOAD_BYTES', fallback: '`524288000` (500 MB)', sentence: 'Largest upload, in bytes.' },
  {
    name: 'WORKERS',
    fallback: '`1`',
    sentence: 'Worker processes that run against the database: what `segl up` starts, and the connection budget.',
  },
  {
    name: 'LOG_LEVEL',
    fallback: '`info`',
    sentence: '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
  },
  { name: 'SEGL_URL', fallback: 'started here', sentence: 'Demo and tests only: the running Segl to act against.' },
  {
    name: 'SEGL_API_KEY',
    fallback: 'made',
    sentence: 'Demo and tests only: the API key to use at `SEGL_URL`.',
    secret: 'given',
  },
  {
    name: 'SEGL_DIE',
    fallback: 'never',
    sentence: 'Demo and tests only: `<step>:<begin|act|commit>`, where a process dies, once per data folder.',
  },
  {
    name: 'CLOCK_OFFSET_SECONDS',
    fallback: '`0`',
    sentence: 'Tests only: how far the clock of the story is ahead of the database.',
  },
] as const satisfies readonly Key[]

export type KeyName = (typeof keys)[number]['name']

const introduction = `# Configuration

Everything is set by environment variables, and everything has a default: with none of them set, \`segl up\` runs the whole of
Segl on one machine. A variable marked *secret* can also be given as \`<NAME>_FILE\`, the name of a file that holds the value.
Secrets marked *made* are made by \`segl up\` and \`segl demo\` in \`DATA_DIR/secrets\` (mode 0600) when they are missing; \`api\` and
\`worker\` started on their own refuse to start without them. The simulated BankID has variables of its own: see
[src/bankid/README.md](../src/bankid/README.md).

This file is written by \`npm run config\`; a test compares it.
`

/** The text of docs/config.md. */
export function configTable(): string {
  const rows = keys.map((key: Key) => {
    const mark = key.secret === undefined ? '' : key.secret === 'made' ? 'secret, made' : 'secret'
    return `| \`${key.name}\` | ${key.fallback} | ${mark} | ${key.sentence} |`
  })
  return [introduction, '| variable | default | | meaning |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}
