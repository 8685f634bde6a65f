// Attacks beside what other programs may do behind a seal or an earlier signature: archive it, leave bytes behind.
import { type ByOthers, drawing, signedByOthers, signedNow, withAnnotation } from './by-others.ts'
import type { Plant } from './plant.ts'
import { appendRevision, bodyOf, contentStream, numberOf, object, trailerValue, upload } from './raw-pdf.ts'
import { signedFile } from './signed-file.ts'

const evil = contentStream('The price is 900 kroner')
const sized = (bytes: Buffer): number => Number(trailerValue(bytes, 'Size'))

/** A finished file, archived once more by somebody else. */
const archived = (others: Omit<ByOthers, 'kind'> | ((bytes: Buffer) => Omit<ByOthers, 'kind'>)) => async () => {
  const bytes = await signedFile()
  return signedByOthers(bytes, { kind: 'time-stamp', ...(typeof others === 'function' ? others(bytes) : others) })
}
const dssOf = (bytes: Buffer): number => Number(/\/DSS (\d+) 0 R/.exec(bodyOf(bytes, object.catalog))?.[1])
const behindSeal = ['LATER_CHANGES', 'AFTER_SEAL']

const archivedPlants: readonly Plant[] = [
  {
    name: 'a time-stamp of another program that covers the price with its widget',
    file: archived((bytes) => ({
      field: `/F 4 /Rect [60 690 400 730] /AP <</N ${sized(bytes) + 3} 0 R>>`,
      objects: (next) => ({ [next]: drawing('1 g 0 0 150 20 re f') }),
    })),
    caughtBy: [...behindSeal, 'UPLOAD_KEPT'],
  },
  {
    name: 'a time-stamp without a place, yet with an appearance that a careless reader draws',
    file: archived((bytes) => ({
      field: `/F 4 /Rect [60 690 60 690] /AP <</N ${sized(bytes) + 3} 0 R>>`,
      objects: (next) => ({ [next]: drawing('1 g 0 0 150 20 re f') }),
    })),
    caughtBy: [...behindSeal, 'UPLOAD_KEPT'],
  },
  {
    name: 'an annotation smuggled onto the page beside the widget of a time-stamp',
    file: archived((bytes) => ({
      objects: (next) => ({ [next]: '<</Type /Annot /Subtype /Stamp /Rect [60 690 400 730]>>' }),
      change: (objects) => ({ [object.page1]: withAnnotation(objects[object.page1] ?? '', sized(bytes) + 3) }),
    })),
    caughtBy: [...behindSeal, 'UPLOAD_KEPT'],
  },
  {
    name: 'a page whose content is replaced in the revision of a time-stamp',
    file: archived({ objects: () => ({ [object.content1]: evil }) }),
    caughtBy: behindSeal,
  },
  {
    name: 'another /Contents in the page that lists the widget of a time-stamp',
    file: archived((bytes) => ({
      objects: (next) => ({ [next]: evil }),
      change: (objects) => ({
        [object.page1]: (objects[object.page1] ?? '').replace('/Contents 5', `/Contents ${sized(bytes) + 3}`),
      }),
    })),
    caughtBy: [...behindSeal, 'UPLOAD_KEPT'],
  },
  {
    name: 'a page whose content is replaced beside more validation data',
    file: async () => {
      const bytes = await signedFile()
      const next = sized(bytes)
      const store = bodyOf(bytes, dssOf(bytes)).replace('/Certs [', `/Certs [${next} 0 R `)
      return appendRevision(bytes, {
        [dssOf(bytes)]: store,
        [next]: contentStream('certificate'),
        [object.content1]: evil,
      })
    },
    caughtBy: behindSeal,
  },
  {
    name: 'validation data dropped in the revision of a time-stamp',
    file: archived((bytes) => ({
      objects: () => ({ [dssOf(bytes)]: bodyOf(bytes, dssOf(bytes)).replace(/\/CRLs \[[^\]]*\]/, '') }),
    })),
    caughtBy: behindSeal,
  },
  {
    name: 'a time-stamp over all but the last bytes of its revision',
    file: archived({ uncovered: 6 }),
    caughtBy: ['COVERS_REVISION'],
  },
  {
    name: 'a signed field renamed in the revision of a time-stamp',
    file: archived((bytes) => {
      const field = numberOf(bytes, /\/T \(Segl-Sig-01\)/)
      return { objects: () => ({ [field]: bodyOf(bytes, field).replace('(Segl-Sig-01)', '(Segl-Sig-09)') }) }
    }),
    caughtBy: behindSeal,
  },
  {
    name: 'a page with another box than it inherited, in the revision of a time-stamp',
    file: archived({
      change: (objects) => ({
        [object.page1]: (objects[object.page1] ?? '').replace('<<', '<</MediaBox [0 0 595 420] '),
      }),
    }),
    caughtBy: [...behindSeal, 'UPLOAD_KEPT'],
  },
  {
    name: 'permissions granted in the revision of a time-stamp',
    file: archived((bytes) => ({
      objects: () => ({
        [object.catalog]: bodyOf(bytes, object.catalog).replace('<<', `<</Perms <</DocMDP ${sized(bytes) + 1} 0 R>> `),
      }),
    })),
    caughtBy: behindSeal,
  },
  {
    name: 'the extensions of the file taken away in the revision of a time-stamp',
    file: archived((bytes) => ({
      objects: () => ({
        [object.catalog]: bodyOf(bytes, object.catalog).replace(/\/Extensions <<.*?>>>>/, '/Extensions <<>>'),
      }),
    })),
    caughtBy: behindSeal,
  },
  {
    name: 'the field of a time-stamp with an action',
    file: archived({ field: '/F 132 /Rect [0 0 0 0] /AA <</PO <</S /JavaScript /JS (app.alert\\(1\\))>>>>' }),
    caughtBy: behindSeal,
  },
  {
    name: 'a second signature of a person passed off as a time-stamp behind the seal',
    file: async () =>
      signedByOthers(await signedFile(), {
        kind: 'signature',
        dictionary: signedNow('DocTimeStamp'),
      }),
    caughtBy: ['AFTER_SEAL', 'SIGNATURE_DICTIONARY'],
  },
  {
    name: 'a time-stamp in an unused slot that is shown on a sheet',
    file: async () => {
      const bytes = await signedFile()
      const [slot, value] = [numberOf(bytes, /\/T \(Segl-Sig-03\)/), sized(bytes) + 1]
      return signedByOthers(bytes, {
        kind: 'time-stamp',
        page: 0,
        change: (objects) => ({
          [slot]: bodyOf(bytes, slot).replace('<<', `<</V ${value} 0 R `),
          [numberOf(bytes, /\/Fields \[/)]: bodyOf(bytes, numberOf(bytes, /\/Fields \[/)),
          [sized(bytes)]: objects[sized(bytes)] ?? '',
        }),
      })
    },
    caughtBy: ['AFTER_SEAL'],
  },
  {
    name: 'another key of the trailer that leads to a new object',
    file: async () => appendRevision(await signedFile(), { 200: evil }, { trailer: '/Info 8 0 R /More 200 0 R' }),
    caughtBy: behindSeal,
  },
  {
    name: 'an object that nothing refers to, until a later revision hooks it up',
    file: async () => {
      const orphan = appendRevision(await signedFile(), { 200: evil })
      const page = bodyOf(orphan, object.page1).replace('/Contents 5', '/Contents 200')
      return appendRevision(orphan, { [object.page1]: page })
    },
    caughtBy: [...behindSeal, 'UPLOAD_KEPT'],
  },
  {
    name: 'a new object that only another new object refers to, which a replaced one leads to',
    file: async () => {
      const bytes = await signedFile()
      const font = bodyOf(bytes, object.font).replace('<<', '<</Encoding 201 0 R ')
      return appendRevision(bytes, { [object.font]: font, 201: '<</Differences 202 0 R>>', 202: '[49 /nine]' })
    },
    caughtBy: behindSeal,
  },
]

/** Signed by others, then `between`, then by an order through us. */
const through =
  (between: (bytes: Buffer) => Buffer, first: Partial<ByOthers> = {}, base = upload()) =>
  () =>
    signedFile({ upload: between(signedByOthers(base, { kind: 'signature', ...first })) })
const behind = (text: string) => (bytes: Buffer) => Buffer.concat([bytes, Buffer.from(text, 'latin1')])

const looseBytesPlants: readonly Plant[] = [
  { name: 'an object in the bytes of a portal', text: `sent by a portal 5 0 obj\n${evil}\nendobj\n` },
  { name: 'the beginning of an object, its word cut off by letters', text: '5 0 objects were sent by a portal' },
  { name: 'an object whose word stands in a line of its own', text: '5 0 % sent by a portal\nobj <</Type /Catalog>>' },
  { name: 'a cross-reference in the bytes of a portal', text: 'sent by a portal\nxref\n0 1\n0000000000 65535 f \n' },
  { name: 'a trailer in the bytes of a portal', text: 'sent by a portal\ntrailer\n<</Root 5 0 R>>\n' },
  { name: 'the end of another file in the bytes of a portal', text: 'sent by a portal\n%%EOF\n' },
].map(({ name, text }) => ({
  name: `${name} between an earlier signature and ours`,
  file: through(behind(text)),
  caughtBy: ['LATER_CHANGES', 'SHEETS_ONLY'],
}))

export const othersPlants: readonly Plant[] = [...archivedPlants, ...looseBytesPlants]
