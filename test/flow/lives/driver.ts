// Lives one order through the real flow: people, accounting system, workers and clock of its own, and processes that die.
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Client,
  createIntake,
  createReading,
  createStore,
  createTasks,
} from '../../../src/adapters/store/index.ts'
import type { createVault } from '../../../src/adapters/vault/index.ts'
import { isSeglError } from '../../../src/errors.ts'
import { begin, comeBack, comeOn, type Next, openLink } from '../../../src/flow/ceremony.ts'
import { createOrder } from '../../../src/flow/create-order.ts'
import { newId } from '../../../src/flow/id.ts'
import type { Order, StepName } from '../../../src/flow/model.ts'
import type { Ports } from '../../../src/flow/ports/index.ts'
import type { TrailEvent } from '../../../src/flow/ports/store.ts'
import { insist } from '../../../src/flow/run.ts'
import { workTask } from '../../../src/flow/work.ts'
import type { openServices } from './doubles.ts'
import type { Act, Plan } from './model.ts'

export type World = {
  readonly client: Client
  readonly vault: ReturnType<typeof createVault>
  readonly services: Awaited<ReturnType<typeof openServices>>
  readonly tenantId: string
}
export type Place = `${StepName} ${'begin' | 'act' | 'commit'}`

/** The process died in the middle of what it did; nothing of it goes on. */
class Death extends Error {}

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

export type Life = Awaited<ReturnType<typeof beginLife>>

