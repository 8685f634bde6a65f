// Where an object's bytes lie in the file, from its number to `endobj`.

import type { PdfFile } from './file.ts'
import { malformed, skipSpace, takeKeyword } from './lexer.ts'
import { isStream } from './object.ts'
import { readIndirectObject } from './parser.ts'
import { parseAt, windowOn } from './window.ts'

/** [start, end) of an object that is not in an object stream; undefined for others. MALFORMED_PDF when it does not end well. */
export function extentOf(file: PdfFile, number: number): readonly [number, number] | undefined {
  const entry = file.xref.get(number)
  if (entry?.type !== 'offset') return undefined
  const window = windowOn(file.source)
  const read = parseAt(window, entry.offset, file.limits.objectBytes, (input) => {
    skipSpace(input)
    return readIndirectObject(input, { limits: file.limits })
  })
  if (read.streamStart === undefined) return [entry.offset, read.end]
  const stream = file.get({ kind: 'ref', number, generation: entry.generation })
  if (!isStream(stream)) throw malformed('A stream cannot be read', entry.offset)
  const end = parseAt(window, stream.start + stream.length, 1024, (input) => {
    skipSpace(input)
    takeKeyword(input, 'endstream')
    skipSpace(input)
    if (!takeKeyword(input, 'endobj')) throw malformed('An object is not closed by endobj', input.base + input.position)
    return input.base + input.position
  })
  return [entry.offset, end]
}
