// A verification report as lines for a terminal.
import { type Apart, apartOf, type Report, type SignatureReport } from '../kernel/checks/index.ts'
import { type Language, type VerificationWords, verificationWords } from '../text/index.ts'

/** No line holds what could move the cursor or turn the writing direction: names and fields are a stranger's words. */
export const reportLines = (file: string, report: Report, language: Language): readonly string[] =>
  linesOf(file, report, language).map(harmless)

const harmless = (line: string): string => line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\u{fffd}')

function linesOf(file: string, report: Report, language: Language): readonly string[] {
  const words = verificationWords(language)
  const upload = report.revisions.filter(({ change }) => change === 'upload').at(-1)
  return [
    `${file}: ${words.verdicts[report.verdict]}${report.subIndication ? ` (${report.subIndication})` : ''}`,
    report.verdict === 'PASSED' && report.notProven.includes('EARLIER_SIGNATURES')
      ? words.passedApart
      : words.meaning[report.verdict],
    ...(report.signatures.some((one) => isFormOpen(apartOf(one))) ? [words.formApart] : []),
    ...(report.simulated ? [words.simulated] : []),
    '',
    ...report.signatures.flatMap((signature) => signatureLines(signature, language)),
    '',
    ...(upload ? [`${words.upload}: ${upload.sha256}`] : []),
    `${words.file}: ${report.sha256}`,
    '',
    `${words.notProven}:`,
    ...report.notProven.map((code) => `  - ${words.sentences[code]}`),
  ]
}

const marks = { PASSED: '✓', INDETERMINATE: '?', FAILED: '✗' } as const

function signatureLines(signature: SignatureReport, language: Language): readonly string[] {
  const words = verificationWords(language)
  const { kind, verdict, signer, level, bestTime, checks, earlier } = signature
  const apart = apartOf(signature)
  const who = signer ? ` ${words.by} ${signer.name}` : ''
  const how = level ? `, ${words.level} ${level}` : ''
  const when = bestTime ? `, ${words.at} ${bestTime}` : ''
  return [
    `${marks[verdict]} ${words.kinds[kind]}${earlier ? ` ${words.earlier}` : ''}${who}${how}${when}`,
    ...(apart ? [`    ${apartLine(apart, words)}`] : []),
    ...checks
      .filter((check) => check.verdict !== 'PASSED')
      .map((check) => `    ${marks[check.verdict]} ${check.id}: ${check.detail ?? check.title} [${check.citation}]`),
  ]
}

/** The signature holds, and only its form is another than that of PAdES baseline. */
const isFormOpen = (apart: Apart | undefined): boolean =>
  apart?.cryptography === 'PASSED' && apart?.form === 'INDETERMINATE'

const apartLine = ({ cryptography, form, path }: Apart, { apart }: VerificationWords): string =>
  `${apart.cryptography[cryptography]}; ${apart.form[form]}; ${apart.path[path]}.`
