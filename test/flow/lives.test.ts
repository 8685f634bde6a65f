// Random lives of orders against a page of rules (lives/model.ts): real flow, real database; the states agree, the trail explains each.
// 500 lives; SEED=random LIVES=10000 TEST_TIMEOUT_MS=36000000 npm test -- test/flow/lives for a long walk. A failure names the seed and the shortest life that shows it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { addTenant, type Client, connect } from '../../src/adapters/store/index.ts'
import { createVault } from '../../src/adapters/vault/index.ts'
import type { StepName } from '../../src/flow/model.ts'
import { osloClock } from '../../src/flow/oslo-time.ts'
import type { TrailEvent } from '../../src/flow/ports/store.ts'
import { chainFault } from '../../src/kernel/evidence/index.ts'
import { testDatabase } from '../support/database.ts'
import { needs } from '../support/outside.ts'
import { auditSheets, openServices } from './lives/doubles.ts'
import { beginLife, type Life, type Place, type World } from './lives/driver.ts'
import { type Act, after as afterAct, allows, born, isLate, isLeft, type Model, type Plan } from './lives/model.ts'
import { timely } from './lives/times.ts'

const lives = Number(process.env['LIVES'] ?? 500)
/** The same lives at every run, so that a failure is about what was changed; SEED=random looks for new ones. */
const seed = process.env['SEED'] === 'random' ? Date.now() % 2 ** 31 : Number(process.env['SEED'] ?? 20_261_122)
/** Ends a long walk after this time, whatever is left of it. */
const minutes = Number(process.env['LIVES_MINUTES'] ?? 0)
const atOnce = 4
const hourMs = 3600_000

type Event = { readonly act: Act; readonly place?: Place; readonly race?: Act }

const plans: fc.Arbitrary<Plan> = fc
  .record({
    steps: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
    required: fc.array(fc.option(fc.integer({ min: 1, max: 3 }), { freq: 2 }), { minLength: 4, maxLength: 4 }),
    draft: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
    activate: fc.option(fc.integer({ min: 20, max: 70 }), { freq: 2 }),
    deadline: fc.option(fc.integer({ min: 24, max: 200 }), { freq: 2 }),
    reminders: fc.option(
      fc.record({
        afterDays: fc.integer({ min: 1, max: 3 }),
        everyDays: fc.integer({ min: 1, max: 2 }),
        maximum: fc.integer({ min: 1, max: 3 }),
      }),
    ),
  })
  .map(({ steps, required, draft, activate, deadline, reminders }) => {
    const groups = [1]
    for (const next of steps) groups.push((groups.at(-1) ?? 1) + (next ? 1 : 0))
    const size = (group: number) => groups.filter((one) => one === group).length
    const rules = [...new Set(groups)].flatMap((group): [number, number][] => {
      const wanted = required[group - 1]
      return wanted == null ? [] : [[group, Math.min(wanted, size(group))]]
    })
    return {
      groups,
      required: new Map(rules),
      draft,
      activateAt: activate === null ? null : activate * hourMs,
      deadline: deadline === null ? null : ((activate ?? 0) + deadline) * hourMs,
      reminders,
    }
  })

const who = fc.nat({ max: 5 })
const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: who.map((n): Act => ({ type: 'sign', who: n })) },
  { weight: 2, arbitrary: who.map((n): Act => ({ type: 'decline', who: n })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('replace' as const, 'delegate' as const), who)
      .map(([type, n]): Act => ({ type, who: n })),
  },
  { weight: 1, arbitrary: who.map((n): Act => ({ type: 'leave', who: n })) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 60 }).map((hours): Act => ({ type: 'wait', hours })) },
  // A month, in which what is signed gets a time-stamp.
  { weight: 3, arbitrary: fc.integer({ min: 700, max: 900 }).map((hours): Act => ({ type: 'wait', hours })) },
  { weight: 2, arbitrary: fc.constant<Act>({ type: 'activate' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ type: 'cancel' }) },
)
/** Steps that an act leads to, at once or by the worker. */
const leadsTo: Readonly<Record<Act['type'], readonly StepName[]>> = {
  sign: ['beginCeremony', 'identify', 'authorise', 'sign', 'seal'],
  leave: ['beginCeremony', 'identify'],
  decline: ['decline', 'seal'],
  replace: ['replace'],
  delegate: ['replace'],
  cancel: ['cancel', 'seal'],
  activate: ['activate', 'prepare', 'invite'],
  wait: ['activate', 'prepare', 'invite', 'remind', 'expire', 'void', 'augment', 'seal'],
}
const phases = ['begin', 'act', 'commit'] as const
const placed = (act: Act): fc.Arbitrary<Event> =>
  fc
    .tuple(fc.constantFrom(...leadsTo[act.type]), fc.constantFrom(...phases))
    .map(([step, phase]) => ({ act, place: `${step} ${phase}` as const }))
