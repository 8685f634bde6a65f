// The accounting rules once more, when somebody takes a signer's place: only what comes of that counts, for or against.
import type { RegisteredCompany } from '../accounting/company.ts'
import type { Overridden, Override, Warning } from '../accounting/judge.ts'
import type { FieldError } from '../errors.ts'
import { judgeStored, placeOf } from './accounting-rules.ts'
import type { Accounting, Mandate, Order, Signer } from './model.ts'
import type { NewSigner } from './ports/writing.ts'

type Given = {
  readonly now: Date
  readonly company: RegisteredCompany | undefined
  /** His own; else that of whom he replaces. */
  readonly mandate?: Mandate
  readonly overrides?: readonly Override[]
}
type News = {
  /** Pointers into the request for the replacement; empty where it is about it as a whole. */
  readonly errors: readonly FieldError[]
  readonly warnings: readonly Warning[]
  /** Rules that the replacement breaks and the sender, now or with the order, goes on in spite of. */
  readonly overridden: readonly Overridden[]
}

/**
 * Judges the order at `now` with both, and answers what the one has brought beside the other. What time alone has brought since the
 * order came is not his fault. `accounting` is what the order keeps: without what has gone with the predecessor.
 */
export function judgeReplacement(
  order: Order,
  signer: Signer,
  successor: NewSigner,
  { now, company, mandate, overrides = [] }: Given,
): { readonly accounting: Accounting; readonly news: News } {
  const { accounting } = order
  const own = overrides.map((one) => ({ ...one, findings: [] }))
  // Those of the request first: mistakes in them are pointed to by their place in it.
  const standing = accounting.overridden.filter(({ rule }) => !own.some((one) => one.rule === rule))
  const mandates: (Mandate | null)[] = order.signers.map(({ position }) => accounting.mandates[position] ?? null)
  mandates[successor.position] = mandate ?? null
  const after = judgeStored(
    {
      ...order,
      accounting: { ...accounting, mandates, overridden: [...own, ...standing] },
      signers: [
        ...order.signers.map((one) => (one.id === signer.id ? { ...one, state: 'replaced' as const } : one)),
        { ...successor, state: 'waiting' },
      ],
    },
    now,
    company,
  )
  const before = judgeStored(order, now, company)
  const place = placeOf(order, signer)
  const changes = (rule: string): Change<Warning> =>
    changeOf(
      before.overridden.find((one) => one.rule === rule)?.findings ?? [],
      after.overridden.find((one) => one.rule === rule)?.findings ?? [],
    )
  const warnings = changeOf(before.warnings, after.warnings)
  return {
    accounting: {
      mandates,
      warnings: applied(accounting.warnings, warnings),
      overridden: after.overridden.map(({ rule, reason, findings }) => ({
        rule,
        reason,
        findings: own.some((one) => one.rule === rule)
          ? findings
          : applied(accounting.overridden.find((one) => one.rule === rule)?.findings ?? [], changes(rule)),
      })),
    },
    news: {
      errors: changeOf(before.errors, after.errors).come.map((error) => ({
        ...error,
        pointer: pointerIn(error.pointer, place),
      })),
      warnings: warnings.come,
      overridden: after.overridden
        .map(({ rule, reason }) => ({ rule, reason, findings: changes(rule).come }))
        .filter(({ rule, findings }) => findings.length > 0 || own.some((one) => one.rule === rule)),
    },
  }
}

type Found = { readonly code: string; readonly pointer: string; readonly detail: string }
type Change<T> = { readonly gone: readonly T[]; readonly come: readonly T[] }

const changeOf = <T extends Found>(before: readonly T[], after: readonly T[]): Change<T> => ({
  gone: without(before, after),
  come: without(after, before),
})

const applied = <T extends Found>(known: readonly T[], { gone, come }: Change<T>): readonly T[] => [
  ...without(known, gone),
  ...without(come, known),
]

const without = <T extends Found>(all: readonly T[], others: readonly T[]): readonly T[] =>
  all.filter((one) => !others.some((other) => same(one, other)))

const same = (a: Found, b: Found): boolean => a.code === b.code && a.pointer === b.pointer && a.detail === b.detail

/** `/signers/2/onBehalfOf` of the order is `/onBehalfOf` of the replacement in that place; an override stays where it is. */
function pointerIn(pointer: string, place: number): string {
  const seat = `/signers/${place}`
  if (pointer.startsWith('/overrides/')) return pointer
  return pointer.startsWith(`${seat}/`) ? pointer.slice(seat.length) : ''
}
