// The objects that every sheet and every appearance draws with: two fonts and two colour spaces, the same in each document.
import { deflateSync } from 'node:zlib'
import * as fontkit from '@cantoo/fontkit'
import {
  CustomFontEmbedder,
  type PDFObject as LibraryObject,
  PDFArray,
  PDFBool,
  PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
} from 'pdf-lib'
import { SeglError } from '../errors.ts'
import { byteString, dict, localRef, name, newStream, type PdfObject, type SheetObjects } from '../kernel/pdf/index.ts'
import { grayProfile, srgbProfile } from './icc.ts'
import { face, resourceName } from './typeface.ts'

export type LocalObject = { readonly number: number; readonly body: PdfObject }

export type SharedResources = {
  readonly objects: readonly LocalObject[]
  /** Local numbers by name, as `SheetObjects.resources` wants them. */
  readonly numbers: Readonly<Record<string, number>>
}

type DrawingResources = Readonly<Record<'Font' | 'ColorSpace', Readonly<Record<string, string>>>>

/** /Resources of everything we draw: names used in content streams → names in `SheetObjects.resources`. */
export function drawingResources(): DrawingResources {
  return {
    Font: { R: resourceName('regular'), S: resourceName('semibold') },
    // Plain `rg` and `g` then mean these ICC-based spaces (ISO 32000-2, 8.6.5.6), as PDF/A asks.
    ColorSpace: { DefaultRGB: 'rgb', DefaultGray: 'gray' },
  }
}

/** The same as a dictionary of an object that is handed over. */
export function resourceDictionary(numbers: SharedResources['numbers']): PdfObject {
  const categories = Object.entries(drawingResources()).map(([category, names]) => {
    const entries = Object.entries(names).map(([key, resource]) => [key, localRef(numbers[resource] ?? 0)])
    return [category, dict(Object.fromEntries(entries))]
  })
  return dict(Object.fromEntries(categories))
}

let shared: Promise<SharedResources> | undefined

/** Fonts and colour spaces with local numbers from 1; made once per process, the same bytes in every one. */
export function sharedResources(): Promise<SharedResources> {
  shared ??= build()
  return shared
}

/** The same for a document without sheets, where the first signature that is shown brings them along. */
export async function appearanceResources(): Promise<Pick<SheetObjects, 'objects' | 'resources'>> {
  const { objects, numbers } = await sharedResources()
  return { objects, resources: numbers }
}

async function build(): Promise<SharedResources> {
  const context = PDFContext.create()
  const fonts: Record<string, number> = {}
  for (const weight of ['regular', 'semibold'] as const) {
    const { file, name: postscriptName } = face(weight)
    // A custom name, because the library would otherwise add a random suffix.
    const embedder = await CustomFontEmbedder.for(fontkit, file, postscriptName)
    fonts[resourceName(weight)] = (await embedder.embedIntoContext(context)).objectNumber
  }
  const objects: LocalObject[] = context
    .enumerateIndirectObjects()
    .map(([ref, body]) => ({ number: ref.objectNumber, body: translate(body) }))
  let last = Math.max(...objects.map((object) => object.number))
  const add = (body: PdfObject): number => {
    last += 1
    objects.push({ number: last, body })
    return last
  }
  const colourSpace = (profile: Uint8Array, components: 1 | 3): number => {
    const stream = add(
      newStream(
        dict({
          N: components,
          Alternate: name(components === 3 ? 'DeviceRGB' : 'DeviceGray'),
          Filter: name('FlateDecode'),
        }),
        deflateSync(profile, { level: 9 }),
      ),
    )
    return add([name('ICCBased'), localRef(stream)])
  }
  return { numbers: { ...fonts, rgb: colourSpace(srgbProfile(), 3), gray: colourSpace(grayProfile(), 1) }, objects }
}

/** An object of the drawing library in the kernel's model; references become local ones. */
function translate(object: LibraryObject): PdfObject {
  if (object instanceof PDFRawStream) {
    const entries = new Map(entriesOf(object.dict))
    entries.delete('Length')
    return newStream(entries, object.contents)
  }
  if (object instanceof PDFDict) return new Map(entriesOf(object))
  if (object instanceof PDFArray) return object.asArray().map(translate)
  if (object instanceof PDFRef) return localRef(object.objectNumber)
  if (object instanceof PDFName) return name(object.decodeText())
  if (object instanceof PDFNumber) return object.asNumber()
  if (object instanceof PDFBool) return object.asBoolean()
  if (object instanceof PDFString || object instanceof PDFHexString) return byteString(object.asBytes())
  throw new SeglError('INTERNAL', `The font embedder made an object of a kind that sheets do not hand over: ${object}`)
}

const entriesOf = (source: PDFDict): readonly (readonly [string, PdfObject])[] =>
  source.entries().map(([key, value]) => [key.decodeText(), translate(value)] as const)
