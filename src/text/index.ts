// The room's door: the catalogue of a language, and lookups for values that other rooms name freely.
import { en } from './en.ts'
import type { Language } from './language.ts'
import { type Catalogue, nb } from './nb.ts'
import { nn } from './nn.ts'
import { type PersonError, personCode } from './problem.ts'

export { contentDisposition } from './content-disposition.ts'
export * from './format.ts'
export * from './language.ts'
export type { Catalogue } from './nb.ts'

/** A sentence of the accounting rules (src/accounting), without the words that only stand within one. */
export type RuleSentence = Exclude<keyof Catalogue['rules'], 'binding' | 'authorities' | 'parts' | 'retention'>
export { type MailWords, mailWords } from './mail.ts'
export { osloClock } from './oslo-clock.ts'
export { type PersonCode, type PersonError, personCode, personCodes } from './problem.ts'
export { type SeveralWords, severalWords } from './several.ts'
export { type OrderEvent, orderEvents, type PersonEvent, personEvents, type TrailType } from './trail-types.ts'
export { type VerificationWords, verificationWords } from './verification.ts'

const catalogues: Readonly<Record<Language, Catalogue>> = { nb, nn, en }

/** Every string of one language. */
export function text(language: Language): Catalogue {
  return catalogues[language]
}

const own = (names: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(names, key) ? names[key] : undefined

/** `chair` as `Styreleder`; a role that the order made up itself stays as it was written. */
export function roleName(role: string, language: Language): string {
  return own(text(language).trail.roles, role) ?? role
}

/**
 * An event of the trail as a sentence: `Kari Nordmann logget inn med BankID`. Without a name that may be shown, it is "the
 * signer" who acts; an event type without words stays as it is.
 */
export function eventSentence(type: string, person: string | null, language: Language): string {
  const { events, personEvents, someone } = text(language).trail
  const did = own(personEvents, type)
  return did === undefined ? (own(events, type) ?? type) : `${person ?? someone} ${did}`
}

/** What happened and what to do, for a code of errors.ts; codes that are not for people are told as INTERNAL. */
export function problemText(code: string, language: Language): PersonError {
  return text(language).errors[personCode(code)]
}
