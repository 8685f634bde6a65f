// Back from the log-in: who is it, a one-time key and certificate, the leases, and the hashes he is to approve.
import { createHash } from 'node:crypto'
import { type ErrorCode, isSeglError, SeglError } from '../errors.ts'
import { parseCertificate } from '../kernel/x509/index.ts'
import { buildTurn, type Turn } from './build-turn.ts'
import { namedTwice, samePersonTwice, seenTwice } from './four-eyes.ts'
import { checkIdentity, recordRefusal } from './identity-check.ts'
import type { Ceremony, Identity, Member } from './model.ts'
import { documentsToSign } from './order.ts'
import { type Matched, matchPerson, requireOwnCertificate } from './person.ts'
import type { Ports } from './ports/index.ts'
import type { Tx } from './ports/store.ts'
import type { Credential, Redirect } from './ports/trust-services.ts'
import type { AttemptStep } from './story.ts'
import type { TrailEntry } from './trail.ts'

type Input = {
  readonly ceremonyId: string
  /** Query with which the browser came back; absent when only the leases are still to be had. */
  readonly callback?: URLSearchParams
  /** Random values of the second redirect. */
  readonly approval: Redirect
}
type Plan = { readonly input: Input; readonly members: readonly Member[]; readonly ceremony: Ceremony }
type Person = {
  readonly identity: Identity
  readonly serviceToken: string | null
  readonly credential: Credential
  readonly certificateNotAfter: Date
  /** After a fresh log-in: what each signer was compared with, and why it is not he. */
  readonly matched: ReadonlyMap<string, Matched>
  readonly refused: ReadonlyMap<string, ErrorCode>
}
type Result = Person & {
  /** He is first asked what he signs: more than the one document waits for him. */
  readonly asked: boolean
  /** Absent while he is asked. */
  readonly turn?: Turn
}

/** The most of what waits for a person that is looked at. */
export const mostWaiting = 200

/** `url`: on to BankID. Without one he is asked what he signs, or somebody else is signing one of the documents. */
export type Identified = { readonly url: string | null }

