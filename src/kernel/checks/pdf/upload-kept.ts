// The upload is shown as it came: revision 1 appends pages behind it and touches none of its own.
import {
  catalogOf,
  changedObjects,
  isArray,
  isDict,
  isRef,
  isStream,
  type PdfFile,
  type PdfObject,
  serialise,
} from '../../pdf/index.ts'
import { type Check, failed, passed } from '../check.ts'

export const uploadKept: Check = {
  id: 'UPLOAD_KEPT',
  title: 'The upload’s pages are shown unchanged',
  citation: 'Segl DESIGN “A signed PDF, revision by revision” (rev 1)',
  run({ embedded }, { revisions, files, file }) {
    // Only for files that Segl prepared: what was signed is then more than the upload.
    if (!embedded.field.name.startsWith('Segl-') || (embedded.covers ?? 0) < 1) return undefined
    const [upload, prepared, revision] = [files[0], files[1], revisions[1]]
    if (!upload || !prepared || !revision) return failed('FORMAT_FAILURE', 'There is no prepared revision.')
    const [before, after] = [pageObjects(upload), pageObjects(prepared)]
    const moved = before.pages.find((page, index) => after.pages[index] !== page)
    if (moved !== undefined)
      return failed('FORMAT_FAILURE', 'The pages of the upload are not the first pages any more.')
    for (const { number } of changedObjects(revision)) {
      if (upload.xref.get(number) === undefined || number === 0) continue
      const allowed = number === before.catalog || number === before.form || before.nodes.has(number)
      if (!allowed && !unchanged(upload, prepared, number)) {
        return failed('FORMAT_FAILURE', `Object ${number} of the upload was replaced when it was prepared.`)
      }
    }
    const wrong = nodesChanged(upload, prepared, before.nodes) ?? catalogChanged(upload, prepared)
    if (wrong) return failed('FORMAT_FAILURE', wrong)
    // Later revisions are judged for every signature (LATER_CHANGES); the last file shows the same first pages.
    const now = pageObjects(file)
    return before.pages.every((page, index) => now.pages[index] === page)
      ? passed()
      : failed('FORMAT_FAILURE', 'The pages of the upload are not the first pages any more.')
  },
}

type Pages = {
  /** Object numbers of the leaves, in order. */
  readonly pages: readonly number[]
  readonly nodes: ReadonlySet<number>
  readonly catalog: number | undefined
  readonly form: number | undefined
}

function pageObjects(file: PdfFile): Pages {
  const pages: number[] = []
  const nodes = new Set<number>()
  const walk = (value: PdfObject | undefined, depth: number): void => {
    if (!isRef(value) || nodes.has(value.number) || depth > file.limits.treeDepth) return
    const node = file.resolve(value)
    if (!isDict(node)) return
    const kids = file.resolve(node.get('Kids'))
    if (!isArray(kids)) {
      pages.push(value.number)
      return
    }
    nodes.add(value.number)
    for (const kid of kids) walk(kid, depth + 1)
  }
  const catalog = catalogOf(file)
  walk(catalog.get('Pages'), 0)
  const [root, form] = [file.trailer.get('Root'), catalog.get('AcroForm')]
  return {
    pages,
    nodes,
    catalog: isRef(root) ? root.number : undefined,
    form: isRef(form) ? form.number : undefined,
  }
}

/** A node of the page tree may get more kids and a higher count; what pages inherit from it stays. */
function nodesChanged(before: PdfFile, after: PdfFile, nodes: ReadonlySet<number>): string | undefined {
  for (const number of nodes) {
    const [a, b] = [before, after].map((file) => file.get(refTo(file, number)))
    if (!isDict(a) || !isDict(b)) return `Object ${number} is no page tree node any more.`
    const key = [...new Set([...a.keys(), ...b.keys()])].find(
      (one) => !['Kids', 'Count'].includes(one) && written(a.get(one)) !== written(b.get(one)),
    )
    if (key !== undefined) return `/${key} of the page tree was changed.`
  }
  return undefined
}

const preparedCatalogKeys = ['AcroForm', 'DSS', 'Extensions', 'Version']

function catalogChanged(before: PdfFile, after: PdfFile): string | undefined {
  const [a, b] = [catalogOf(before), catalogOf(after)]
  const key = [...new Set([...a.keys(), ...b.keys()])].find(
    (one) => !preparedCatalogKeys.includes(one) && written(a.get(one)) !== written(b.get(one)),
  )
  return key === undefined ? undefined : `/${key} of the catalog was changed when it was prepared.`
}

function unchanged(before: PdfFile, after: PdfFile, number: number): boolean {
  const [a, b] = [before.get(refTo(before, number)), after.get(refTo(after, number))]
  // A stream that was written again counts as changed.
  return !isStream(a) && !isStream(b) && written(a) === written(b)
}

function refTo(file: PdfFile, number: number) {
  const entry = file.xref.get(number)
  return { kind: 'ref' as const, number, generation: entry?.type === 'offset' ? entry.generation : 0 }
}

const written = (value: PdfObject | undefined): string =>
  value === undefined || value === null ? '' : serialise(value)
