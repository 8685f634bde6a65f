// The form may be given what new signatures need (ISO 32000-2, table 224); nothing of it may change how older fields are shown.
import { catalogOf, formFields, isDict, type PdfDict, type PdfObject } from '../../pdf/index.ts'
import { type Account, dictIn, differing, textOfValue } from './account.ts'

/** Members by which readers draw the text of fields, where a field brings no appearance of its own. */
const drawingKeys = ['DR', 'DA', 'Q']

/** Whether more was changed than archiving needs. */
export function explainForm(account: Account): boolean {
  const { before, after, place, note, doubt } = account
  const [was, is] = [catalogOf(before).get('AcroForm'), catalogOf(after).get('AcroForm')]
  place(was, is, '/AcroForm')
  const [earlier, later] = [dictIn(before, was), dictIn(after, is)]
  place(earlier.get('Fields'), later.get('Fields'), '/Fields of the form')
  const changed = [...differing(earlier, later)]
  const resources = [before.resolve(earlier.get('DR')), after.resolve(later.get('DR'))].map(textOfValue)
  if (resources[0] !== resources[1] && !changed.includes('DR')) changed.push('DR')
  for (const key of changed) {
    if (key === 'Fields' || key === 'SigFlags') continue
    if (key === 'NeedAppearances') {
      // Asked for, readers draw every field anew; no longer asked for, they show what is stored, which may be something else.
      if (after.resolve(later.get(key)) === true) note('/NeedAppearances of the form was changed')
      else if (before.resolve(earlier.get(key)) === true) doubt('/NeedAppearances of the form was taken away')
    } else if (!drawingKeys.includes(key)) note(`/${key} of the form was changed`)
  }
  if (changed.includes('DR')) explainResources(account, earlier.get('DR'), later.get('DR'))
  const drawn = drawingKeys.filter((key) => changed.includes(key))
  if (drawn.length > 0 && isDrawnAnew(account, earlier)) {
    doubt(`/${drawn[0]} of the form was changed, by which readers may draw fields that were signed`)
  }
  const [flags, now] = [before.resolve(earlier.get('SigFlags')), after.resolve(later.get('SigFlags'))].map((value) =>
    Number(value ?? 0),
  )
  if (((flags ?? 0) & (now ?? 0)) !== flags || Number(now) > 3) note('/SigFlags of the form was lowered')
  return drawn.length > 0
}

/** Whether the form has text that a reader may draw by itself: every one on demand, and that of fields without /DA of their own. */
function isDrawnAnew({ before }: Account, form: PdfDict): boolean {
  const fields = formFields(before).filter(({ type }) => type !== 'Sig')
  const onDemand = before.resolve(form.get('NeedAppearances')) === true
  return fields.length > 0 && (onDemand || fields.some(({ dict }) => !dict.has('DA')))
}

/** More fonts under new names; what had a name keeps it. */
function explainResources(account: Account, was: PdfObject | undefined, is: PdfObject | undefined): void {
  const { before, after, place, note, adopt } = account
  place(was, is, '/DR of the form')
  const [earlier, later] = [dictIn(before, was), dictIn(after, is)]
  for (const key of new Set([...earlier.keys(), ...later.keys()])) {
    const [old, now] = [earlier.get(key), later.get(key)]
    const [names, more] = [before.resolve(old), after.resolve(now)]
    if (textOfValue(old) === textOfValue(now) && textOfValue(names) === textOfValue(more)) continue
    place(old, now, `/${key} in /DR of the form`)
    // Only fonts are drawn by: /DA names them (ISO 32000-2, 12.7.4.3). Drawings of visible signatures come and go with programs.
    const lost = key === 'Font' && isDict(names) ? lostIn(names, dictIn(after, now)) : undefined
    if (lost !== undefined) note(`/${lost} in /DR of the form was changed`)
    adopt(isDict(more) ? more : now)
  }
  adopt(is)
}

const lostIn = (names: PdfDict, now: PdfDict): string | undefined =>
  [...names].find(([name, value]) => textOfValue(now.get(name)) !== textOfValue(value))?.[0]
