// What a revision may say anew in its trailer (ISO 32000-2, 7.5.5, table 15).
import { isArray, isDict, isRef, isString, type PdfFile, type PdfObject } from '../../pdf/index.ts'
import { type Account, differing, textOfValue } from './account.ts'

/** Members that belong to their own section (ISO 32000-2, tables 15, 17 and 19), and those that have rules of their own. */
const sectionKeys = ['Size', 'Prev', 'XRefStm', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'DL']
const ruledKeys = ['Root', 'Info', 'ID']
/** How the file is to be decrypted, and what proves that it is whole (ISO/TS 32004). */
const strictKeys = ['Encrypt', 'AuthCode']

/** `ours`: Segl made the file before, and keeps its identity in every revision. */
export function explainTrailer({ before, after, note }: Account, ours: boolean): void {
  for (const key of differing(before.trailer, after.trailer)) {
    if (sectionKeys.includes(key) || ruledKeys.includes(key)) continue
    // Notes of programs to themselves (/DocChecksum, /AdditionalStreams …) are for no reader, as long as they lead to nothing.
    if (strictKeys.includes(key) || leadsOn(after.trailer.get(key))) note(`/${key} of the trailer was changed`)
  }
  // Another object may not become the catalog, nor the catalog another object.
  if (textOfValue(before.trailer.get('Root')) !== textOfValue(after.trailer.get('Root')))
    note('the catalog was exchanged')
  // Which file it is (ISO 32000-2, 14.4) changes nothing that is shown; yet a file of Segl that is called another one is told.
  const was = identityOf(before)
  if (ours && was !== undefined && was !== identityOf(after)) note('the file was given another identity (/ID)')
}

function leadsOn(value: PdfObject | undefined): boolean {
  if (isArray(value)) return value.some(leadsOn)
  return isDict(value) ? [...value.values()].some(leadsOn) : isRef(value)
}

/** The first part of /ID, which a revision should not change (ISO 32000-2, 14.4). */
function identityOf(file: PdfFile): string | undefined {
  const parts = file.resolve(file.trailer.get('ID'))
  const first = isArray(parts) ? file.resolve(parts[0]) : undefined
  return isString(first) ? Buffer.from(first.bytes).toString('hex') : undefined
}
