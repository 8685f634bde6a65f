// Writes small tagged files that are what they claim (veraPDF says so first): PDF/A of every part and level, PDF/UA.
import { deflateSync } from 'node:zlib'
import { dict, name, newStream, type PdfObject, ref, serialise, textString } from '../../src/kernel/pdf/index.ts'
import { canvas } from '../../src/sheet/canvas.ts'
import { srgbProfile } from '../../src/sheet/icc.ts'
import { drawingResources, sharedResources } from '../../src/sheet/resources.ts'

export const flavours = ['1a', '1b', '2a', '2b', '2u', '3a', '3b', '3u', '4', '4e', '4f', 'ua1', 'ua2'] as const
export type Flavour = (typeof flavours)[number]

export type Variant = {
  /** How the parent tree holds its entries. */
  readonly parents?: 'numbers' | 'kids'
  /** Whether one Document element holds the others (PDF/UA-2 asks for that), or they stand under the root. */
  readonly document?: boolean
  /** Headings as H, which PDF/UA-1 lets nobody mix with H1. */
  readonly heading?: 'H1' | 'H'
  readonly tagged?: boolean
}

const isUa = (flavour: Flavour) => flavour.startsWith('ua')
const isPdf2 = (flavour: Flavour) => flavour.startsWith('4') || flavour === 'ua2'

/** A file of one page with a heading and a paragraph. */
export async function taggedPdf(flavour: Flavour, variant: Variant = {}): Promise<Buffer> {
  const { parents = 'numbers', document = true, heading = 'H1', tagged = true } = variant
  const shared = await sharedResources()
  const objects = new Map<number, PdfObject>(shared.objects.map(({ number, body }) => [number, body]))
  let last = Math.max(...objects.keys())
  const add = (body: PdfObject): number => {
    last += 1
    objects.set(last, body)
    return last
  }
  const reserve = () => add(null)
  const [catalog, pages, page, tree, top] = [reserve(), reserve(), reserve(), reserve(), reserve()]

  const on = canvas({ marked: tagged })
  on.element(heading, () => on.text(60, 760, 'Årsregnskap 2025', { size: 20, colour: [0, 0, 0] }))
  on.element('P', () => on.text(60, 730, 'Resultat før skatt: 12 500 kroner', { size: 11, colour: [0, 0, 0] }))
  on.line(60, 720, 500, 720, 1, [0, 0, 0])
  const contents = add(newStream(dict({ Filter: name('FlateDecode') }), deflateSync(on.bytes())))
  const category = (names: Readonly<Record<string, string>>) =>
    dict(Object.fromEntries(Object.entries(names).map(([key, at]) => [key, ref(shared.numbers[at] ?? 0)])))
  const { Font, ColorSpace } = drawingResources()
  objects.set(pages, dict({ Type: name('Pages'), Kids: [ref(page)], Count: 1 }))
  objects.set(
    page,
    dict({
      Type: name('Page'),
      Parent: ref(pages),
      MediaBox: [0, 0, 595, 842],
      Resources: dict({ Font: category(Font), ColorSpace: category(ColorSpace) }),
      Contents: ref(contents),
      StructParents: tagged ? 0 : undefined,
      Tabs: tagged ? name('S') : undefined,
    }),
  )

  // PDF/UA-2 (8.2.5.2): elements of the namespace of PDF 2.0.
  const namespace = isPdf2(flavour)
    ? ref(add(dict({ Type: name('Namespace'), NS: textString('http://iso.org/pdf2/ssn') })))
    : undefined
  const elements = on.structure().map(({ role }, mcid) =>
    ref(
      add(
        dict({
          Type: name('StructElem'),
          S: name(role),
          NS: namespace,
          P: ref(document ? top : tree),
          Pg: ref(page),
          K: mcid,
        }),
      ),
    ),
  )
  objects.set(
    top,
    document ? dict({ Type: name('StructElem'), S: name('Document'), NS: namespace, P: ref(tree), K: elements }) : null,
  )
  const numbers = dict({ Nums: [0, elements] })
  const parentTree =
    parents === 'numbers' ? numbers : dict({ Kids: [ref(add(new Map([['Limits', [0, 0]], ...numbers])))] })
  objects.set(
    tree,
    dict({
      Type: name('StructTreeRoot'),
      K: document ? ref(top) : elements,
      ParentTree: ref(add(parentTree)),
      ParentTreeNextKey: 1,
      Namespaces: namespace === undefined ? undefined : [namespace],
    }),
  )
  const profile = add(newStream(dict({ N: 3, Filter: name('FlateDecode') }), deflateSync(srgbProfile(), { level: 9 })))
  const intent = dict({
    Type: name('OutputIntent'),
    S: name('GTS_PDFA1'),
    OutputConditionIdentifier: textString('sRGB'),
    DestOutputProfile: ref(profile),
  })
  const attached = flavour === '4f' ? ref(add(attachment(add))) : undefined
  objects.set(
    catalog,
    dict({
      Type: name('Catalog'),
      Pages: ref(pages),
      Metadata: ref(
        add(newStream(dict({ Type: name('Metadata'), Subtype: name('XML') }), Buffer.from(xmp(flavour), 'utf8'))),
      ),
      MarkInfo: tagged ? dict({ Marked: true }) : undefined,
      StructTreeRoot: tagged ? ref(tree) : undefined,
      Lang: textString('nb'),
      ViewerPreferences: dict({ DisplayDocTitle: true }),
      OutputIntents: isUa(flavour) ? undefined : [intent],
      AF: attached && [attached],
      Names: attached && dict({ EmbeddedFiles: dict({ Names: [textString('tall.csv'), attached] }) }),
    }),
  )
  return written(objects, catalog, flavour)
}