export const identify: AttemptStep<Input, Plan, Result, Identified> = {
  async begin(tx, { members, input }) {
    const ceremony = await tx.ceremony(input.ceremonyId)
    const waiting = ceremony?.state === 'identified' && ceremony.fencing === null && ceremony.chosenAt !== null
    const inside = ceremony ? await tx.ceremonySigners(ceremony.id) : []
    const taking = members.filter(({ signer }) => inside.includes(signer.id))
    if (!ceremony || taking.length === 0 || !(ceremony.state === 'atBankid' || waiting)) {
      throw new SeglError('STATE_CONFLICT', 'This log-in has been used or replaced.', {
        extra: { state: members[0]?.signer.state },
      })
    }
    if (ceremony.expiresAt < tx.now) throw new SeglError('CEREMONY_EXPIRED', 'The signing took too long. Start again.')
    if (!waiting) await tx.updateCeremony(ceremony.id, { state: 'identifying' })
    return { input, members: taking, ceremony }
  },

  async act(plan, ports) {
    const person = await whoIsIt(plan, ports)
    const members = plan.members.filter(({ signer }) => !person.refused.has(signer.id))
    const asked = plan.ceremony.chosenAt === null && (await moreWaits(plan, members, person.identity, ports))
    if (asked) return { ...person, asked }
    return { ...person, asked, turn: await buildTurn({ ...plan, members, ...person }, ports) }
  },

  async commit(tx, { members, input }, result, plan) {
    const { ceremony } = plan
    const { identity, credential, turn } = result
    await tx.updateCeremony(ceremony.id, {
      state: 'identified',
      identity,
      serviceToken: result.serviceToken,
      credentialId: credential.credentialId,
      certificates: credential.certificates,
      certificateNotAfter: result.certificateNotAfter,
      signAlgorithm: credential.signAlgorithm,
      multisign: credential.multisign,
      chosenAt: result.asked ? null : (ceremony.chosenAt ?? tx.now),
    })
    const refused = new Map(result.refused)
    for (const member of members) {
      if (await seenTwice(tx, member, identity)) refused.set(member.signer.id, 'FOUR_EYES_SAME_PERSON')
    }
    const staying = members.filter(({ signer }) => !refused.has(signer.id))
    if (staying.length === 0 && refused.size > result.refused.size) throw samePersonTwice()
    const trails = new Map<string, TrailEntry[]>()
    for (const member of members) {
      trails.set(member.order.id, await identified(tx, member, { ...result, refused }, ceremony))
    }
    // One who was taken out meanwhile is part of what BankID would show: that is built anew.
    const whole = staying.length === plan.members.length - result.refused.size
    const ids = staying.flatMap(({ order }) => documentsToSign(order).map(({ id }) => id))
    const built = turn?.built
    if (!built || !whole || !(await tx.holdsLeases(ids, ceremony.id, built.fencing))) {
      if (built) await tx.releaseLeases(ceremony.id)
      // Some can be had and some not: he is asked whether he goes on without these.
      const some = turn !== undefined && turn.busy.length > 0 && staying.some((member) => !isBusy(member, turn.busy))
      if (some) await tx.updateCeremony(ceremony.id, { chosenAt: null })
      return { trails, answer: { url: null } }
    }
    for (const act of built.acts) await tx.insertSignature(act)
    await tx.updateCeremony(ceremony.id, {
      fencing: built.fencing,
      redirectKind: 'approval',
      oauthState: input.approval.state,
      nonce: input.approval.nonce,
      codeVerifier: input.approval.codeVerifier,
    })
    for (const { order, signer } of staying) {
      const acts = built.acts.filter(({ signerId }) => signerId === signer.id)
      trails.get(order.id)?.push({
        type: 'signer.hashesShown',
        actor: 'system',
        signerId: signer.id,
        data: {
          ceremony: ceremony.id,
          // What else he approves in the same go is nobody's business here; the hash says that it was this and nothing more.
          approval: { hashes: built.acts.length, sha256: setHash(built.acts) },
          documents: acts.map((act) => ({
            document: act.documentId,
            uploadSha256: order.documents.find(({ id }) => id === act.documentId)?.uploadSha256,
            baseRevision: act.baseRevision,
            byteRangeSha256: Buffer.from(act.toBeSigned.documentDigest, 'base64').toString('hex'),
            toBeSignedSha256: act.toBeSignedHash,
          })),
        },
      })
    }
    return { trails, answer: { url: built.url } }
  },
}

/** SHA-256 over the approved hashes in hex, one per line, in the order in which BankID gets them. */
const setHash = (acts: readonly { readonly toBeSignedHash: string }[]): string =>
  sha256(Buffer.from(acts.map(({ toBeSignedHash }) => `${toBeSignedHash}\n`).join('')))

const isBusy = ({ order }: Member, busy: readonly string[]): boolean =>
  documentsToSign(order).some(({ id }) => busy.includes(id))

/** Puts on record that he logged in, or that it is somebody else. */
async function identified(
  tx: Tx,
  { signer }: Member,
  { identity, matched, refused, credential }: Person,
  ceremony: Ceremony,
): Promise<TrailEntry[]> {
  const code = refused.get(signer.id)
  if (code !== undefined) {
    await tx.leaveCeremony(ceremony.id, signer.id, code)
    await tx.updateSigner(signer.id, { state: 'ready', reasonCode: code })
    await tx.finishTask('void', signer.id)
    const data = { code, ceremony: ceremony.id }
    return [{ type: 'ceremony.void', actor: 'signer', signerId: signer.id, data }]
  }
  const how = matched.get(signer.id)
  await tx.updateSigner(signer.id, { state: 'identified', ...(how && { identityCheck: how }) })
  const [certificate] = credential.certificates
  if (how === undefined) return []
  return [identifiedEntry(signer.id, { ceremonyId: ceremony.id, identity, certificate, matched: how, now: tx.now })]
}

