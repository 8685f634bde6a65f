// The form may get signatures in its empty signature fields and invisible fields for time-stamps; everything else in it stays.
import {
  catalogOf,
  type FormField,
  formFields,
  isArray,
  isDict,
  isRef,
  isStream,
  nameOf,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  pagesOf,
} from '../../pdf/index.ts'
import { type Account, dictIn, differing, emptyDict, readable, textOfValue } from './account.ts'
import type { ToldPlace } from './told-places.ts'

/** Keys of a field and its widget that signing sets. */
const signedKeys = ['V', 'AP']
/** What a new signature field may be made of: no actions, no kids. */
const newFieldKeys = [
  'Type',
  'Subtype',
  'FT',
  'T',
  'TU',
  'Rect',
  'P',
  'F',
  'Ff',
  'AP',
  'V',
  'Lock',
  'SV',
  'DA',
  'MK',
  'Border',
  'BS',
]

/** Whether a signature that is no time-stamp was added. `told`: where new fields were to be shown. */
export function explainFields(account: Account, told: () => readonly ToldPlace[]): boolean {
  const { before, after, note } = account
  explainForm(account)
  const earlier = new Map(formFields(before).map((field) => [field.name, field]))
  const seen = new Set<string>()
  const added: FormField[] = []
  let signed = false
  for (const field of formFields(after)) {
    if (seen.has(field.name)) note(`there are two fields named ${field.name}`)
    seen.add(field.name)
    const was = earlier.get(field.name)
    earlier.delete(field.name)
    if (was && textOfValue(was.dict) === textOfValue(field.dict) && textOfValue(was.ref) === textOfValue(field.ref))
      continue
    const reason = was ? signedNow(account, was, field) : addedNow(account, field, told)
    if (reason) note(reason)
    if (!was) added.push(field)
    signed ||= nameOf(dictIn(after, field.dict.get('V')).get('Type')) !== 'DocTimeStamp'
  }
  for (const gone of earlier.keys()) note(`the field ${gone} was removed`)
  explainPages(account, added)
  return signed
}

function explainForm({ before, after, place, note }: Account): void {
  const [was, is] = [catalogOf(before).get('AcroForm'), catalogOf(after).get('AcroForm')]
  place(was, is, '/AcroForm')
  const [earlier, later] = [dictIn(before, was), dictIn(after, is)]
  place(earlier.get('Fields'), later.get('Fields'), '/Fields of the form')
  for (const key of differing(earlier, later)) {
    if (key !== 'Fields' && key !== 'SigFlags') note(`/${key} of the form was changed`)
  }
  const [flags, now] = [before.resolve(earlier.get('SigFlags')), after.resolve(later.get('SigFlags'))].map((value) =>
    Number(value ?? 0),
  )
  if (((flags ?? 0) & (now ?? 0)) !== flags || Number(now) > 3) note('/SigFlags of the form was lowered')
}

/** A field that was there gets its signature. */
function signedNow(account: Account, was: FormField, is: FormField): string | undefined {
  const { before, after, place } = account
  if (is.type !== 'Sig') return `the field ${is.name} was changed`
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
    account.adopt(widget.dict.get('AP'))
  }
  return signature(account, is, after)
}

function addedNow(account: Account, field: FormField, told: () => readonly ToldPlace[]): string | undefined {
  const { after, isNew, explain, doubt } = account
  if (field.type !== 'Sig') return `the field ${field.name} was added`
  if (!field.ref || !isNew(field.ref)) return `the field ${field.name} was made of another object`
  const wrong = [...field.dict.keys()].find((key) => !newFieldKeys.includes(key))
  if (wrong !== undefined) return `the field ${field.name} was added with /${wrong}`
  explain(field.ref.number)
  account.adopt(field.dict)
  if (!isInvisible(after, field) && !told().some((place) => liesAt(after, field, place)))
    doubt(`the visible field ${field.name} was added, and what lies under it was not signed like that`)
  return signature(account, field, after)
}

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

function isInvisible(file: PdfFile, field: FormField): boolean {
  return field.widgets.every(({ dict }) => {
    const numbers = numbersIn(file, dict.get('Rect'))
    const [x1, y1, x2, y2] = numbers ?? [0, 0, 0, 0]
    return (x1 === x2 || y1 === y2) && showsNothing(file, dict)
  })
}

/** A careless reader might show an appearance at its own size: of an invisible field it has to be empty. */
function showsNothing(file: PdfFile, widget: PdfDict): boolean {
  const appearances = dictIn(file, widget.get('AP'))
  return [...appearances.values()].every((value) => {
    const form = file.resolve(value)
    if (!isStream(form)) return false
    const [x1, y1, x2, y2] = numbersIn(file, form.dict.get('BBox')) ?? []
    return form.length === 0 || x1 === x2 || y1 === y2
  })
}

function numbersIn(file: PdfFile, value: PdfObject | undefined): readonly number[] | undefined {
  const list = file.resolve(value)
  if (!isArray(list) || list.length !== 4) return undefined
  const numbers = list.map((item) => file.resolve(item))
  return numbers.every((item): item is number => typeof item === 'number') ? numbers : undefined
}

/** Pages may list the widgets of the fields that were added, at the end of their annotations, and nothing more. */
function explainPages({ before, after, explain }: Account, added: readonly FormField[]): void {
  const widgets = new Set(added.flatMap((field) => field.widgets.flatMap(({ ref }) => (ref ? [ref.number] : []))))
  for (const field of added) {
    const place = field.dict.get('P')
    if (!isRef(place)) continue
    const [was, is] = [readable(before, place), readable(after, place)]
    if (!isDict(was) || !isDict(is)) continue
    const [old, now] = [was.get('Annots'), is.get('Annots')]
    const [list, longer] = [before.resolve(old), after.resolve(now)]
    const grown = isArray(longer) ? longer : []
    const kept = isArray(list) ? list : []
    const more = grown.slice(kept.length)
    const onlyOurs =
      textOfValue(kept) === textOfValue(grown.slice(0, kept.length)) &&
      more.every((item) => isRef(item) && widgets.has(item.number))
    if (!onlyOurs) continue
    const otherwise = differing(was, is).filter((key) => key !== 'Annots')
    if (otherwise.length === 0 && (!isRef(now) || textOfValue(old) === textOfValue(now))) {
      explain(place.number)
      if (isRef(now)) explain(now.number)
    }
  }
}
