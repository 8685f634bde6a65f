// The story's transaction on Prisma: every read and write is of one tenant.
import { SeglError } from '../../errors.ts'
import { newId } from '../../flow/id.ts'
import type { ReadTx, Tx } from '../../flow/ports/store.ts'
import type { Task } from '../../flow/ports/tasks.ts'
import type { Vault } from '../../flow/ports/vault.ts'
import type { CeremonyPatch } from '../../flow/ports/writing.ts'
import { readCeremonies, table, writeCeremonies } from './ceremonies.ts'
import { failingSteps } from './failing.ts'
import { Prisma } from './generated/client.ts'
import { holdsLeases, takeLeases } from './leases.ts'
import { orderWriting } from './order-writing.ts'
import { insertRevisions, keepRejected } from './revisions.ts'
import {
  ceremonyContext,
  ceremonyFrom,
  ofTheFile,
  orderFrom,
  orderInclude,
  refuseDeleted,
  revisionFrom,
  signatureFrom,
  trailEventFrom,
} from './rows.ts'
import { finishTask, schedule } from './tasks.ts'
import type { TxInput } from './tx-input.ts'

export function readTx({ db, tenantId, now, vault }: TxInput): ReadTx {
  const order: ReadTx['order'] = async (id) => {
    const row = await db.signingOrder.findFirst({ where: { id, tenantId }, include: orderInclude })
    refuseDeleted(row)
    return row ? orderFrom(row) : undefined
  }
  const ceremony = (row: Prisma.CeremonyGetPayload<object> | null) => (row ? ceremonyFrom(row, vault) : undefined)
  return {
    ...readCeremonies({ db, tenantId, now, vault }),
    now,
    order,
    revisions: async (documentId) =>
      (await db.revision.findMany({ where: { documentId, tenantId, ...ofTheFile }, orderBy: { number: 'asc' } })).map(
        revisionFrom,
      ),
    async appendState(documentId) {
      const row = await db.document.findFirst({ where: { id: documentId, tenantId }, select: { appendState: true } })
      // Written by us as the kernel made it.
      return (row?.appendState ?? undefined) as Awaited<ReturnType<ReadTx['appendState']>>
    },
    ceremony: async (id) => ceremony(await db.ceremony.findFirst({ where: { id, tenantId } })),
    ceremonyByOauthState: async (oidcState) =>
      ceremony(await db.ceremony.findFirst({ where: { oidcState, tenantId } })),
    signatures: async (of) =>
      (await db.signature.findMany({ where: { ...of, tenantId, kind: 'signer' }, orderBy: { documentId: 'asc' } })).map(
        signatureFrom,
      ),
    validationData: async (orderId) =>
      (await db.validationData.findMany({ where: { orderId, tenantId }, orderBy: { id: 'asc' } })).map(
        ({ kind, der }) => ({
          kind: kind as 'certificate' | 'ocsp' | 'crl',
          der,
        }),
      ),
    failing: (orderId) => failingSteps(db, tenantId, orderId),
    trail: async (orderId) =>
      (await db.auditEvent.findMany({ where: { orderId, tenantId }, orderBy: { sequence: 'asc' } })).map(
        trailEventFrom,
      ),
  }
}

