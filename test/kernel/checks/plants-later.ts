// Attacks on a finished file: revisions appended after the last signature (shadow attacks, incremental saving, swapping of roles).
import type { Plant } from './plant.ts'
import {
  appendRevision,
  bodyOf,
  contentStream,
  latin1,
  numberOf,
  type Objects,
  object,
  type RevisionOptions,
  trailerValue,
  upload,
} from './raw-pdf.ts'
import { archive, goOn, sign, signedDocument, signedFile } from './signed-file.ts'
import { person } from './world.ts'

type Change = (bytes: Buffer) => Objects

const later =
  (change: Change, options?: RevisionOptions | ((bytes: Buffer) => RevisionOptions), base?: Buffer) => async () => {
    const bytes = await signedFile(base ? { upload: base } : {})
    return appendRevision(bytes, change(bytes), typeof options === 'function' ? options(bytes) : options)
  }

const evil = contentStream('The price is 900 kroner')
const catalogWith =
  (more: string): Change =>
  (bytes) => ({ [object.catalog]: bodyOf(bytes, object.catalog).replace('<<', `<<${more} `) })
const dssNumber = (bytes: Buffer): number => Number(/\/DSS (\d+) 0 R/.exec(bodyOf(bytes, object.catalog))?.[1])
const formNumber = (bytes: Buffer): number => Number(/\/AcroForm (\d+) 0 R/.exec(bodyOf(bytes, object.catalog))?.[1])
const fieldNumber = (bytes: Buffer, name: string): number => numberOf(bytes, new RegExp(`/T \\(${name}\\)`))
const appearanceOf = (bytes: Buffer, name: string): number =>
  Number(/\/AP <<\/N (\d+) 0 R/.exec(bodyOf(bytes, fieldNumber(bytes, name)))?.[1])
const signatureOf = (bytes: Buffer, name: string): number =>
  Number(/\/V (\d+) 0 R/.exec(bodyOf(bytes, fieldNumber(bytes, name)))?.[1])
const nextNumber = (bytes: Buffer): number => Number(trailerValue(bytes, 'Size'))

const caughtBy = ['LATER_CHANGES']
const withoutAnnots = (body: string): string => body.replace(/ \/Annots \[[^\]]*\]/, '')

