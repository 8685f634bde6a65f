// What a signer wrote about the one who is to sign in his place.
import { isUsableDate } from '../../accounting/dates.ts'
import { isDrawableText } from '../../accounting/drawable-text.ts'
import { isPlainText } from '../../accounting/plain-text.ts'
import { SeglError } from '../../errors.ts'
import type { Replacement } from '../../flow/replace.ts'
import { fields, longestEmail, longestName } from '../view/index.ts'

/** Throws INVALID_REQUEST: somebody else is named by name and birth date, which his log-in is compared with. */
export function delegation(body: unknown): Replacement {
  const form = body as Readonly<Record<string, unknown>>
  const field = (name: string): string => {
    const value = form[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const [name, birthDate, email] = [field(fields.name), field(fields.birthDate), field(fields.email)]
  const isEmail =
    email === '' ||
    (email.length <= longestEmail && isPlainText(email) && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(email))
  if (!isDrawableText(name) || name.length > longestName || !isUsableDate(birthDate) || !isEmail) {
    throw new SeglError('INVALID_REQUEST', 'Name the one who is to sign by name and birth date.')
  }
  return { name, person: { birthDate }, ...(email !== '' && { email }) }
}
