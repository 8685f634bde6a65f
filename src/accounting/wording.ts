// Findings as sentences, in the language of the order.
import { type Language, list, longDate, roleName, text } from '../text/index.ts'
import { noonOf } from './dates.ts'
import type { Finding, Value } from './order-rule.ts'

/** What is wrong and, where it is not plain, what to do: one or two sentences. */
export function sentenceOf({ says, values }: Pick<Finding, 'says' | 'values'>, language: Language): string {
  const sentence: string | ((...values: string[]) => string) = text(language).rules[says]
  return typeof sentence === 'string' ? sentence : sentence(...values.map((value) => written(value, language)))
}

function written(value: Value, language: Language): string {
  if (typeof value === 'string') return value
  if ('date' in value) return longDate(noonOf(value.date), language)
  if ('role' in value) return roleName(value.role, language).toLocaleLowerCase('nb')
  if ('names' in value) return list(value.names, language)
  const { parts, authorities, binding } = text(language).rules
  const names: Readonly<Record<string, string>> = parts
  if ('parts' in value)
    return list(
      value.parts.map((part) => names[part] ?? part),
      language,
    )
  const { by, count, holders = [] } = value.binding
  return binding(authorities[by], String(count), list(holders, language))
}
