// Every object can be read as it stands: where one cannot, readers guess, and two people may see two documents.
import { type Check, indeterminate, passed } from '../check.ts'

export const objectsReadable: Check = {
  id: 'OBJECTS_READABLE',
  title: 'Every object of the file can be read',
  citation: 'ISO 32000-2 7.3, 7.5',
  run(_, { missing }) {
    return missing.unreadable === undefined ? passed() : indeterminate('FORMAT_FAILURE', missing.unreadable)
  },
}
