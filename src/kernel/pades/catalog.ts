// What the catalog leads to, form and security store, and the catalog itself where a file that was read lacks them.

import type { NewObject } from '../pdf/index.ts'
import { acroFormObject } from './field.ts'
import type { AppendState, StoredDer } from './state.ts'

/** The changed ones of form and store; all of them, with the catalog, when the file has no such objects yet. */
export function rootObjects(
  state: AppendState,
  changed: { readonly form: boolean; readonly store: boolean },
): readonly NewObject[] {
  const { catalog, root } = state
  const pending = catalog !== undefined
  return [
    ...(pending ? [{ number: root[0], generation: root[1], body: written(catalog) }] : []),
    ...(pending || changed.form ? [acroFormObject(state)] : []),
    ...(pending || changed.store ? [storeObject(state.dss)] : []),
  ]
}

/** The state once `rootObjects` are written. */
export function withRoot({ catalog: _, ...state }: AppendState): AppendState {
  return state
}

const written = (entries: string) => ({ kind: 'written' as const, text: `<<${entries}>>` })

/**
 * The store with its lists. We make no /VRI (EN 319 142-1 Table 1 (v)): pyHanko lets none change afterwards, and nobody needs it;
 * one that is there already stays as it is, among `entries`.
 */
function storeObject({ object, generation = 0, entries, certificates, crls, ocsps }: AppendState['dss']): NewObject {
  const list = (key: string, items: readonly StoredDer[]): string =>
    items.length === 0 ? '' : ` /${key} [${items.map((item) => `${item.object} ${item.generation ?? 0} R`).join(' ')}]`
  const lists = `${list('Certs', certificates)}${list('CRLs', crls)}${list('OCSPs', ocsps)}`
  return { number: object, generation, body: written(`${entries ?? '/Type /DSS'}${lists}`) }
}
