// Amounts of money as decimal strings: never a floating-point number, so 0.1 + 0.2 is 0.30.

/** A parsed amount: `units` of 10^-scale. */
export type Amount = { readonly units: bigint; readonly scale: number }

/** Optional minus, up to 15 digits before and 4 after a full stop; no thousands separator, no leading zeros, no plus. */
export const amountPattern = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?$/

/** Parses an amount; undefined when it is not written as `amountPattern` says. */
export function parseAmount(text: string): Amount | undefined {
  if (!amountPattern.test(text)) return undefined
  const fraction = text.split('.')[1] ?? ''
  return { units: BigInt(text.replace('.', '')), scale: fraction.length }
}

/** -1, 0 or 1, as `a` is less than, equal to or more than `b`, whatever their number of decimals. */
export function compareAmounts(a: Amount, b: Amount): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale)
  const left = a.units * 10n ** BigInt(scale - a.scale)
  const right = b.units * 10n ** BigInt(scale - b.scale)
  return left < right ? -1 : left > right ? 1 : 0
}
