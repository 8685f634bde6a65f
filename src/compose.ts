// The only file that joins the concrete parts: plain constructor calls, read from top to bottom.
import { nordlys } from './accounting/people.ts'

import { openBlobs } from './adapters/blobs/index.ts'
import { companiesInFile, companiesOf } from './adapters/company-register/index.ts'
import { createMail, openMailbox } from './adapters/notify/mail.ts'
import { createWebhookSender } from './adapters/notify/webhook-sender.ts'
import { createQueue, type StepQueue } from './adapters/queue/index.ts'
import { periodically } from './adapters/queue/periodic.ts'
import { enrolSealKey } from './adapters/seal-key/index.ts'
import {
  checkSecrets,
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
  createTasks,
  createWebhookDeliveries,
  createWebhooks,
  forgetExpiredKeys,
  sequenceEvents,
} from './adapters/store/index.ts'
import { createLogger, type Logger } from './adapters/telemetry/logger.ts'
import { createThreads } from './adapters/threads/index.ts'
import { createVault } from './adapters/vault/index.ts'
import { onceLoaded } from './compose/once-loaded.ts'
import { createTestDoor } from './compose/test-door.ts'
import { openTrustServices, type TrustServices } from './compose/trust-services.ts'
import type { Config } from './config.ts'
import { createWebhookDispatch } from './flow/deliver-webhooks.ts'
import type { Clock } from './flow/ports/clock.ts'
import type { Ports } from './flow/ports/index.ts'
import { endStorage } from './flow/storage.ts'
import { forgetUnordered } from './flow/unordered.ts'
import { workTask } from './flow/work.ts'
import type { Api } from './http/api.ts'
import { buildServer } from './http/server.ts'
import { pages } from './pages/routes/index.ts'
import { problemCatalogue } from './pages/view/index.ts'

/** What every process of an installation shares in code. */
type Installation = {
  readonly logger: Logger
  readonly client: ReturnType<typeof connect>
  readonly clock: Clock
  readonly queue: StepQueue
  readonly threads: ReturnType<typeof createThreads>
  readonly blobs: ReturnType<typeof openBlobs>
  readonly trust: TrustServices
  readonly ports: Ports
  readonly storeOptions: Parameters<typeof createStore>[0]
  close(): Promise<void>
}

export type Die = Ports['die']

