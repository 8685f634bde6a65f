// /v1/test: signers that sign, decline and fail at a word, for integrators' own tests; on the simulated BankID only.
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { SeglError } from '../../errors.ts'
import { sessionLinkVersion } from '../../flow/ceremony.ts'
import type { Member, SignerState } from '../../flow/model.ts'
import { openSession } from '../../flow/open-session.ts'
import { mostWaiting } from '../../flow/who-logged-in.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { linkOf } from '../links.ts'
import { TestDecline, TestFailure, TestView, TestVisit } from '../schemas/batch.ts'
import { Id, problems } from '../schemas/common.ts'
import type { TestDoor, TestPerson } from '../test-door.ts'

const tags = ['Test']
const response = { 200: TestView, ...problems(400, 401, 403, 404, 409, 410, 422, 500, 503) }
/** Who logs in when somebody else is to. */
const stranger = 'stranger'

export function testDoorRoutes(api: Api, deps: HttpDeps): void {
  const { ports } = deps
  const schema = (operationId: string, summary: string) => ({ operationId, summary, tags, response })

  api.post(
    '/test/signers/:id/sign',
    {
      schema: {
        ...schema('testSign', 'The signer logs in at the simulated BankID and signs his order'),
        params: Type.Object({ id: Id }),
        body: Type.Union([TestVisit, Type.Null()]),
      },
    },
    async (request) => {
      const door = opened(deps)
      const member = await memberOf(request, request.params.id)
      insistOnTurn(member)
      const role = request.body?.as
      await door.visit(
        linkOf(deps, member.signer),
        { ...personOf(member), ...(role !== undefined && { role }) },
        'sign',
      )
      return states(request, [member])
    },
  )

  api.post(
    '/test/signers/:id/decline',
    {
      schema: {
        ...schema('testDecline', 'The signer declines'),
        params: Type.Object({ id: Id }),
        body: Type.Union([TestDecline, Type.Null()]),
      },
    },
    async (request) => {
      const door = opened(deps)
      const member = await memberOf(request, request.params.id)
      await door.decline(linkOf(deps, member.signer), request.body?.reason ?? '')
      return states(request, [member])
    },
  )

  api.post(
    '/test/signers/:id/fail',
    {
      schema: {
        ...schema('testFail', 'The signer cancels at the simulated BankID, or somebody else logs in'),
        params: Type.Object({ id: Id }),
        body: Type.Union([TestFailure, Type.Null()]),
      },
    },
    async (request) => {
      const door = opened(deps)
      const member = await memberOf(request, request.params.id)
      insistOnTurn(member)
      const wrong = request.body?.how === 'wrongPerson'
      await door.visit(linkOf(deps, member.signer), { ...personOf(member), ...(wrong && { role: stranger }) }, 'cancel')
      return states(request, [member])
    },
  )

  api.post(
    '/test/people/:person/sign-all',
    {
      schema: {
        ...schema('testSignAll', 'A person signs everything that waits for him, with one log-in and one approval'),
        params: Type.Object({
          person: Type.String({
            format: 'uuid',
            description: 'Id of any signer that names the person. Never a national identity number: it is in a URL.',
          }),
        }),
      },
    },
    async (request) => {
      const door = opened(deps)
      const { tenantId } = callerOf(request)
      const named = await memberOf(request, request.params.person)
      const { personHmac } = named.signer
      const waiting =
        personHmac === null ? [named] : await ports.store.read(tenantId, (tx) => tx.waitingFor(personHmac, mostWaiting))
      if (waiting.length === 0) throw new SeglError('STATE_CONFLICT', 'Nothing waits for this person.')
      const { session } = await openSession(ports.store, {
        tenantId,
        signerIds: waiting.map(({ signer }) => signer.id),
      })
      await door.visit(linkOf(deps, { id: session.id, linkVersion: sessionLinkVersion }), personOf(named), 'all')
      return states(request, waiting)
    },
  )

  async function memberOf(request: FastifyRequest, id: string): Promise<Member> {
    const [member] = await ports.store.read(callerOf(request).tenantId, (tx) => tx.membersOf([id]))
    if (!member) throw new SeglError('NOT_FOUND', 'There is no such signer.')
    return member
  }

  async function states(request: FastifyRequest, members: readonly Member[]) {
    const ids = members.map(({ signer }) => signer.id)
    const now = await ports.store.read(callerOf(request).tenantId, (tx) => tx.membersOf(ids))
    return {
      signers: now.map(({ order, signer }) => ({
        id: signer.id,
        order: order.id,
        state: signer.state,
        reasonCode: signer.reasonCode,
      })),
    }
  }
}

/** Refused by the code itself, and not by a setting alone: with a real BankID there is nothing behind it. */
function opened({ testDoor, simulated }: HttpDeps): TestDoor {
  if (testDoor && simulated) return testDoor
  throw new SeglError('TEST_DOOR_CLOSED', 'Signers can be played on the simulated BankID only.')
}

/** Where somebody has to do something first, his page would wait until the visit is given up. */
function insistOnTurn({ order, signer }: Member): void {
  const extra = { state: order.state }
  if (order.state === 'draft' || order.state === 'scheduled') {
    throw new SeglError('STATE_CONFLICT', 'The order has not gone to its signers yet. Activate it first.', { extra })
  }
  if (order.state === 'failed') {
    throw new SeglError(
      'STATE_CONFLICT',
      'The order has failed, and nobody can sign it before it is put right (`retry`).',
      {
        extra,
      },
    )
  }
  const before = order.signers.some(({ group, state }) => group < signer.group && asked.has(state))
  if (signer.state === 'waiting' && order.state === 'open' && before) {
    throw new SeglError('STATE_CONFLICT', 'Others sign before this signer. Let them sign first.', { extra })
  }
}

/** States of a signer for whom somebody has to do something: the signer, or the sender. */
const asked: ReadonlySet<SignerState> = new Set<SignerState>(['ready', 'atBankid', 'identified', 'awaitingSender'])

const personOf = ({ order, signer }: Member): TestPerson => ({
  tenantId: order.tenantId,
  personHmac: signer.personHmac,
  birthDate: signer.birthDate,
  name: signer.name,
})
