// Opens a file to append to it, and what a state takes over from it as it is.

import { createHash } from 'node:crypto'
import { isSeglError, SeglError } from '../../errors.ts'
import {
  type ByteSource,
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  type Limits,
  openPdf,
  type PdfFile,
  type PdfObject,
  placeNear,
  readInPieces,
  revisions,
  serialiseEntries,
} from '../pdf/index.ts'
import type { AppendState } from './state.ts'

/** Members of a trailer that belong to its own section, and those that the state keeps apart. */
const sectionKeys = ['Size', 'Prev', 'XRefStm', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'DL']
const keptApart = ['Root', 'Info', 'ID', 'Encrypt']

/** Throws what openPdf throws, and ENCRYPTED with `advice` as its last sentence. */
export function openToAppend(source: ByteSource, limits?: Limits, advice = 'Upload a copy without password.'): PdfFile {
  const file = openPdf(source, limits)
  if (!file.encrypted) return file
  const offset = placeNear(file, file.trailer.get('Encrypt'))
  throw new SeglError('ENCRYPTED', `The PDF is encrypted. ${advice}`, { offset })
}

/** Numbers kept free of references from the first new object on: more than forty signers and decades of renewals need. */
const room = 1 << 16

/**
 * The first object number of those that the file does not use, in its cross-reference or by its /Size, nor refers to: a reference
 * to nothing reads as null (ISO 32000-2, 7.3.10; qpdf and pyHanko agree), and no object of ours may give it a meaning.
 */
export function firstFreeObject(file: PdfFile): number {
  let highest = 0
  file.xref.each((number) => {
    highest = number
  })
  const size = file.resolve(file.trailer.get('Size'))
  let first = Math.max(
    highest + 1,
    typeof size === 'number' && Number.isInteger(size) && size <= file.limits.objects ? size : 0,
  )
  for (const number of referencesFrom(file, first)) if (number < first + room) first = number + 1
  return first
}

/** Numbers from `first` on that objects of the file refer to, in order. */
function referencesFrom(file: PdfFile, first: number): readonly number[] {
  const found = new Set<number>()
  const visit = (value: PdfObject): void => {
    if (isRef(value)) {
      if (value.number >= first) found.add(value.number)
    } else if (isArray(value)) for (const item of value) visit(item)
    else if (isDict(value)) for (const item of value.values()) visit(item)
    else if (isStream(value)) for (const item of value.dict.values()) visit(item)
  }
  try {
    file.each((_, value) => visit(value))
  } catch (error) {
    // What cannot be read is for pre-flight to refuse, and for the verifier to tell.
    if (!isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX')) throw error
  }
  return [...found].sort((a, b) => a - b)
}

/** What a state takes over from the file as it is. */
export function blankState(file: PdfFile, nextObject = firstFreeObject(file)): AppendState {
  const { trailer, source } = file
  revisions(file)
  const root = trailer.get('Root')
  const info = trailer.get('Info')
  if (!isRef(root))
    throw new SeglError('MALFORMED_PDF', 'The PDF has no catalog. Export it again.', { offset: file.startxref })
  const rest = new Map([...trailer].filter(([key]) => !sectionKeys.includes(key) && !keptApart.includes(key)))
  const last = source.read(source.size - 1, 1)[0]
  return {
    format: 1,
    size: source.size,
    lineEnd: last === 10 || last === 13,
    offsetBase: file.offsetBase,
    startxref: file.startxref,
    xrefKind: file.sections[0]?.kind === 'stream' ? 'stream' : 'table',
    nextObject,
    root: [root.number, root.generation],
    info: isRef(info) ? [info.number, info.generation] : null,
    id: identifier(file),
    trailer: serialiseEntries(rest),
    acroForm: { object: 0, generation: 0, entries: '', fields: [] },
    dss: { object: 0, certificates: [], crls: [], ocsps: [] },
    slots: [],
    seal: null,
    timestamps: 0,
    emptyAppearance: 0,
    lastPage: [0, 0],
    resources: {},
  }
}

/** /ID as it is; a file without one gets the digest of its bytes, so that the same upload always gives the same revision. */
function identifier(file: PdfFile): readonly [string, string] {
  const parts = file.resolve(file.trailer.get('ID'))
  const [first, second] = isArray(parts) ? parts.map((part) => file.resolve(part)) : []
  if (isString(first) && isString(second)) {
    return [Buffer.from(first.bytes).toString('hex'), Buffer.from(second.bytes).toString('hex')]
  }
  const hash = createHash('sha256')
  for (const piece of readInPieces(file.source, 0, file.source.size)) hash.update(piece)
  const made = hash.digest('hex').slice(0, 32)
  return [made, made]
}
