// Chooses few rows of a product of factors so that every pair of values of two factors occurs in at least one row.

/** Values by factor, in the order of `factors`. */
export type Row = readonly number[]

/** All rows of the product: for the full matrix. */
export function product(sizes: readonly number[]): Row[] {
  return sizes.reduce<Row[]>(
    (rows, size) => rows.flatMap((row) => Array.from({ length: size }, (_, value) => [...row, value])),
    [[]],
  )
}

/** Greedy: each next row is the one of the product that covers most pairs not seen yet. Deterministic. */
export function pairwise(sizes: readonly number[]): Row[] {
  const all = product(sizes)
  const key = (a: number, x: number, b: number, y: number) => ((a * 64 + x) * 64 + b) * 64 + y
  const pairsOf = (row: Row): number[] =>
    row.flatMap((x, a) => row.slice(a + 1).map((y, offset) => key(a, x, a + 1 + offset, y)))
  const open = new Set(all.flatMap(pairsOf))
  const chosen: Row[] = []
  while (open.size > 0) {
    let best: Row = []
    let most = 0
    for (const row of all) {
      const gain = pairsOf(row).filter((pair) => open.has(pair)).length
      if (gain > most) [best, most] = [row, gain]
    }
    for (const pair of pairsOf(best)) open.delete(pair)
    chosen.push(best)
  }
  return chosen
}

/** The same rows in another order, always the same one. */
export function shuffled<T>(rows: readonly T[]): T[] {
  const mixed = [...rows]
  let state = 1
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    // Lehmer's generator: any order will do that has nothing to do with the factors.
    state = (state * 48_271) % 2_147_483_647
    const other = state % (last + 1)
    const [a, b] = [mixed[last], mixed[other]]
    if (a !== undefined && b !== undefined) [mixed[last], mixed[other]] = [b, a]
  }
  return mixed
}
