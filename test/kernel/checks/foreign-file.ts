// Uploads that another program signed, in any form: a field with a name that is not ours, its CMS written or tampered with by hand.
import { createHash, sign as signWith } from 'node:crypto'
import { attribute, buildSignedAttributes, buildSignedData } from '../../../src/kernel/cms/index.ts'
import { childrenOf, concatBytes, encodingOf, oid, readDer, setOf, tlv, wrap } from '../../../src/kernel/der/index.ts'
import { appendRevision, bodyOf, upload } from './raw-pdf.ts'
import { clock, type Identity, person } from './world.ts'

export type ForeignFile = {
  /** A file with a page in object 3, none of whose objects are numbered 20 or 21. */
  readonly unsigned?: Buffer
  readonly identity?: Identity
  readonly subFilter?: string
  /** Members of the signature dictionary instead of /M. */
  readonly more?: string
  /** A direct value of /V, instead of an object of its own. */
  readonly direct?: boolean
  /** Items of the signed attributes, before they are signed and in which order. */
  readonly attributes?: (items: readonly Uint8Array[]) => readonly Uint8Array[]
  /** The bytes that are signed, of the SET that stands in the CMS; the document for none. */
  readonly signed?: (set: Uint8Array, document: Uint8Array) => Uint8Array
  /** What is written into the CMS where the set would be. */
  readonly cms?: (der: Uint8Array, document: Uint8Array) => Uint8Array
  /** The certificate that is put into the CMS. */
  readonly swapped?: (identity: Identity) => Uint8Array
  /** Changes the file, after it was signed. */
  readonly after?: (file: Buffer) => Buffer
  readonly range?: (range: readonly number[]) => readonly number[]
}

const hole = 12_000
const blank = (length: number) => '0'.repeat(length)

export function foreignFile(form: ForeignFile = {}): Buffer {
  const identity = form.identity ?? person('Fremmed', 'Nordmann')
  const more = form.more ?? `/M (D:${clock.now.toISOString().replace(/\D/g, '').slice(0, 14)}Z)`
  const range = `[${'0'.padEnd(40)}]`
  const dict = `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /${form.subFilter ?? 'ETSI.CAdES.detached'} ${more} /ByteRange ${range} /Contents <${blank(hole)}>>>`
  const unsigned = form.unsigned ?? upload()
  const [field, value] = form.unsigned ? [20, 21] : [9, 10]
  const widget = `<</Type /Annot /Subtype /Widget /FT /Sig /T (Fremmed) /Rect [0 0 0 0] /P 3 0 R /F 132 /V ${form.direct ? dict : `${value} 0 R`}>>`
  const file = appendRevision(unsigned, {
    1: bodyOf(unsigned, 1).replace('>>', ` /AcroForm <</Fields [${field} 0 R] /SigFlags 3>>>>`),
    [field]: widget,
    ...(form.direct ? {} : { [value]: dict }),
  })
  const start = file.indexOf(`<${blank(100)}`)
  const end = start + hole + 2
  const plain = [0, start, end, file.length - end]
  const written = `[${(form.range?.(plain) ?? plain).join(' ')}`
  file.write(written.padEnd(range.length - 1), file.indexOf(range), 'latin1')
  const document = Buffer.concat([file.subarray(0, start), file.subarray(end)])
  const cms = cmsOver(document, identity, form)
  file.write(Buffer.from(cms).toString('hex'), start + 1, 'latin1')
  return form.after?.(file) ?? file
}

function cmsOver(document: Uint8Array, identity: Identity, form: ForeignFile): Uint8Array {
  const certificate = identity.certificate
  const plain = buildSignedAttributes({
    contentDigest: createHash('sha256').update(document).digest(),
    digestAlgorithm: 'sha256',
    signingCertificate: certificate,
  })
  const items = childrenOf(readDer(plain)).map(encodingOf)
  const set = tlv(0x31, ...(form.attributes?.(items) ?? items))
  const der = buildSignedData({
    digestAlgorithm: 'sha256',
    signatureAlgorithm: 'ecdsa-p256-sha256',
    signedAttributes: set,
    signature: signWith('sha256', form.signed?.(set, document) ?? set, identity.key),
    signingCertificate: form.swapped?.(identity) ?? certificate,
    certificates: identity.chain,
  })
  return form.cms?.(der, document) ?? der
}

/** The parts of the CMS: what stands in SignedData, one behind the other, and how to put them together again. */
export function rebuild(der: Uint8Array, change: (parts: Uint8Array[]) => Uint8Array[]): Uint8Array {
  const [type, content] = childrenOf(readDer(der))
  const [signedData] = content ? childrenOf(content) : []
  if (!type || !signedData) throw new Error('This is no CMS.')
  const inside = concatBytes(wrap(0x30, change(childrenOf(signedData).map(encodingOf))))
  return tlv(0x30, encodingOf(type), tlv(0xa0, inside))
}

/** The SignerInfo, which is the last part. */
export function resign(der: Uint8Array, change: (fields: Uint8Array[]) => Uint8Array[]): Uint8Array {
  return rebuild(der, (parts) => {
    const last = parts.at(-1) ?? new Uint8Array()
    const [info] = childrenOf(readDer(last))
    if (!info) throw new Error('There is no signer.')
    return [...parts.slice(0, -1), tlv(0x31, tlv(0x30, ...change(childrenOf(info).map(encodingOf))))]
  })
}

/** An element with an indefinite length. */
export const indefinite = (element: Uint8Array): Uint8Array => {
  const { tag, contentStart, end } = readDer(element)
  return Buffer.concat([Buffer.of(tag, 0x80), element.subarray(contentStart, end), Buffer.of(0, 0)])
}

/** Each element that is constructed, with an indefinite length: what old Java programs write. */
export function indefiniteThrough(element: Uint8Array, depth: number): Uint8Array {
  const read = readDer(element)
  if ((read.tag & 0x20) === 0 || depth === 0) return element
  const inside = childrenOf(read).map((child) => indefiniteThrough(encodingOf(child), depth - 1))
  return Buffer.concat([Buffer.of(read.tag, 0x80), ...inside, Buffer.of(0, 0)])
}

/** An OCTET STRING in pieces. */
export const inPieces = (octets: Uint8Array, more: readonly Uint8Array[] = []): Uint8Array =>
  tlv(0x24, tlv(4, octets.subarray(0, 10)), tlv(4, octets.subarray(10)), ...more)

export const signingTime = attribute('1.2.840.113549.1.9.5', tlv(0x17, Buffer.from('261122120000Z')))
export const contentType = attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.7.1'))
export const isEss = (item: Uint8Array): boolean =>
  Buffer.from(item).includes(Buffer.from(oid('1.2.840.113549.1.9.16.2.47')))
export const isDigest = (item: Uint8Array): boolean =>
  Buffer.from(item).includes(Buffer.from(oid('1.2.840.113549.1.9.4')))
export const sorted = (set: Uint8Array): Uint8Array => setOf(childrenOf(readDer(set)).map(encodingOf))
