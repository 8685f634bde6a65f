// A whole Segl in this process on free ports: real database, real files, real HTTP to a simulated BankID of its own.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../../src/adapters/store/index.ts'
import type { BankIdOptions, Client } from '../../src/bankid/config.ts'
import { createBankId } from '../../src/bankid/server.ts'
import { type Die, startApi, startWorker } from '../../src/compose.ts'
import { type Config, loadConfig } from '../../src/config.ts'
import { newId } from '../../src/flow/id.ts'
import { startProxy } from '../adapters/trust-services/proxy.ts'
import { freshDatabase } from './database.ts'
import { reservedPort } from './port.ts'

export type Installation = Awaited<ReturnType<typeof startInstallation>>

export type InstallationOptions = {
  /** How many workers run from the start; 1 unless given. */
  readonly workers?: number
  /** False: the test runs API and workers itself, as processes. */
  readonly api?: boolean
  readonly env?: Record<string, string>
  readonly bankid?: Partial<BankIdOptions>
  /** How the island knows this Segl; its `profile` is that of both sides. */
  readonly client?: Pick<Client, 'profile' | 'approval' | 'keyAlgorithm' | 'multisign'>
  /** What happens at each place of the story; nothing unless given. */
  readonly die?: Die
}

/** Starts everything; `close` ends it and removes the folder. Segl's own calls to BankID go over `backchannel`. */
export async function startInstallation(options: InstallationOptions = {}) {
  const die = options.die ?? (() => {})
  const dataDir = await mkdtemp(join(tmpdir(), 'segl-test-'))
  // Known before Segl listens: BankID is told the address first.
  const port = await reservedPort()
  const seglUrl = `http://127.0.0.1:${port}`
  const bankid = await createBankId({
    dataDir: join(dataDir, 'bankid'),
    port: 0,
    clients: [
      {
        clientId: 'segl',
        name: 'Segl',
        redirectUris: [`${seglUrl}/sign/callback`],
        jwksUri: `${seglUrl}/.well-known/jwks.json`,
        nnin: true,
        ...options.client,
      },
    ],
    ...options.bankid,
  })
  const backchannel = await startProxy(bankid)
  const databaseUrl = await freshDatabase()
  const config: Config = loadConfig(
    { makeSecrets: true },
    {
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      LISTEN: `127.0.0.1:${port}`,
      BANKID_URL: bankid.url,
      BANKID_BACKCHANNEL_URL: backchannel.url,
      BANKID_PROFILE: options.client?.profile ?? 'csc-oauth2code',
      LOG_LEVEL: 'error',
      ...options.env,
    },
  )
  const client = connect(databaseUrl, 2)
  const api = options.api === false ? undefined : await startApi(config, die)
  const count = options.workers ?? (options.api === false ? 0 : 1)
  const workers = await Promise.all(Array.from({ length: count }, () => startWorker(config, die)))

  /** A tenant of its own with a key of the scope `system`. */
  async function newTenant() {
    const now = new Date()
    const tenantId = newId(now)
    const apiKey = `segl_${randomBytes(32).toString('base64url')}`
    await client.tenant.create({ data: { id: tenantId, name: 'Testregnskap AS', organisationNumber: '310000019' } })
    await client.apiKey.create({
      data: {
        id: newId(now),
        tenantId,
        name: 'test',
        prefix: apiKey.slice(0, 10),
        hash: createHash('sha256').update(apiKey).digest('hex'),
        scopes: ['system'],
      },
    })
    return { tenantId, apiKey }
  }

  return {
    seglUrl,
    bankidUrl: bankid.url,
    backchannel,
    databaseUrl,
    dataDir,
    config,
    client,
    newTenant,
    startWorker: () => startWorker(config, die),
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
      await api?.close()
      backchannel.close()
      await bankid.close()
      await client.$disconnect()
      // Who was just ended may have been writing.
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}
