// Malformed PDFs made on purpose: bodies changed with all offsets kept right, and whole files changed anywhere.

import { deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { isSeglError } from '../../../src/errors.ts'
import { prepareRevision } from '../../../src/kernel/pades/index.ts'
import { bytesSource, fileAt, openPdf, preflight, revisions, signatures } from '../../../src/kernel/pdf/index.ts'
import { plainSheet } from '../pades/sheet.ts'
import { appendClassic, classicPdf, plainObjects, streamPdf } from './build.ts'

const packed = `${deflateSync(Buffer.from([2, 1, 2, 3, 4, 2, 1, 1, 1, 1])).toString('hex')}>`
const xmp = '<x pdfaid:part="2" pdfaid:conformance="B"/>'

const rich: Readonly<Record<number, string>> = {
  ...plainObjects,
  1: '<</Type /Catalog /Pages 2 0 R /AcroForm 7 0 R /DSS 9 0 R /Names <</EmbeddedFiles 10 0 R>> /Metadata 11 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R 6 0 R] /Count 3 /Rotate 90>>',
  6: '<</Type /Pages /Parent 2 0 R /Kids [12 0 R 13 0 R] /Count 2>>',
  7: '<</Fields [8 0 R] /SigFlags 3>>',
  8: '<</FT /Sig /T (Sign\\051 here) /Rect [0 0 9 9]>>',
  9: '<</Type /DSS /Certs [15 0 R] /VRI <</AB 15 0 R>>>>',
  10: '<</Names [(a) <</Type /Filespec /F (a.txt) /EF <</F 15 0 R>>>>]>>',
  11: `<</Type /Metadata /Subtype /XML /Length ${xmp.length}>>
stream
${xmp}
endstream`,
  12: '<</Type /Page /Parent 6 0 R /MediaBox [0 0 9 9] /Annots [<</Subtype /Link /A <</S /URI /URI (x)>>>>]>>',
  13: '<</Type /Page /Parent 6 0 R /MediaBox [-1.5 +2 .5 9.] /AA <</O <</S /GoTo /D [3 0 R /Fit]>>>>>>',
  14: '<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 10 20 30] /Contents <30030201>>>',
  15: `<</Length ${packed.length} /Filter [/ASCIIHexDecode /FlateDecode] /DecodeParms [null <</Predictor 12 /Columns 4>>]>>\nstream\n${packed}\nendstream`,
}

const signed = { ...rich, 8: '<</FT /Sig /T (s) /V 14 0 R>>' }

export const seeds: readonly Buffer[] = [
  classicPdf({ objects: signed }),
  classicPdf({ objects: rich, trailer: '/ID [<00> (x)] /Info 5 0 R' }),
  appendClassic(classicPdf({ objects: rich }), { 14: '(x)', 16: '[1 2]' }, 17),
  streamPdf({ objects: rich, compressed: [1, 2, 3, 6, 7, 8, 9, 10, 12, 13], deflate: false }),
  streamPdf({ objects: rich, compressed: [1, 2, 3] }),
  classicPdf({ prefix: 'x\n', suffix: 'y' }),
]

const numbers = [
  '0',
  '1',
  '-1',
  '2',
  '7',
  '99',
  '255',
  '65535',
  '65536',
  '2147483648',
  '4294967296',
  '99999999999',
  '0.5',
  '1e9',
]
const words = [
  '/Prev',
  '/Root',
  '/Size',
  '/Length',
  '/W',
  '/Index',
  '/Kids',
  '/Count',
  '/Parent',
  '/Filter',
  '/DecodeParms',
  '/XRefStm',
  '/Type',
  '/ObjStm',
  '/XRef',
  '/First',
  '/N',
  '/Extends',
  '/ByteRange',
  '/Contents',
  '/V',
  '/FT',
  '/T',
  '/Fields',
  '/Encrypt',
  '/FlateDecode',
  '/Predictor',
  '/Columns',
  '/Colors',
  '/S',
  '/JS',
  '/JavaScript',
  '/Launch',
  'obj',
  'endobj',
  'stream',
  'endstream',
  'xref',
  'trailer',
  'startxref',
  '%%EOF',
  'R',
  'null',
  'true',
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '\\',
  '%',
  '#',
  '1 0 R',
  '2 0 R',
  '3 0 R',
  '6 0 R',
  '8 0 R',
  '14 0 R',
  '20 0 R',
  '21 0 R',
  '99 0 R',
  '<<'.repeat(300),
  '['.repeat(5000),
  '/A 1 '.repeat(50),
  '\0',
  '\r',
  '\n',
  '\x80\xff',
  '#00',
  '\\053',
  '(a',
  '<4',
]
const token = /\/?[A-Za-z0-9.#+-]+|<<|>>|[[\]()<>]|\s+|./gs

type Change = { readonly at: number; readonly kind: number; readonly word: number }
const change: fc.Arbitrary<Change> = fc.record({ at: fc.nat(1_000_000), kind: fc.nat(6), word: fc.nat(1000) })

/** Changes one token of the text. */
function changed(text: string, { at, kind, word }: Change): string {
  const tokens = text.match(token) ?? []
  const index = at % Math.max(1, tokens.length)
  const old = tokens[index] ?? ''
  const other = tokens[(at + word) % Math.max(1, tokens.length)] ?? ''
  const any = words[word % words.length] ?? ''
  const number = numbers[word % numbers.length] ?? ''
  const next = [any, number, '', old + old, other, old + any, `${number} `][kind] ?? ''
  // Where a number stands, a number is the more cunning replacement.
  tokens[index] = kind === 0 && /^\d+$/.test(old) ? number : next
  return tokens.join('')
}

/** One body after another changed; the file around them is written anew, so that its offsets hold. */
const changedBodies = fc
  .record({
    changes: fc.array(fc.tuple(fc.nat(15), change), { minLength: 1, maxLength: 4 }),
    stream: fc.nat(2),
    trailer: fc.option(change, { freq: 2 }),
    withSignature: fc.boolean(),
  })
  .map(({ changes, stream, trailer, withSignature }) => {
    const objects: Record<number, string> = { ...(withSignature ? signed : rich) }
    for (const [number, one] of changes) objects[number] = changed(objects[number] ?? '<</A [1 2]>>', one)
    if (objects[0] !== undefined) delete objects[0]
    if (stream === 1) return streamPdf({ objects, compressed: [1, 2, 3, 6, 7, 8, 9, 10, 12, 13], deflate: false })
    if (stream === 2) return appendClassic(classicPdf({ objects: rich }), objects, 17)
    return classicPdf({
      objects,
      trailer: trailer === null ? '' : changed('/ID [<00> (x)] /Info 5 0 R', trailer),
    })
  })

/** A whole file changed by tokens and bytes, so that offsets, tables and lengths are wrong too. */
const changedFiles = fc
  .record({
    seed: fc.nat(seeds.length - 1),
    changes: fc.array(change, { maxLength: 3 }),
    bytes: fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { maxLength: 4 }),
    cut: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(100_000) }),
  })
  .map(({ seed, changes, bytes, cut }) => {
    let text = (seeds[seed] ?? Buffer.alloc(0)).toString('latin1')
    for (const one of changes) text = changed(text, one)
    const file = Buffer.from(text, 'latin1')
    for (const [at, value] of bytes) file[at % Math.max(1, file.length)] = value
    return cut === null ? file : file.subarray(0, cut % (file.length + 1))
  })

