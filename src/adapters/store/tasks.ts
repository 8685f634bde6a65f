// Tasks: the truth behind the queue. Retries, back-off and dead letter live here, by the database's clock.
import { newId } from '../../flow/id.ts'
import type { StepName } from '../../flow/model.ts'
import type { Task, Tasks } from '../../flow/ports/tasks.ts'
import type { Client, Db } from './client.ts'
import { inTransaction } from './client.ts'
import type { Prisma } from './generated/client.ts'

/** Makes a step due. The row of the same step and subject is used again, with a higher epoch: the queue's job id is new. */
export async function schedule(
  db: Db,
  task: {
    readonly tenantId: string
    readonly orderId: string
    readonly subjectId: string
    readonly step: StepName
    readonly at?: Date
    readonly now: Date
  },
): Promise<Task> {
  const { tenantId, orderId, subjectId, step, now } = task
  const due = {
    state: 'due',
    dueAt: task.at ?? now,
    attempt: 0,
    lockedUntil: null,
    lastErrorCode: null,
    lastError: null,
    lastErrorCheck: null,
    updatedAt: now,
  }
  const row = await db.task.upsert({
    where: { step_subjectId: { step, subjectId } },
    create: {
      ...due,
      id: newId(now),
      tenantId,
      orderId,
      subjectType: subjectId === orderId ? 'order' : 'signer',
      subjectId,
      step,
      epoch: 1,
      createdAt: now,
    },
    update: { ...due, failureClass: null, epoch: { increment: 1 } },
  })
  return taskFrom(row)
}

export async function finishTask(
  db: Db,
  tenantId: string,
  steps: readonly StepName[],
  subjectId: string,
): Promise<void> {
  const where = { step: { in: [...steps] }, subjectId, tenantId }
  await db.task.updateMany({ where, data: { state: 'done', lockedUntil: null } })
}

export function createTasks(client: Client, clockOffsetMs: number): Tasks {
  const holding = new Set<Task>()
  type Work<T> = (db: Db, now: Date) => Promise<T>
  const asSystem = <T>(work: Work<T>): Promise<T> => inTransaction(client, 'system', work, clockOffsetMs)
  const asTenant = <T>({ tenantId }: Task, work: Work<T>): Promise<T> =>
    inTransaction(client, { tenantId }, work, clockOffsetMs)
  return {
    claim: (step, subjectId, seconds) =>
      asSystem(async (db, now) => {
        const lockedUntil = new Date(now.getTime() + seconds * 1000)
        const [task] = await db.$queryRaw<Task[]>`
          update task set state = 'running', locked_until = ${lockedUntil}, attempt = attempt + 1, updated_at = ${now}
          where id = (
            select id from task where step = ${step} and subject_id = ${subjectId}::uuid
              and ((state = 'due' and due_at <= ${now}) or (state = 'running' and locked_until < ${now}))
            for update skip locked)
          returning id, tenant_id as "tenantId", order_id as "orderId", subject_id as "subjectId", step, epoch, attempt`
        return task
      }),

    hold(task, seconds) {
      const renew = () =>
        asTenant(task, (db, now) => {
          const lockedUntil = new Date(now.getTime() + seconds * 1000)
          return db.task.updateMany({ where: held(task), data: { lockedUntil } })
        })
      // A renewal that fails is made good by the next one.
      const heart = setInterval(() => void renew().catch(() => {}), (seconds * 1000) / 3)
      holding.add(task)
      return () => {
        clearInterval(heart)
        holding.delete(task)
      }
    },

    async postpone(task, { code, detail, check, failureClass, retryAfterSeconds }) {
      await asTenant(task, async (db, now) => {
        const nextTry = retryAfterSeconds === null ? null : new Date(now.getTime() + retryAfterSeconds * 1000)
        const { count } = await db.task.updateMany({
          // Somebody who took the task over meanwhile is not disturbed.
          where: held(task),
          data: {
            state: nextTry ? 'due' : 'dead',
            ...(nextTry ? { dueAt: nextTry } : {}),
            lockedUntil: null,
            lastErrorCode: code,
            lastError: detail,
            lastErrorCheck: check,
            failureClass,
            epoch: { increment: 1 },
            updatedAt: now,
          },
        })
        if (count === 0) return
        const { tenantId, orderId } = task
        // With the dead letter itself: whoever dies here leaves an order that still learns of it.
        if (!nextTry && task.step !== 'fail') {
          await schedule(db, { tenantId, orderId, subjectId: orderId, step: 'fail', now })
        }
        await db.signingOrder.updateMany({
          where: { id: task.orderId, tenantId: task.tenantId },
          data: { attempt: task.attempt, lastErrorCode: code, lastError: detail, nextTry, failureClass },
        })
      })
    },

    async releaseHeld() {
      for (const task of holding) {
        await asTenant(task, (db) =>
          db.task.updateMany({
            where: held(task),
            data: { state: 'due', lockedUntil: null, epoch: { increment: 1 }, attempt: { decrement: 1 } },
          }),
        )
      }
    },

    sweep: (limit, graceSeconds) =>
      asSystem(async (db, now) => {
        // One sweeper at a time; the others find the lock taken and go on working.
        const [lock] = await db.$queryRaw<
          { taken: boolean }[]
        >`select pg_try_advisory_xact_lock(${sweeperLock}) as taken`
        if (!lock?.taken) return []
        const overdue = new Date(now.getTime() - graceSeconds * 1000)
        const rows = await db.$queryRaw<{ id: string }[]>`
          update task set epoch = epoch + 1, state = 'due', locked_until = null, updated_at = ${now}
          where id in (
            select id from task
            where (state = 'due' and due_at <= ${now} and updated_at <= ${overdue}) or (state = 'running' and locked_until < ${now})
            order by due_at limit ${limit} for update skip locked)
          returning id`
        return (await db.task.findMany({ where: { id: { in: rows.map(({ id }) => id) } } })).map(taskFrom)
      }),
  }
}

/** The task as its claimer holds it: another claim has another attempt, and a new wake-up or schedule another epoch. */
const held = ({ id, epoch, attempt }: Task) => ({ id, epoch, attempt, state: 'running' })

/** Key of the sweeper's advisory lock: "segl" and a number. */
const sweeperLock = 0x7365_676c_01n

const taskFrom = (row: Prisma.TaskGetPayload<object>): Task => ({
  id: row.id,
  tenantId: row.tenantId,
  orderId: row.orderId,
  subjectId: row.subjectId,
  step: row.step as StepName,
  epoch: row.epoch,
  attempt: row.attempt,
})
