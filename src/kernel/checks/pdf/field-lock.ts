// Fields that a signature locks stay as they were: a stranger in an unused slot breaks the seal.
import {
  type EmbeddedSignature,
  type FieldLock,
  formFields,
  isArray,
  isDict,
  isString,
  nameOf,
  type PdfFile,
  serialise,
  textOf,
} from '../../pdf/index.ts'
import { changeIn } from '../changes/index.ts'
import { type Check, failed, passed } from '../check.ts'
import type { Evidence } from '../evidence.ts'

export const fieldLock: Check = {
  id: 'FIELD_LOCK',
  title: 'Locked fields were not touched',
  citation: 'ISO 32000-2 12.8.2.4 (FieldMDP), 12.7.5.5 (Lock)',
  run({ embedded }, evidence) {
    const locks = [embedded.fieldLock, lockOfField(embedded, evidence.file)].filter((one) => one !== undefined)
    if (locks.length === 0) return undefined
    const then = embedded.covers === undefined ? undefined : evidence.fileAt(embedded.covers)
    if (!then) return failed('FORMAT_FAILURE', 'The signature covers no revision.')
    const unknown = locks.find(({ action }) => !['All', 'Include', 'Exclude'].includes(action ?? ''))
    if (unknown) return failed('FORMAT_FAILURE', `The lock has the unknown action ${unknown.action ?? '(none)'}.`)
    const now = new Map(formFields(evidence.file).map((field) => [field.name, serialise(field.dict)]))
    const touched = formFields(then).find(
      (field) => locks.some((lock) => isLocked(lock, field.name)) && now.get(field.name) !== serialise(field.dict),
    )
    const name = touched?.name ?? filledLater(evidence, embedded.covers ?? 0, locks)
    return name === undefined ? passed() : failed('FORMAT_FAILURE', `The locked field ${name} was changed.`)
  },
}

/** A value or an appearance can change in an object of its own, while the field's dictionary stays. */
function filledLater(evidence: Evidence, covers: number, locks: readonly FieldLock[]): string | undefined {
  for (let index = covers + 1; index < evidence.revisions.length; index += 1) {
    const { filled } = changeIn(evidence, index)
    const found = filled.find(({ name }) => locks.some((lock) => isLocked(lock, name)))
    if (found) return found.name
  }
  return undefined
}

/** Who locks a field locks everything below it. */
function isLocked({ action, fields }: FieldLock, name: string): boolean {
  const listed = fields.some((one) => name === one || name.startsWith(`${one}.`))
  return action === 'All' || (action === 'Exclude' ? !listed : listed)
}

/** What the field says that signing it locks. */
function lockOfField({ field }: EmbeddedSignature, file: PdfFile): FieldLock | undefined {
  const lock = file.resolve(field.dict.get('Lock'))
  if (!isDict(lock)) return undefined
  const fields = file.resolve(lock.get('Fields'))
  const names = (isArray(fields) ? fields : []).map((name) => file.resolve(name)).filter(isString)
  return { action: nameOf(file.resolve(lock.get('Action'))), fields: names.map(textOf) }
}
