// Makes an append state by reading a file that is signed already, ours or another's: to sign after others, and to renew old files.

import { createHash } from 'node:crypto'
import { SeglError } from '../../errors.ts'
import {
  type ByteSource,
  catalogOf,
  type DssEntry,
  dss,
  earlierSignatures,
  type FormField,
  formFields,
  isArray,
  isDict,
  isRef,
  isStream,
  type Limits,
  type PdfDict,
  type PdfFile,
  type PlacedSlot,
  pagesOf,
  placeNear,
  ref,
  serialise,
  serialiseEntries,
  textString,
  withEntries,
} from '../pdf/index.ts'
import { freeName, invisible, sealName, slotName } from './field.ts'
import { blankState, openToAppend } from './opening-state.ts'
import { pagesToShowOn, placesOf } from './placed.ts'
import { mostSlots, newCatalog } from './prepare.ts'
import type { AppendState, FieldState, SlotState, StoredDer, StoredRef } from './state.ts'

/**
 * The state after the last revision of the file, for document time-stamps and validation data. Slots and seal are not among it:
 * what they look like is not in the file. Throws what openPdf throws, ENCRYPTED, and MALFORMED_PDF for a form or page tree that
 * cannot be gone on with.
 */
export function reopen(source: ByteSource, limits?: Limits): AppendState {
  return stateOf(openToAppend(source, limits, 'Nothing can be appended to it.'))
}

function stateOf(file: PdfFile): AppendState {
  const blank = blankState(file)
  const catalog = catalogOf(file)
  const fields = formFields(file)
  let next = blank.nextObject
  const form = catalog.get('AcroForm')
  const store = catalog.get('DSS')
  // A reference to nothing is no place for either: what other revisions show may hang on it.
  const placed = (value: typeof form): StoredRef =>
    isRef(value) && isDict(file.get(value)) ? [value.number, value.generation] : [next++, 0]
  const [formRef, storeRef] = [placed(form), placed(store)]
  const known = dss(file)
  const wanted = newCatalog(file, catalog, ref(...formRef), ref(...storeRef))
  return {
    ...blank,
    nextObject: next,
    acroForm: { object: formRef[0], generation: formRef[1], ...formOf(file, form) },
    dss: {
      object: storeRef[0],
      ...(storeRef[1] === 0 ? {} : { generation: storeRef[1] }),
      entries: known ? serialiseEntries(withEntries(known.dict, listed)) : '/Type /DSS',
      certificates: streams(known?.certificates),
      crls: streams(known?.crls),
      ocsps: streams(known?.ocsps),
    },
    timestamps: Math.max(0, ...fields.map(({ name }) => Number(/^Segl-Time-(\d{1,6})$/.exec(name)?.[1] ?? 0))),
    emptyAppearance: emptyAppearanceIn(file, fields),
    lastPage: lastPageOf(file),
    ...(serialise(wanted) === serialise(catalog) ? {} : { catalog: serialiseEntries(wanted) }),
  }
}

const listed = { Certs: undefined, CRLs: undefined, OCSPs: undefined }

const streams = (entries: readonly DssEntry[] = []): StoredDer[] =>
  entries.flatMap(({ ref: place, der }) =>
    place === undefined
      ? []
      : [
          {
            object: place.number,
            ...(place.generation === 0 ? {} : { generation: place.generation }),
            sha256: createHash('sha256').update(der).digest('hex'),
          },
        ],
  )

function formOf(file: PdfFile, value: ReturnType<PdfDict['get']>) {
  const form = file.resolve(value)
  if (!isDict(form)) return { entries: '/SigFlags 3', fields: [] }
  const fields = file.resolve(form.get('Fields'))
  return {
    entries: serialiseEntries(withEntries(form, { Fields: undefined })),
    fields: (isArray(fields) ? fields : []).map((field): StoredRef => {
      if (!isRef(field)) {
        throw new SeglError('MALFORMED_PDF', 'A form field is no object of its own.', {
          offset: placeNear(file, value),
        })
      }
      return [field.number, field.generation]
    }),
  }
}

function lastPageOf(file: PdfFile): StoredRef {
  let last: StoredRef | undefined
  for (const page of pagesOf(file)) last = [page.ref.number, page.ref.generation]
  if (last === undefined) throw new SeglError('MALFORMED_PDF', 'The PDF has no page.', { offset: placeNear(file) })
  return last
}

/** What an earlier invisible field of ours shows; 0 when there is none. */
function emptyAppearanceIn(file: PdfFile, fields: readonly FormField[]): number {
  for (const { name, dict } of fields) {
    if (!/Segl-/.test(name)) continue
    const appearances = file.resolve(dict.get('AP'))
    const normal = isDict(appearances) ? appearances.get('N') : undefined
    const form = file.resolve(normal)
    const box = isStream(form) && form.length === 0 ? file.resolve(form.dict.get('BBox')) : undefined
    if (isRef(normal) && normal.generation === 0 && isArray(box) && box.every((side) => side === 0))
      return normal.number
  }
  return 0
}

/**
 * The state in which `slots` signers and the seal can sign behind others, without a revision of its own: no sheets, and each field
 * comes into being with its signature, because EU DSS takes a field that stays empty for a change that it cannot explain (measured).
 * It is invisible but for the slots of `placed`, each shown on a page of the upload. Throws CHANGES_FORBIDDEN or ALREADY_SIGNED
 * when the earlier signatures allow none, SIGNATURE_PLACE_INVALID when they allow none that is shown (a certification: pyHanko lets
 * nobody add a visible one after it) or a place is not on its page, STATE_CONFLICT when nobody has signed.
 */
export function prepareSigned(
  source: ByteSource,
  slots: number,
  placed: readonly PlacedSlot[] = [],
  limits?: Limits,
): AppendState {
  const file = openToAppend(source, limits)
  const earlier = earlierSignatures(file)
  if (earlier === undefined) throw new SeglError('STATE_CONFLICT', 'Nobody has signed this PDF yet.')
  const { obstacle } = earlier
  if (obstacle) {
    const place = obstacle.offset === undefined ? {} : { offset: obstacle.offset }
    throw new SeglError(obstacle.code, obstacle.detail, place)
  }
  if (!Number.isInteger(slots) || slots < 1 || slots > mostSlots) {
    throw new SeglError('INTERNAL', `A document has 1 to ${mostSlots} slots.`)
  }
  if (placed.length > 0 && earlier.allow !== 'visible') {
    const detail =
      'The PDF is certified, so no signature can be shown on its pages. Leave out the places of the signatures.'
    throw new SeglError('SIGNATURE_PLACE_INVALID', detail)
  }
  const places = placesOf(file, placed)
  const opened = stateOf(file)
  const taken = new Set([...formFields(file).map(({ name }) => name), ...earlier.lockedNames])
  const field = (name: string): FieldState => ({
    object: 0,
    name: freeName(name, taken),
    page: opened.lastPage,
    rect: invisible,
    used: false,
  })
  const shown = (slot: number) => {
    const place = places.find((one) => one.slot === slot)
    const description = placed.find((one) => one.slot === slot)?.description
    const entries = description === undefined ? '' : ` /TU ${serialise(textString(description))}`
    return place && { page: place.at, rect: place.rect, rotation: place.rotation, entries }
  }
  const all = Array.from({ length: slots }, (_, index): SlotState => {
    const slot = index + 1
    return { slot, ...field(slotName(slot)), ...shown(slot) }
  })
  const pages = places.length === 0 ? {} : { pages: pagesToShowOn(file, places) }
  return { ...opened, ...pages, slots: all, seal: field(sealName) }
}
