// Attacks beside the filling in of forms that others signed: more than a value changes, or where nobody allowed it.
import { certifying, drawing, filled, formObjects, signedByOthers, widget, withAnnotation } from './by-others.ts'
import type { Plant } from './plant.ts'
import { appendRevision, bodyOf, contentStream, object, upload } from './raw-pdf.ts'
import { archive, goOn, signedDocument, signedFile } from './signed-file.ts'

const evil = contentStream('The price is 900 kroner')
const form = upload(formObjects())
const certified = (level: number, base = form): Buffer =>
  signedByOthers(base, { kind: 'signature', dictionary: certifying(level) })
const approved = (base = form): Buffer => signedByOthers(base, { kind: 'signature' })
const shared = upload({
  ...formObjects(),
  10: widget('/FT /Tx /T (amount) /DA (/F1 10 Tf 0 g) /Rect [50 500 200 520] /AP <</N 7 0 R>>'),
})

export const fillingPlants: readonly Plant[] = [
  {
    name: 'a field filled in after an approval that foresaw none',
    file: () => filled(approved()),
    caughtBy: ['LATER_CHANGES'],
    verdict: 'INDETERMINATE',
  },
  { name: 'a field filled in after a certification with P=1', file: () => filled(certified(1)), caughtBy: ['DOC_MDP'] },
  {
    name: 'a field filled in after the signers of an order, though the upload was certified with P=2',
    file: () =>
      signedFile({
        upload: certified(2),
        betweenSigners: ({ bytes, state }) => goOn(state, filled(bytes)),
      }),
    caughtBy: ['SHEETS_ONLY'],
  },
  {
    name: 'a field filled in after the seal',
    file: async () => {
      const { bytes, state } = await signedDocument({ upload: certified(2), stopBefore: 'archive' })
      return archive(goOn(state, filled(bytes))).bytes
    },
    caughtBy: ['AFTER_SEAL'],
  },
  {
    name: 'a field filled in and moved over the price',
    file: () => filled(certified(2), (body) => body.replace('[50 500 200 520]', '[60 690 400 730]')),
    caughtBy: ['LATER_CHANGES', 'DOC_MDP'],
  },
  {
    name: 'a field filled in and given an action',
    file: () => filled(certified(2), (body) => body.replace('<<', '<</A <</S /JavaScript /JS (app.alert\\(1\\))>> ')),
    caughtBy: ['LATER_CHANGES', 'DOC_MDP'],
  },
  {
    name: 'content of a page replaced under the name of a field’s appearance',
    file: () => filled(certified(2), (body) => body.replace(/\/N \d+ 0 R/, '/N 5 0 R'), { [object.content1]: evil }),
    caughtBy: ['LATER_CHANGES', 'DOC_MDP'],
  },
  {
    name: 'an appearance written again that something else draws as well',
    file: () => appendRevision(certified(2, shared), { [object.font]: drawing('0 0 m 9 9 l S') }),
    caughtBy: ['LATER_CHANGES', 'DOC_MDP'],
  },
  {
    name: 'a value that only a program may change',
    file: () => appendRevision(certified(2), { 14: '(nineteen)' }),
    caughtBy: ['LATER_CHANGES'],
    verdict: 'INDETERMINATE',
  },
  {
    name: 'the value of a locked field changed in an object of its own',
    file: () => {
      const lock = '/F 132 /Rect [0 0 0 0] /Lock <</Type /SigFieldLock /Action /Include /Fields [(fixed)]>>'
      return appendRevision(signedByOthers(form, { kind: 'signature', field: lock }), { 14: '(nineteen)' })
    },
    caughtBy: ['FIELD_LOCK', 'LATER_CHANGES'],
  },
  {
    name: 'a field filled in where the lock of the signature allows no changes',
    file: () => {
      const lock = '/F 132 /Rect [0 0 0 0] /Lock <</Type /SigFieldLock /Action /Include /Fields [(x)] /P 1>>'
      return filled(signedByOthers(form, { kind: 'signature', field: lock }))
    },
    caughtBy: ['DOC_MDP'],
  },
  ...[2, 3].map((level) => ({
    name: `a link with an action added after a certification with P=${level}`,
    file: () => {
      const link = '<</Type /Annot /Subtype /Link /Rect [60 690 400 730] /A <</S /URI /URI (http://x.invalid)>>>>'
      return appendRevision(certified(level), { 3: withAnnotation(bodyOf(certified(level), 3), 200), 200: link })
    },
    caughtBy: ['LATER_CHANGES', 'DOC_MDP'],
  })),
  {
    name: 'a comment added after a certification with P=2',
    file: () => {
      const comment = '<</Type /Annot /Subtype /Stamp /Rect [60 690 400 730]>>'
      return appendRevision(certified(2), { 3: withAnnotation(bodyOf(certified(2), 3), 200), 200: comment })
    },
    caughtBy: ['LATER_CHANGES', 'DOC_MDP'],
  },
  {
    name: 'a field taken off its page under the name of a comment, after a certification with P=3',
    file: () => {
      const page = bodyOf(certified(3), 3).replace('10 0 R 11 0 R', '10 0 R')
      return appendRevision(certified(3), { 3: page })
    },
    caughtBy: ['LATER_CHANGES', 'DOC_MDP'],
  },
  {
    name: 'a font of the form exchanged under its name',
    file: () =>
      appendRevision(certified(2), {
        9: bodyOf(certified(2), 9).replace('/F1 7 0 R', '/F1 200 0 R'),
        200: '<</Type /Font /Subtype /Type1 /BaseFont /Symbol>>',
      }),
    caughtBy: ['LATER_CHANGES', 'DOC_MDP'],
  },
  {
    name: 'white text for the fields that say nothing of it themselves',
    file: () => {
      const plain = upload({
        ...formObjects(),
        10: widget('/FT /Tx /T (amount) /Rect [50 500 200 520] /AP <</N 12 0 R>>'),
      })
      const bytes = approved(plain)
      return appendRevision(bytes, { 9: bodyOf(bytes, 9).replace('0 Tf 0 g', '0 Tf 1 g') })
    },
    caughtBy: ['LATER_CHANGES'],
    verdict: 'INDETERMINATE',
  },
  {
    name: 'a signature field whose widget is a note of the upload',
    file: () => {
      const page = '<</Type /Page /Parent 2 0 R /Contents 5 0 R /Annots [9 0 R]>>'
      const note = '<</Type /Annot /Subtype /Widget /Rect [60 690 60 690]>>'
      return signedByOthers(signedByOthers(upload({ 3: page, 9: note }), { kind: 'signature' }), {
        kind: 'signature',
        name: 'More',
        page: 0,
        field: '/Kids [9 0 R]',
      })
    },
    caughtBy: ['LATER_CHANGES'],
  },
]