const events: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: acts.map((act) => ({ act })) },
  { weight: 3, arbitrary: acts.chain(placed) },
  { weight: 1, arbitrary: fc.tuple(acts, acts).map(([act, race]) => ({ act, race })) },
)

describe('the lives of orders', { skip: needs('openssl') }, () => {
  let world: World
  let client: Client
  const seen = { acts: 0, refused: 0, deaths: 0, races: 0, augmented: 0, ends: new Map<string, number>() }

  before(async () => {
    client = connect(await testDatabase(), 12)
    const tenantId = await addTenant(client, { name: 'Livet AS', organisationNumber: '310000019' }, new Date())
    const [encryptionKey, hmacKey, linkKey] = [randomBytes(32), randomBytes(32), randomBytes(32)]
    world = {
      client,
      tenantId,
      services: await openServices(),
      vault: createVault({ encryptionKey, hmacKey, linkKey }),
    }
  })
  after(async () => {
    const report = JSON.stringify({ ...seen, ends: Object.fromEntries(seen.ends), seed })
    process.stdout.write(`lives: ${report}\n`)
    const file = process.env['LIVES_REPORT']
    if (file) writeFileSync(file, `${report}\n`)
    await client?.$disconnect()
  })

  it(`agree with the rules, ${lives} of them, whatever dies and whoever comes first`, {
    timeout: 24 * hourMs,
  }, async () => {
    // One that fails goes on alone, to find its shortest life.
    let broken: number | undefined
    const property = (index: number) =>
      fc.asyncProperty(plans, fc.array(events, { minLength: 1, maxLength: 10 }), async (plan, story) => {
        if (broken !== undefined && broken !== index) return
        await live(plan, story).catch((error: unknown) => {
          broken ??= index
          throw error
        })
      })
    await Promise.all(
      Array.from({ length: atOnce }, (_, index) =>
        fc.assert(property(index), {
          seed: seed + index,
          numRuns: Math.ceil(lives / atOnce),
          endOnFailure: lives > 1000,
          ...(minutes > 0 && { interruptAfterTimeLimit: minutes * 60_000 }),
        }),
      ),
    )
  })

  async function live(plan: Plan, story: readonly Event[]): Promise<void> {
    const life = await beginLife(world, plan)
    let model = born(plan)
    await life.drain()
    model = afterAct(plan, model, { type: 'wait', hours: 0 }, life.elapsed())
    await agree(life, plan, [model])
    for (const { act: given, place, race } of story) {
      model = afterAct(plan, model, { type: 'wait', hours: 0 }, await keepClear(life, plan))
      const act = among(model, given)
      seen.acts += 1
      if (race && canRace(act, among(model, race))) {
        const other = among(model, race)
        const at = life.elapsed()
        await life.race(act, other)
        seen.races += 1
        const [one, two] = [
          afterAct(plan, afterAct(plan, model, act, at), other, at),
          afterAct(plan, afterAct(plan, model, other, at), act, at),
        ]
        model = await agree(life, plan, [one, two])
      } else {
        const allowed = allows(plan, model, act, life.elapsed())
        const refused = await life.live(act, place)
        if (refused) seen.refused += 1
        assert.ok(!(allowed && refused), `${act.type} was refused though the rules allow it`)
        model = await agree(life, plan, [afterAct(plan, model, act, life.elapsed())])
      }
    }
    await endOf(life, plan, model)
    seen.deaths += life.deaths()
  }

  /** Whoever can still sign does, and the order comes to its end; then nothing is left to do. */
  async function endOf(life: Life, plan: Plan, given: Model): Promise<void> {
    let model = given
    for (let turn = 0; turn < 20; turn += 1) {
      model = afterAct(plan, model, { type: 'wait', hours: 0 }, await keepClear(life, plan))
      const next = model.signers.findIndex(({ state }) => state === 'ready')
      const act: Act | undefined =
        model.state === 'draft'
          ? { type: isLate(plan, life.elapsed()) ? 'cancel' : 'activate' }
          : model.state === 'scheduled'
            ? { type: 'wait', hours: 80 }
            : next >= 0
              ? { type: 'sign', who: next }
              : undefined
      if (!act) break
      await life.live(act)
      model = await agree(life, plan, [afterAct(plan, model, act, life.elapsed())])
    }
    const order = await life.read()
    assert.ok(['completed', 'declined', 'cancelled', 'expired'].includes(order.state), order.state)
    seen.ends.set(order.state, (seen.ends.get(order.state) ?? 0) + 1)
    const orderId = life.id
    const left = await client.task.findMany({ where: { orderId, state: { not: 'done' }, step: { not: 'renew' } } })
    assert.deepEqual(
      left.map(({ step, state }) => [step, state]),
      [],
      'nothing is left to do',
    )
    assert.equal(await client.lease.count({ where: { documentId: life.documentId } }), 0, 'nobody holds a document')
    const signed = order.signers.filter(({ state }) => state === 'signed').length
    const revisions = await client.revision.findMany({
      where: { documentId: life.documentId },
      orderBy: { number: 'asc' },
    })
    const kinds = revisions.map(({ kind }) => kind).filter((kind) => kind !== 'upload' && kind !== 'prepared')
    const sealed = signed > 0 ? ['seal', 'archive'] : []
    // Time-stamps of what was open for long stand between, each behind a signature that waited, and the trail tells of each.
    const between = kinds.slice(0, -1).flatMap((kind, index) => (kind === 'archive' ? [index] : []))
    assert.deepEqual(
      kinds.filter((_, index) => !between.includes(index)),
      [...Array<string>(signed).fill('signature'), ...sealed],
    )
    for (const index of between) assert.equal(kinds[index - 1], 'signature', kinds.join(' '))
    const { trail } = await life.look()
    assert.equal(trail.filter(({ type }) => type === 'order.augmented').length, between.length)
    seen.augmented += between.length
    for (const { id, state } of order.signers) {
      const embedded = await client.signature.count({ where: { signerId: id, state: 'embedded' } })
      assert.equal(embedded, state === 'signed' ? 1 : 0, `signatures of somebody who is ${state}`)
    }
    assert.ok(Math.max(...order.signers.map(({ slot }) => slot)) <= order.slots, 'nobody is beyond the slots')
  }

  /** Compares with what the model allows; answers the model that it is. */
  async function agree(life: Life, plan: Plan, models: readonly Model[]): Promise<Model> {
    const { order, trail } = await life.look()
    assert.ok(order)
    const actual = told({ state: order.state, signers: order.signers })
    // After a race the two models may look alike and have people in each other's places, which shows when a group has its turn.
    const places = groupsOf(order.signers)
    const model = models.find((one) => told(one) === actual && groupsOf(one.signers) === places)
    const possible = models.map((one) => `${told(one)} in groups ${groupsOf(one.signers)}`)
    assert.ok(model, `${actual} in groups ${places} is none of ${possible.join(' | ')}`)
    // The lowest group that is not settled has the turn, and nobody after it.
    const open = model.signers.filter(isLeft).map(({ group }) => group)
    for (const { state, group } of model.signers) {
      if (model.state === 'open' && state === 'ready') assert.equal(group, Math.min(...open))
    }
    const chained = trail.map((event) => ({ ...event, order: life.id, time: event.time.toISOString() }))
    assert.equal(chainFault(chained), undefined, 'the trail chains')
    const stamps = await client.signature.findMany({ where: { orderId: life.id, state: 'embedded' } })
    timely({ order, trail, stamps, now: life.now(), sheet: auditSheets.get(life.id) })
    assert.equal(told(explained(trail)), actual, 'the trail explains every state')
    remindedByDay(trail, plan)
    return model
  }
})

