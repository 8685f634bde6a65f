// Signature activation data (CSC 2.0.0.2 §11.6): what credentials/authorize hands out where there is no second redirect.
import { randomBytes } from 'node:crypto'
import type { Approval } from './approval.ts'
import { type Clock, plusSeconds } from './clock.ts'
import type { Phone } from './phone.ts'
import { createShelf, type Shelf } from './state-files.ts'

/** Seconds; also the longest that a handle waits for the phone. */
export const sadLifetime = 300

type Granted = { grantId: string; approval: Approval }
type Waiting = Granted & { requestId: string }

export type Activation = {
  /** Approved by having logged in. */
  grant(granted: Granted): string
  /** Approved by the phone, later: the handle to ask with. */
  wait(waiting: Waiting): string
  /** What has become of a handle of this login. */
  check(
    handle: string,
    grantId: string,
  ): { state: 'waiting' } | { state: 'granted'; sad: string } | { state: 'refused' }
  /** The approval behind a SAD of this login, which it leaves valid. */
  approvalOf(sad: string, grantId: string): Approval | undefined
  spend(sad: string): void
  sweep(): number
}

export const createActivation = (folder: string, clock: Clock, phone: Phone): Activation => {
  const sads: Shelf<Granted> = createShelf(`${folder}/sad`, clock, (value) => value as Granted)
  const handles: Shelf<Waiting> = createShelf(`${folder}/handles`, clock, (value) => value as Waiting)
  const expiry = (): Date => plusSeconds(clock(), sadLifetime)
  const fresh = (): string => randomBytes(32).toString('base64url')

  const grant = (granted: Granted): string => {
    const sad = fresh()
    sads.put(sad, granted, expiry())
    return sad
  }
  return {
    grant,
    wait(waiting) {
      const handle = fresh()
      handles.put(handle, waiting, expiry())
      return handle
    },
    check(handle, grantId) {
      const waiting = handles.get(handle)
      if (waiting?.grantId !== grantId) return { state: 'refused' }
      const status = phone.find(waiting.requestId)?.status
      if (status === 'pending') return { state: 'waiting' }
      handles.remove(handle)
      phone.remove(waiting.requestId)
      return status === 'approved'
        ? { state: 'granted', sad: grant({ grantId, approval: waiting.approval }) }
        : { state: 'refused' }
    },
    approvalOf(sad, grantId) {
      const granted = sads.get(sad)
      return granted?.grantId === grantId ? granted.approval : undefined
    },
    spend: (sad) => sads.remove(sad),
    sweep: () => sads.sweep() + handles.sweep(),
  }
}