/** The trail's word that BankID has said who this is. */
export function identifiedEntry(
  signerId: string,
  input: {
    readonly ceremonyId: string
    readonly identity: Identity
    readonly certificate: Uint8Array | undefined
    readonly matched: Matched
    readonly now: Date
  },
): TrailEntry {
  const { identity } = input
  return {
    type: 'signer.identified',
    actor: 'bankid',
    // By BankID's clock, which may be ahead of ours.
    at: new Date(Math.min(identity.authenticatedAt.getTime(), input.now.getTime())),
    signerId,
    data: {
      ceremony: input.ceremonyId,
      acr: identity.acr,
      amr: identity.amr,
      level: identity.level,
      matchedBy: input.matched.comparedWith,
      differs: input.matched.differs,
      method: input.matched.method,
      certificateSha256: sha256(input.certificate ?? new Uint8Array()),
    },
    personal: { name: identity.name, birthDate: identity.birthDate },
  }
}

/** Exchanges the code, compares the person, asks for key and certificate; or what an earlier run of this attempt found. */
async function whoIsIt({ input, members, ceremony }: Plan, ports: Ports): Promise<Person> {
  if (ceremony.identity && ceremony.credentialId && ceremony.certificateNotAfter && ceremony.signAlgorithm) {
    const { credentialId, certificates, signAlgorithm, multisign } = ceremony
    return {
      identity: ceremony.identity,
      serviceToken: ceremony.serviceToken,
      credential: { credentialId, certificates, signAlgorithm, multisign: multisign ?? 1 },
      certificateNotAfter: ceremony.certificateNotAfter,
      matched: new Map(),
      refused: new Map(),
    }
  }
  if (!input.callback) throw new SeglError('STATE_CONFLICT', 'The log-in is not finished.')
  const { oauthState, nonce, codeVerifier } = ceremony
  const login = await ports.identityProvider.finishLogin({
    state: oauthState,
    nonce,
    codeVerifier,
    callback: input.callback,
  })
  for (const member of members) {
    const check = checkIdentity(member.order.tenantId, member.signer, login.identity, ports.vault)
    if (check.result !== 'match') await recordRefusal(ports.store, member, check)
  }
  const { matched, refused } = compare(members, login.identity, ports)
  const credential = await ports.remoteSigning.createCredential(login.serviceToken)
  const leaf = credential.certificates[0]
  if (!leaf) throw new SeglError('TRUST_SERVICE_MALFORMED', 'BankID gave no certificate.')
  const certificate = parseCertificate(leaf)
  requireOwnCertificate(certificate, login.identity)
  return {
    identity: login.identity,
    serviceToken: login.serviceToken,
    credential,
    certificateNotAfter: new Date(certificate.notAfter),
    matched,
    refused,
  }
}

/** Whose signature it can be. Throws when it is nobody's; the reason is that of the first. */
export function compare(
  members: readonly Member[],
  identity: Identity,
  { vault }: Pick<Ports, 'vault'>,
): Pick<Person, 'matched' | 'refused'> {
  const matched = new Map<string, Matched>()
  const refused = new Map<string, ErrorCode>()
  let first: unknown
  for (const { order, signer } of members) {
    try {
      const how = matchPerson(order.tenantId, signer, identity, vault)
      if (namedTwice({ order, signer }, identity, vault)) throw samePersonTwice()
      matched.set(signer.id, how)
    } catch (error) {
      if (!isSeglError(error)) throw error
      refused.set(signer.id, error.code)
      first ??= error
    }
  }
  if (matched.size === 0) throw first
  return { matched, refused }
}

/**
 * Whether there is something to choose from: several documents in the link, or others that name this person by his national
 * identity number. A name and a birth date are not enough to show somebody what nobody has sent him a link to.
 */
async function moreWaits(
  { ceremony }: Plan,
  members: readonly Member[],
  identity: Identity,
  { store, vault }: Ports,
): Promise<boolean> {
  if (members.length > 1) return true
  const { nationalIdentityNumber: number } = identity
  if (number === null) return false
  const hmac = vault.personHmac(ceremony.tenantId, number)
  const waiting = await store.read(ceremony.tenantId, (tx) => tx.waitingFor(hmac, mostWaiting))
  return waiting.some(({ order }) => !members.some((member) => member.order.id === order.id))
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
