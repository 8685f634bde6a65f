// The signer's visit, from his link to the end: who a link belongs to, and the two walks to BankID and back.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isSeglError, SeglError } from '../errors.ts'
import { newId } from './id.ts'
import type { Ceremony, Language, Member, SigningSession } from './model.ts'
import { documentsToSign } from './order.ts'
import { obstacleTo } from './person.ts'
import type { Ports } from './ports/index.ts'
import type { Redirect } from './ports/trust-services.ts'
import { runAttempt, runStep } from './run.ts'
import { mostWaiting } from './who-logged-in.ts'

/** What a link leads to: one signer of one order, or, with a session, several of one person. */
export type Visit = {
  readonly tenantId: string
  /** At least one. */
  readonly members: readonly Member[]
  readonly session: SigningSession | null
  readonly now: Date
}

/** Where the browser goes next; `status`: back to the link's own page. */
export type Next = { readonly to: 'bankid'; readonly url: string } | { readonly to: 'status' }

/** Changes nothing. Throws LINK_INVALID for what is no link of ours, LINK_VOID for one that was replaced or has run out. */
export async function openLink(ports: Ports, token: string): Promise<Visit> {
  const id = ports.vault.signerOfLinkToken(token)
  if (id === undefined) throw invalidLink()
  const tenantId = await ports.store.tenantOfSigner(id)
  if (tenantId === undefined) return openSession(ports, token, id)
  const { members, now } = await ports.store.read(tenantId, async (tx) => ({
    members: await tx.membersOf([id]),
    now: tx.now,
  }))
  const signer = members[0]?.signer
  if (!signer) throw invalidLink()
  if (!same(token, ports.vault.linkToken(signer.id, signer.linkVersion))) {
    // A token of an earlier version was a link once; anything else never was.
    for (let version = signer.linkVersion - 1; version > 0; version -= 1) {
      if (same(token, ports.vault.linkToken(signer.id, version))) {
        throw new SeglError('LINK_VOID', 'This link has been replaced. Use the newest one, or ask the sender for it.')
      }
    }
    throw invalidLink()
  }
  return { tenantId, members, session: null, now }
}

async function openSession(ports: Ports, token: string, id: string): Promise<Visit> {
  const tenantId = await ports.store.tenantOfSigningSession(id)
  if (tenantId === undefined || !same(token, ports.vault.linkToken(id, sessionLinkVersion))) throw invalidLink()
  const { session, members, now } = await ports.store.read(tenantId, async (tx) => {
    const found = await tx.signingSession(id)
    return { session: found, members: await tx.membersOf(found?.signerIds ?? []), now: tx.now }
  })
  if (!session || members.length === 0) throw invalidLink()
  if (session.expiresAt < now) throw new SeglError('LINK_VOID', 'This link has run out. Ask the sender for a new one.')
  return { tenantId, members, session, now }
}

