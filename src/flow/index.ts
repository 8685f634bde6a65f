// Start reading here: the story of an order as one table. run.ts runs every row in the same way.
//
//   step          what it is about, who acts, the states it starts from → the states that say it has happened
//
// A job or callback that comes twice finds its step among `passed` and does nothing.
import { activate } from './activate.ts'
import { augment } from './augment.ts'
import { authorise } from './authorise.ts'
import { beginCeremony } from './begin-ceremony.ts'
import { cancel } from './cancel.ts'
import { choose } from './choose.ts'
import { confirmIdentity } from './confirm-identity.ts'
import { decline } from './decline.ts'
import { expire } from './expire.ts'
import { fail } from './fail.ts'
import { identify } from './identify.ts'
import { invite } from './invite.ts'
import type { OrderState, Outcome, SignerState, StepName } from './model.ts'
import { finalOrderStates } from './order.ts'
import { prepare } from './prepare.ts'
import { remind } from './remind.ts'
import { renew } from './renew.ts'
import { replace } from './replace.ts'
import { seal } from './seal.ts'
import { sign } from './sign.ts'
import type { AttemptStep, OrderStep, SignerStep } from './story.ts'
import { tellSender } from './tell-sender.ts'
import { voidCeremony } from './void.ts'

/** `sealing cancelled`: being sealed with that outcome. */
type OrderPassed = OrderState | `${'sealing' | 'failed'} ${Outcome}`
type Actor = 'worker' | 'signer' | 'bankid' | 'tenant'

type Row<Subject, From, Passed, Step> = {
  subject: Subject
  by: Actor
  from: readonly From[]
  passed: readonly Passed[]
  step: Step
}

const onOrder = <I, P, R, A>(
  by: Actor,
  from: readonly OrderState[],
  passed: readonly OrderPassed[],
  step: OrderStep<I, P, R, A>,
): Row<'order', OrderState, OrderPassed, OrderStep<I, P, R, A>> => ({ subject: 'order', by, from, passed, step })

const onSigner = <I, P, R, A>(
  by: Actor,
  from: readonly SignerState[],
  passed: readonly SignerState[],
  step: SignerStep<I, P, R, A>,
): Row<'signer', SignerState, SignerState, SignerStep<I, P, R, A>> => ({ subject: 'signer', by, from, passed, step })

/** Of all signers of an attempt at once: run.ts `runAttempt`. The single signer is the attempt of one. */
const inAttempt = <I, P, R, A>(
  by: Actor,
  from: readonly SignerState[],
  passed: readonly SignerState[],
  step: AttemptStep<I, P, R, A>,
): Row<'attempt', SignerState, SignerState, AttemptStep<I, P, R, A>> => ({ subject: 'attempt', by, from, passed, step })

const left = ['declined', 'replaced', 'expired', 'notApplicable'] as const
/** Nothing of ours leads out of these. */
const stopped = [...finalOrderStates, 'failed'] as const
const beyond = ['sealing', ...stopped] as const

// biome-ignore format: a table is read by its columns
export const story = {
  //                     who       starts from                                has happened in
  activate:      onOrder ('tenant', ['draft', 'scheduled'],                    ['received', 'prepared', 'open', ...beyond], activate),
  prepare:       onOrder ('worker', ['received'],                              ['prepared', 'open', ...beyond],   prepare),
  invite:        onOrder ('worker', ['prepared'],                              ['open', ...beyond],               invite),
  remind:        onOrder ('worker', ['open'],                                  [...beyond],                       remind),
  tellSender:    onOrder ('worker', [...stopped],                              ['draft', 'scheduled', 'received', 'prepared', 'open', 'sealing'], tellSender),
  beginCeremony: inAttempt('signer', ['ready', 'atBankid', 'identified'],      [],                                beginCeremony),
  identify:      inAttempt('bankid', ['atBankid', 'identified'],               [],                                identify),
  choose:        inAttempt('signer', ['ready', 'atBankid', 'identified'],      [],                                choose),
  confirmIdentity: onSigner('tenant', ['awaitingSender'],                       [],                                confirmIdentity),
  authorise:     inAttempt('bankid', ['identified'],                           ['authorised', 'signed', ...left], authorise),
  sign:          onSigner('worker', ['authorised'],                            ['signed', 'ready', ...left],      sign),
  augment:       onOrder ('worker', ['open'],                                  [...beyond],                       augment),
  seal:          onOrder ('worker', ['sealing'],                               [...stopped],                      seal),
  renew:         onOrder ('worker', [...finalOrderStates],                     [],                                renew),
  void:          onSigner('bankid', ['atBankid', 'identified', 'authorised'],  ['ready', 'awaitingSender', 'signed', ...left], voidCeremony),
  decline:       onSigner('signer', ['ready', 'atBankid', 'identified', 'awaitingSender'], ['declined'],          decline),
  replace:       onSigner('tenant', ['waiting', 'ready', 'atBankid', 'identified', 'awaitingSender'], ['replaced'], replace),
  cancel:        onOrder ('tenant', ['draft', 'scheduled', 'received', 'prepared', 'open', 'failed'], ['sealing cancelled', 'failed cancelled', 'cancelled'], cancel),
  expire:        onOrder ('worker', ['scheduled', 'received', 'prepared', 'open'], [...beyond],                   expire),
  fail:          onOrder ('worker', ['scheduled', 'received', 'prepared', 'open', 'sealing', ...finalOrderStates], ['draft', 'failed'], fail),
} satisfies Record<StepName, unknown>

type Rows = typeof story
/** Steps of all signers of an attempt at once, and the others. */
export type AttemptStepName = { [N in StepName]: Rows[N]['subject'] extends 'attempt' ? N : never }[StepName]
export type SubjectStepName = Exclude<StepName, AttemptStepName>

export type InputOf<N extends StepName> = (typeof story)[N]['step'] extends {
  begin: (tx: never, context: infer C) => unknown
}
  ? C extends { readonly input: infer I }
    ? I
    : never
  : never

export type AnswerOf<N extends StepName> = Awaited<ReturnType<(typeof story)[N]['step']['commit']>>['answer']