/** `due`: takes note of the tasks that it made due now. */
export function writeTx(input: TxInput, due: Map<string, Task>): Tx {
  const { db, tenantId, now, vault } = input
  const many = writeCeremonies(input)
  return {
    ...readTx(input),
    ...many,

    // Not FOR UPDATE: that would also hold up every insert of a row that refers to this one, and so invite deadlocks.
    async lock(subject, id) {
      const [row] = await db.$queryRaw<{ epoch: number }[]>(
        Prisma.sql`select epoch from ${table(subject)} where id = ${id}::uuid and tenant_id = ${tenantId}::uuid for no key update`,
      )
      return row?.epoch
    },
    async raiseEpoch(subject, id) {
      const [row] = await db.$queryRaw<{ epoch: number }[]>(
        Prisma.sql`update ${table(subject)} set epoch = epoch + 1, updated_at = ${now}
                   where id = ${id}::uuid and tenant_id = ${tenantId}::uuid returning epoch`,
      )
      if (!row) throw new SeglError('NOT_FOUND', `There is no such ${subject}.`)
      return row.epoch
    },

    ...orderWriting(input),
    async updateOrder(id, { accounting, ...patch }) {
      const data = accounting === undefined ? patch : { ...patch, accounting: json(accounting) }
      await db.signingOrder.updateMany({ where: { id, tenantId }, data })
    },
    async updateSigner(id, { identityCheck, identityClaim: claim, ...patch }) {
      const data = {
        ...patch,
        ...(identityCheck && { identityCheck: json(identityCheck) }),
        ...(claim && { claimSubject: claim.subject, claimDecision: claim.decision }),
      }
      await db.signer.updateMany({ where: { id, tenantId }, data })
    },
    keepRejected: (documentId, revisions) => keepRejected(input, documentId, revisions),
    async appendRevisions({ document, base, revisions, appendState }) {
      const { count } = await db.document.updateMany({
        where: { id: document.id, tenantId, revision: base },
        data: { revision: base + revisions.length, appendState: json(appendState) },
      })
      if (count !== 1) return false
      await insertRevisions(input, document.id, revisions)
      return true
    },

    async insertCeremony(signers, { oauthState, nonce, codeVerifier, ...ceremony }) {
      const [first] = signers
      if (!first) throw new SeglError('INTERNAL', 'An attempt of nobody.')
      await db.ceremony.create({
        data: {
          ...ceremony,
          tenantId,
          orderId: first.orderId,
          signerId: first.id,
          state: 'atBankid',
          redirectKind: 'login',
          oidcState: oauthState,
          oidcNonce: nonce,
          codeVerifierEncrypted: sealed(vault, ceremony.id, 'codeVerifier', codeVerifier),
          createdAt: now,
        },
      })
      await many.joinCeremony(ceremony.id, signers)
    },
    async updateCeremony(id, patch) {
      await db.ceremony.updateMany({ where: { id, tenantId }, data: ceremonyColumns(vault, id, patch) })
    },

    async insertSignature({ toBeSigned, signedAttributes, ...act }) {
      await db.signature.create({
        data: {
          ...act,
          tenantId,
          kind: 'signer',
          state: 'prepared',
          toBeSigned: json(toBeSigned),
          signedAttributes: Uint8Array.from(signedAttributes),
          createdAt: now,
        },
      })
    },
    async updateSignature(id, { signatureValue, timestampToken, ...patch }) {
      await db.signature.updateMany({
        where: { id, tenantId },
        data: {
          ...patch,
          ...(signatureValue ? { signatureValue: Uint8Array.from(signatureValue) } : {}),
          ...(timestampToken ? { timestampToken: Uint8Array.from(timestampToken) } : {}),
        },
      })
    },
    async insertValidationData(orderId, data) {
      await db.validationData.createMany({
        data: data.map(({ kind, der }) => ({
          id: newId(now),
          tenantId,
          orderId,
          kind,
          subject: '',
          der: Uint8Array.from(der),
          fetchedAt: now,
        })),
      })
    },

    takeLeases: (documentIds, ceremonyId, until) => takeLeases(db, { tenantId, documentIds, ceremonyId, now, until }),
    holdsLeases: (documentIds, ceremonyId, fencing) =>
      holdsLeases(db, { tenantId, documentIds, ceremonyId, fencing, now }),
    async extendLeases(ceremonyId, until) {
      await db.lease.updateMany({ where: { ceremonyId, tenantId }, data: { expiresAt: until } })
    },

    async lastTrailTime(orderId) {
      const where = { orderId, tenantId }
      const last = await db.auditEvent.findFirst({ where, orderBy: { sequence: 'desc' }, select: { time: true } })
      return last?.time
    },
    async insertTrail(orderId, events) {
      const last = events.at(-1)
      if (!last) return
      await db.auditEvent.createMany({
        data: events.map((event) => ({
          ...event,
          id: newId(now),
          tenantId,
          orderId,
          data: json(event.data),
          personal: event.personal === null ? Prisma.DbNull : json(event.personal),
        })),
      })
      await db.signingOrder.updateMany({
        where: { id: orderId, tenantId },
        data: { trailSequence: last.sequence, trailHead: last.hash },
      })
    },
    async emit({ orderId, signerId, type, state, part }) {
      await db.event.createMany({
        data: [
          {
            id: newId(now),
            tenantId,
            orderId,
            signerId: signerId ?? null,
            type,
            state,
            dedupeKey: [orderId, signerId ?? '', type, ...(part === undefined ? [] : [part])].join(':'),
            createdAt: now,
          },
        ],
        skipDuplicates: true,
      })
    },

    async schedule(task) {
      const key = `${task.step} ${task.subjectId}`
      const scheduled = await schedule(db, { ...task, tenantId, now })
      if (task.at && task.at > now) due.delete(key)
      else due.set(key, scheduled)
    },
    async finishTask(given, subjectId) {
      const steps = typeof given === 'string' ? [given] : given
      for (const step of steps) due.delete(`${step} ${subjectId}`)
      await finishTask(db, tenantId, steps, subjectId)
    },
  }
}

/** A value that JSON.stringify writes without loss. */
const json = (value: object): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value))

const sealed = (vault: Vault, id: string, field: string, value: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(vault.encrypt(value, ceremonyContext(id, field)))

function ceremonyColumns(vault: Vault, id: string, patch: CeremonyPatch): Prisma.CeremonyUpdateManyMutationInput {
  const { oauthState, nonce, codeVerifier, identity, serviceToken, certificates, ...plain } = patch
  return {
    ...plain,
    ...(oauthState === undefined ? {} : { oidcState: oauthState }),
    ...(nonce === undefined ? {} : { oidcNonce: nonce }),
    ...(codeVerifier === undefined ? {} : { codeVerifierEncrypted: sealed(vault, id, 'codeVerifier', codeVerifier) }),
    ...(identity === undefined ? {} : { identityEncrypted: sealed(vault, id, 'identity', JSON.stringify(identity)) }),
    ...(serviceToken === undefined
      ? {}
      : { serviceTokenEncrypted: serviceToken === null ? null : sealed(vault, id, 'serviceToken', serviceToken) }),
    ...(certificates === undefined ? {} : { certificateChain: certificates.map((der) => Uint8Array.from(der)) }),
  }
}
