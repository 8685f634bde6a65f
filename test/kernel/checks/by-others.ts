// Signatures and document time-stamps as other programs append them: a field of their own, listed on a page, and its value.
import { createHash } from 'node:crypto'
import { buildSignedAttributes, buildSignedData, signRaw } from '../../../src/kernel/cms/index.ts'
import { dateText } from '../../../src/kernel/pdf/index.ts'
import { appendRevision, bodyOf, latin1, type Objects, object, type RevisionOptions, trailerValue } from './raw-pdf.ts'
import { clock, person, stamp } from './world.ts'

export type ByOthers = {
  readonly kind: 'signature' | 'time-stamp'
  readonly name?: string
  /** Entries of the field besides /Type /Subtype /FT /T /P /V; an invisible one when absent. */
  readonly field?: string
  /** Entries of the signature dictionary besides /Filter /SubFilter /ByteRange /Contents. */
  readonly dictionary?: string
  /** Page whose /Annots list the widget; 0 for none. */
  readonly page?: number
  /** More objects of the revision; `next` is the first number that it has no use for. */
  readonly objects?: (next: number) => Objects
  /** Changes objects that the revision writes anyway: page, form, catalog, field. */
  readonly change?: (objects: Record<number, string>) => Objects
  readonly options?: RevisionOptions
  /** Leaves out that many bytes at the end. */
  readonly uncovered?: number
}

const room = 14_000

/** One revision more, with one signature more. */
export function signedByOthers(bytes: Buffer, others: ByOthers): Buffer {
  const { kind, name = 'Others', page = object.page1 } = others
  const next = Number(trailerValue(bytes, 'Size'))
  const [field, value, form] = [next, next + 1, formOf(bytes) ?? next + 2]
  const subFilter = kind === 'time-stamp' ? 'ETSI.RFC3161' : 'ETSI.CAdES.detached'
  const entries = others.dictionary ?? (kind === 'time-stamp' ? '/Type /DocTimeStamp' : signedNow())
  const objects: Record<number, string> = {
    [field]:
      `<</Type /Annot /Subtype /Widget /FT /Sig /T (${name}) ${page === 0 ? '' : `/P ${page} 0 R`} /V ${value} 0 R ` +
      `${others.field ?? '/F 132 /Rect [0 0 0 0]'}>>`,
    [value]: `<<${entries} /Filter /Adobe.PPKLite /SubFilter /${subFilter} /ByteRange [0 ${gap} ${gap} ${gap}] /Contents <${'0'.repeat(2 * room)}>>>`,
    [form]: withField(bodyOf(bytes, form), field),
    ...(formOf(bytes) === undefined
      ? { [object.catalog]: bodyOf(bytes, object.catalog).replace('<<', `<</AcroForm ${form} 0 R `) }
      : {}),
    ...(page === 0 ? {} : { [page]: withAnnotation(bodyOf(bytes, page), field) }),
  }
  const all = { ...objects, ...others.objects?.(next + 3), ...others.change?.(objects) }
  return filledIn(appendRevision(bytes, all, others.options), bytes.length, kind, others.uncovered ?? 0)
}

export const signedNow = (type = 'Sig'): string => `/Type /${type} /M (${dateText(clock.now)})`

const gap = '*'.repeat(10)

const formOf = (bytes: Buffer): number | undefined => {
  const found = /\/AcroForm (\d+) 0 R/.exec(bodyOf(bytes, object.catalog))?.[1]
  return found === undefined ? undefined : Number(found)
}

const withField = (form: string, field: number): string =>
  form === '' ? `<</Fields [${field} 0 R] /SigFlags 3>>` : form.replace(/\/Fields \[/, `/Fields [${field} 0 R `)

export const withAnnotation = (page: string, annotation: number): string =>
  page.includes('/Annots [')
    ? page.replace(/\/Annots \[([^\]]*)\]/, `/Annots [$1 ${annotation} 0 R]`)
    : page.replace('<<', `<</Annots [${annotation} 0 R] `)

