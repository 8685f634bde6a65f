// Text that no database keeps as it was sent is refused before anything else looks at it: U+0000, and halves of surrogate pairs.
import { type FieldError, SeglError } from '../errors.ts'

/** @throws SeglError INVALID_REQUEST with a pointer to each such text, names of members included */
export function refuseUnstorable({ query, body }: { readonly query: unknown; readonly body: unknown }): void {
  const errors = [...mistakesIn(query, '/query'), ...mistakesIn(body, '')]
  if (errors.length === 0) return
  throw new SeglError(
    'INVALID_REQUEST',
    errors.length === 1 ? detail : `${errors.length} texts of the request: ${detail}`,
    {
      errors,
    },
  )
}

const detail = 'The text holds U+0000 or half a character (an unpaired surrogate). Send it without.'

/** In the order of the text. By a list instead of by calls: JSON nests as deep as it is long, a stack does not. */
function mistakesIn(root: unknown, pointer: string): FieldError[] {
  const errors: FieldError[] = []
  const open: { readonly value: unknown; readonly at: Place }[] = [{ value: root, at: { name: pointer } }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, at } = next
    if (typeof value === 'string') {
      if (isUnstorable(value)) errors.push({ pointer: pointerOf(at), code: 'INVALID_REQUEST', detail })
    } else if (isPlain(value)) {
      const members = Object.entries(value).map(([name, member]) => {
        // RFC 6901 § 3.
        const place = { name: `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, within: at }
        if (isUnstorable(name)) errors.push({ pointer: pointerOf(place), code: 'INVALID_REQUEST', detail })
        return { value: member, at: place }
      })
      for (const member of members.reverse()) open.push(member)
    }
  }
  return errors
}

/** A pointer is only written for what is wrong: for each place on the way down it would be as long as the nesting is deep. */
type Place = { readonly name: string; readonly within?: Place }

function pointerOf(place: Place): string {
  const names: string[] = []
  for (let at: Place | undefined = place; at !== undefined; at = at.within) names.push(at.name)
  return names.reverse().join('')
}

const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed()

/** JSON, forms and queries; not bytes, and not the stream of an upload. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !ArrayBuffer.isView(value) &&
  !('pipe' in value && !Object.hasOwn(value, 'pipe'))
