// The shapes in which office programs and browsers write PDFs, and the damage that files take on their way: made by code, each page with
// a drawing that tells one reading from another.
import { deflateSync } from 'node:zlib'

/** Writes the parts of a file one after the other and keeps their offsets. */
function writer(header = '%PDF-1.5\r\n%\xe2\xe3\xcf\xd3\r\n') {
  let text = header
  const offsets = new Map<number, number>()
  const entry = (number: number, end: string): string => {
    const offset = offsets.get(number)
    return offset === undefined ? `0000000000 65535 f${end}` : `${String(offset).padStart(10, '0')} 00000 n${end}`
  }
  return {
    get at() {
      return text.length
    },
    offsets,
    put(piece: string) {
      text += piece
      return this
    },
    object(number: number, body: string) {
      offsets.set(number, text.length)
      text += `${number} 0 obj\r\n${body}\r\nendobj\r\n`
      return this
    },
    /** A table section; returns where it begins. `numbers` that have no offset are free. */
    table(first: number, count: number, trailer: string, end = '\r\n') {
      const start = text.length
      const entries = Array.from({ length: count }, (_, index) => entry(first + index, end)).join('')
      text += `xref\r\n${first} ${count}\r\n${entries}trailer\r\n<<${trailer}>>\r\n`
      return start
    },
    /** One subsection for each number, as pdf.js writes them. */
    sparse(numbers: readonly number[], trailer: string, end: string) {
      const start = text.length
      text += `xref\n${numbers.map((number) => `${number} 1\n${entry(number, end)}`).join('')}trailer\n<<${trailer}>>\n`
      return start
    },
    /** A cross-reference stream of the numbers given; `hidden` maps a number to its place in object stream `container`. */
    xrefStream(number: number, listed: readonly number[], trailer: string, hidden: Hidden = {}, width = 4) {
      const start = text.length
      offsets.set(number, start)
      const rows = listed.map((one) => {
        const row = Buffer.alloc(2 + width)
        const member = hidden[one]
        row.writeUInt8(member === undefined ? 1 : 2, 0)
        row.writeUIntBE(member?.container ?? offsets.get(one) ?? 0, 1, width)
        row.writeUInt8(member?.index ?? 0, 1 + width)
        return row
      })
      const data = deflateSync(Buffer.concat(rows))
      const index = listed.map((one) => `${one} 1`).join(' ')
      text += `${number} 0 obj\r\n<</Type/XRef/W[1 ${width} 1]/Index[${index}]/Filter/FlateDecode/Length ${data.length} ${trailer}>>stream\r\n${data.toString('latin1')}\r\nendstream\r\nendobj\r\n`
      return start
    },
    end(startxref: number, tail = '\r\n%%EOF\r\n') {
      text += `startxref\r\n${startxref}${tail}`
      return this
    },
    bytes: () => Buffer.from(text, 'latin1'),
  }
}
type Hidden = Readonly<Record<number, { readonly container: number; readonly index: number }>>
type Writer = ReturnType<typeof writer>

const stream = (operators: string) => `<</Length ${operators.length}>>stream\r\n${operators}\r\nendstream`
const packed = (operators: string) => {
  const data = deflateSync(Buffer.from(operators, 'latin1'))
  return `<</Filter/FlateDecode/Length ${data.length}>>stream\r\n${data.toString('latin1')}\r\nendstream`
}
const square = (x: number, colour = '0.2 0.4 0.8') => `${colour} rg ${x} 300 120 80 re f`
const page = (contents: string, more = '') =>
  `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents ${contents} ${more}>>`

/** Objects 1 to 6: two pages, their content; 7 is an object stream with metadata, 8 (elsewhere) its cross-reference stream. */
function body(file: Writer): Writer {
  file.object(1, '<</Type/Catalog/Pages 2 0 R/PageLayout/SinglePage/Names 9 0 R>>')
  file.object(2, '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>')
  file.object(3, page('5 0 R')).object(4, page('[6 0 R]', '/Rotate 90'))
  return file.object(5, stream(square(100))).object(6, packed(square(300, '0.8 0.3 0.1')))
}
const hiddenObjects = '9 0 10 8 <</X 1>><</Y 2>>'
const withObjectStream = (file: Writer) =>
  file.object(7, `<</Type/ObjStm/N 2/First 9/Length ${hiddenObjects.length}>>stream\r\n${hiddenObjects}\r\nendstream`)
