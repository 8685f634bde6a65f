// Attacks on the revision that prepares the upload, before anybody has signed: the service itself, or its host, is the attacker.
import type { Plant } from './plant.ts'
import { appendRevision, bodyOf, contentStream, type Objects, object, rewriteRevision, upload } from './raw-pdf.ts'
import { type Document, goOn, signedFile } from './signed-file.ts'

/** Everybody signs the file whose prepared revision was rewritten. */
const prepared =
  (change: (objects: Record<number, string>, bytes: Buffer) => Objects, base = upload()) =>
  () =>
    signedFile({
      upload: base,
      prepared: ({ bytes, state }: Document) =>
        goOn(
          state,
          rewriteRevision(base, bytes, (objects) => change(objects, bytes)),
        ),
    })

const pagesNode = (objects: Record<number, string>): string => objects[object.pages] ?? ''
const catalog = (objects: Record<number, string>, more: string): Objects => ({
  [object.catalog]: (objects[object.catalog] ?? '').replace('<<', `<<${more} `),
})
const find = (objects: Record<number, string>, pattern: RegExp): [number, string] => {
  const [number, body] = Object.entries(objects).find(([, text]) => pattern.test(text)) ?? ['0', '']
  return [Number(number), body]
}
const slot = (objects: Record<number, string>) => find(objects, /\(Segl-Sig-01\)/)
const sheet = (objects: Record<number, string>) => find(objects, /\/Type \/Page .*\/Annots/)
const both = ['UPLOAD_KEPT']

export const preparedPlants: readonly Plant[] = [
  {
    name: 'pages of the upload in another order',
    file: prepared((all) => ({ [object.pages]: pagesNode(all).replace('3 0 R 4 0 R', '4 0 R 3 0 R') })),
    caughtBy: both,
  },
  {
    name: 'a page of the upload swapped for another',
    file: prepared((all) => ({
      [object.pages]: pagesNode(all).replace('3 0 R', '90 0 R'),
      90: '<</Type /Page /Parent 2 0 R /Contents 91 0 R>>',
      91: contentStream('The price is 900 kroner'),
    })),
    caughtBy: both,
  },
  {
    name: 'a page of the upload left out',
    file: prepared((all) => ({ [object.pages]: pagesNode(all).replace('4 0 R ', '').replace('/Count 4', '/Count 3') })),
    caughtBy: both,
  },
  {
    name: 'the content of a page replaced',
    file: prepared(() => ({ [object.content1]: contentStream('The price is 900 kroner') })),
    caughtBy: both,
  },
  {
    name: 'a font of the upload replaced',
    file: prepared(() => ({ [object.font]: '<</Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats>>' })),
    caughtBy: both,
  },
  {
    name: 'an annotation laid over a page of the upload',
    file: prepared(() => ({
      [object.page1]: '<</Type /Page /Parent 2 0 R /Contents 5 0 R /Annots [90 0 R]>>',
      90: '<</Type /Annot /Subtype /FreeText /Rect [0 0 500 800] /Contents (900) /DA (/F1 24 Tf)>>',
    })),
    caughtBy: both,
  },
  {
    name: 'inherited resources changed',
    file: prepared((all) => ({
      [object.pages]: pagesNode(all).replace('/F1 7 0 R', '/F1 90 0 R'),
      90: '<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>',
    })),
    caughtBy: both,
  },
  {
    name: 'inherited boxes changed',
    file: prepared((all) => ({ [object.pages]: pagesNode(all).replace('0 0 595 842', '0 0 595 400') })),
    caughtBy: both,
  },
  {
    name: 'a rotation that pages inherit',
    file: prepared((all) => ({ [object.pages]: pagesNode(all).replace('<<', '<</Rotate 180 ') })),
    caughtBy: both,
  },
  {
    name: 'hidden layers added to the catalog',
    file: prepared((all) => catalog(all, '/OCProperties <</OCGs [] /D <<>>>>')),
    caughtBy: both,
  },
  { name: 'names added to the catalog', file: prepared((all) => catalog(all, '/Names <<>>')), caughtBy: both },
  { name: 'an action on opening', file: prepared((all) => catalog(all, '/OpenAction [3 0 R /Fit]')), caughtBy: both },
  { name: 'additional actions of the catalog', file: prepared((all) => catalog(all, '/AA <<>>')), caughtBy: both },
  {
    name: 'another tree of pages',
    file: prepared((all) => ({
      [object.catalog]: (all[object.catalog] ?? '').replace('/Pages 2 0 R', '/Pages 90 0 R'),
      90: pagesNode(all),
    })),
    caughtBy: both,
  },
  {
    name: 'an annotation on a sheet that is no signature field',
    file: prepared((all) => {
      const [number, body] = sheet(all)
      const stamp = '<</Type /Annot /Subtype /Stamp /Rect [0 0 500 800]>>'
      return { [number]: body.replace('/Annots [', '/Annots [90 0 R '), 90: stamp }
    }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'an action on a sheet',
    file: prepared((all) => {
      const [number, body] = sheet(all)
      return { [number]: body.replace('/Annots', '/AA <</O 90 0 R>> /Annots'), 90: '<</S /Named /N /Print>>' }
    }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'content of a sheet that can be switched off',
    file: prepared((all) => {
      const [number, body] = find(all, /Signature sheet/)
      return { [number]: body.replace('<<', '<</OC 90 0 R '), 90: '<</Type /OCG /Name (x)>>' }
    }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'an action on a signature field',
    file: prepared((all) => {
      const [number, body] = slot(all)
      return { [number]: body.replace('<<', '<</A <</S /GoTo /D [3 0 R /Fit]>> ') }
    }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'an empty field that already shows something',
    file: prepared((all) => {
      const [number, body] = slot(all)
      return {
        [number]: body.replace(/\/N \d+ 0 R/, '/N 90 0 R'),
        90: `<</Type /XObject /Subtype /Form /BBox [0 0 10 10] ${contentStream('Signed').slice(2)}`,
      }
    }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'a signature field on a page of the upload',
    file: prepared((all, bytes) => {
      const [number, body] = slot(all)
      return { [number]: (body || bodyOf(bytes, number)).replace(/\/P \d+ 0 R/, '/P 3 0 R') }
    }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'a text field added with the signature fields',
    file: prepared((all) => {
      const [number, body] = find(all, /\/SigFlags/)
      return { [number]: body.replace('/Fields [', '/Fields [90 0 R '), 90: '<</FT /Tx /T (amount) /V (900)>>' }
    }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'an object that the upload was waiting for',
    file: prepared(
      () => ({ 90: '<</Type /Annot /Subtype /FreeText /Rect [0 0 500 800] /Contents (900) /DA (/F1 24 Tf)>>' }),
      upload({ 3: '<</Type /Page /Parent 2 0 R /Contents 5 0 R /Annots [90 0 R]>>' }),
    ),
    caughtBy: both,
  },
  {
    name: 'a second prepared revision that changes a page',
    file: () =>
      signedFile({
        prepared: ({ bytes, state }) => goOn(state, appendRevision(bytes, { [object.content1]: contentStream('900') })),
      }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'objects in the prepared revision that no cross-reference lists',
    file: () => {
      const base = upload()
      const loose = `5 0 obj\n${contentStream('900')}\nendobj\n`
      return signedFile({
        upload: base,
        prepared: ({ bytes, state }) =>
          goOn(
            state,
            rewriteRevision(base, bytes, () => ({}), { loose }),
          ),
      })
    },
    caughtBy: ['SHEETS_ONLY'],
  },
]
