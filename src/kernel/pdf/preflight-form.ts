// What pre-flight finds in the interactive form: fields, signatures that the upload carries already, and those that the form hides.

import { earlierSignatures } from './earlier-signatures.ts'
import { type PdfFile, placeOf } from './file.ts'
import { acroFormOf, catalogOf, type EmbeddedSignature, type FormField, isSigned } from './form.ts'
import { isDict, isRef, type PdfDict, ref } from './object.ts'
import { holding, type Seen, walk } from './preflight-objects.ts'
import { type Finding, refusal, warning } from './preflight-report.ts'

export type FormReading = {
  readonly file: PdfFile
  readonly fields: readonly FormField[]
  readonly signatures: readonly EmbeddedSignature[]
}

export function formFindings(reading: FormReading, seen: Seen): Finding[] {
  const { file, fields } = reading
  const findings: Finding[] = []
  const catalog = catalogOf(file)
  const catalogAt = placeOf(file, file.trailer.get('Root'))
  const form = acroFormOf(file)
  if (form !== undefined && (form.has('XFA') || file.resolve(catalog.get('NeedsRendering')) === true)) {
    const detail = 'The PDF contains an XFA form. Print it to a plain PDF and upload that.'
    findings.push(refusal('XFA', detail, placeOf(file, catalog.get('AcroForm')) ?? catalogAt))
  }
  // Before what `normalise` helps against: it would end a signature that the form does not show.
  findings.push(...overlookedSignatures(reading, catalog, seen))
  const open = fields.filter(({ type }) => type !== 'Sig')
  if (open.length > 0) {
    const detail = `The PDF has ${open.length} form fields that could be changed after signing. Flatten the form first, or upload it with \`normalise\`.`
    findings.push(refusal('FORM_FIELDS', detail, placeOf(file, open[0]?.ref)))
  }
  findings.push(...earlierFindings(reading))
  const permissions = file.resolve(catalog.get('Perms'))
  if (isDict(permissions) && (permissions.has('UR') || permissions.has('UR3'))) {
    const detail = 'The PDF has usage rights, which end when something is appended; readers may warn about it.'
    findings.push(warning('USAGE_RIGHTS', detail, placeOf(file, catalog.get('Perms')) ?? catalogAt))
  }
  if (catalog.has('Collection')) {
    const detail = 'The PDF is a portfolio: readers may show its attachments instead of its pages.'
    findings.push(warning('PORTFOLIO', detail, placeOf(file, catalog.get('Collection')) ?? catalogAt))
  }
  return findings
}

/**
 * Signature dictionaries that the catalog leads to, but that no signature field of the form has as its value: in a child widget, in an
 * annotation outside the form, in no form at all. Some readers show them as signatures, others do not.
 */
function overlookedSignatures({ file, signatures }: FormReading, catalog: PdfDict, seen: Seen): Finding[] {
  if ((seen.any & holding.SIGNATURE) === 0) return []
  const known = new Set([
    ...signatures.map(({ ref: own, field }) => (own ?? field.ref).number),
    ...usageRights(file, catalog),
  ])
  let first: number | undefined
  const found = (number: number): void => {
    if (known.has(number)) return
    const offset = placeOf(file, ref(number)) ?? 0
    if (first === undefined || offset < first) first = offset
  }
  walk(file, seen, { wanted: holding.SIGNATURE, found })
  if (first === undefined) return []
  const detail =
    `The PDF carries a signature (byte ${first}) that is not the value of a signature field in its form: some readers show it, ` +
    'others do not. Upload the unsigned document.'
  return [refusal('ALREADY_SIGNED', detail, first)]
}

/** Objects that hold the signatures of usage rights, which are no signatures of the document (ISO 32000-2, 12.8.6). */
function usageRights(file: PdfFile, catalog: PdfDict): number[] {
  const value = catalog.get('Perms')
  const permissions = file.resolve(value)
  if (!isDict(permissions)) return []
  const holder = [value, file.trailer.get('Root')].find(isRef)
  return ['UR', 'UR3'].flatMap((key) => {
    const own = permissions.get(key)
    return own === undefined ? [] : [isRef(own) ? own.number : holder?.number].filter((one) => one !== undefined)
  })
}

function earlierFindings({ file, fields }: FormReading): Finding[] {
  const earlier = earlierSignatures(file)
  const place = placeOf(file, fields.find((field) => isSigned(file, field))?.ref)
  if (earlier?.obstacle) {
    const { code, detail, offset } = earlier.obstacle
    return [refusal(code, detail, offset ?? place)]
  }
  if (earlier === undefined) {
    const odd = fields.find((field) => isSigned(file, field))
    const detail = `The field ${odd?.name} holds something that is no signature. Upload the unsigned document.`
    return odd === undefined ? [] : [refusal('ALREADY_SIGNED', detail, placeOf(file, odd.ref))]
  }
  const detail =
    `The PDF carries ${earlier.count} signatures or time-stamps already. They are kept, so no sheets are appended. Upload the ` +
    'unsigned document if sheets are wanted.'
  const kept = warning('EARLIER_SIGNATURES', detail, place)
  if (earlier.allow === 'visible') return [kept]
  const certified =
    'One of its signatures certifies the PDF and allows signatures, but none that is shown. Order without places for them, or ' +
    'upload the unsigned document.'
  return [kept, warning('EARLIER_CERTIFICATION', certified, place)]
}