/** A new attempt in this browser; answers the URL of BankID's log-in. STATE_CONFLICT when it is not his turn. */
export async function begin(
  ports: Ports,
  { tenantId, members, now }: Visit,
  input: { readonly browserHash: string; readonly language: Language },
): Promise<string> {
  const ran = await runAttempt(
    ports,
    'beginCeremony',
    { tenantId, ids: idsOf(members) },
    {
      ...input,
      ceremonyId: newId(now),
      redirect: newRedirect(),
    },
  )
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
  return orVoid(ports, ceremony, async (attempt) => {
    if (ceremony.redirectKind === 'login') return identifyIn(ports, ceremony, attempt, input.callback)
    await runAttempt(ports, 'authorise', attempt, {
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
  const ceremony = await ownCeremony(ports, visit, browserHash)
  if (!ceremony || !isWaiting(ceremony)) return { to: 'status' }
  return orVoid(ports, ceremony, (attempt) => identifyIn(ports, ceremony, attempt, undefined))
}

/** What the person who has logged in signs in this attempt; then on to the approval, as far as nobody is in the way. */
export async function chooseWhat(
  ports: Ports,
  visit: Visit,
  browserHash: string | undefined,
  signerIds: readonly string[],
): Promise<Next> {
  const offer = await offerOf(ports, visit, browserHash)
  if (!offer) return { to: 'status' }
  const { ceremony } = offer
  // For one document alone he may wait until nobody else is signing it.
  const alone = signerIds.length === 1
  const open = offer.offered
    .filter(({ obstacle }) => obstacle === null || (alone && obstacle === 'DOCUMENT_BUSY'))
    .map(({ member }) => member.signer.id)
  const chosen = signerIds.filter((id) => open.includes(id))
  // What he chose cannot all be had any more: he is shown what is left out before he goes on without it.
  if (chosen.length < signerIds.length) return { to: 'status' }
  const inside = await ports.store.read(visit.tenantId, (tx) => tx.ceremonySigners(ceremony.id))
  const ids = [...chosen, ...inside.filter((id) => !chosen.includes(id))]
  const ran = await runAttempt(
    ports,
    'choose',
    { tenantId: visit.tenantId, ids },
    { ceremonyId: ceremony.id, signerIds: chosen },
  )
  if (ran.outcome !== 'done') return { to: 'status' }
  const moved = { ...ceremony, chosenAt: visit.now }
  return orVoid(ports, moved, (attempt) => identifyIn(ports, moved, attempt, undefined))
}

/** Why a document that waits for the person cannot be part of this attempt: a code of errors.ts. */
export type Obstacle = 'DOCUMENT_BUSY' | 'LEVEL_TOO_LOW' | 'FOUR_EYES_SAME_PERSON'
export type Offered = { readonly member: Member; readonly obstacle: Obstacle | null }
export type Offer = {
  readonly ceremony: Ceremony
  /** Documents that BankID approves at once. */
  readonly most: number
  /** What the link was about first, then what else waits for the person. */
  readonly offered: readonly Offered[]
}

/**
 * Everything that waits for the person who has logged in with this browser: undefined when nobody has, or when he has chosen.
 * Beside what the link names, only orders that name him by his national identity number.
 */
export async function offerOf(ports: Ports, visit: Visit, browserHash: string | undefined): Promise<Offer | undefined> {
  const ceremony = await ownCeremony(ports, visit, browserHash)
  const { identity } = ceremony ?? {}
  if (ceremony?.state !== 'identified' || !identity || ceremony.chosenAt !== null) return undefined
  const { vault } = ports
  const number = identity.nationalIdentityNumber
  const { members, busy } = await ports.store.read(visit.tenantId, async (tx) => {
    const inside = await tx.membersOf(await tx.ceremonySigners(ceremony.id))
    const own = visit.members.filter(({ signer }) => canSign(signer.state))
    const others = number === null ? [] : await tx.waitingFor(vault.personHmac(visit.tenantId, number), mostWaiting)
    const all = [...own, ...inside, ...others]
    const found = all.filter(
      ({ order }, index) => all.findIndex((other) => other.order.id === order.id) === index && order.state === 'open',
    )
    const ids = found.flatMap(({ order }) => documentsToSign(order).map(({ id }) => id))
    return { members: found, busy: await tx.busyDocuments(ids, ceremony.id) }
  })
  const offered = members.flatMap((member): readonly Offered[] => {
    const obstacle = obstacleTo(member, identity, vault)
    if (obstacle !== null) {
      // What is not theirs is not shown.
      const told = (['LEVEL_TOO_LOW', 'FOUR_EYES_SAME_PERSON'] as const).find((code) => code === obstacle)
      return told ? [{ member, obstacle: told }] : []
    }
    const isBusy = documentsToSign(member.order).some(({ id }) => busy.includes(id))
    return [{ member, obstacle: isBusy ? 'DOCUMENT_BUSY' : null }]
  })
  return { ceremony, most: ceremony.multisign ?? 1, offered }
}

/** Signers whose documents this browser may read: those of the link, and with a log-in what is offered or was signed with it. */
export async function readable(
  ports: Ports,
  visit: Visit,
  browserHash: string | undefined,
): Promise<readonly Member[]> {
  // A link over several shows nothing before its person has logged in: it is worth more to a finder than that to one order.
  const own = visit.session === null ? visit.members : []
  const ceremony = await ownCeremony(ports, visit, browserHash)
  if (!ceremony?.identity) return own
  const inside = await ports.store.read(visit.tenantId, async (tx) =>
    tx.membersOf(await tx.ceremonySigners(ceremony.id)),
  )
  const offer = await offerOf(ports, visit, browserHash)
  return [...own, ...inside, ...(offer?.offered.map(({ member }) => member) ?? [])]
}

/** The attempt that this browser began over this link; in another browser, or over another link, it is not there. */
export async function ownCeremony(
  ports: Ports,
  { tenantId, members }: Visit,
  browserHash: string | undefined,
): Promise<Ceremony | undefined> {
  if (browserHash === undefined) return undefined
  const ceremony = await ports.store.read(tenantId, (tx) => tx.ceremonyOfBrowser(browserHash))
  return members.some(({ signer }) => signer.id === ceremony?.signerId) ? ceremony : undefined
}

/** He has chosen what to sign, and another signer holds one of the documents. */
export const isWaiting = (ceremony: Ceremony | undefined): boolean =>
  ceremony?.state === 'identified' && ceremony.chosenAt !== null && ceremony.fencing === null

const canSign = (state: string): boolean => ['ready', 'atBankid', 'identified'].includes(state)

type Attempt = { readonly tenantId: string; readonly ids: readonly string[] }

async function identifyIn(
  ports: Ports,
  ceremony: Ceremony,
  attempt: Attempt,
  callback: URLSearchParams | undefined,
): Promise<Next> {
  const ran = await runAttempt(ports, 'identify', attempt, {
    ceremonyId: ceremony.id,
    approval: newRedirect(),
    ...(callback ? { callback } : {}),
  })
  if (ran.outcome !== 'done' || ran.answer.url === null) return { to: 'status' }
  return { to: 'bankid', url: ran.answer.url }
}

async function orVoid(ports: Ports, ceremony: Ceremony, work: (attempt: Attempt) => Promise<Next>): Promise<Next> {
  const { tenantId } = ceremony
  const ids = await ports.store.read(tenantId, (tx) => tx.ceremonySigners(ceremony.id))
  try {
    return await work({ tenantId, ids })
  } catch (error) {
    const code = isSeglError(error) ? error.code : 'INTERNAL'
    if (code === 'STATE_CONFLICT') return { to: 'status' }
    // If this fails too, the attempt ends by its time limit.
    for (const id of ids) {
      await runStep(ports, 'void', { tenantId, id }, { code, ceremonyId: ceremony.id }).catch(() => undefined)
    }
    throw error
  }
}

const idsOf = (members: readonly Member[]): readonly string[] => members.map(({ signer }) => signer.id)

/** Links over several signers are not re-issued: another session is another link. */
export const sessionLinkVersion = 1

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
