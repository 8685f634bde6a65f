// Steps that went wrong the last time and are still to be done: waiting for their next try, or for a person.
import type { FailureClass, StepName } from '../../flow/model.ts'
import type { FailingStep } from '../../flow/ports/tasks.ts'
import type { Db } from './client.ts'
import type { Prisma } from './generated/client.ts'

export const hasFailed = {
  lastErrorCode: { not: null },
  state: { in: ['due', 'running', 'dead'] },
} satisfies Prisma.TaskWhereInput

export async function failingSteps(db: Db, tenantId: string, orderId: string): Promise<readonly FailingStep[]> {
  const rows = await db.task.findMany({ where: { orderId, tenantId, ...hasFailed }, orderBy: { createdAt: 'asc' } })
  return rows.map((row) => ({
    step: row.step as StepName,
    signerId: row.subjectType === 'signer' ? row.subjectId : null,
    failureClass: (row.failureClass ?? 'retry') as FailureClass,
    code: row.lastErrorCode ?? 'INTERNAL',
    detail: row.lastError ?? '',
    check: row.lastErrorCheck,
    attempt: row.attempt,
    nextTry: row.state === 'dead' ? null : row.dueAt,
  }))
}
