// Opens a file to append to it, and what a state takes over from it as it is.

import { createHash } from 'node:crypto'
import { SeglError } from '../../errors.ts'
import {
  type ByteSource,
  firstFreeObject,
  isArray,
  isRef,
  isString,
  type Limits,
  mentionsIn,
  openPdf,
  type PdfFile,
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

/** What a state takes over from the file as it is. */
export function blankState(file: PdfFile, nextObject = firstFreeObject(file, mentionsIn(file))): AppendState {
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
