// The API with its real store, blobs, vault and pre-flight, for tests; only trust services and the queue stay away.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nordlys } from '../../src/accounting/people.ts'
import { openBlobs } from '../../src/adapters/blobs/index.ts'
import { companiesOf } from '../../src/adapters/company-register/index.ts'
import {
  addTenant,
  type Client,
  connect,
  createApiKeys,
  createClock,
  createFeedConsumers,
  createIdempotencyKeys,
  createIntake,
  createOauthClients,
  createReading,
  createStore,
  createStoring,
  createWebhooks,
} from '../../src/adapters/store/index.ts'
import { createLogger } from '../../src/adapters/telemetry/logger.ts'
import { createVault } from '../../src/adapters/vault/index.ts'
import type { Scope } from '../../src/flow/ports/api-keys.ts'
import type { Ports } from '../../src/flow/ports/index.ts'
import type { Store } from '../../src/flow/ports/store.ts'
import { createPreFlight } from '../../src/flow/pre-flight.ts'
import type { Api } from '../../src/http/api.ts'
import type { HttpDeps } from '../../src/http/deps.ts'
import { buildServer } from '../../src/http/server.ts'
import { problemCatalogue } from '../../src/pages/view/index.ts'
import { testDatabase } from '../support/database.ts'

export type Harness = {
  readonly api: Api
  readonly client: Client
  readonly store: Store
  readonly deps: HttpDeps
  readonly blobFolder: string
  /** Names of the blobs that lie in the store. */
  blobs(): string[]
  tenant(): Promise<TestTenant>
  close(): Promise<void>
}

export type TestTenant = {
  readonly id: string
  readonly headers: Record<string, string>
  key(...scopes: Scope[]): Promise<Record<string, string>>
}

/** `serve`: registers what is served beside the API, before it is ready. */
export async function startApi(
  change: Partial<HttpDeps> = {},
  serve: (api: Api, deps: HttpDeps) => Promise<void> = async () => {},
): Promise<Harness> {
  const client = connect(await testDatabase(), 4)
  // What the tests look at and change by hand is one connection; the API has its own, which is closed but for its doors.
  const doors = connect(await testDatabase(), 20, { doorsOnly: true })
  const blobFolder = mkdtempSync(join(tmpdir(), 'segl-api-'))
  const store = openBlobs(pathToFileURL(blobFolder).href)
  const vault = createVault({ encryptionKey: randomBytes(32), hmacKey: randomBytes(32), linkKey: randomBytes(32) })
  const options = { client: doors, vault, jobs: { wake: async () => {} } }
  const story = createStore(options)
  // What these routes never touch is left out: a route that did would fail loudly.
  const ports = {
    ...({} as Ports),
    store: story,
    jobs: options.jobs,
    blobs: store,
    vault,
    companyRegister: companiesOf([nordlys]),
    die: () => {},
  }
  const deps: HttpDeps = {
    logger: createLogger({ process: 'test', level: 'error' }),
    ports,
    intake: createIntake(options),
    idempotencyKeys: createIdempotencyKeys(doors),
    reading: createReading(doors),
    webhooks: createWebhooks(doors, vault),
    feedConsumers: createFeedConsumers(doors),
    webhookPrivateAddresses: true,
    apiKeys: createApiKeys(doors),
    oauthClients: createOauthClients(doors),
    storing: createStoring(options),
    preFlight: createPreFlight((parts) => store.byteSource(parts)),
    clock: createClock(doors),
    readiness: [],
    problemPages: problemCatalogue,
    jwks: async () => ({ keys: [] }),
    publicUrl: 'http://127.0.0.1:8080',
    returnUrlAllow: ['http://127.0.0.1:*', 'https://erp.example'],
    maxUploadBytes: 2_000_000,
    requestsPerMinute: 1_000_000,
    syntheticOnly: true,
    simulated: true,
    testDoor: null,
    trustProxy: false,
    ...change,
  }
  const api = buildServer(deps)
  await serve(api, deps)
  await api.ready()
  return {
    api,
    client,
    store: story,
    deps,
    blobFolder,
    blobs: () =>
      readdirSync(blobFolder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name),
    async tenant() {
      const now = new Date()
      const id = await addTenant(client, { name: 'Fjordlys Regnskap AS', organisationNumber: '987654325' }, now)
      const key = async (...scopes: Scope[]) => {
        const made = await deps.apiKeys.add(id, { name: 'test', scopes })
        return { authorization: `Bearer ${made.key}` }
      }
      return { id, key, headers: await key('system') }
    },
    async close() {
      await api.close()
      await client.$disconnect()
      await doors.$disconnect()
    },
  }
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A national identity number that is nobody's (month + 80), from facts/bankid.md § 5.1. */
export const synthetic = '15858549970'

export const contract = {
  kind: 'contract',
  title: 'Oppdragsavtale',
  parties: [{ name: 'Fjordlys Regnskap AS', organisationNumber: '987654325' }, { name: 'Papir & Penn AS' }],
}

export const base64urlJson = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A multipart body as `curl -F` makes it, with a boundary of its own each time. */
export function multipartOf(metadata: unknown, pdf: Uint8Array, fileName = 'avtale.pdf', fileFirst = false) {
  const boundary = `----segl${randomBytes(12).toString('hex')}`
  const part = (headers: string, body: Uint8Array | string) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${headers}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')])
  const parts = [
    part('Content-Disposition: form-data; name="metadata"\r\nContent-Type: application/json', JSON.stringify(metadata)),
    part(`Content-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/pdf`, pdf),
  ]
  if (fileFirst) parts.reverse()
  return {
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

/** Uploads a PDF that is like no other; its document's id. */
export async function upload(
  { api }: Harness,
  tenant: TestTenant,
  metadata: object = contract,
  payload: Buffer = smallPdf(randomBytes(8).toString('hex')),
): Promise<string> {
  const answer = await api.inject({
    method: 'POST',
    url: '/v1/documents',
    headers: { ...tenant.headers, 'content-type': 'application/pdf', 'segl-metadata': base64urlJson(metadata) },
    payload,
  })
  if (answer.statusCode !== 201) throw new Error(answer.body)
  return answer.json<{ id: string }>().id
}

/** A whole PDF of one empty page; `mark` stands in its document information. */
export function smallPdf(mark: string): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
    `<< /Title (${mark}) >>`,
  ]
  let body = '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
  const offsets = objects.map((object, index) => {
    const offset = body.length
    body += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const start = body.length
  body += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  body += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(body, 'latin1')
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** A call below /v1 in JSON; `body` is null for an empty answer. */
export async function callV1(
  { api }: Harness,
  headers: Record<string, string>,
  method: Method,
  url: string,
  payload?: object,
) {
  const answer = await api.inject({ method, url: `/v1${url}`, headers, ...(payload && { payload }) })
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() }
}
