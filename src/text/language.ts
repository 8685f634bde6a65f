// The languages that Segl speaks: Norwegian bokmål, Norwegian nynorsk, English (BCP 47 primary subtags).

export const languages = ['nb', 'nn', 'en'] as const
export type Language = (typeof languages)[number]

/** Each language's name in itself, for the switch on the pages. */
export const languageNames: Readonly<Record<Language, string>> = { nb: 'Bokmål', nn: 'Nynorsk', en: 'English' }

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value)
}

/**
 * The language to speak to a browser: the first in its `Accept-Language` (RFC 9110 §12.5.4) that we have, with `no` read as
 * bokmål; Swedish and Danish readers get bokmål too. Bokmål when nothing fits or nothing was sent.
 */
export function languageFromHeader(acceptLanguage: string | undefined): Language {
  const wishes = (acceptLanguage ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      const weight = quality === undefined ? 1 : Number(quality.trim().slice(2))
      return { subtag: range.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0 }
    })
    .filter((wish) => wish.weight > 0)
    .sort((a, b) => b.weight - a.weight)
  for (const { subtag } of wishes) {
    if (isLanguage(subtag)) return subtag
    if (subtag === 'no' || subtag === 'sv' || subtag === 'da') return 'nb'
  }
  return 'nb'
}
