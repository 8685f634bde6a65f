// What the service answered to Schemathesis, counted from the service's own log, and judged against openapi.yaml.

/** The request id that Schemathesis sends: its calls are told apart by it from those that prepare them. */
export const fuzzerId = 'schemathesis'

/** The least share of answers that must be a success. */
export const leastShare = 0.2

export type Operation = {
  readonly method: string
  /** As Fastify writes it: `/v1/orders/:id`. */
  readonly route: string
  readonly operationId: string
  readonly statuses: readonly number[]
}

export type Tally = {
  readonly total: number
  readonly succeeded: number
  /** By operationId; each status with how often it came. */
  readonly operations: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** Answers to methods and addresses that there are not. */
  readonly elsewhere: ReadonlyMap<number, number>
}

type Answered = { msg?: string; requestId?: string; method?: string; route?: string; status?: number }

/** Counts lines of JSON as src/http/server.ts writes them; other lines are none of ours. */
export function tallyOf(lines: Iterable<string>, operations: readonly Operation[]): Tally {
  const names = new Map(operations.map(({ method, route, operationId }) => [`${method} ${route}`, operationId]))
  const counts = new Map<string, Map<number, number>>(operations.map(({ operationId }) => [operationId, new Map()]))
  const elsewhere = new Map<number, number>()
  let [total, succeeded] = [0, 0]
  for (const line of lines) {
    if (!line.includes(fuzzerId)) continue
    const { msg, requestId, method, route, status } = JSON.parse(line) as Answered
    if (msg !== 'answered' || requestId !== fuzzerId || status === undefined) continue
    total++
    if (status >= 200 && status < 300) succeeded++
    const count = counts.get(names.get(`${method} ${route}`) ?? '') ?? elsewhere
    count.set(status, (count.get(status) ?? 0) + 1)
  }
  return { total, succeeded, operations: counts, elsewhere }
}

/** Operations that no answer was a success of. */
export const unsuccessful = ({ operations }: Tally): string[] =>
  [...operations]
    .filter(([, statuses]) => ![...statuses.keys()].some((status) => status >= 200 && status < 300))
    .map(([name]) => name)

export type Verdict = { readonly sentence: string; readonly against: readonly string[] }

/** Each demand with what speaks against it. */
export function judge(tally: Tally, operations: readonly Operation[]): readonly Verdict[] {
  const answers = [...tally.operations].flatMap(([name, statuses]) =>
    [...statuses.keys()].map((status) => ({ name, status })),
  )
  const strange = [...tally.elsewhere.keys()].map((status) => ({ name: 'elsewhere', status }))
  const documented = new Map(operations.map(({ operationId, statuses }) => [operationId, statuses]))
  const told = ({ name, status }: { name: string; status: number }) => `${name}: ${status}`
  const share = tally.total === 0 ? 0 : tally.succeeded / tally.total
  return [
    {
      sentence: 'No answer is a server error',
      against: [...answers, ...strange].filter(({ status }) => status >= 500).map(told),
    },
    {
      sentence: 'Every status is documented for its operation',
      against: answers.filter(({ name, status }) => !documented.get(name)?.includes(status)).map(told),
    },
    {
      sentence: 'Every operation succeeded at least once',
      against: unsuccessful(tally).map(
        (name) => `${name}: ${[...(tally.operations.get(name)?.keys() ?? [])].join(', ') || 'never called'}`,
      ),
    },
    {
      sentence: `At least ${leastShare * 100} % of all answers are a success`,
      against: share >= leastShare ? [] : [`${(share * 100).toFixed(1)} % of ${tally.total}`],
    },
  ]
}

/** A line for each operation: successes, answers, and how often each status came. */
export const tableOf = (tally: Tally): string =>
  [...tally.operations, ['(elsewhere)', tally.elsewhere] as const]
    .map(([name, statuses]) => {
      const all = [...statuses].sort(([a], [b]) => a - b)
      const sum = (list: readonly (readonly [number, number])[]) => list.reduce((total, [, count]) => total + count, 0)
      const good = sum(all.filter(([status]) => status >= 200 && status < 300))
      const each = all.map(([status, count]) => `${status} × ${count}`).join(', ')
      return `${name.padEnd(26)} ${String(good).padStart(5)} of ${String(sum(all)).padStart(6)}  ${each}`
    })
    .join('\n')
