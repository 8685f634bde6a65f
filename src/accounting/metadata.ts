// What an accounting system says about a document: fields that every kind has, and those of its kind.
import { type FieldError, SeglError } from '../errors.ts'
import { type AnnualAccounts, annualAccountsFields, readAnnualAccounts } from './annual-accounts.ts'
import { type Contract, contractFields, readContract } from './contract.ts'
import { type OwnRetention, readRetention } from './every-kind/retention.ts'
import { isRecord, note, type Reading, readText, refuseUnknown } from './fields.ts'
import { readVoucher, type Voucher, voucherFields } from './voucher.ts'

export type OfKind = AnnualAccounts | Contract | Voucher

export type Metadata = OfKind & {
  readonly title: string
  readonly fileName?: string
  readonly language?: 'nb' | 'nn' | 'en'
  /** Rewrite the file where it cannot be signed as it is: form fields become part of its pages. */
  readonly normalise?: boolean
  /** Longer storage than the law's shortest. */
  readonly retention?: OwnRetention
}

const common = ['kind', 'title', 'fileName', 'language', 'normalise', 'retention']

const kinds: Readonly<Record<string, { fields: readonly string[]; read: (reading: Reading) => OfKind | undefined }>> = {
  annualAccounts: { fields: annualAccountsFields, read: readAnnualAccounts },
  contract: { fields: contractFields, read: readContract },
  voucher: { fields: voucherFields, read: readVoucher },
}

/**
 * Reads the metadata of an upload. Throws a SeglError with every mistake at once: `errors[].pointer` begins with
 * `pointer`, the place of the metadata in the request. Its code is KIND_UNKNOWN, METADATA_MISSING,
 * ORGANISATION_NUMBER_INVALID or METADATA_INVALID: the one they share, METADATA_INVALID when they differ.
 */
export function readMetadata(value: unknown, pointer = '/metadata'): Metadata {
  const errors: FieldError[] = []
  if (value === undefined || value === null) {
    throw new SeglError('METADATA_MISSING', 'Send metadata with the document: at least `kind` and `title`.')
  }
  if (!isRecord(value)) throw new SeglError('METADATA_INVALID', 'Metadata must be one JSON object.')
  const reading: Reading = { object: value, pointer, errors }
  const title = readText(reading, 'title', { required: true, max: 200 })
  const fileName = readText(reading, 'fileName', {
    max: 200,
    pattern: /^[^/\\]+$/,
    shape: 'a file name without a path',
  })
  const language = readLanguage(reading)
  const kind =
    typeof value['kind'] === 'string' && Object.hasOwn(kinds, value['kind']) ? kinds[value['kind']] : undefined
  const known = Object.keys(kinds).join(', ')
  if (kind) refuseUnknown(reading, [...common, ...kind.fields])
  else if (value['kind'] === undefined) note(reading, 'kind', 'METADATA_MISSING', `\`kind\` is required: ${known}.`)
  else note(reading, 'kind', 'KIND_UNKNOWN', `The kind of document must be one of ${known}.`)
  const ofKind = kind?.read(reading)
  const retention = readRetention(reading)
  const normalise = readNormalise(reading)
  if (errors.length > 0 || title === undefined || ofKind === undefined) throw refusal(errors)
  return {
    ...ofKind,
    title,
    ...(fileName !== undefined && { fileName }),
    ...(language && { language }),
    ...(retention && { retention }),
    ...(normalise && { normalise }),
  }
}

function readLanguage(reading: Reading): Metadata['language'] {
  const value = reading.object['language']
  if (value === undefined) return undefined
  if (value === 'nb' || value === 'nn' || value === 'en') return value
  note(reading, 'language', 'METADATA_INVALID', '`language` must be nb, nn or en.')
  return undefined
}

function readNormalise(reading: Reading): boolean {
  const value = reading.object['normalise']
  if (value !== undefined && typeof value !== 'boolean') {
    note(reading, 'normalise', 'METADATA_INVALID', '`normalise` must be true or false.')
  }
  return value === true
}

function refusal(errors: readonly FieldError[]): SeglError {
  const codes = new Set(errors.map((error) => error.code))
  const code = codes.has('KIND_UNKNOWN') ? 'KIND_UNKNOWN' : codes.size === 1 ? errors[0]?.code : 'METADATA_INVALID'
  const detail =
    errors.length === 1
      ? (errors[0]?.detail ?? '')
      : `${errors.length} fields of the metadata are missing or wrong. Each is named in \`errors\`.`
  return new SeglError(code ?? 'METADATA_INVALID', detail, { errors })
}