/** Waiting for BankID is being ready; preparing and sealing are over when nothing is left to do. */
const told = ({
  state,
  signers,
}: {
  readonly state: string
  readonly signers: readonly { readonly state: string }[]
}) =>
  `${state}: ${signers.map((one) => (['atBankid', 'identified'].includes(one.state) ? 'ready' : one.state)).join(' ')}`

const groupsOf = (signers: readonly { readonly group: number }[]): string => signers.map(({ group }) => group).join()

/** Order and signers as the trail alone tells of them. */
function explained(trail: readonly TrailEvent[]): { readonly state: string; readonly signers: { state: string }[] } {
  let state = ''
  const signers = new Map<string, { state: string }>()
  const set = (id: string | null, to: string) => signers.set(id ?? '', { state: to })
  const endAll = (to: string) => {
    for (const [id, one] of signers) if (['waiting', 'ready'].includes(one.state)) set(id, to)
  }
  for (const { type, signerId, data } of trail) {
    switch (type) {
      case 'order.drafted':
      case 'order.received':
        state = type === 'order.drafted' ? 'draft' : 'received'
        for (const { signer } of data['signers'] as { signer: string }[]) set(signer, 'waiting')
        break
      case 'order.scheduled':
        state = 'scheduled'
        break
      case 'order.opened':
        state = 'open'
        break
      case 'signer.invited':
        set(signerId, 'ready')
        break
      case 'signer.replaced':
      case 'signer.delegated':
        set(signerId, 'replaced')
        set(String(data['successor']), 'waiting')
        break
      case 'signer.signed':
      case 'signer.declined':
      case 'signer.notApplicable':
        set(signerId, type.slice('signer.'.length))
        break
      case 'order.declined':
      case 'order.cancelled':
      case 'order.expired':
        state = type.slice('order.'.length)
        endAll(state === 'expired' ? 'expired' : 'notApplicable')
        break
      case 'order.sealed':
        state = String(data['outcome'])
        break
    }
  }
  return { state, signers: [...signers.values()] }
}