export const malformedPdf: fc.Arbitrary<Buffer> = fc.oneof(changedBodies, changedFiles)

/** One case: a finding with code (and place), or an accepted file that can be prepared and reads as strictly afterwards. */
export function check(bytes: Buffer): { readonly outcome: string } {
  const source = bytesSource(bytes)
  const report = preflight(source)
  const refusal = report.findings.find(({ severity }) => severity === 'refuse')
  if (report.accepted !== (refusal === undefined)) throw new Error('accepted and refused at once')
  if (refusal !== undefined) {
    for (const { code, offset, severity } of report.findings) {
      if (severity === 'refuse') placed(code, offset, bytes.length)
    }
    walk(bytes)
    return { outcome: refusal.code }
  }
  const { increment, state } = prepareRevision(source, plainSheet(2))
  const after = Buffer.concat([bytes, increment])
  if (state.size !== after.length) throw new Error('the state does not know the size of the file')
  const again = preflight(bytesSource(after))
  if (!again.accepted)
    throw new Error(`the prepared file is refused: ${again.findings.map(({ detail }) => detail).join(' ')}`)
  if (again.pages !== (report.pages ?? 0) + 2) throw new Error('the sheets are not there')
  return { outcome: 'accepted' }
}

/** Every refusal says where: at a byte of the file, or at its end when something is missing there. */
function placed(code: string, offset: number | undefined, size: number): void {
  if (offset === undefined) throw new Error(`${code} without a place`)
  if (!Number.isSafeInteger(offset) || offset < 0) throw new Error(`${code} at byte ${offset}`)
  if (offset > size) throw new Error(`${code} at byte ${offset} of ${size}`)
}

/** What a verifier does with a file that pre-flight refused: errors with a code are fine, others are not. */
function walk(bytes: Buffer): void {
  try {
    const file = openPdf(bytesSource(bytes))
    const history = revisions(file)
    for (const revision of history) {
      const earlier = fileAt(file, revision)
      earlier.each(() => undefined)
      if (!file.encrypted) signatures(earlier)
    }
  } catch (error) {
    if (!isSeglError(error, 'NOT_A_PDF', 'TRUNCATED', 'MALFORMED_PDF', 'TOO_COMPLEX')) throw error
    placed(error.code, error.offset, bytes.length)
  }
}