const hidden: Hidden = { 9: { container: 7, index: 0 }, 10: { container: 7, index: 1 } }
const root = '/Size 11/Root 1 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]'

/** Acrobat PDFMaker: the objects' table, then an empty one with /Prev and /XRefStm, and one `startxref` for both. */
function pair({ end = '\r\n', tail = '\r\n%%EOF\r\n', width = 4 } = {}): Writer {
  const file = withObjectStream(body(writer()))
  const hiddenAt = file.xrefStream(8, [7, 8, 9, 10], root, hidden, width)
  const first = file.table(0, 9, root, end)
  return file.end(file.table(0, 0, `${root}/Prev ${first}/XRefStm ${hiddenAt}`), tail)
}

const lastSection = (file: Writer): number =>
  Number(/.*startxref\s+(\d+)\s+%%EOF/s.exec(file.bytes().toString('latin1'))?.[1])

/** A later save draws something else on page 1. */
function saved(file: Writer, write: (file: Writer, previous: number) => number, tail?: string): Buffer {
  const previous = lastSection(file)
  file.object(5, stream(square(200, '0.1 0.6 0.2')))
  return file.end(write(file, previous), tail).bytes()
}

function linearizedPair(): Buffer {
  const file = writer()
  file.object(12, '<</Linearized 1/L 99999/H[1 2]/O 3/E 999/N 2/T 999>>')
  withObjectStream(body(file))
  const hiddenAt = file.xrefStream(8, [7, 8, 9, 10], root, hidden)
  const first = file.table(0, 9, root)
  return file.end(file.table(12, 1, `${root.replace('11', '13')}/Prev ${first}/XRefStm ${hiddenAt}`)).bytes()
}

function emptyFirst(): Buffer {
  const file = withObjectStream(body(writer()))
  const hiddenAt = file.xrefStream(8, [7, 8, 9, 10], root, hidden)
  const first = file.table(0, 0, root)
  return file.end(file.table(0, 9, `${root}/Prev ${first}/XRefStm ${hiddenAt}`)).bytes()
}

function pairOfTables(): Buffer {
  const file = body(writer()).object(9, '<</X 1>>')
  const first = file.table(0, 10, root)
  return file.end(file.table(0, 0, `${root}/Prev ${first}`)).bytes()
}

function chain(): Buffer {
  const file = body(writer()).object(9, '<</X 1>>')
  const first = file.table(0, 10, root)
  const second = file.table(0, 0, `${root}/Prev ${first}`)
  return file.end(file.table(0, 1, `${root}/Prev ${second}`)).bytes()
}

/** Saved twice by the same program: each time a pair. */
function pairTwice(): Buffer {
  const file = pair()
  return saved(file, (writing, previous) => {
    const first = writing.table(5, 1, `${root}/Prev ${previous}`)
    return writing.table(0, 0, `${root}/Prev ${first}`)
  })
}

function tableOnly(end = '\r\n'): Writer {
  const file = body(writer()).object(9, '<</X 1>>')
  return file.end(file.table(0, 10, root, end))
}

