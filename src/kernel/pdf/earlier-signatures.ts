// What the signatures that an upload carries already allow to come after them (ISO 32000-2, 12.8.2.2 DocMDP, 12.8.2.4 FieldMDP).

import type { PdfFile } from './file.ts'
import { type EmbeddedSignature, type FieldLock, signatures } from './form.ts'
import { isArray, isDict, isString, nameOf, textOf } from './object.ts'

export type EarlierSignatures = {
  readonly count: number
  /** `visible`: plain approval signatures only. `invisible`: certified with P=2 or P=3. `nothing`: see `obstacle`. */
  readonly allow: 'visible' | 'invisible' | 'nothing'
  /** Names of fields that nobody may fill any more. */
  readonly lockedNames: readonly string[]
  readonly obstacle: Obstacle | undefined
}

export type Obstacle = {
  readonly code: 'ALREADY_SIGNED' | 'CHANGES_FORBIDDEN'
  /** Byte offset of the value of /Contents of the signature that stands in the way, where it can be told. */
  readonly offset: number | undefined
  readonly detail: string
}

/** Undefined for a file that nobody has signed. Document time-stamps count, but forbid nothing. */
export function earlierSignatures(file: PdfFile): EarlierSignatures | undefined {
  const found = signatures(file)
  if (found.length === 0) return undefined
  const locks = found.flatMap((signature) => locksOf(file, signature))
  const levels = found.flatMap(({ certification }) => certification ?? [])
  const obstacle = found.map((signature) => obstacleIn(file, signature)).find((one) => one !== undefined)
  const certified =
    levels.length > 0 || found.some(({ field }) => permissionOf(file, field.dict.get('Lock')) !== undefined)
  return {
    count: found.length,
    allow: obstacle ? 'nothing' : certified ? 'invisible' : 'visible',
    lockedNames: locks.flatMap(({ action, fields }) => (action === 'Include' ? fields : [])),
    obstacle,
  }
}

function obstacleIn(file: PdfFile, signature: EmbeddedSignature): Obstacle | undefined {
  const { field, covers, certification, dict, contentsAt } = signature
  const offset = contentsAt?.[0]
  const at = offset === undefined ? '' : ` (byte ${offset})`
  if (dict.has('SEGL_Trail')) {
    const detail = `The PDF is a finished document of Segl: its seal${at} ends the order. Make an order with the original upload.`
    return { code: 'ALREADY_SIGNED', offset, detail }
  }
  if (covers === undefined) {
    const detail = `The signature in the field ${field.name}${at} does not cover a whole revision of the PDF. Upload the unsigned document.`
    return { code: 'ALREADY_SIGNED', offset, detail }
  }
  const permission = Math.min(certification ?? 3, permissionOf(file, field.dict.get('Lock')) ?? 3)
  if (permission < 2) {
    const detail =
      `The signature in the field ${field.name}${at} certifies the PDF and allows no changes (DocMDP P=1), so nobody can sign ` +
      'it after that. Ask for a copy that allows signatures, or for the unsigned document.'
    return { code: 'CHANGES_FORBIDDEN', offset, detail }
  }
  // Measured with pyHanko: /All and /Exclude lock fields that come later too.
  const lock = locksOf(file, signature).find(({ action }) => action !== 'Include')
  if (lock) {
    const detail =
      `The signature in the field ${field.name}${at} locks all other fields, so nobody can sign the PDF after that. Ask for a ` +
      'copy that allows signatures, or for the unsigned document.'
    return { code: 'CHANGES_FORBIDDEN', offset, detail }
  }
  return undefined
}

/** The FieldMDP transform of a signature, and what its field says that signing it locks (/Lock). */
function locksOf(file: PdfFile, { field, fieldLock }: EmbeddedSignature): readonly FieldLock[] {
  const lock = file.resolve(field.dict.get('Lock'))
  if (!isDict(lock)) return fieldLock ? [fieldLock] : []
  const list = file.resolve(lock.get('Fields'))
  const names = (isArray(list) ? list : []).map((item) => file.resolve(item)).filter(isString)
  const own = { action: nameOf(file.resolve(lock.get('Action'))), fields: names.map(textOf) }
  return fieldLock ? [fieldLock, own] : [own]
}

/** /P of a signature field's lock: the same as DocMDP once the field is signed (ISO 32000-2, table 236). */
function permissionOf(file: PdfFile, value: Parameters<PdfFile['resolve']>[0]): number | undefined {
  const lock = file.resolve(value)
  const permission = isDict(lock) ? file.resolve(lock.get('P')) : undefined
  return typeof permission === 'number' ? permission : undefined
}
