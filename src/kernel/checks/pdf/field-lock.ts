// Fields that a signature locks stay as they were: a stranger in an unused slot breaks the seal.
import { formFields, serialise } from '../../pdf/index.ts'
import { type Check, failed, passed } from '../check.ts'

export const fieldLock: Check = {
  id: 'FIELD_LOCK',
  title: 'Locked fields were not touched',
  citation: 'ISO 32000-2 12.8.2.4 (FieldMDP)',
  run({ embedded }, evidence) {
    const { fieldLock: lock, covers } = embedded
    if (!lock) return undefined
    const then = covers === undefined ? undefined : evidence.files[covers]
    if (!then) return failed('FORMAT_FAILURE', 'The signature covers no revision.')
    const isLocked = (name: string): boolean => {
      if (lock.action === 'All') return true
      const listed = lock.fields.includes(name)
      return lock.action === 'Exclude' ? !listed : listed
    }
    const now = new Map(formFields(evidence.file).map((field) => [field.name, serialise(field.dict)]))
    const touched = formFields(then).find(
      (field) => isLocked(field.name) && now.get(field.name) !== serialise(field.dict),
    )
    return touched ? failed('FORMAT_FAILURE', `The locked field ${touched.name} was changed.`) : passed()
  },
}
