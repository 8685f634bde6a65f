// Which page a signer sees at each stage of his visit.
import type { Stage, Visit } from '../../flow/ceremony.ts'
import type { Order } from '../../flow/model.ts'
import { documentsToSign, isSettled } from '../../flow/order.ts'
import {
  type ClosedView,
  closedPage,
  declinedPage,
  donePage,
  type Frame,
  laterPage,
  type NextView,
  type PostForm,
  processingPage,
  startPage,
  waitingPage,
} from '../view/index.ts'
import { csrfToken } from './session.ts'

/** Minutes that another signer's lease may last (flow/identify.ts: 300 s). */
const leaseMinutes = 5
const secondsToReturn = 10

export const beginForm = (link: string): PostForm => ({ action: '/sign/begin', csrf: csrfToken(link) })

export function stagePage(frame: Frame, stage: Stage, visit: Visit, link: string): string {
  const { order, signer } = visit
  switch (stage) {
    case 'start':
      return startPage(frame, {
        organisation: order.organisation,
        documents: order.documents.map((document) => ({
          title: document.title,
          kind: document.kind,
          role: document.role,
          pages: document.pages,
          size: document.uploadSize,
          sha256: document.uploadSha256,
          url: `/sign/documents/${document.id}`,
        })),
        deadline: order.deadline,
        voided: signer.reasonCode,
        sign: beginForm(link),
        decline: { action: '/sign/decline', csrf: csrfToken(link) },
      })
    case 'waiting':
      return waitingPage(frame, { name: null, minutes: leaseMinutes, refresh: { seconds: 2, url: '/sign/continue' } })
    case 'processing':
      return processingPage(frame, { refresh: { seconds: 1, url: '/sign' } })
    case 'later':
      return laterPage(frame, {
        notOpen: order.state !== 'open',
        opens: order.state === 'scheduled' ? order.activateAt : null,
        signed: order.signers.filter(({ state }) => state === 'signed').length,
        total: order.signers.length,
        deadline: order.deadline,
        refresh: { seconds: 60, url: '/sign' },
      })
    case 'signed':
      return donePage(frame, {
        documents: order.documents
          .filter(({ role }) => role === 'sign')
          .map(({ title, uploadSha256 }) => ({ title, sha256: uploadSha256 })),
        name: signer.signedName ?? '',
        role: signer.role,
        onBehalfOf: signer.onBehalfOf,
        signedAt: signer.signedAt ?? visit.now,
        level: signer.level,
        orderId: order.id,
        remaining: order.signers.filter((other) => !isSettled(other)).length,
        downloadUrl: downloadUrl(order),
        next: nextView(order, signer.id, 'signed'),
      })
    case 'declined':
      return declinedPage(frame, {
        organisation: order.organisation?.name ?? null,
        reason: signer.reason ?? '',
        next: nextView(order, signer.id, 'declined'),
      })
    case 'closed': {
      const outcome = whyClosed(visit)
      return closedPage(frame, { outcome, next: nextView(order, signer.id, outcome) })
    }
  }
}

/** The order's end; or, while it goes on for others, why it does not for him. */
function whyClosed({ order: { outcome }, signer }: Visit): ClosedView['outcome'] {
  if (signer.state === 'replaced') return 'replaced'
  if (signer.state === 'notApplicable' && (outcome === null || outcome === 'completed')) return 'notApplicable'
  return outcome ?? 'cancelled'
}

function downloadUrl(order: Order): string | null {
  const [document] = documentsToSign(order)
  return document ? `/sign/documents/${document.id}/signed` : null
}

/** Back to the accounting system, which was on the allow-list when the order was made, with the outcome. */
function nextView(order: Order, signerId: string, outcome: string): NextView | null {
  if (order.returnUrl === null) return null
  const url = new URL(order.returnUrl)
  url.searchParams.set('order', order.id)
  url.searchParams.set('signer', signerId)
  url.searchParams.set('outcome', outcome)
  return { url: url.href, seconds: secondsToReturn }
}
