// One signature counts once: the same CMS under two fields would make one signer look like two.
import { type Check, failed, passed } from '../check.ts'

export const signatureOnce: Check = {
  id: 'SIGNATURE_ONCE',
  title: 'The signature stands in one field only',
  citation: 'EN 319 102-1 5.2.7; ISO 32000-2 12.7.5.5',
  run({ embedded }, { embedded: all }) {
    const { contents, field } = embedded
    const twin = all.find(
      (other) =>
        other !== embedded &&
        (other.field.name === field.name ||
          (other.ref !== undefined && other.ref.number === embedded.ref?.number) ||
          (contents !== undefined && other.contents !== undefined && Buffer.compare(contents, other.contents) === 0)),
    )
    return twin ? failed('FORMAT_FAILURE', `It also stands in the field ${twin.field.name}.`) : passed()
  },
}
