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

function* mistakesIn(value: unknown, pointer: string): Generator<FieldError> {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) yield { pointer, code: 'INVALID_REQUEST', detail }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* mistakesIn(item, `${pointer}/${index}`)
  } else if (isPlain(value)) {
    for (const [name, member] of Object.entries(value)) {
      // RFC 6901 § 3.
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      yield* mistakesIn(name, at)
      yield* mistakesIn(member, at)
    }
  }
}

/** JSON, forms and queries; not bytes, and not the stream of an upload. */
const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !ArrayBuffer.isView(value) &&
  !('pipe' in value && !Object.hasOwn(value, 'pipe'))