export const laterPlants: readonly Plant[] = [
  { name: 'the content of a page replaced afterwards', file: later(() => ({ [object.content1]: evil })), caughtBy },
  {
    name: 'a page exchanged in the tree afterwards',
    file: later((bytes) => ({ [object.pages]: bodyOf(bytes, object.pages).replace('3 0 R 4', '4 0 R 3') })),
    caughtBy,
  },
  {
    name: 'an annotation added afterwards',
    file: later(() => ({
      [object.page1]: '<</Type /Page /Parent 2 0 R /Contents 5 0 R /Annots [200 0 R]>>',
      200: '<</Subtype /Stamp /Rect [0 0 500 800]>>',
    })),
    caughtBy,
  },
  { name: 'an object freed afterwards (hide)', file: later(() => ({}), { free: [object.content1] }), caughtBy },
  {
    name: 'an object replaced and another hidden (hide and replace)',
    file: later(() => ({ [object.font]: '<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>' }), {
      free: [object.content2],
    }),
    caughtBy,
  },
  {
    name: 'an object under another generation',
    file: later(() => ({ [object.content1]: evil }), { generations: { [object.content1]: 1 } }),
    caughtBy,
  },
  {
    name: 'an object redirected to bytes that were hidden in the upload',
    file: later(
      () => ({}),
      (bytes) => ({ redirect: { [object.content1]: latin1(bytes).lastIndexOf('\n5 0 obj\n') + 1 } }),
      upload({ 8: `<</Title (Avtale)>>\nendobj\n5 0 obj\n${contentStream(`The price is 900 kroner    `)}` }),
    ),
    caughtBy,
  },
  {
    name: 'another catalog in the trailer',
    file: later(
      (bytes) => ({
        200: bodyOf(bytes, object.catalog).replace('/Pages 2 0 R', '/Pages 201 0 R'),
        201: bodyOf(bytes, object.pages),
      }),
      { root: '200 0 R' },
    ),
    caughtBy,
  },
  {
    name: 'another tree of pages in the catalog',
    file: later((bytes) => ({
      [object.catalog]: bodyOf(bytes, object.catalog).replace('/Pages 2 0 R', '/Pages 200 0 R'),
      200: '<</Type /Pages /Kids [4 0 R] /Count 1>>',
    })),
    caughtBy,
  },
  { name: 'an action on opening added afterwards', file: later(catalogWith('/OpenAction [4 0 R /Fit]')), caughtBy },
  { name: 'hidden layers added afterwards', file: later(catalogWith('/OCProperties <</OCGs []>>')), caughtBy },
  { name: 'a file attached afterwards', file: later(catalogWith('/Names <</EmbeddedFiles <<>>>>')), caughtBy },
  {
    name: 'a content stream passed off as the file’s information',
    file: later(() => ({ [object.content1]: '<</Title (nothing to see)>>' }), { trailer: '/Info 5 0 R' }),
    caughtBy,
  },
  {
    name: 'a content stream passed off as a certificate',
    file: later((bytes) => ({
      [dssNumber(bytes)]: bodyOf(bytes, dssNumber(bytes)).replace('/Certs [', '/Certs [5 0 R '),
      [object.content1]: evil,
    })),
    caughtBy,
  },
  {
    name: 'a content stream passed off as an object stream',
    file: later(() => ({ [object.content1]: evil.replace('<<', '<</Type /ObjStm /N 0 /First 0 ') })),
    caughtBy,
  },
  {
    name: 'a content stream passed off as a cross-reference',
    file: later(() => ({ [object.content1]: evil.replace('<<', '<</Type /XRef ') })),
    caughtBy,
  },
  {
    name: 'a content stream passed off as the list of fields',
    file: later((bytes) => ({
      [formNumber(bytes)]: bodyOf(bytes, formNumber(bytes)).replace(/\/Fields (\[[^\]]*\])/, '/Fields 5 0 R'),
      [object.content1]: /\/Fields (\[[^\]]*\])/.exec(bodyOf(bytes, formNumber(bytes)))?.[1] ?? '',
    })),
    caughtBy,
  },
  {
    name: 'a content stream passed off as the form',
    file: later((bytes) => ({
      [object.catalog]: bodyOf(bytes, object.catalog).replace(/\/AcroForm \d+/, '/AcroForm 5'),
      [object.content1]: bodyOf(bytes, formNumber(bytes)),
    })),
    caughtBy,
  },
  {
    name: 'metadata that a page shows as well',
    file: later(
      () => ({ 9: `<</Type /Metadata /Subtype /XML ${evil.slice(2)}` }),
      undefined,
      upload({
        1: '<</Type /Catalog /Pages 2 0 R /Metadata 9 0 R>>',
        3: '<</Type /Page /Parent 2 0 R /Contents [5 0 R 9 0 R]>>',
        9: `<</Type /Metadata /Subtype /XML ${contentStream('').slice(2)}`,
      }),
    ),
    caughtBy,
  },
  {
    name: 'an object that a page was waiting for',
    file: later(
      (bytes) => ({
        [dssNumber(bytes)]: bodyOf(bytes, dssNumber(bytes)).replace('/Certs [', '/Certs [300 0 R '),
        300: evil,
      }),
      undefined,
      upload({ 3: '<</Type /Page /Parent 2 0 R /Contents [5 0 R 300 0 R]>>' }),
    ),
    caughtBy,
  },
  {
    name: 'an appearance asked to be drawn anew',
    file: later((bytes) => ({
      [formNumber(bytes)]: bodyOf(bytes, formNumber(bytes)).replace('<<', '<</NeedAppearances true '),
    })),
    caughtBy,
  },
  {
    name: 'the audit sheet replaced after the seal',
    file: later((bytes) => ({
      [appearanceOf(bytes, 'Segl-Seal')]: bodyOf(bytes, appearanceOf(bytes, 'Segl-Seal')).replace(
        'Audit sheet',
        'Other sheet',
      ),
    })),
    caughtBy,
  },
  {
    name: 'the appearance of a signature exchanged',
    file: later((bytes) => ({
      [fieldNumber(bytes, 'Segl-Sig-01')]: bodyOf(bytes, fieldNumber(bytes, 'Segl-Sig-01')).replace(
        /\/N \d+/,
        `/N ${appearanceOf(bytes, 'Segl-Sig-02')}`,
      ),
    })),
    caughtBy,
  },
  {
    name: 'a signature dictionary written again',
    file: later((bytes) => ({
      [signatureOf(bytes, 'Segl-Sig-01')]: bodyOf(bytes, signatureOf(bytes, 'Segl-Sig-01')),
    })),
    caughtBy: ['BYTE_RANGE', 'COVERS_REVISION'],
  },
  {
    name: 'another name in a signature dictionary',
    file: later((bytes) => ({
      [signatureOf(bytes, 'Segl-Sig-01')]: bodyOf(bytes, signatureOf(bytes, 'Segl-Sig-01')).replace('(Kari', '(Siri'),
    })),
    caughtBy: ['BYTE_RANGE', 'COVERS_REVISION', 'LATER_CHANGES'],
  },
  {
    name: 'a second widget for a signed field',
    file: later((bytes) => ({
      [fieldNumber(bytes, 'Segl-Sig-01')]: bodyOf(bytes, fieldNumber(bytes, 'Segl-Sig-01')).replace(
        '<<',
        '<</Kids [200 0 R] ',
      ),
      200: '<</Subtype /Widget /Rect [0 0 500 800]>>',
    })),
    caughtBy,
  },
  {
    name: 'a signed field moved',
    file: later((bytes) => ({
      [fieldNumber(bytes, 'Segl-Sig-01')]: bodyOf(bytes, fieldNumber(bytes, 'Segl-Sig-01')).replace(
        /\/Rect \[[^\]]*\]/,
        '/Rect [0 0 500 800]',
      ),
    })),
    caughtBy,
  },
  {
    name: 'a signature of one field shown in another',
    file: later((bytes) => ({
      [fieldNumber(bytes, 'Segl-Sig-03')]: bodyOf(bytes, fieldNumber(bytes, 'Segl-Sig-03')).replace(
        '<<',
        `<</V ${signatureOf(bytes, 'Segl-Sig-01')} 0 R `,
      ),
    })),
    caughtBy: ['SIGNATURE_ONCE', 'LATER_CHANGES', 'FIELD_LOCK'],
  },
  {
    name: 'the validation data taken away',
    file: later((bytes) => ({ [object.catalog]: bodyOf(bytes, object.catalog).replace(/ \/DSS \d+ 0 R/, '') })),
    caughtBy,
  },
  { name: 'the validation data emptied', file: later((bytes) => ({ [dssNumber(bytes)]: '<</Type /DSS>>' })), caughtBy },
  { name: 'the file’s identity changed', file: later(() => ({ 200: 'null' }), { id: '[<01><02>]' }), caughtBy },
  {
    name: 'the widgets taken off a sheet',
    file: later((bytes) => {
      const sheet = numberOf(bytes, /\/Type \/Page .*\/Annots/)
      return { [sheet]: withoutAnnots(bodyOf(bytes, sheet)) }
    }),
    caughtBy,
  },
  {
    name: 'a hybrid cross-reference added',
    file: async () => {
      const bytes = await signedFile()
      const next = nextNumber(bytes)
      const entry = Buffer.alloc(7)
      entry.writeUInt8(1, 0)
      entry.writeUInt32BE(bytes.length, 1)
      const body = `<</Type /XRef /Size ${next + 1} /W [1 4 2] /Index [${next} 1] /Length 7>>\nstream\n${latin1(entry)}\nendstream`
      return appendRevision(bytes, { [next]: body }, { trailer: `/Info 8 0 R /XRefStm ${bytes.length}` })
    },
    caughtBy,
  },
  {
    name: 'objects between a revision and its cross-reference that it does not list',
    file: later(() => ({}), { free: [], loose: `5 0 obj\n${evil}\nendobj\n` }),
    caughtBy,
  },
  {
    name: 'objects after the end without a cross-reference',
    file: async () => Buffer.concat([await signedFile(), Buffer.from(`5 0 obj\n${evil}\nendobj\n`, 'latin1')]),
    caughtBy: ['NOTHING_BEHIND'],
  },
  {
    name: 'bytes after the end',
    file: async () => Buffer.concat([await signedFile(), Buffer.from('% one more line\n')]),
    caughtBy: ['NOTHING_BEHIND'],
  },
  {
    name: 'white space after the end',
    file: async () => Buffer.concat([await signedFile(), Buffer.from('\r\n\r\n')]),
    caughtBy: ['NOTHING_BEHIND'],
    verdict: 'INDETERMINATE',
  },
  {
    name: 'a stranger in an unused slot after the seal',
    file: async () => archive(sign(await signedDocument(), person('Live', 'Fremmed'), 'first', 3)).bytes,
    caughtBy: ['FIELD_LOCK', 'AFTER_SEAL'],
  },
  {
    name: 'a stranger in a field that he added after the seal',
    file: async () => {
      const { bytes, state } = await signedDocument()
      const next = state.nextObject
      const place = state.lastPage[0]
      // The field is prepared empty and signed like a slot: what counts is that it was not there.
      const field = `<</Type /Annot /Subtype /Widget /FT /Sig /T (Extra) /Rect [40 40 300 75] /P ${place} 0 R /F 132>>`
      const form = bodyOf(bytes, state.acroForm.object).replace('/Fields [', `/Fields [${next} 0 R `)
      const grown = goOn(state, appendRevision(bytes, { [next]: field, [state.acroForm.object]: form }))
      return grown.bytes
    },
    caughtBy: ['LATER_CHANGES', 'AFTER_SEAL'],
  },
  {
    name: 'a page changed between two signers',
    file: () =>
      signedFile({
        betweenSigners: ({ bytes, state }) => goOn(state, appendRevision(bytes, { [object.content1]: evil })),
      }),
    caughtBy: ['LATER_CHANGES', 'SHEETS_ONLY'],
  },
  {
    name: 'a page changed between the seal and the time-stamp',
    file: () =>
      signedFile({
        beforeArchive: ({ bytes, state }) => goOn(state, appendRevision(bytes, { [object.content1]: evil })),
      }),
    caughtBy: ['LATER_CHANGES', 'AFTER_SEAL'],
  },
]
