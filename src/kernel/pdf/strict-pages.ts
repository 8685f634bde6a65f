// What strict validators refuse of pages: annotations that are no objects of their own, nodes of the page tree without a type.

import { type PdfFile, placeNear } from './file.ts'
import { catalogOf } from './form.ts'
import { isArray, isDict, isRef } from './object.ts'
import type { Page } from './page-tree.ts'
import type { Strictness } from './preflight-strict.ts'
import { deepestPageTree } from './strict-reading.ts'

/** `look` at every page; then `met` has the first of each kind. */
export function strictPages(file: PdfFile): { look(page: Page): void; met(): readonly Strictness[] } {
  const root = catalogOf(file).get('Pages')
  let annotations: Strictness | undefined
  let types: Strictness | undefined
  let deep: Strictness | undefined
  let lastParent = isRef(root) ? root.number : -1
  return {
    look(page) {
      const place = (reason: string): Strictness => ({
        ...{ reason, offset: placeNear(file, page.ref), page: page.index + 1 },
      })
      if (page.depth > deepestPageTree) deep ??= place(`the page tree has more than ${deepestPageTree} levels`)
      if (annotations === undefined && page.dict.has('Annots')) {
        // ISO 32000-2, table 31: an array of references.
        const list = file.resolve(page.dict.get('Annots'))
        if (!isArray(list) || !list.every(isRef))
          annotations = place(`the annotations of page ${page.index + 1} are not all objects of their own`)
      }
      if (types !== undefined) return
      const parent = page.dict.get('Parent')
      const known = !isRef(parent) || parent.number === lastParent || (isRef(root) && parent.number === root.number)
      const node = known ? undefined : file.resolve(parent)
      if (!known) lastParent = parent.number
      if (!page.dict.has('Type') || (isDict(node) && !node.has('Type')))
        types = place('a node of the page tree does not say its /Type')
    },
    met: () => [annotations, types, deep].filter((one) => one !== undefined),
  }
}
