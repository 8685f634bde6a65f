// The accounting rules and what they say, as the API shows them.
import { type Static, Type } from 'typebox'
import { Nullable } from './common.ts'
import { OverriddenView, RetentionView, WarningView } from './orders.ts'

export const RuleView = Type.Object(
  {
    id: Type.String({ description: 'Stable; the code of its refusals and warnings, unless it is about a document.' }),
    kinds: Type.Array(Type.String()),
    stage: Type.String({ description: '`document`: judged at upload; `order`: judged when the order is sent.' }),
    severity: Type.String({ description: '`refusal` or `warning`.' }),
    overridable: Type.Boolean({ description: 'Whether `overrides` of an order may name it.' }),
    title: Type.String({ description: 'What holds when the rule is kept.' }),
    law: Type.String({ description: 'Law, regulation or standard that demands it.' }),
  },
  { title: 'Rule' },
)

export const CheckedView = Type.Object(
  {
    accepted: Type.Boolean({ description: 'Whether the order would be opened as it is.' }),
    errors: Type.Array(
      Type.Object({
        pointer: Type.String({ description: 'RFC 6901 pointer into the request.' }),
        code: Type.String(),
        detail: Type.String(),
      }),
    ),
    warnings: Type.Array(WarningView),
    overrides: Type.Array(OverriddenView),
    retention: Nullable(RetentionView),
  },
  { title: 'OrderCheck' },
)
export type CheckedBody = Static<typeof CheckedView>

export const SignatoriesView = Type.Object(
  {
    organisationNumber: Type.String(),
    name: Type.String(),
    asOf: Type.String({ format: 'date', description: 'Day on which the register said so: it may lag behind.' }),
    signers: Type.Array(
      Type.Object({
        role: Type.String(),
        group: Type.Integer(),
        name: Type.String(),
        person: Type.Object({ birthDate: Type.Optional(Type.String({ format: 'date' })) }),
      }),
      { description: 'As `signers` of an order takes them. A suggestion: the board in office signs.' },
    ),
  },
  { title: 'Signatories' },
)
