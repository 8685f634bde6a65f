// Canonical JSON (RFC 8785, JCS): one byte sequence per value, so that hashes over it can be recomputed by anybody.
import { SeglError } from '../../errors.ts'

/**
 * Serialises a JSON value canonically: members sorted by UTF-16 code units, no white space, numbers as ECMAScript writes
 * them. Members that are `undefined` are left out, as JSON.stringify does. Throws INVALID_REQUEST for what JSON cannot say.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      // RFC 8785 § 3.2.2.2: lone surrogates have no UTF-8 form.
      if (!value.isWellFormed()) throw new SeglError('INVALID_REQUEST', 'A text holds half of a surrogate pair.')
      return JSON.stringify(value)
    case 'number':
      if (!Number.isFinite(value)) throw new SeglError('INVALID_REQUEST', 'JSON has no infinity and no NaN.')
      return JSON.stringify(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
      return `{${Object.entries(value)
        .filter(([, member]) => member !== undefined)
        // RFC 8785 § 3.2.3: sorted as arrays of UTF-16 code units, which is what < compares.
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([name, member]) => `${canonicalJson(name)}:${canonicalJson(member)}`)
        .join(',')}}`
    default:
      throw new SeglError('INVALID_REQUEST', `JSON cannot hold a ${typeof value}.`)
  }
}
