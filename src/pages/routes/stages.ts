// Which page a signer sees at each stage of his visit.
import { SeglError } from '../../errors.ts'
import type { Offer, Visit } from '../../flow/ceremony.ts'
import type { Member, Order, OrderDocument, SigningSession } from '../../flow/model.ts'
import { documentsToSign, isSettled } from '../../flow/order.ts'
import type { Stage } from '../../flow/stage.ts'
import {
  awaitingPage,
  type ChoiceView,
  type ChooseView,
  type ClosedView,
  choosePage,
  closedPage,
  type DocumentView,
  declinedPage,
  donePage,
  type Frame,
  laterPage,
  type NextView,
  type PostForm,
  processingPage,
  severalStartPage,
  startPage,
  stoppedPage,
  waitingPage,
} from '../view/index.ts'
import { csrfToken } from './session.ts'

/** Minutes that another signer's lease may last (flow/build-turn.ts: 300 s). */
const leaseMinutes = 5
const secondsToReturn = 10

export const beginForm = (link: string): PostForm => ({ action: '/sign/begin', csrf: csrfToken(link) })

export type Seen = {
  readonly frame: Frame
  readonly stage: Stage
  readonly visit: Visit
  readonly link: string
  /** At stage `choose`. */
  readonly offer: Offer | undefined
  /** Signers of the attempt that this browser approved. */
  readonly together: readonly Member[]
}

export function stagePage({ frame, stage, visit, link, offer, together }: Seen): string {
  const [first] = visit.members
  if (!first) throw new SeglError('LINK_INVALID', 'This link leads to nothing.')
  const { order, signer } = first
  switch (stage) {
    case 'choose':
      if (!offer) return processingPage(frame, { refresh: { seconds: 1, url: '/sign' } })
      return choosePage(frame, chooseView(offer, visit, link))
    case 'start':
      if (visit.session) {
        const done = visit.members.filter((member) => member.signer.state === 'signed').length
        const waiting = visit.members.filter((member) => !isSettled(member.signer)).length
        return severalStartPage(frame, { waiting, signed: done, sign: beginForm(link) })
      }
      return startPage(frame, {
        organisation: order.organisation,
        documents: order.documents.map(documentView),
        deadline: order.deadline,
        voided: signer.reasonCode,
        sign: beginForm(link),
        ...(signer.mayDelegate && { delegate: { action: '/sign/delegate', csrf: csrfToken(link) } }),
        decline: { action: '/sign/decline', csrf: csrfToken(link) },
      })
    case 'waiting':
      return waitingPage(frame, { name: null, minutes: leaseMinutes, refresh: { seconds: 2, url: '/sign/continue' } })
    case 'processing':
      return processingPage(frame, { refresh: { seconds: 1, url: '/sign' } })
    case 'awaitingSender':
      return awaitingPage(frame, {
        organisation: order.organisation,
        ...(!visit.session && { decline: { action: '/sign/decline', csrf: csrfToken(link) } }),
        again: '/sign',
      })
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
      if (visit.session) return severalDone(frame, visit, visit.session)
      return donePage(frame, {
        documents: signedDocuments([first]),
        together: signedDocuments(together.filter((member) => member.order.id !== order.id)),
        name: signer.signedName ?? '',
        role: signer.role,
        onBehalfOf: signer.onBehalfOf,
        signedAt: signer.signedAt,
        level: signer.level,
        orderId: order.id,
        remaining: order.signers.filter((other) => !isSettled(other)).length,
        stopped: order.state === 'failed',
        downloadUrl: downloadUrl(order),
        next: nextView(order, signer.id, 'signed'),
      })
    case 'declined':
      return declinedPage(frame, {
        organisation: order.organisation?.name ?? null,
        reason: signer.reason ?? '',
        next: nextView(order, signer.id, 'declined'),
      })
    case 'stopped':
      return stoppedPage(frame, { url: '/sign' })
    case 'closed': {
      const outcome = whyClosed(first)
      return closedPage(frame, { outcome, next: nextView(order, signer.id, outcome) })
    }
  }
}

function chooseView({ offered, most, ceremony }: Offer, visit: Visit, link: string): ChooseView {
  let room = most
  let crowded = false
  const choices = offered.map(({ member, obstacle }): ChoiceView & { readonly own: boolean } => {
    const { order, signer } = member
    const size = documentsToSign(order).length
    const fits = obstacle === null && size <= room
    if (fits) room -= size
    else if (obstacle === null) crowded = true
    return {
      id: signer.id,
      title: order.title,
      organisation: order.organisation?.name ?? null,
      documents: order.documents.map(documentView),
      obstacle,
      chosen: fits,
      own: visit.session === null && visit.members.some((one) => one.signer.id === signer.id),
    }
  })
  const csrf = csrfToken(link)
  const own = choices.filter((choice) => choice.own)
  return {
    name: ceremony.identity?.name ?? '',
    own,
    others: choices.filter((choice) => !choice.own),
    most: crowded ? most : null,
    sign: { action: '/sign/choose', csrf },
    only: own.some(({ obstacle }) => obstacle === null || obstacle === 'DOCUMENT_BUSY')
      ? { action: '/sign/only', csrf }
      : null,
  }
}

function severalDone(frame: Frame, visit: Visit, session: SigningSession): string {
  const signed = visit.members.filter(({ signer }) => signer.state === 'signed')
  return donePage(frame, {
    documents: signedDocuments(signed),
    together: [],
    name: signed[0]?.signer.signedName ?? '',
    role: null,
    onBehalfOf: null,
    signedAt: null,
    level: signed.some(({ signer }) => signer.level === 'high') ? 'high' : 'substantial',
    orderId: null,
    remaining: null,
    stopped: signed.some(({ order }) => order.state === 'failed'),
    downloadUrl: null,
    next: sessionNext(session),
  })
}

const signedDocuments = (members: readonly Member[]) =>
  members
    .filter(({ signer }) => signer.state === 'signed' || signer.state === 'authorised')
    .flatMap(({ order, signer: { signedAt } }) =>
      documentsToSign(order).map(({ title, uploadSha256 }) => ({ title, sha256: uploadSha256, signedAt })),
    )

const documentView = (document: OrderDocument): DocumentView => ({
  title: document.title,
  kind: document.kind,
  role: document.role,
  pages: document.pages,
  size: document.uploadSize,
  sha256: document.uploadSha256,
  url: `/sign/documents/${document.id}`,
})

function sessionNext({ id, returnUrl }: SigningSession): NextView | null {
  if (returnUrl === null) return null
  const url = new URL(returnUrl)
  url.searchParams.set('session', id)
  return { url: url.href, seconds: secondsToReturn }
}

/** The order's end; or, while it goes on for others, why it does not for him. */
function whyClosed({ order: { outcome }, signer }: Member): ClosedView['outcome'] {
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
