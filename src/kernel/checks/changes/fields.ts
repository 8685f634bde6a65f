// The form may get signatures in its signature fields, new fields for them, and values in the fields that are to be filled in.
import {
  type FormField,
  formFields,
  isDict,
  isRef,
  nameOf,
  type PdfDict,
  type PdfFile,
  pagesOf,
  type Revision,
} from '../../pdf/index.ts'
import { type Account, dictIn, differing, emptyDict, readable, textOfValue } from './account.ts'
import { explainAppearance, filledNow, isTouched } from './filling.ts'
import { explainForm } from './form.ts'
import { isInvisible, numbersIn } from './invisible.ts'
import { explainPages } from './pages.ts'
import type { ToldPlace } from './told-places.ts'

/** Keys of a field and its widget that signing sets: those that pyHanko and EU DSS let change. */
const signedKeys = ['V', 'AP', 'AS', 'F', 'Ff', 'DA', 'Q', 'Type']
/** What a new signature field and its widget may be made of: no actions, nothing hidden by layers. */
const newFieldKeys = [
  'Type',
  'Subtype',
  'FT',
  'T',
  'TU',
  'TM',
  'Rect',
  'P',
  'F',
  'Ff',
  'AP',
  'AS',
  'V',
  'Lock',
  'SV',
  'DA',
  'DR',
  'Q',
  'MK',
  'H',
  'M',
  'NM',
  'Border',
  'BS',
]
/** A widget that is an object of its own names its field, which lists it. */
const isSeparate = ({ ref, widgets }: FormField): boolean =>
  widgets.some((widget) => textOfValue(widget.ref) !== textOfValue(ref))

/** Whether more was done than archiving is. `told`: where new fields were to be shown. */
export function explainFields(account: Account, revision: Revision, told: () => readonly ToldPlace[]): boolean {
  const { before, after, note } = account
  let signed = explainForm(account)
  const earlier = new Map(formFields(before).map((field) => [field.name, field]))
  const seen = new Set<string>()
  const added: FormField[] = []
  for (const field of formFields(after)) {
    if (seen.has(field.name)) note(`there are two fields named ${field.name}`)
    seen.add(field.name)
    const was = earlier.get(field.name)
    earlier.delete(field.name)
    if (was && !isTouched(account, was, field)) continue
    const reason = was ? changedNow(account, was, field) : addedNow(account, field, told)
    if (reason) note(reason)
    if (!was) added.push(field)
    signed ||= !isArchiving(after, field)
  }
  for (const gone of earlier.keys()) note(`the field ${gone} was removed`)
  explainPages(account, revision, added)
  return signed
}

/** A document time-stamp, and a field that shows nothing (ISO 32000-2, 12.8.5). */
function isArchiving(after: PdfFile, field: FormField): boolean {
  const value = dictIn(after, field.dict.get('V'))
  const isTimeStamp = nameOf(value.get('Type')) === 'DocTimeStamp' && nameOf(value.get('SubFilter')) === 'ETSI.RFC3161'
  return isTimeStamp && isInvisible(after, field)
}

function changedNow(account: Account, was: FormField, is: FormField): string | undefined {
  return was.type === 'Sig' || is.type === 'Sig' ? signedNow(account, was, is) : filledNow(account, was, is)
}

/** A field that was there gets its signature. */
function signedNow(account: Account, was: FormField, is: FormField): string | undefined {
  const { before, after, place } = account
  if (is.type !== was.type) return `the field ${is.name} was changed`
  if (before.resolve(was.dict.get('V')) !== null) return `the signed field ${is.name} was changed`
  if (was.widgets.length !== is.widgets.length) return `the field ${is.name} was given another widget`
  const wrong = differing(was.dict, is.dict).find((key) => !signedKeys.includes(key))
  if (wrong !== undefined) return `/${wrong} of the field ${is.name} was changed`
  place(was.ref, is.ref, `the field ${is.name}`)
  for (const [index, widget] of is.widgets.entries()) {
    const earlier = was.widgets[index]
    const moved = differing(earlier?.dict ?? emptyDict, widget.dict).find((key) => !signedKeys.includes(key))
    if (moved !== undefined) return `/${moved} of the widget of ${is.name} was changed`
    place(earlier?.ref, widget.ref, `the widget of ${is.name}`)
    explainAppearance(account, is.name, earlier?.dict ?? emptyDict, widget.dict)
  }
  return signature(account, is, after)
}

function addedNow(account: Account, field: FormField, told: () => readonly ToldPlace[]): string | undefined {
  const { after, isNew, explain, doubt } = account
  if (field.type !== 'Sig') return `the field ${field.name} was added`
  if (!field.ref || !isNew(field.ref)) return `the field ${field.name} was made of another object`
  const separate = isSeparate(field)
  const dicts = [field.dict, ...(separate ? field.widgets.map(({ dict }) => dict) : [])]
  const wrong = dicts.flatMap(keysOf).find((key) => !newFieldKeys.includes(key) && !(separate && linking.includes(key)))
  if (wrong !== undefined) return `the field ${field.name} was added with /${wrong}`
  if (field.widgets.some(({ ref }) => !ref || !isNew(ref)))
    return `the widget of ${field.name} was made of another object`
  explain(field.ref.number)
  account.adopt(field.dict)
  if (!isInvisible(after, field) && !told().some((place) => liesAt(after, field, place)))
    doubt(`the visible field ${field.name} was added, and what lies under it was not signed like that`)
  return field.dict.has('V') ? signature(account, field, after) : undefined
}

const linking = ['Kids', 'Parent']
const keysOf = (dict: PdfDict): readonly string[] => [...dict.keys()]

/** The field lies where it was to be shown, and on no other page. A widget shows nothing outside of its /Rect. */
function liesAt(file: PdfFile, { name, dict, widgets }: FormField, told: ToldPlace): boolean {
  const page = dict.get('P')
  if (name !== told.field || widgets.length !== 1 || !isRef(page)) return false
  for (const { index, ref } of pagesOf(file)) {
    if (index + 1 === told.page) {
      return ref.number === page.number && numbersIn(file, dict.get('Rect'))?.join() === told.rect.join()
    }
  }
  return false
}

function signature(account: Account, field: FormField, after: PdfFile): string | undefined {
  const value = field.dict.get('V')
  const dict = isRef(value) && account.isNew(value) ? readable(after, value) : undefined
  if (!isDict(dict) || !dict.has('ByteRange') || !dict.has('Contents'))
    return `the field ${field.name} has no new signature`
  account.adopt(value)
  return undefined
}
