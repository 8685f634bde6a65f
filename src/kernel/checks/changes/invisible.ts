// Whether a signature field shows nothing, and where one lies.
import { type FormField, isArray, isStream, type PdfDict, type PdfFile, type PdfObject } from '../../pdf/index.ts'
import { dictIn } from './account.ts'

export function isInvisible(file: PdfFile, field: FormField): boolean {
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

export function numbersIn(file: PdfFile, value: PdfObject | undefined): readonly number[] | undefined {
  const list = file.resolve(value)
  if (!isArray(list) || list.length !== 4) return undefined
  const numbers = list.map((item) => file.resolve(item))
  return numbers.every((item): item is number => typeof item === 'number') ? numbers : undefined
}
