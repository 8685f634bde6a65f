// The worker's side: takes a task, runs its step, and says what happens after a failure.
import { failureOf } from './failure.ts'
import type { StepName } from './model.ts'
import type { Ports } from './ports/index.ts'
import type { Task, Tasks } from './ports/tasks.ts'
import { type Ran, runAttempt, runStep } from './run.ts'

/** A claimed task is held this long and renewed while it runs; a dead worker's task is free again after it. */
const claimSeconds = 8

export type WorkReport =
  | { readonly result: 'idle' }
  | { readonly result: 'done' | 'already' | 'superseded'; readonly task: Task }
  | { readonly result: 'failed'; readonly task: Task; readonly error: unknown; readonly code: string }

/** Runs the step that is due for the subject, if it still is. Never throws for what the step does: the task says it. */
export async function workTask(
  ports: Ports,
  tasks: Tasks,
  due: { readonly step: StepName; readonly subjectId: string },
): Promise<WorkReport> {
  const task = await tasks.claim(due.step, due.subjectId, claimSeconds)
  if (!task) return { result: 'idle' }
  const letGo = tasks.hold(task, claimSeconds)
  try {
    const ran = await runDue(ports, task)
    if (ran.outcome === 'already') {
      await ports.store.transaction(task.tenantId, (tx) => tx.finishTask(task.step, task.subjectId))
    }
    return { result: ran.outcome, task }
  } catch (error) {
    const failure = failureOf(error, task.attempt, task.step === 'sign' || task.step === 'authorise')
    // What the signer approved cannot become a signature any more: he is asked again, with the reason.
    if (failure.failureClass === 'askSigner') {
      const subject = { tenantId: task.tenantId, id: task.subjectId }
      const voided = await runStep(ports, 'void', subject, { code: failure.code }).catch(() => undefined)
      if (voided) return { result: 'failed', task, error, code: failure.code }
    }
    await tasks.postpone(task, failure)
    if (failure.retryAfterSeconds === null) await tellFailure(ports, task)
    return { result: 'failed', task, error, code: failure.code }
  } finally {
    letGo()
  }
}

/** At once, where it can be; else the task that was written with the dead letter does it. */
async function tellFailure(ports: Ports, { tenantId, orderId }: Task): Promise<void> {
  await runStep(ports, 'fail', { tenantId, id: orderId }, undefined).catch(() => undefined)
}

/** The approval was one for all signers of the attempt, and so is what follows it; the task of each of them finds it done. */
async function authoriseAll(ports: Ports, { tenantId, subjectId }: Task): Promise<Ran<'authorise'>> {
  const ids = await ports.store.read(tenantId, async (tx) => {
    const ceremony = await tx.liveCeremony(subjectId)
    return ceremony?.state === 'authorising' ? tx.ceremonySigners(ceremony.id) : [subjectId]
  })
  return runAttempt(ports, 'authorise', { tenantId, ids }, {})
}

/** Steps that become due on their own, with the input they have then. */
function runDue(ports: Ports, task: Task): Promise<Ran<StepName>> {
  const subject = { tenantId: task.tenantId, id: task.subjectId }
  switch (task.step) {
    case 'activate':
      return runStep(ports, 'activate', subject, { by: 'clock' })
    case 'prepare':
    case 'invite':
    case 'remind':
    case 'tellSender':
    case 'sign':
    case 'augment':
    case 'seal':
    case 'renew':
    case 'expire':
    case 'cancel':
    case 'fail':
      return runStep(ports, task.step, subject, undefined)
    case 'authorise':
      return authoriseAll(ports, task)
    case 'void':
      return runStep(ports, 'void', subject, { code: 'CEREMONY_EXPIRED' })
    case 'beginCeremony':
    case 'identify':
    case 'choose':
    case 'confirmIdentity':
    case 'decline':
    case 'replace':
      // Only a signer's browser or the sender starts these; there is never such a task.
      throw new Error(`${task.step} cannot be due`)
  }
}
