// Attacks on what other programs signed, beside each rule that is wider for them than for our own signatures: BER, attributes in any
// order, no attributes, older kinds, dictionaries written directly in /V.
import { createHash, randomBytes } from 'node:crypto'
import { attribute } from '../../../src/kernel/cms/index.ts'
import { childrenOf, encodingOf, octetString, oid, readDer, tlv } from '../../../src/kernel/der/index.ts'
import {
  contentType,
  type ForeignFile,
  foreignFile,
  indefinite,
  inPieces,
  isDigest,
  isEss,
  rebuild,
  resign,
  signingTime,
  sorted,
} from './foreign-file.ts'
import type { Plant } from './plant.ts'
import { person } from './world.ts'

const plant = (name: string, form: ForeignFile, ...caughtBy: string[]): Plant => ({
  name,
  file: () => foreignFile(form),
  caughtBy,
})

const doubtful = (name: string, form: ForeignFile, ...caughtBy: string[]): Plant => ({
  ...plant(name, form, ...caughtBy),
  verdict: 'INDETERMINATE',
})

const otherDigest = attribute('1.2.840.113549.1.9.4', octetString(createHash('sha256').update('noe annet').digest()))
const pages = (file: Buffer): Buffer =>
  Buffer.from(file.toString('latin1').replace('100 kroner', '900 kroner'), 'latin1')
const lastSigner = (parts: readonly Uint8Array[]): readonly Uint8Array[] =>
  childrenOf(readDer(parts.at(-1) ?? new Uint8Array())).map(encodingOf)

export const foreignPlants: readonly Plant[] = [
  plant(
    'a page changed under a CMS of indefinite length',
    { cms: indefinite, after: pages },
    'CMS_SIGNATURE',
    'CMS_DER',
  ),
  plant(
    'a second signer behind the end of an indefinite length',
    { cms: (der) => Buffer.concat([indefinite(der), tlv(0x30, tlv(2, Buffer.of(1)))]) },
    'CONTENTS_PADDING',
  ),
  plant(
    'a second signer in the SET of signers, in BER',
    {
      cms: (der) =>
        rebuild(der, (parts) => [
          ...parts.slice(0, -1),
          Buffer.concat([Buffer.of(0x31, 0x80), ...lastSigner(parts), ...lastSigner(parts), Buffer.of(0, 0)]),
        ]),
    },
    'CMS_SIGNATURE',
    'SIGNED_ATTRIBUTES',
  ),
  plant(
    'a length that ends before what lies in it, and a signer there',
    { cms: (der) => rebuild(der, (parts) => [...parts, ...lastSigner(parts)]) },
    'CMS_SIGNATURE',
  ),
  plant(
    'end-of-contents octets within a definite length',
    { cms: (der) => rebuild(der, (parts) => [...parts, Buffer.of(0, 0)]) },
    'CMS_SIGNATURE',
  ),
  plant(
    'a signature in pieces with a piece too many',
    {
      cms: (der) =>
        resign(der, (fields) =>
          fields.map((one) => (one[0] === 4 ? inPieces(one.subarray(2), [tlv(4, randomBytes(3))]) : one)),
        ),
    },
    'CMS_SIGNATURE',
  ),
  plant(
    'a string in pieces that holds something else',
    {
      cms: (der) =>
        resign(der, (fields) =>
          fields.map((one) => (one[0] === 4 ? inPieces(one.subarray(2), [tlv(0x0c, Buffer.from('x'))]) : one)),
        ),
    },
    'CMS_SIGNATURE',
  ),
  plant(
    'a message-digest exchanged among attributes out of order',
    {
      attributes: (items) => [...items].reverse(),
      cms: (der) =>
        resign(der, (fields) =>
          fields.map((one) =>
            one[0] === 0xa0
              ? tlv(
                  0xa0,
                  ...childrenOf(readDer(one))
                    .map(encodingOf)
                    .map((item) => (isDigest(item) ? otherDigest : item)),
                )
              : one,
          ),
        ),
    },
    'CMS_SIGNATURE',
  ),
  plant(
    'the message-digest twice, the second of other bytes',
    { attributes: (items) => [...items, otherDigest] },
    'CMS_SIGNATURE',
  ),
  plant('the content-type twice', { attributes: (items) => [...items, contentType] }, 'CMS_SIGNATURE'),
  plant(
    'a content-type of something else',
    {
      attributes: (items) =>
        items.map((item) =>
          Buffer.from(item).equals(Buffer.from(contentType))
            ? attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.9.16.1.4'))
            : item,
        ),
    },
    'CMS_SIGNATURE',
  ),
  plant(
    'a signature over one attribute more than stands there',
    { signed: (set) => sorted(tlv(0x31, ...childrenOf(readDer(set)).map(encodingOf), signingTime)) },
    'CMS_SIGNATURE',
  ),
  plant(
    'a PKCS#7 signature over other bytes',
    {
      subFilter: 'adbe.pkcs7.detached',
      attributes: (items) => [contentType, signingTime, ...items.filter(isDigest)],
      after: pages,
    },
    'CMS_SIGNATURE',
  ),
  plant(
    'the signed attributes taken away from a signature',
    { cms: (der) => resign(der, (fields) => fields.filter((one) => one[0] !== 0xa0)) },
    'CMS_SIGNATURE',
  ),
  plant(
    'no signed attributes, over other bytes',
    {
      signed: (_, document) => Buffer.concat([document, Buffer.of(32)]),
      cms: (der) => resign(der, (fields) => fields.filter((one) => one[0] !== 0xa0)),
    },
    'CMS_SIGNATURE',
  ),
  plant(
    'a SHA-1 of other bytes in a CMS of the older kind',
    {
      subFilter: 'adbe.pkcs7.sha1',
      cms: (der) =>
        rebuild(der, ([version, digests, , ...rest]) => [
          version ?? Buffer.of(),
          digests ?? Buffer.of(),
          tlv(0x30, oid('1.2.840.113549.1.7.1'), tlv(0xa0, octetString(createHash('sha1').update('x').digest()))),
          ...rest,
        ]),
    },
    'CMS_SIGNATURE',
  ),
  doubtful(
    'a signing-certificate attribute that names another certificate',
    { swapped: ({ key }) => person('Siri', 'Annen', { key }).certificate },
    'CMS_SIGNATURE',
  ),
  doubtful(
    'no attribute that names the certificate',
    { attributes: (items) => items.filter((item) => !isEss(item)) },
    'SIGNED_ATTRIBUTES',
  ),
  doubtful(
    'a kind of signature that nobody knows, over other bytes',
    { subFilter: 'Foo.bar', after: pages },
    'CMS_SIGNATURE',
    'SIGNATURE_DICTIONARY',
  ),
  plant(
    'a dictionary directly in /V whose gap is wider than its hole',
    { direct: true, range: ([a = 0, b = 0, c = 0, d = 0]) => [a, b - 10, c, d] },
    'BYTE_RANGE',
    'CMS_SIGNATURE',
  ),
  plant(
    'a dictionary directly in /V whose gap lies elsewhere',
    { direct: true, range: ([a = 0, b = 0, c = 0, d = 0]) => [a, b - 700, b - 400, d + c - b + 400] },
    'BYTE_RANGE',
    'CMS_SIGNATURE',
  ),
  plant('a page changed under a dictionary directly in /V', { direct: true, after: pages }, 'CMS_SIGNATURE'),
]