function filledIn(bytes: Buffer, from: number, kind: ByOthers['kind'], uncovered: number): Buffer {
  const hole = latin1(bytes).indexOf('/Contents <000000', from) + '/Contents '.length
  const end = hole + 2 * room + 2
  const range = [0, hole, end, bytes.length - end - uncovered]
  const place = latin1(bytes).indexOf(`[0 ${gap}`, from)
  const text = `[${range.join(' ')}`.padEnd(`[0 ${gap} ${gap} ${gap}`.length)
  bytes.write(text, place, 'latin1')
  const digest = createHash('sha256')
    .update(bytes.subarray(0, hole))
    .update(bytes.subarray(end, bytes.length - uncovered))
  const cms = kind === 'time-stamp' ? stamp(digest.digest()) : signedData(digest.digest())
  bytes.write(Buffer.from(cms).toString('hex'), hole + 1, 'latin1')
  return bytes
}

function signedData(contentDigest: Buffer): Uint8Array {
  const identity = person('Anne', 'Annen')
  const signedAttributes = buildSignedAttributes({
    contentDigest,
    digestAlgorithm: 'sha256',
    signingCertificate: identity.certificate,
  })
  const signature = signRaw({ privateKey: identity.key, algorithm: 'ecdsa-p256-sha256', data: signedAttributes })
  return buildSignedData({
    digestAlgorithm: 'sha256',
    signatureAlgorithm: 'ecdsa-p256-sha256',
    signedAttributes,
    signature,
    signingCertificate: identity.certificate,
    certificates: identity.chain,
    timestampToken: stamp(createHash('sha256').update(signature).digest()),
  })
}

/** Entries of a signature dictionary that certify with the level P. */
export const certifying = (level: number): string =>
  `${signedNow()} /Reference [<</Type /SigRef /TransformMethod /DocMDP ` +
  `/TransformParams <</Type /TransformParams /V /1.2 /P ${level}>>>>]`

export const widget = (rest: string): string => `<</Type /Annot /Subtype /Widget /F 4 /P ${object.page1} 0 R ${rest}>>`
export const drawing = (content: string): string =>
  `<</Type /XObject /Subtype /Form /BBox [0 0 150 20] /Length ${content.length}>>\nstream\n${content}\nendstream`

/** Objects of an upload with a form: text fields `amount` (own /DA, appearance 12) and `fixed` (read-only, value in object 14). */
export const formObjects = (more = ''): Objects => ({
  1: '<</Type /Catalog /Pages 2 0 R /AcroForm 9 0 R>>',
  3: '<</Type /Page /Parent 2 0 R /Contents 5 0 R /Annots [10 0 R 11 0 R]>>',
  9: `<</Fields [10 0 R 11 0 R] /DA (/F1 0 Tf 0 g) /DR <</Font <</F1 7 0 R>>>> ${more}>>`,
  10: widget('/FT /Tx /T (amount) /DA (/F1 10 Tf 0 g) /Rect [50 500 200 520] /AP <</N 12 0 R>>'),
  11: widget('/FT /Tx /Ff 1 /T (fixed) /DA (/F1 10 Tf 0 g) /V 14 0 R /Rect [50 530 200 550] /AP <</N 13 0 R>>'),
  12: drawing(''),
  13: drawing('0 0 m 9 9 l S'),
  14: '(nine)',
})

/** A revision in which somebody fills in the field `amount`, in the words of its widget. */
export const filled = (
  bytes: Buffer,
  change: (body: string) => string = (body) => body,
  more: Objects = {},
): Buffer => {
  const next = Number(trailerValue(bytes, 'Size'))
  const body = bodyOf(bytes, 10).replace('/N 12 0 R', `/N ${next} 0 R`).replace('/FT', '/V (100) /FT')
  return appendRevision(bytes, { 10: change(body), [next]: drawing('0 0 m 150 20 l S'), ...more })
}
