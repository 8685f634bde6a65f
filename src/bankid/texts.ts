// Every sentence that a person reads on the island's pages, in bokmål, nynorsk and English.
import { en } from './texts/en.ts'
import { nb, type Texts } from './texts/nb.ts'
import { nn } from './texts/nn.ts'

export type { Texts }

export const languages = ['nb', 'nn', 'en'] as const
export type Language = (typeof languages)[number]

/** The first language of a list like `nn nb` (OIDC ui_locales) or `nn-NO,nn;q=0.9` (Accept-Language) that we speak. */
export const languageFrom = (wishes: string | undefined): Language => {
  for (const wish of (wishes ?? '').split(/[\s,]+/)) {
    const primary = wish.split(/[-;]/)[0]?.toLowerCase()
    if (primary === 'no') return 'nb'
    const found = languages.find((language) => language === primary)
    if (found) return found
  }
  return 'nb'
}

export const texts: Record<Language, Texts> = { nb, nn, en }

/** The sentences that a visit may answer with. */
export type MessageKey =
  | 'wrongNumber'
  | 'wrongCode'
  | 'usedCode'
  | 'wrongPassword'
  | 'wrongMobile'
  | 'wrongPasskey'
  | 'notYetApproved'
  | 'rejected'
  | 'timedOut'
  | 'locked'
  | 'revoked'
  | 'underAge'
  | 'otherPerson'
