// A verification report as lines for a terminal.
import type { Report, SignatureReport } from '../kernel/checks/index.ts'
import { type Language, verificationWords } from '../text/index.ts'

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
  const who = signer ? ` ${words.by} ${signer.name}` : ''
  const how = level ? `, ${words.level} ${level}` : ''
  const when = bestTime ? `, ${words.at} ${bestTime}` : ''
  return [
    `${marks[verdict]} ${words.kinds[kind]}${earlier ? ` ${words.earlier}` : ''}${who}${how}${when}`,
    ...checks
      .filter((check) => check.verdict !== 'PASSED')
      .map((check) => `    ${marks[check.verdict]} ${check.id}: ${check.detail ?? check.title} [${check.citation}]`),
  ]
}