async function install(config: Config, name: string, die: Die): Promise<Installation> {
  const logger = createLogger({ process: name, level: config.logLevel })
  const { database, clockOffsetMs } = config
  const client = connect(database.url ?? '', 10, { doorsOnly: true })
  const clock = createClock(client, clockOffsetMs)
  const vault = createVault(config.secrets)
  await checkSecrets(client, vault.keyCheck())
  const blobs = openBlobs(config.blobUrl)
  const queue = createQueue(
    config.redisUrl === null
      ? { kind: 'postgres', url: database.directUrl ?? '' }
      : { kind: 'redis', url: config.redisUrl },
    (error) => logger.warn({ err: error }, 'queue'),
  )
  const threads = createThreads({
    // The thread's program lies beside this one, as .js in dist and as .ts in tests.
    file: new URL(`./bin/pdf-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
    workerData: { blobUrl: config.blobUrl },
    threads: 2,
  })
  const trust = openTrustServices(config, clock)
  const storeOptions = { client, vault, jobs: queue, clockOffsetMs }
  const ports: Ports = {
    store: createStore(storeOptions),
    jobs: queue,
    blobs,
    pdf: threads,
    vault,
    companyRegister:
      config.companyRegisterFile === null
        ? companiesOf(config.bankid.simulated ? [nordlys] : [])
        : await companiesInFile(config.companyRegisterFile),
    ...trust,
    verifier: {
      async judge({ file, stage, stampedAt }) {
        const at = new Date(Math.max((await clock.now()).getTime(), stampedAt.getTime()))
        return threads.judge({ file, stage, trustAnchors: await trust.trustAnchors(), at })
      },
    },
    sealKey: onceLoaded(async () => {
      const key = await enrolSealKey({
        ...(await trust.enrolment()),
        file: config.seal.keyFile,
        passphrase: config.seal.passphrase,
        subject: {
          organisation: config.seal.organisation,
          organisationNumber: config.seal.organisationNumber,
          commonName: config.bankid.simulated ? `${config.seal.organisation} (TEST)` : config.seal.organisation,
        },
        at: await clock.now(),
      })
      await trust.requireTrustedSeal(key.certificates)
      return key
    }),
    notify: createMail({ ...config.mail, publicUrl: config.publicUrl, simulated: config.bankid.simulated }),
    die,
  }
  return {
    logger,
    client,
    clock,
    queue,
    threads,
    blobs,
    trust,
    ports,
    storeOptions,
    async close() {
      await queue.close()
      await threads.close()
      await client.$disconnect()
    },
  }
}

export type RunningApi = { readonly url: string; close(): Promise<void> }

/** The API process: REST, ceremony pages, health. Resolves when it listens. */
export async function startApi(config: Config, die: Die): Promise<RunningApi> {
  const installation = await install(config, 'api', die)
  const { ports, trust, client, clock, threads } = installation
  const server: Api = buildServer({
    logger: installation.logger,
    ports,
    intake: createIntake(installation.storeOptions),
    idempotencyKeys: createIdempotencyKeys(client),
    reading: createReading(client),
    webhooks: createWebhooks(client, ports.vault, config.clockOffsetMs),
    feedConsumers: createFeedConsumers(client, config.clockOffsetMs),
    webhookPrivateAddresses: config.webhookPrivateAddresses,
    apiKeys: createApiKeys(client, config.clockOffsetMs),
    oauthClients: createOauthClients(client, config.clockOffsetMs),
    storing: createStoring(installation.storeOptions),
    preFlight: threads,
    clock,
    readiness: [
      { name: 'database', check: async () => void (await clock.now()) },
      { name: 'sealKey', check: async () => void (await ports.sealKey()) },
      ...trust.readiness,
    ],
    problemPages: problemCatalogue,
    jwks: trust.jwks,
    publicUrl: config.publicUrl,
    returnUrlAllow: config.returnUrlOrigins,
    maxUploadBytes: config.maxUploadBytes,
    requestsPerMinute: config.requestsPerMinute,
    syntheticOnly: config.syntheticOnly,
    simulated: config.bankid.simulated,
    testDoor: config.bankid.simulated ? createTestDoor({ bankidUrl: config.bankid.url, vault: ports.vault }) : null,
    trustProxy: config.trustProxy,
  })
  await server.register(pages, {
    ports,
    ...(config.mail.shown && { mailbox: openMailbox(config.mail.folder) }),
    publicUrl: config.publicUrl,
    bankidOrigins: [config.bankid.url, config.bankid.cscUrl ?? config.bankid.url].map((url) => new URL(url).origin),
  })
  const url = await server.listen({ host: config.listen.host, port: config.listen.port })
  return {
    url,
    async close() {
      await server.close()
      await installation.close()
    },
  }
}

export type RunningWorker = { close(): Promise<void> }

/** Steps at once in one worker process: they mostly wait for the trust service. */
const concurrency = 4
const sweepMs = 2000
const sequenceMs = 250
const deliverMs = 500
/** Webhook messages under way at once, and of these to one address. */
const messages = { most: 32, perWebhook: 4 }
const forgetMs = 60_000
/** An upload that was cut off is forgotten after a day. */
const halfUploadMs = 24 * 3600_000
/** A task that was just made is not overdue: its wake-up is on the way. */
const graceSeconds = 3
/** A graceful stop waits this long for steps under way; what is not finished then is given back for another worker. */
const stopMs = 8_000

/** The worker process: runs due steps, sweeps overdue ones, numbers events. */
export async function startWorker(config: Config, die: Die): Promise<RunningWorker> {
  const installation = await install(config, 'worker', die)
  const { logger, ports, client, queue } = installation
  const tasks = createTasks(client, config.clockOffsetMs)
  const failed = (what: string) => (error: unknown) => logger.error({ err: error }, what)
  // Enrolled or opened before the first order waits for it; without it the worker starts all the same, and tries again then.
  ports.sealKey().catch((error: unknown) => logger.warn({ err: error }, 'no seal key yet'))

  const worker = queue.work(
    async (job) => {
      const report = await workTask(ports, tasks, job)
      if (report.result === 'idle') return
      const { step, orderId, attempt } = report.task
      if (report.result === 'failed') {
        logger.warn({ step, orderId, attempt, code: report.code, err: report.error }, 'step failed')
      } else {
        logger.info({ step, orderId, attempt, result: report.result }, 'step')
      }
    },
    { concurrency, onError: failed('worker') },
  )
  const sweeper = periodically(
    sweepMs,
    async () => {
      const overdue = await tasks.sweep(100, graceSeconds)
      if (overdue.length > 0) await queue.wake(overdue)
    },
    failed('sweeper'),
  )
  const sequencer = periodically(
    sequenceMs,
    async () => {
      await sequenceEvents(client, 1000)
    },
    failed('sequencer'),
  )
  const dispatch = createWebhookDispatch(
    {
      deliveries: createWebhookDeliveries(client, ports.vault, config.clockOffsetMs),
      sender: createWebhookSender({ allowPrivate: config.webhookPrivateAddresses }),
      clock: installation.clock,
    },
    { ...messages, onError: failed('webhook') },
  )
  const deliverer = periodically(
    deliverMs,
    async () => {
      await dispatch.round()
    },
    failed('webhooks'),
  )
  const forgetter = periodically(
    forgetMs,
    async () => {
      await forgetExpiredKeys(client, await installation.clock.now())
      await installation.blobs.sweep(new Date(Date.now() - halfUploadMs))
    },
    failed('forgetting'),
  )
  const storing = { storing: createStoring(installation.storeOptions), blobs: installation.blobs }
  const keeper = periodically(
    forgetMs,
    async () => {
      const deleted = await endStorage(storing, await installation.clock.now(), (err, order) =>
        logger.error({ err, orderId: order.id }, 'end of storage'),
      )
      if (deleted > 0) logger.info({ deleted }, 'storage of orders has ended')
      const now = await installation.clock.now()
      const forgotten = await forgetUnordered(storing, now, config.unorderedDocumentDays, (err, documentId) =>
        logger.error({ err, documentId }, 'end of a document without an order'),
      )
      if (forgotten > 0) logger.info({ forgotten }, 'documents that no order took were deleted')
    },
    failed('end of storage'),
  )
  return {
    async close() {
      await Promise.all([sweeper.stop(), sequencer.stop(), deliverer.stop(), forgetter.stop(), keeper.stop()])
      await dispatch.idle()
      await worker.close(stopMs)
      await tasks.releaseHeld()
      await installation.close()
    },
  }
}