/** Office and Acrobat, pdf.js and Firefox; all are refused as they are. */
export const officeFiles: Readonly<Record<string, Buffer>> = {
  'PDFMaker: two sections, one startxref': pair().bytes(),
  'PDFMaker: no line end after the last %%EOF': pair({ tail: '\r\n%%EOF' }).bytes(),
  'PDFMaker: a cross-reference stream with narrow fields': pair({ width: 2 }).bytes(),
  'PDFMaker: two tables without objects that are hidden': pairOfTables(),
  'PDFMaker: three tables, one startxref': chain(),
  'PDFMaker: the first section is the empty one': emptyFirst(),
  'PDFMaker: linearized': linearizedPair(),
  'PDFMaker, saved again by itself': pairTwice(),
  'PDFMaker, then a table appended': saved(pair(), (file, previous) => file.table(5, 1, `${root}/Prev ${previous}`)),
  'PDFMaker, then a cross-reference stream appended': saved(pair(), (file, previous) =>
    file.xrefStream(11, [5, 11], `${root.replace('11', '12')}/Prev ${previous}`),
  ),
  'PDFMaker, then saved by pdf.js': saved(
    pair(),
    (file, previous) => file.sparse([5], `${root}/Prev ${previous}`, '\n'),
    '\n%%EOF\n',
  ),
  'PDFMaker with entries of 19 bytes': pair({ end: '\n' }).bytes(),
  'pdf.js: entries of 19 bytes in what it appends': saved(
    tableOnly(),
    (file, previous) => file.sparse([0, 5], `${root}/Prev ${previous}`, '\n'),
    '\n%%EOF\n',
  ),
  'pdf.js: appended right behind %%EOF': saved(
    tableOnly('\n').put('%saved by a browser\n'),
    (file, previous) => file.sparse([0, 5], `${root}/Prev ${previous}`, '\n'),
    '\n%%EOF',
  ),
  'a table with entries of 19 bytes': tableOnly('\n').bytes(),
}

const plain = tableOnly().bytes().toString('latin1')
const changed = (from: string | RegExp, to: string | ((...found: string[]) => string), text = plain): Buffer => {
  const result = typeof to === 'string' ? text.replace(from, () => to) : text.replace(from, to)
  if (result === text) throw new Error(`nothing to change: ${from}`)
  return Buffer.from(result, 'latin1')
}
const startxref = /startxref\r\n(\d+)/
const operators = square(100)

/** Small damage of all kinds, over which qpdf, poppler, PDFium and MuPDF agree. */
export const damagedFiles: Readonly<Record<string, Buffer>> = {
  '/Prev 0': changed('/Size 11', '/Size 11/Prev 0'),
  '/Prev leads nowhere': changed('/Size 11', '/Size 11/Prev 17'),
  '/Prev beyond the end': changed('/Size 11', '/Size 11/Prev 99999999'),
  '/Prev below zero': changed('/Size 11', '/Size 11/Prev -1'),
  '/Prev leads to itself': changed('/Size 11', `/Size 11/Prev ${plain.indexOf('xref\r\n0')}`),
  'entries padded with blanks': changed(/\n0{8}(\d\d) /g, (_, digits = '') => `\n        ${digits} `),
  'entries of 21 bytes': changed(/ ([nf])\r\n(?=\d|trailer)/g, (_, type = '') => ` ${type} \r\n`),
  'the word stream followed by a blank': changed(/>>stream\r\n/, '>>stream \r\n'),
  'the word stream followed by CR alone': changed(/>>stream\r\n/, '>>stream\r'),
  'no endobj at all': changed(/endobj\r\n/g, '      \r\n'),
  'endobj glued to the table': changed('endobj\r\nxref', 'endobjxref'),
  'startxref leads into an object': changed(startxref, 'startxref\r\n77'),
  'startxref a little too small': changed(startxref, (_, at = '') => `startxref\r\n${Number(at) - 7}`),
  'startxref a little too large': changed(startxref, (_, at = '') => `startxref\r\n${Number(at) + 3}`),
  'startxref 0': changed(startxref, 'startxref\r\n0'),
  'no startxref': changed(startxref, ''),
  'no %%EOF': changed('%%EOF\r\n', ''),
  'nothing after the trailer': changed(/startxref[\s\S]*/, ''),
  'no table, but a trailer': changed(/xref\r\n0[\s\S]*?trailer/, 'trailer'),
  'line ends converted': changed(/\r\n/g, '\n'),
  'bytes put in before the first object': changed('1 0 obj', '%%%%%%%%%%\r\n1 0 obj'),
  'more entries announced than there are': changed('xref\r\n0 10', 'xref\r\n0 14'),
  'fewer entries announced than there are': changed('xref\r\n0 10', 'xref\r\n0 9'),
  '/Length too small': changed(`/Length ${operators.length}`, '/Length 5'),
  '/Length one too small': changed(`/Length ${operators.length}`, `/Length ${operators.length - 1}`),
  '/Length 0': changed(`/Length ${operators.length}`, '/Length 0'),
  '/Length too large, within the object': changed(`/Length ${operators.length}`, `/Length ${operators.length + 15}`),
  '/Length beyond the end of the file': changed(`/Length ${operators.length}`, '/Length 9999999'),
  'no /Length': changed(`/Length ${operators.length}`, ''),
  '/Length leads to nothing': changed(`/Length ${operators.length}`, '/Length 77 0 R'),
  'a long tail of zeros': Buffer.concat([Buffer.from(plain, 'latin1'), Buffer.alloc(100_000)]),
  'bytes before the header, and entries of 19 bytes': Buffer.concat([Buffer.from('mail\r\n'), tableOnly('\n').bytes()]),
}

