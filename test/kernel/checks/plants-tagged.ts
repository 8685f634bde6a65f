// Attacks on the structure tree of a tagged upload while it is prepared: what is read aloud or copied is no longer what is shown.
import { taggedPdf } from '../../conformance/tagged-pdf.ts'
import type { Plant } from './plant.ts'
import { bodyOf, latin1, numberOf, type Objects, rewriteRevision } from './raw-pdf.ts'
import { type Document, goOn, signedFile } from './signed-file.ts'

/** Everybody signs the file whose prepared revision was rewritten; `all` are the objects of that revision. */
const prepared = (change: (all: Record<number, string>, upload: Buffer) => Objects) => async () => {
  const upload = await taggedPdf('2a')
  return signedFile({
    upload,
    prepared: ({ bytes, state }: Document) =>
      goOn(
        state,
        rewriteRevision(upload, bytes, (all) => change(all, upload)),
      ),
  })
}

const withKey = (body: string, entry: string): string => body.replace('<<', `<<${entry} `)
/** Number and body of the object of the prepared revision that matches. */
const find = (all: Record<number, string>, pattern: RegExp): [number, string] => {
  const [number, body] = Object.entries(all).find(([, text]) => pattern.test(text)) ?? ['0', '']
  return [Number(number), body]
}
const page = (upload: Buffer): string => `${numberOf(upload, /\/Type \/Page /)} 0 R`
const paragraph = (upload: Buffer): number => numberOf(upload, /\/StructElem \/S \/P /)

export const taggedPlants: readonly Plant[] = [
  {
    name: 'a paragraph of the upload that is read aloud as other words',
    file: prepared((_, upload) => ({
      [paragraph(upload)]: withKey(bodyOf(upload, paragraph(upload)), '/ActualText (Tap: 900 kroner)'),
    })),
    caughtBy: ['UPLOAD_KEPT'],
  },
  {
    name: 'a new element that gives other words to content of the upload',
    file: prepared((all, upload) => {
      const [number, body] = find(all, /\/Type \/StructElem \/S \/Document/)
      return {
        [number]: body.replace(/\/K \[/, '/K [').replace(/\]>>$/, ' 900 0 R]>>'),
        900: `<</Type /StructElem /S /P /P ${number} 0 R /Pg ${page(upload)} /K 1 /ActualText (900)>>`,
      }
    }),
    caughtBy: ['UPLOAD_KEPT'],
  },
  {
    name: 'elements of the upload left out',
    file: prepared((all) => {
      const [number, body] = find(all, /\/Type \/StructElem \/S \/Document/)
      return { [number]: body.replace(/\/K \[\d+ 0 R /, '/K [') }
    }),
    caughtBy: ['UPLOAD_KEPT'],
  },
  {
    name: 'another meaning of the roles',
    file: prepared((all) => {
      const [number, body] = find(all, /\/Type \/StructTreeRoot/)
      return { [number]: withKey(body, '/RoleMap <</P /Artifact>>') }
    }),
    caughtBy: ['UPLOAD_KEPT'],
  },
  {
    name: 'another parent for content of the upload',
    file: prepared((all) => {
      const [number, body] = find(all, /\/Nums \[0 \[/)
      return { [number]: body.replace(/\[0 \[(\d+) 0 R (\d+) 0 R\]/, '[0 [$2 0 R $1 0 R]') }
    }),
    caughtBy: ['UPLOAD_KEPT'],
  },
  {
    name: 'another structure tree',
    file: prepared((all, upload) => {
      const [number, body] = find(all, /\/Type \/Catalog/)
      const [, tree] = find(all, /\/Type \/StructTreeRoot/)
      const old = `${numberOf(upload, /\/Type \/StructTreeRoot/)} 0 R`
      return { [number]: body.replace(`/StructTreeRoot ${old}`, '/StructTreeRoot 900 0 R'), 900: tree }
    }),
    caughtBy: ['UPLOAD_KEPT'],
  },
  {
    name: 'an action where an attribute of a table belongs',
    file: prepared((all) => {
      const [number, body] = find(all, /\/Type \/StructElem \/S \/Form/)
      return { [number]: withKey(body, '/A <</S /URI /URI (x:)>>') }
    }),
    caughtBy: ['SHEETS_ONLY'],
  },
]

/** A file that nobody touched, whose pages and fields are in the tree. */
export const taggedFile = async (): Promise<Buffer> => signedFile({ upload: await taggedPdf('2a') })

export const isTaggedThrough = (bytes: Buffer): boolean =>
  /\/Type \/StructElem \/S \/Form .*\/OBJR/.test(latin1(bytes)) && /\/StructParent \d/.test(latin1(bytes))
