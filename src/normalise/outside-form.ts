// Widgets on a page that no field of the form knows. Whether they are seen depends on the reader.
import { SeglError } from '../errors.ts'
import {
  type FormField,
  isArray,
  isDict,
  isRef,
  isString,
  nameOf,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfStream,
  placeNear,
  ref,
  textOf,
} from '../kernel/pdf/index.ts'

/** The field that readers make of such a widget; undefined where it shows nothing. FORM_FIELDS where readers show different things. */
export type FieldsOutside = (
  widget: PdfDict,
  annotation: PdfObject,
  appearance: PdfStream | undefined,
) => FormField | undefined

/**
 * Measured: without a form in the catalog PDFium shows no widgets, poppler and MuPDF do; with one, all show text fields and buttons
 * alike, and lists, signature fields and widgets without a type each in its own way.
 */
export function fieldsOutside(file: PdfFile, hasForm: boolean): FieldsOutside {
  return (widget, annotation, appearance) => {
    const type = nameOf(inherited(file, widget, 'FT'))
    const value = inherited(file, widget, 'V')
    const colours = file.resolve(widget.get('MK'))
    const isColoured = isDict(colours) && ['BG', 'BC', 'CA'].some((key) => file.resolve(colours.get(key)) !== null)
    const hasText = type !== 'Btn' && (isArray(value) ? value.length > 0 : isString(value) && textOf(value) !== '')
    if (appearance === undefined && !hasText && !isColoured) return undefined
    const alike = type === 'Btn' || type === 'Tx' || (type === 'Ch' && appearance !== undefined)
    if (!hasForm || !alike || (isColoured && appearance === undefined)) throw unlike(file, annotation)
    const own = isRef(annotation) ? annotation : ref(0)
    return { name: '', ref: own, dict: new Map([...widget, ['V', value]]), type, widgets: [{ ref: own, dict: widget }] }
  }
}

function unlike(file: PdfFile, annotation: PdfObject): SeglError {
  const detail =
    'A field on a page belongs to no form: some readers show it and others do not, so `normalise` cannot tell what the page shows. ' +
    'Print the PDF to a PDF, look at it, and upload that.'
  return new SeglError('FORM_FIELDS', detail, { offset: placeNear(file, isRef(annotation) ? annotation : undefined) })
}

/** A field attribute, of the widget or of what is above it (ISO 32000-2, 12.7.4.1). */
function inherited(file: PdfFile, widget: PdfDict, key: string): PdfObject {
  let node = widget
  for (let depth = 0; depth < file.limits.treeDepth; depth += 1) {
    const value = file.resolve(node.get(key))
    if (value !== null) return value
    const parent = file.resolve(node.get('Parent'))
    if (!isDict(parent)) return null
    node = parent
  }
  return null
}
