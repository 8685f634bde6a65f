// Reads the document security store (ISO 32000-2, 12.8.4.3; EN 319 142-1, 5.4.2).

import { SeglError } from '../../errors.ts'
import { type PdfFile, placeNear } from './file.ts'
import { catalogOf } from './form.ts'
import { malformed } from './lexer.ts'
import { isArray, isDict, isRef, type PdfDict, type PdfObject, type PdfRef } from './object.ts'

export type DssEntry = { readonly ref: PdfRef | undefined; readonly der: Uint8Array }

export type SecurityStore = {
  readonly ref: PdfRef | undefined
  readonly dict: PdfDict
  readonly certificates: readonly DssEntry[]
  readonly crls: readonly DssEntry[]
  readonly ocsps: readonly DssEntry[]
  /** Keys of /VRI, which EN 319 142-1 advises against. */
  readonly vri: readonly string[]
}

const mostEntries = 10_000

/** The store of the file as it stands, or undefined when it has none. */
export function dss(file: PdfFile): SecurityStore | undefined {
  const value = catalogOf(file).get('DSS')
  const store = file.resolve(value)
  if (!isDict(store)) return undefined
  const vri = file.resolve(store.get('VRI'))
  const budget = { bytes: file.limits.inflatedBytes }
  return {
    ref: isRef(value) ? value : undefined,
    dict: store,
    certificates: entries(file, store.get('Certs'), budget),
    crls: entries(file, store.get('CRLs'), budget),
    ocsps: entries(file, store.get('OCSPs'), budget),
    vri: isDict(vri) ? [...vri.keys()] : [],
  }
}

/** All streams together may inflate to what one may: a thousand references to one bomb are a thousand bombs. */
function entries(file: PdfFile, value: PdfObject | undefined, budget: { bytes: number }): DssEntry[] {
  const list = file.resolve(value)
  if (!isArray(list)) return []
  if (list.length > mostEntries) throw malformed('The security store lists too many items', placeNear(file, value))
  return list.map((item) => {
    const der = file.decode(file.resolve(item))
    budget.bytes -= der.length
    if (budget.bytes < 0)
      throw new SeglError('TOO_COMPLEX', 'The security store of the PDF holds too many bytes.', {
        offset: placeNear(file, item),
      })
    return { ref: isRef(item) ? item : undefined, der }
  })
}
