// Filling in a field of the form that is no signature (ISO 32000-2, 12.7.5): a value, and how it looks within its widgets.
import { type FormField, isRef, isStream, type PdfDict, type PdfObject } from '../../pdf/index.ts'
import { type Account, dictIn, differing, emptyDict, isSameObject, readable, textOfValue } from './account.ts'

/** Keys of field and widget that filling sets; those that pyHanko lets change, and /I, the choice as numbers. */
const filledKeys = ['Type', 'V', 'I', 'AP', 'AS', 'F', 'Ff', 'DA', 'Q', 'RV', 'M']

/** Why this is more than a field filled in; undefined when it is not. */
export function filledNow(account: Account, was: FormField, is: FormField): string | undefined {
  if (was.type !== is.type || !['Tx', 'Ch', 'Btn'].includes(was.type ?? '')) return `the field ${is.name} was changed`
  if (was.widgets.length !== is.widgets.length) return `the field ${is.name} was given another widget`
  const wrong = differing(was.dict, is.dict).find((key) => !filledKeys.includes(key))
  if (wrong !== undefined) return `/${wrong} of the field ${is.name} was changed`
  account.place(was.ref, is.ref, `the field ${is.name}`)
  explainValue(account, is.name, was.dict, is.dict)
  for (const [index, widget] of is.widgets.entries()) {
    const earlier = was.widgets[index]
    const moved = differing(earlier?.dict ?? emptyDict, widget.dict).find((key) => !filledKeys.includes(key))
    if (moved !== undefined) return `/${moved} of the widget of ${is.name} was changed`
    account.place(earlier?.ref, widget.ref, `the widget of ${is.name}`)
    explainAppearance(account, is.name, earlier?.dict ?? emptyDict, widget.dict)
  }
  const flags = Number(account.before.resolve(was.dict.get('Ff')) ?? 0)
  account.fill({ name: is.name, readOnly: (flags & 1) === 1 })
  return undefined
}

/** Whether something of the field is another than it was: itself, its widgets, or what they lead to directly. */
export function isTouched({ before, after }: Account, was: FormField, is: FormField): boolean {
  const own = (field: FormField): string =>
    [field.ref, field.dict, ...field.widgets.flatMap(({ ref, dict }) => [ref, dict])].map(textOfValue).join(' ')
  if (own(was) !== own(is)) return true
  if (was.type === 'Sig') return false
  const led = [was.dict, ...was.widgets.map(({ dict }) => dict)].flatMap((dict) => [
    dict.get('V'),
    dict.get('AP'),
    ...dictIn(before, dict.get('AP')).values(),
  ])
  return led.some((value) => isRef(value) && !isSameObject(after, readable(before, value), readable(after, value)))
}

function explainValue(account: Account, name: string, was: PdfDict, is: PdfDict): void {
  replaceOwn(account, was.get('V'), is.get('V'), `the value of ${name}`)
  account.adopt(is.get('V'))
}

/** A widget may look otherwise: by new appearances, or by its own ones written again. */
export function explainAppearance(account: Account, name: string, was: PdfDict, is: PdfDict): void {
  const { before, after, adopt } = account
  replaceOwn(account, was.get('AP'), is.get('AP'), `/AP of ${name}`)
  const [earlier, later] = [dictIn(before, was.get('AP')), dictIn(after, is.get('AP'))]
  for (const [key, value] of later) {
    const old = earlier.get(key)
    replaceOwn(account, old, value, `the appearance of ${name}`)
    // What the new content draws with is its own.
    const form = isRef(value) ? readable(after, value) : undefined
    if (isStream(form) && isRef(old) && textOfValue(old) === textOfValue(value)) adopt(form.dict)
  }
  adopt(is.get('AP'))
}

/** An object written again in its place: only where nothing else of the file uses it. */
function replaceOwn(account: Account, was: PdfObject | undefined, is: PdfObject | undefined, what: string): void {
  const { before, after, references, explain, note } = account
  if (!isRef(is) || textOfValue(was) !== textOfValue(is)) return
  if (isSameObject(after, readable(before, is), readable(after, is))) return
  if (references(is) === 1) explain(is.number)
  else note(`${what} was changed in an object that others use as well`)
}
