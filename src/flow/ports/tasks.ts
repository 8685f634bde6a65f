// What has to be done, and who does it when: the rows behind the queue, and the queue's wake-up calls.
import type { FailureClass, StepName } from '../model.ts'

/** A step that has to be done: the truth behind the queue. One row per (step, subject). */
export type Task = {
  readonly id: string
  readonly tenantId: string
  readonly orderId: string
  readonly subjectId: string
  readonly step: StepName
  /** Raised every time the step is woken again, so that the queue's job id is new. */
  readonly epoch: number
  readonly attempt: number
}

/** A step of ours that did not succeed yet: who has to do something, and when it is tried again. */
export type FailingStep = {
  readonly step: StepName
  /** The signer it is about; null for a step of the whole order. */
  readonly signerId: string | null
  readonly failureClass: FailureClass
  readonly code: string
  readonly detail: string
  /** Id of the check that the finished file failed, where it did. */
  readonly check: string | null
  /** Tries so far. */
  readonly attempt: number
  /** Null: it is not tried again before a person says so (`retry`). */
  readonly nextTry: Date | null
}

/** The worker's side of tasks: no tenant, by the database's clock. */
export interface Tasks {
  /** Takes a due task (or one whose holder ran out of time) for `seconds`; undefined when it is done, taken or not due. */
  claim(step: StepName, subjectId: string, seconds: number): Promise<Task | undefined>
  /**
   * Goes on holding a claimed task, `seconds` at a time, until the answer is called. A holder that sleeps longer than that
   * loses it; what he then writes is fenced off by the epoch of the step's subject.
   */
  hold(task: Task, seconds: number): () => void
  /** Puts a failed task off for so many seconds (null: dead letter, and the step `fail` is due) with its reason. */
  postpone(
    task: Task,
    reason: {
      readonly code: string
      readonly detail: string
      readonly check: string | null
      readonly failureClass: FailureClass
      readonly retryAfterSeconds: number | null
    },
  ): Promise<void>
  /** Gives back, untouched, whatever this process holds (graceful stop): another worker may take it at once. */
  releaseHeld(): Promise<void>
  /** Raises the epoch of up to `limit` overdue tasks and answers them, for the queue to wake. */
  sweep(limit: number, graceSeconds: number): Promise<readonly Task[]>
}

/** Wakes a worker. Losing a wake-up costs seconds, never work. */
export interface Jobs {
  wake(tasks: readonly Task[]): Promise<void>
}
