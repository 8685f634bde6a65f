// The security store may grow: streams of certificates, CRLs and OCSP answers, and nothing else under its name.
import { catalogOf, isArray, isDict, isRef, isStream, type PdfFile, type PdfObject } from '../../pdf/index.ts'
import { type Account, readable } from './account.ts'

const storeKeys = ['Type', 'VRI', 'Certs', 'CRLs', 'OCSPs']
/** Store, /VRI, entry, list, item: each may be a reference and what it leads to. */
const deepest = 12

type Reached = { readonly streams: ReadonlySet<number>; readonly structure: ReadonlySet<number>; readonly odd: boolean }

export function explainStore({ before, after, place, note, isNew, explain }: Account): void {
  const [was, is] = [catalogOf(before).get('DSS'), catalogOf(after).get('DSS')]
  place(was, is, '/DSS')
  const store = after.resolve(is)
  if (!isDict(store)) {
    if (is !== undefined) note('/DSS is no dictionary')
    return
  }
  const key = [...store.keys()].find((one) => !storeKeys.includes(one))
  if (key !== undefined) note(`/${key} is nothing for a security store`)
  const [earlier, later] = [reach(before, was), reach(after, is)]
  if (later.odd) note('the security store holds what is no validation data')
  for (const number of [...later.structure, ...later.streams]) {
    const known = earlier.structure.has(number) || earlier.streams.has(number)
    if (isNew({ kind: 'ref', number, generation: 0 })) explain(number)
    else if (!known) note(`the security store leads to object ${number}, which was something else`)
    // A dictionary or array of the store may be written again, a stream never.
    else if (later.structure.has(number) && earlier.structure.has(number)) explain(number)
  }
  if ([...earlier.streams].some((number) => !later.streams.has(number)) && lost(before, after, earlier, later)) {
    note('validation data was removed from the security store')
  }
}

/** Objects that the store leads to; streams end the walk. */
function reach(file: PdfFile, from: PdfObject | undefined): Reached {
  const streams = new Set<number>()
  const structure = new Set<number>()
  let odd = false
  const walk = (value: PdfObject | undefined, depth: number): void => {
    if (depth > deepest) odd = true
    else if (isRef(value)) {
      if (structure.has(value.number) || streams.has(value.number)) return
      const target = readable(file, value)
      if (isStream(target)) streams.add(value.number)
      else {
        structure.add(value.number)
        walk(target, depth + 1)
      }
    } else if (isArray(value)) for (const item of value) walk(item, depth + 1)
    else if (isDict(value)) for (const item of value.values()) walk(item, depth + 1)
  }
  walk(from, 0)
  return { streams, structure, odd }
}

/** Whether bytes are gone, not only the objects that held them. */
function lost(before: PdfFile, after: PdfFile, earlier: Reached, later: Reached): boolean {
  const held = (file: PdfFile, numbers: ReadonlySet<number>) =>
    [...numbers].map((number) => {
      const stream = file.resolve({ kind: 'ref', number, generation: 0 })
      return isStream(stream) ? Buffer.from(file.decode(stream)).toString('base64') : ''
    })
  const now = new Set(held(after, later.streams))
  return held(before, earlier.streams).some((bytes) => !now.has(bytes))
}