const red = `<</Length 37>>stream\r\n1 0 0 rg 10 10 400 400 re f          \r\nendstream`
const duplicate = `5 0 obj\r\n${red}\r\nendobj\r\n`
const inserted = (before: string, piece: string, text = plain): Buffer => changed(before, `${piece}${before}`, text)
/** The end broken as well, so that the file is refused before anybody asks for `normalise`. */
const broken = (bytes: Buffer): Buffer => changed(startxref, 'startxref\r\n77', bytes.toString('latin1'))

/** Files made for it: what they show depends on who reads them, or can. */
export const attacks: Readonly<Record<string, Buffer>> = {
  'an object twice in one revision, the first one first': broken(inserted('5 0 obj', duplicate)),
  'an object twice in one revision, the other one last': broken(inserted('xref\r\n0', duplicate)),
  'entries of 19 bytes and a second definition that no entry names': changed(
    startxref,
    (_, at = '') => `startxref\r\n${Number(at) + duplicate.length}`,
    inserted('xref\r\n0', duplicate, tableOnly('\n').bytes().toString('latin1')).toString('latin1'),
  ),
  'a definition inside the data of a stream': broken(
    inserted('6 0 obj', `8 0 obj\r\n<</Length ${duplicate.length}>>stream\r\n${duplicate}endstream\r\nendobj\r\n`),
  ),
  'a definition inside a string': broken(
    inserted('6 0 obj', `8 0 obj\r\n(\r\n${duplicate.replace(/[()]/g, '')})\r\nendobj\r\n`),
  ),
  'a definition in a comment': broken(inserted('6 0 obj', '% 5 0 obj\r\n')),
  'a definition glued to another word': broken(inserted('6 0 obj', `x${duplicate}`)),
  'a /Length that reaches into the next object': changed(
    `/Length ${operators.length}`,
    `/Length ${operators.length + 60}`,
  ),
  'two catalogs in two trailers': broken(
    inserted('xref\r\n0', `11 0 obj\r\n<</Type/Catalog/Pages 2 0 R>>\r\nendobj\r\ntrailer\r\n<</Root 11 0 R>>\r\n`),
  ),
  'one entry that leads to another object': (() => {
    const at = (number: number): string => String(plain.indexOf(`${number} 0 obj`)).padStart(10, '0')
    return changed(`${at(5)} 00000 n`, `${at(6)} 00000 n`)
  })(),
  'one entry marked free although its object is there': (() => {
    const text = tableOnly('\n').bytes().toString('latin1')
    return changed(`${String(text.indexOf('5 0 obj')).padStart(10, '0')} 00000 n`, '0000000000 65535 f', text)
  })(),
  'two endstreams, with a wrong /Length': changed(
    operators,
    `${operators}\r\nendstream\r\n1 0 0 rg 10 10 400 400 re f\r\nendstream`,
    changed(`/Length ${operators.length}`, '/Length 3').toString('latin1'),
  ),
  'no endobj, and no cross-reference': broken(changed(/endobj\r\n/g, '')),
  'a key twice': broken(changed('/Rotate 90', '/Rotate 90/Rotate 0')),
  'a reference with another generation': broken(changed('/Contents 5 0 R', '/Contents 5 1 R')),
  'an object behind the end, in an update that was cut off': broken(
    Buffer.concat([Buffer.from(plain, 'latin1'), Buffer.from(duplicate, 'latin1')]),
  ),
}
