// New objects that nothing refers to: no reader can come to them, so they show nothing (EU DSS and pyHanko judge them so too).
import { type ChangedObject, isArray, isDict, isRef, isStream, type PdfFile, type PdfObject } from '../../pdf/index.ts'
import { type Account, readable } from './account.ts'

/**
 * Numbers of the revision's new objects that no trailer leads to. An object of an earlier revision cannot refer to one: what
 * somebody referred to before it existed is not new (`Account.isNew`). So the ways to a new object begin in a trailer or in what
 * this revision wrote over something older; whether that older object is in use makes no difference here.
 */
export function orphansAmong(account: Account, changed: readonly ChangedObject[]): ReadonlySet<number> {
  const { after, isNew } = account
  const orphans = new Set<number>()
  const written: PdfObject[] = after.sections.map(({ trailer }) => trailer)
  for (const { number, entry } of changed) {
    if (entry.type === 'free' || number === 0) continue
    const reference = { kind: 'ref', number, generation: entry.type === 'offset' ? entry.generation : 0 } as const
    if (isNew(reference)) orphans.add(number)
    else written.push(readable(after, reference) ?? null)
  }
  if (orphans.size > 0) reach(after, written, orphans)
  return orphans
}

/** Takes out of `unreached` what the values lead to. Without recursion: chains of references may be as long as the file. */
function reach(file: PdfFile, from: readonly PdfObject[], unreached: Set<number>): void {
  const open: PdfObject[] = [...from]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isRef(value)) {
      // The generation is not asked: readers differ in whether they look at it.
      const { number } = value
      const entry = file.xref.get(number)
      if (!unreached.delete(number) || entry === undefined) continue
      const generation = entry.type === 'offset' ? entry.generation : 0
      open.push(readable(file, { kind: 'ref', number, generation }) ?? null)
    } else if (isArray(value)) for (const item of value) open.push(item)
    else if (isDict(value)) for (const item of value.values()) open.push(item)
    else if (isStream(value)) open.push(value.dict)
  }
}