export async function beginLife(world: World, plan: Plan) {
  const { client, vault, services, tenantId } = world
  // Whatever the time of day is here, all lives begin at nine in the morning, so that one that failed can be lived again.
  let offset = 24 * hourMs - ((Date.now() + 15 * hourMs) % (24 * hourMs))
  /** Where the next process dies; it does once. */
  let deadly: Place | undefined
  let deaths = 0
  const now = () => new Date(Date.now() + offset)

  /** A process: what it has in hand is lost when it dies. */
  function process() {
    let dead = false
    const alive = <T>(work: () => Promise<T>): Promise<T> => (dead ? Promise.reject(new Death()) : work())
    const options = { client, vault, jobs: { wake: async () => {} }, clockOffsetMs: offset }
    const store = createStore(options)
    const tasks = createTasks(client, offset)
    const ports: Ports = {
      ...services(now),
      store: {
        ...store,
        transaction: (tenant, work) => alive(() => store.transaction(tenant, work)),
        read: (tenant, work) => alive(() => store.read(tenant, work)),
      },
      jobs: options.jobs,
      vault,
      companyRegister: { company: async () => undefined },
      die(step, phase) {
        if (deadly !== `${step} ${phase}`) return
        deadly = undefined
        deaths += 1
        dead = true
        throw new Death()
      },
    }
    return {
      ports,
      options,
      tasks: {
        ...tasks,
        postpone: (...given: Parameters<typeof tasks.postpone>) => alive(() => tasks.postpone(...given)),
      },
    }
  }

  const start = now().getTime()
  const { options, ports } = process()
  const documentId = newId(now())
  const order = await createIntake(options)
    .transaction(tenantId, async (tx) => {
      await tx.insertDocument({
        id: documentId,
        kind: 'contract',
        title: 'Avtale',
        fileName: 'avtale.pdf',
        language: 'nb',
        metadata: { kind: 'contract', title: 'Avtale', parties: [{ name: 'Kari Nordmann' }, { name: 'Ola Nordmann' }] },
        preflight: {},
        pages: 1,
        uploadSha256: randomBytes(32).toString('hex'),
        uploadSize: 1000,
      })
    })
    .then(() =>
      createOrder(
        {
          intake: createIntake(options),
          vault,
          reading: createReading(client),
          companyRegister: ports.companyRegister,
          returnUrlAllow: [],
          syntheticOnly: true,
        },
        {
          tenantId,
          ...(plan.draft && { draft: {} }),
          title: 'Avtale',
          language: 'nb',
          documents: [{ id: documentId, role: 'sign' }],
          signers: plan.groups.map((group) => ({
            role: 'party',
            group,
            name: 'Kari Nordmann',
            person: {},
            level: 'high',
            methods: [],
            language: 'nb',
            mayDelegate: true,
          })),
          groups: [...plan.required].map(([number, required]) => ({ number, required })),
          ...(plan.activateAt !== null && { activateAt: new Date(start + plan.activateAt) }),
          ...(plan.deadline !== null && { deadline: new Date(start + plan.deadline) }),
          ...(plan.reminders && { reminders: plan.reminders }),
        },
        async () => {},
      ),
    )
  const { id } = order

  const read = async (): Promise<Order> => {
    const found = await createReading(client).order(tenantId, id)
    if (!found) throw new Error('the order is gone')
    return found
  }
  /** Signers keep their places; whoever is new comes after them. */
  const known: string[] = []
  async function signerAt(who: number): Promise<string> {
    if (known[who] === undefined) known.push(...(await read()).signers.slice(known.length).map((signer) => signer.id))
    return known[who] ?? newId(now())
  }

  /**
   * Runs whatever is due until nothing is. With `patient`, time goes on by itself: what is due within a minute is waited for, and
   * so is the end of what a dead worker held.
   */
  async function drain(patient = true): Promise<void> {
    for (let turn = 0; turn < 200; turn += 1) {
      const at = now()
      const open = await client.task.findMany({
        where: { orderId: id, state: { in: ['due', 'running'] } },
        orderBy: { dueAt: 'asc' },
      })
      const due = open.find((task) =>
        task.state === 'due' ? task.dueAt <= at : task.lockedUntil !== null && task.lockedUntil < at,
      )
      if (due) {
        const worker = process()
        await workTask(worker.ports, worker.tasks, { step: due.step as StepName, subjectId: due.subjectId }).catch(
          (error: unknown) => {
            if (!(error instanceof Death)) throw error
          },
        )
        continue
      }
      if (!patient) return
      const soon = new Date(at.getTime() + minuteMs)
      if (!open.some((task) => task.state === 'running' || task.dueAt <= soon)) return
      offset += 10 * secondMs
    }
    throw new Error('there is always something to do')
  }

  /** Opens the link, logs in and approves. `until`: leaves after the log-in page, or at BankID's approval. */
  async function visit(who: number, racing: boolean, until?: 'login' | 'approval'): Promise<void> {
    const signer = (await read()).signers[who]
    const signerId = signer?.id ?? newId(now())
    const browserHash = randomBytes(16).toString('hex')
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const { ports: segl } = process()
      const link = await openLink(segl, vault.linkToken(signerId, signer?.linkVersion ?? 1))
      const url = await begin(segl, link, { browserHash, language: 'nb' })
      if (until === 'login') return
      let next: Next = await comeBack(segl, { callback: new URL(url).searchParams, browserHash })
      for (let wait = 0; next.to === 'status' && wait < (racing ? 200 : 1); wait += 1) {
        if (racing) {
          await pause(20)
          await drain(false)
        } else {
          // Somebody who left has the document for five minutes.
          offset += 6 * minuteMs
          await drain()
        }
        next = await comeOn(
          process().ports,
          await openLink(segl, vault.linkToken(signerId, signer?.linkVersion ?? 1)),
          browserHash,
        )
      }
      if (next.to !== 'bankid') continue
      if (until === 'approval') return
      await comeBack(segl, { callback: new URL(next.url).searchParams, browserHash })
      return
    }
    throw new Error('his turn never came')
  }

  async function once(act: Act, racing = false): Promise<void> {
    const { ports: segl } = process()
    const subject = async (who: number) => ({ tenantId, id: await signerAt(who) })
    switch (act.type) {
      case 'sign':
        return visit(act.who, racing)
      case 'leave':
        return visit(act.who, racing, act.who % 2 === 0 ? 'login' : 'approval')
      case 'decline':
        return void (await insist(segl, 'decline', await subject(act.who), { reason: 'Uenig' }))
      case 'replace':
      case 'delegate': {
        const by = act.type === 'replace' ? 'tenant' : 'signer'
        const replacement = { name: 'Kari Nordmann', person: {}, mayDelegate: true }
        return void (await insist(segl, 'replace', await subject(act.who), { by, replacement }))
      }
      case 'cancel':
        return void (await insist(segl, 'cancel', { tenantId, id }, undefined))
      case 'activate':
        return void (await insist(segl, 'activate', { tenantId, id }, { by: 'tenant' }))
      case 'wait':
        offset += act.hours * hourMs
    }
  }

  return {
    id,
    documentId,
    read,
    drain,
    once,
    deaths: () => deaths,
    now,
    elapsed: () => now().getTime() - start,
    /** The last minutes before a deadline are nobody's: what takes minutes would fall on either side of it. */
    skipTo(time: number): void {
      offset += Math.max(0, time - (now().getTime() - start))
    },
    /** The order and what its trail tells, of one moment. */
    look: (): Promise<{ readonly order: Order | undefined; readonly trail: readonly TrailEvent[] }> =>
      createStore(options).read(tenantId, async (tx) => ({ order: await tx.order(id), trail: await tx.trail(id) })),
    /** Does it, dying at the place if it comes there, and doing it again then as people do. True when it was refused. */
    async live(act: Act, place?: Place): Promise<boolean> {
      deadly = place
      let refused = false
      const before = deaths
      await once(act).catch(async (error: unknown) => {
        if (isSeglError(error, 'STATE_CONFLICT', 'NOT_FOUND', 'NO_SLOT_LEFT', 'INVALID_REQUEST')) refused = true
        else if (!(error instanceof Death)) throw error
      })
      if (deaths > before) {
        offset += 40 * secondMs
        await drain()
        await once(act).catch((error: unknown) => {
          if (!isSeglError(error, 'STATE_CONFLICT')) throw error
        })
      }
      await drain()
      deadly = undefined
      return refused && deaths === before
    },
    /** Two at the same time, in different processes. */
    async race(one: Act, other: Act): Promise<void> {
      // Time stands still in a race, and who left before it has the document for five minutes.
      if ((await client.lease.count({ where: { documentId } })) > 0) {
        offset += 6 * minuteMs
        await drain()
      }
      await Promise.all(
        [one, other].map((act) =>
          once(act, true).catch((error: unknown) => {
            if (!isSeglError(error)) throw error
          }),
        ),
      )
      await drain()
    },
  }
}