function remindedByDay(trail: readonly TrailEvent[], { reminders }: Plan): void {
  const reminded = trail.filter(({ type }) => type === 'signer.reminded')
  for (const { time, signerId, data } of reminded) {
    const shown = osloClock(time).time
    assert.ok(shown >= '08:00:00' && shown < '20:00:00', `reminded at ${shown}`)
    assert.ok(reminders && Number(data['number']) <= reminders.maximum, 'not more often than the order says')
    const same = reminded.filter((other) => other.signerId === signerId && other.data['number'] === data['number'])
    assert.equal(same.length, 1, 'each reminder once')
  }
}

/** People that there are; mostly such as can do it. */
function among(model: Model, act: Act): Act {
  if (!('who' in act)) return act
  const replacing = act.type === 'replace' || act.type === 'delegate'
  const able = model.signers.flatMap((signer, index) =>
    (replacing ? isLeft(signer) : signer.state === 'ready') ? [index] : [],
  )
  const chosen = act.who === 5 ? undefined : able[act.who % Math.max(1, able.length)]
  return { ...act, who: chosen ?? act.who % model.signers.length }
}

/** What is done within minutes must not lie on both sides of an instant at which the order goes on by itself. */
async function keepClear(life: Life, { activateAt, deadline }: Plan): Promise<number> {
  for (const time of [activateAt, deadline]) {
    const left = time === null ? 0 : time - life.elapsed()
    if (time !== null && left > 0 && left < 2 * hourMs) {
      life.skipTo(time + 60_000)
      await life.drain()
    }
  }
  return life.elapsed()
}

/** One person does one thing at a time, and time goes on for both. */
const canRace = (one: Act, other: Act): boolean =>
  ![one, other].some(({ type }) => type === 'wait' || type === 'leave') &&
  !(one.type === 'sign' && other.type === 'sign' && one.who === other.who)
