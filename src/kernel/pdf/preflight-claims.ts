// What a file claims to be (PDF/A, PDF/UA, tagged), and whether it still is that when sheets and signatures are appended.

import { isSeglError } from '../../errors.ts'
import { type PdfFile, placeOf } from './file.ts'
import { catalogOf } from './form.ts'
import { isDict, isStream } from './object.ts'
import { structureTreeOf } from './structure-tree.ts'

export type Claims = {
  /** Part and level of PDF/A that the XMP claims, such as `2B`; `4` has no level. */
  readonly pdfaClaim: string | undefined
  /** Part of PDF/UA. */
  readonly pdfuaClaim: string | undefined
  readonly tagged: boolean
}

export type ClaimFinding = {
  readonly code: 'PDFA_CLAIM' | 'PDFUA_CLAIM' | 'TAGGED' | 'TAGS_UNREADABLE'
  readonly severity: 'refuse' | 'warn' | 'info'
  readonly detail: string
  readonly offset?: number
}

/** What veraPDF has judged before and after signing (test/conformance/claims.test.ts). */
const keptParts = ['1A', '1B', '2A', '2B', '2U', '3A', '3B', '3U', '4', '4E', '4F']
const keptAccessible = ['1', '2']

export function claimsOf(file: PdfFile): Claims {
  const catalog = catalogOf(file)
  const mark = file.resolve(catalog.get('MarkInfo'))
  const xmp = metadata(file)
  const part = claim(xmp, 'pdfaid:part')
  return {
    pdfaClaim: part && `${part}${claim(xmp, 'pdfaid:conformance')?.toUpperCase() ?? ''}`,
    pdfuaClaim: claim(xmp, 'pdfuaid:part'),
    tagged: isDict(mark) && file.resolve(mark.get('Marked')) === true && catalog.has('StructTreeRoot'),
  }
}

function metadata(file: PdfFile): string {
  const stream = file.resolve(catalogOf(file).get('Metadata'))
  if (!isStream(stream)) return ''
  try {
    return Buffer.from(file.decode(stream)).toString('utf8')
  } catch (error) {
    if (isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX')) return ''
    throw error
  }
}

/** The value of a simple XMP property, written as an attribute or as an element. */
const claim = (xmp: string, property: string): string | undefined =>
  new RegExp(`${property}(?:="|='|>)\\s*([0-9A-Za-z]{1,3})`).exec(xmp)?.[1]

export function claimFindings(file: PdfFile, { pdfaClaim, pdfuaClaim, tagged }: Claims): ClaimFinding[] {
  const findings: ClaimFinding[] = []
  // Of the catalog, where the claims begin.
  const offset = placeOf(file, file.trailer.get('Root'))
  const place = offset === undefined ? {} : { offset }
  const needsTags = pdfuaClaim !== undefined || pdfaClaim?.endsWith('A') === true
  const claimed = (code: 'PDFA_CLAIM' | 'PDFUA_CLAIM', name: string, known: boolean): void => {
    const untrue = needsTags && !tagged && (code === 'PDFUA_CLAIM' || pdfaClaim?.endsWith('A') === true)
    const words = untrue
      ? 'but it is not tagged: the claim does not hold, with or without signatures. Export it as tagged PDF if it has to.'
      : known
        ? 'and what is appended keeps to that. Whether the claim holds is not judged here.'
        : 'which is not known here: have the signed document judged before you rely on the claim.'
    findings.push({
      code,
      severity: untrue || !known ? 'warn' : 'info',
      detail: `The PDF claims to be ${name}, ${words}`,
      ...place,
    })
  }
  if (pdfaClaim !== undefined) claimed('PDFA_CLAIM', `PDF/A-${pdfaClaim}`, keptParts.includes(pdfaClaim))
  if (pdfuaClaim !== undefined) claimed('PDFUA_CLAIM', `PDF/UA-${pdfuaClaim}`, keptAccessible.includes(pdfuaClaim))
  if (!tagged) return findings
  if (isReadable(file)) {
    const detail = 'The PDF is tagged, and so are the sheets and signature fields that are appended.'
    findings.push({ code: 'TAGGED', severity: 'info', detail, ...place })
    return findings
  }
  const what = 'The structure tree of the PDF cannot be read, so the appended sheets cannot be put into it.'
  const detail = needsTags
    ? `${what} The claim of PDF/A or PDF/UA would end with them. Export the PDF again.`
    : `${what} They are appended without; export the PDF again if it must stay tagged throughout.`
  findings.push({ code: 'TAGS_UNREADABLE', severity: needsTags ? 'refuse' : 'warn', detail, ...place })
  return findings
}

function isReadable(file: PdfFile): boolean {
  try {
    return structureTreeOf(file) !== undefined
  } catch (error) {
    if (isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX')) return false
    throw error
  }
}
