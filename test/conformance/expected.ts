// What each judge has to say of a file of each level; anything else, for better or worse, is a finding.
import type { Level, Producer, Wanted } from './files.ts'
import type { Verdict } from './judges.ts'
import type { Words } from './openssl.ts'

export const judges = [
  'pyHanko',
  'EU DSS',
  'pdfsig',
  'qpdf',
  'cmp',
  'openssl cms',
  'openssl cms, 2 days later',
  'openssl ts',
  'openssl ocsp',
  'veraPDF',
] as const
export type JudgeName = (typeof judges)[number]
export type Cell = { readonly judge: JudgeName; readonly expected: string; readonly seen: string }
/** `times`: at how many times pyHanko, EU DSS and `openssl ts` were asked. */
export type Seen = { readonly verdicts: readonly Verdict[]; readonly openssl: Words; readonly times: number }

/**
 * pyHanko demands revocation data, which B-B and B-T have none of, and a proof that it existed while the certificate was valid,
 * which only a document time-stamp gives (EN 319 102-1 5.6.2.4).
 */
const pyhankoSays: Readonly<Record<Level, string>> = {
  'B-B': 'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'B-T': 'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'B-LT': 'INDETERMINATE NO_POE',
  'B-LTA': 'PASSED OK',
  'renewed twice': 'PASSED OK',
}

/** Offline, EU DSS has no revocation data for B-B and B-T; for B-LT it takes the signature time-stamp as proof of the time. */
const dssSays: Readonly<Record<Level, string>> = {
  'B-B': 'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE PAdES-BASELINE-B',
  'B-T': 'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE PAdES-BASELINE-T',
  'B-LT': 'TOTAL_PASSED PAdES-BASELINE-LT',
  'B-LTA': 'TOTAL_PASSED PAdES-BASELINE-LTA',
  'renewed twice': 'TOTAL_PASSED PAdES-BASELINE-LTA',
}

/** Reasons that only say that a file is below B-LTA; any other reason (a change, a gap, a digest) counts against every level. */
const belowArchive = [
  /INDETERMINATE (CERTIFICATE_CHAIN_GENERAL_FAILURE|NO_POE)/,
  /: the bottom line is false$/,
  /: no valid signature time-stamp: below B-T$/,
  /: no valid document time-stamp after it: below B-LTA$/,
  /: level PAdES-BASELINE-(B|T|LT), not PAdES-BASELINE-LTA$/,
  /: no signature time-stamp$/,
  /^the last signature is not a document time-stamp$/,
  /^no document time-stamp that covers the total document$/,
]

const archived = (level: Level) => level === 'B-LTA' || level === 'renewed twice'
const distinct = (words: readonly string[]) => [...new Set(words)].sort()
const count = (words: readonly string[]) =>
  distinct(words).map((word) => `${words.filter((one) => one === word).length} ${word}`)
const orNone = (words: readonly string[]) => (words.length === 0 ? ['none'] : words)

/** What every judge of this file should have said, beside what it said. */
export function cells(wanted: Wanted, producer: Producer, { verdicts, openssl, times }: Seen): Cell[] {
  const { level, signers } = wanted
  const signatures = signers + 1
  const spoken = (judge: string) => {
    const own = verdicts.filter((one) => one.judge === judge)
    if (own.length === 0) return ['nothing']
    return own.flatMap((one) => {
      const words = (one.signatures ?? []).map((each) => [each.indication, each.level].filter(Boolean).join(' '))
      const against = one.reasons.filter((reason) => archived(level) || !belowArchive.some((one) => one.test(reason)))
      return [...count(words), ...against]
    })
  }
  const cell = (judge: JudgeName, expected: string, seen: readonly string[]): Cell => ({
    judge,
    expected,
    seen: seen.length === 0 ? 'ok' : distinct(seen).join('; '),
  })
  const stamps = {
    'B-B': 0,
    'B-T': signatures,
    'B-LT': signatures,
    'B-LTA': signatures + 1,
    'renewed twice': signatures + 3,
  }
  // Each renewal asks once more about the seal.
  const answers = { 'B-B': 0, 'B-T': 0, 'B-LT': signatures, 'B-LTA': signatures, 'renewed twice': signatures + 2 }
  // Not in order of text: the seal first, whatever the number of signers.
  const endings = (words: readonly string[]) => [
    distinct(words)
      .reverse()
      .flatMap((word) => count(words.filter((one) => one === word)))
      .join('; '),
  ]
  return [
    cell('pyHanko', `${signatures} ${pyhankoSays[level]}`, spoken('pyhanko')),
    cell('EU DSS', `${signatures} ${dssSays[level]}`, spoken('dss')),
    cell('pdfsig', 'ok', spoken('pdfsig')),
    cell('qpdf', 'ok', spoken('qpdf')),
    cell('cmp', 'ok', spoken('prefix')),
    cell('openssl cms', `${signatures} ok`, count(openssl.cms)),
    // The person's certificate lives an hour, the seal's for years; openssl knows no time-stamps.
    cell('openssl cms, 2 days later', `1 ok; ${signers} certificate has expired`, endings(openssl.later)),
    cell('openssl ts', stamps[level] === 0 ? 'none' : `${stamps[level] * times} ok`, orNone(count(openssl.ts))),
    cell('openssl ocsp', answers[level] === 0 ? 'none' : `${answers[level]} good`, orNone(count(openssl.ocsp))),
    ...(producer.flavour === undefined ? [] : [cell('veraPDF', 'ok', spoken('verapdf'))]),
  ]
}