function attachment(add: (body: PdfObject) => number): PdfObject {
  const file = newStream(
    dict({ Type: name('EmbeddedFile'), Subtype: name('text/csv') }),
    Buffer.from('resultat;12500\n'),
  )
  return dict({
    Type: name('Filespec'),
    F: textString('tall.csv'),
    UF: textString('tall.csv'),
    Desc: textString('The figures'),
    AFRelationship: name('Data'),
    EF: dict({ F: ref(add(file)) }),
  })
}

function xmp(flavour: Flavour): string {
  const part = flavour[0]
  const level = flavour.slice(1).toUpperCase()
  const claim = isUa(flavour)
    ? `<pdfuaid:part>${flavour.slice(2)}</pdfuaid:part>${flavour === 'ua2' ? '<pdfuaid:rev>2024</pdfuaid:rev>' : ''}`
    : `<pdfaid:part>${part}</pdfaid:part>${part === '4' ? '<pdfaid:rev>2020</pdfaid:rev>' : ''}` +
      (level === '' ? '' : `<pdfaid:conformance>${level}</pdfaid:conformance>`)
  return (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" ' +
    `xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">${claim}<dc:title><rdf:Alt>` +
    '<rdf:li xml:lang="x-default">Årsregnskap 2025</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF>' +
    '</x:xmpmeta>\n<?xpacket end="w"?>'
  )
}

/** A classic file; numbers that nothing was put under are free. */
function written(objects: ReadonlyMap<number, PdfObject>, root: number, flavour: Flavour): Buffer {
  const version = isPdf2(flavour) ? '2.0' : flavour.startsWith('1') ? '1.4' : '1.7'
  const pieces: Buffer[] = [Buffer.from(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`, 'latin1')]
  const size = () => pieces.reduce((sum, piece) => sum + piece.length, 0)
  const same = (number: number) => number
  const offsets = new Map<number, number>()
  for (const [number, body] of objects) {
    if (body === null) continue
    offsets.set(number, size())
    if (typeof body === 'object' && 'kind' in body && body.kind === 'new-stream') {
      const members = serialise(new Map([...body.dict, ['Length', body.data.length]]), same)
      pieces.push(Buffer.from(`${number} 0 obj\n${members}\nstream\n`, 'latin1'), Buffer.from(body.data))
      pieces.push(Buffer.from('\nendstream\nendobj\n'))
    } else pieces.push(Buffer.from(`${number} 0 obj\n${serialise(body, same)}\nendobj\n`, 'latin1'))
  }
  const startxref = size()
  const count = Math.max(...objects.keys()) + 1
  let table = `xref\n0 ${count}\n`
  for (let number = 0; number < count; number += 1) {
    const offset = offsets.get(number)
    table += offset === undefined ? '0000000000 65535 f \n' : `${String(offset).padStart(10, '0')} 00000 n \n`
  }
  const id = '<00112233445566778899aabbccddeeff>'
  pieces.push(Buffer.from(`${table}trailer\n<</Size ${count} /Root ${root} 0 R /ID [${id} ${id}]>>\n`, 'latin1'))
  pieces.push(Buffer.from(`startxref\n${startxref}\n%%EOF\n`))
  return Buffer.concat(pieces)
}
