// The signer's visit, from his link to the end: who a link belongs to, and the two walks to BankID and back.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isSeglError, SeglError } from '../errors.ts'
import { newId } from './id.ts'
import type { Ceremony, Language, Order, Signer } from './model.ts'
import { finalOrderStates } from './order.ts'
import type { Ports } from './ports/index.ts'
import type { Redirect } from './ports/trust-services.ts'
import { type Ran, runStep } from './run.ts'

export type Visit = { readonly order: Order; readonly signer: Signer; readonly now: Date }

/** Where the browser goes next. `waiting`: somebody else is signing one of the documents right now. */
export type Next =
  | { readonly to: 'bankid'; readonly url: string }
  | { readonly to: 'waiting' }
  | { readonly to: 'status' }

/** Changes nothing. Throws LINK_INVALID for what is no link of ours, LINK_VOID for one that was replaced. */
export async function openLink(ports: Ports, token: string): Promise<Visit> {
  const signerId = ports.vault.signerOfLinkToken(token)
  const tenantId = signerId === undefined ? undefined : await ports.store.tenantOfSigner(signerId)
  if (signerId === undefined || tenantId === undefined) throw invalidLink()
  const { order, now } = await ports.store.read(tenantId, async (tx) => ({
    order: await tx.orderOfSigner(signerId),
    now: tx.now,
  }))
  const signer = order?.signers.find(({ id }) => id === signerId)
  if (!order || !signer) throw invalidLink()
  if (!same(token, ports.vault.linkToken(signer.id, signer.linkVersion))) {
    // A token of an earlier version was a link once; anything else never was.
    for (let version = signer.linkVersion - 1; version > 0; version -= 1) {
      if (same(token, ports.vault.linkToken(signer.id, version))) {
        throw new SeglError('LINK_VOID', 'This link has been replaced. Use the newest one, or ask the sender for it.')
      }
    }
    throw invalidLink()
  }
  return { order, signer, now }
}

/** A new attempt in this browser; answers the URL of BankID's log-in. STATE_CONFLICT when it is not his turn. */
export async function begin(
  ports: Ports,
  { order, signer, now }: Visit,
  input: { readonly browserHash: string; readonly language: Language },
): Promise<string> {
  const ran = await runStep(ports, 'beginCeremony', subjectOf(order, signer.id), {
    ...input,
    ceremonyId: newId(now),
    redirect: newRedirect(),
  })
  if (ran.outcome !== 'done') throw overtaken()
  return ran.answer.url
}

/**
 * The browser is back from BankID with `callback`, from either redirect. A failure voids the attempt with its reason and is
 * thrown on. SESSION_INVALID when it is another browser than the one that began.
 */
export async function comeBack(
  ports: Ports,
  input: { readonly callback: URLSearchParams; readonly browserHash: string | undefined },
): Promise<Next> {
  const state = input.callback.get('state') ?? ''
  const tenantId = state === '' ? undefined : await ports.store.tenantOfOauthState(state)
  const ceremony = tenantId && (await ports.store.read(tenantId, (tx) => tx.ceremonyByOauthState(state)))
  if (!ceremony) throw new SeglError('SESSION_INVALID', 'This log-in is not one of ours, or it has been used.')
  if (input.browserHash === undefined || !same(input.browserHash, ceremony.browserHash)) {
    throw new SeglError(
      'SESSION_INVALID',
      'This log-in was begun in another browser. Open your link again in this one.',
    )
  }
  // The back button and double submits: what has happened stays as it is.
  const expected = ceremony.redirectKind === 'login' ? 'atBankid' : 'identified'
  if (ceremony.state !== expected) return { to: 'status' }
  return orVoid(ports, ceremony, async () => {
    if (ceremony.redirectKind === 'login') return identifyIn(ports, ceremony, input.callback)
    await runStep(ports, 'authorise', subjectOf(ceremony, ceremony.signerId), {
      from: {
        ceremonyId: ceremony.id,
        callback: input.callback,
        approvalSeconds: ports.remoteSigning.approvalSeconds,
      },
    })
    return { to: 'status' }
  })
}

/** Tries again to get the turn that somebody else had. */
export async function comeOn(ports: Ports, visit: Visit, browserHash: string | undefined): Promise<Next> {
  const ceremony = await ports.store.read(visit.order.tenantId, (tx) => tx.liveCeremony(visit.signer.id))
  if (ceremony?.state !== 'identified' || ceremony.fencing !== null) return { to: 'status' }
  if (browserHash === undefined || !same(browserHash, ceremony.browserHash)) return { to: 'status' }
  return orVoid(ports, ceremony, () => identifyIn(ports, ceremony, undefined))
}

/** What a signer who opens his link is to see. */
export type Stage = 'later' | 'start' | 'waiting' | 'processing' | 'signed' | 'declined' | 'closed'

export async function stageOf(ports: Ports, { order, signer }: Visit, browserHash: string | undefined): Promise<Stage> {
  switch (signer.state) {
    case 'waiting':
      return finalOrderStates.includes(order.state) ? 'closed' : 'later'
    case 'ready':
    case 'atBankid':
      return 'start'
    case 'identified': {
      const ceremony = await ports.store.read(order.tenantId, (tx) => tx.liveCeremony(signer.id))
      if (ceremony?.state === 'authorising') return 'processing'
      const waits = ceremony?.state === 'identified' && ceremony.fencing === null
      // Only the browser that logged in can go on from here; in another one he begins again.
      return waits && browserHash !== undefined && same(browserHash, ceremony.browserHash) ? 'waiting' : 'start'
    }
    case 'authorised':
      return 'processing'
    case 'signed':
    case 'declined':
      return signer.state
    case 'replaced':
    case 'expired':
    case 'notApplicable':
      return 'closed'
  }
}

async function identifyIn(ports: Ports, ceremony: Ceremony, callback: URLSearchParams | undefined): Promise<Next> {
  const ran: Ran<'identify'> = await runStep(ports, 'identify', subjectOf(ceremony, ceremony.signerId), {
    ceremonyId: ceremony.id,
    approval: newRedirect(),
    ...(callback ? { callback } : {}),
  })
  if (ran.outcome !== 'done') return { to: 'status' }
  return ran.answer.url === null ? { to: 'waiting' } : { to: 'bankid', url: ran.answer.url }
}

async function orVoid(ports: Ports, ceremony: Ceremony, work: () => Promise<Next>): Promise<Next> {
  try {
    return await work()
  } catch (error) {
    const code = isSeglError(error) ? error.code : 'INTERNAL'
    if (code === 'STATE_CONFLICT') return { to: 'status' }
    // If this fails too, the attempt ends by its time limit.
    await runStep(ports, 'void', subjectOf(ceremony, ceremony.signerId), { code, ceremonyId: ceremony.id }).catch(
      () => undefined,
    )
    throw error
  }
}

const subjectOf = ({ tenantId }: { readonly tenantId: string }, id: string) => ({ tenantId, id })

/** 256 bits each; RFC 7636 § 4.1 asks for a verifier of 43 to 128 characters. */
const newRedirect = (): Redirect => ({ state: secret(), nonce: secret(), codeVerifier: secret() })
const secret = (): string => randomBytes(32).toString('base64url')

const same = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return left !== undefined && right !== undefined && timingSafeEqual(left, right)
}

const invalidLink = (): SeglError =>
  new SeglError(
    'LINK_INVALID',
    'This link is not valid. Check that all of it was copied, or ask the sender for a new one.',
  )

const overtaken = (): SeglError =>
  new SeglError('STATE_CONFLICT', 'Another window went on with this signing. Use that one.')
