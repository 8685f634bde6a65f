// Attacks on a signature itself: its ByteRange, its hole, its dictionary, what it signs, and when it says it was made.
import { randomBytes } from 'node:crypto'
import { attribute } from '../../../src/kernel/cms/index.ts'
import { childrenOf, encodingOf, oid, readDer, setOf, Tag, wrap } from '../../../src/kernel/der/index.ts'
import type { Plant } from './plant.ts'
import { latin1, upload } from './raw-pdf.ts'
import { type Interference, signedFile } from './signed-file.ts'
import { clock, person, pki, stamp } from './world.ts'

const withHole =
  (kind: string, change: (text: string) => string, more: Interference = {}) =>
  () =>
    signedFile({
      ...more,
      hole: (increment, which) => {
        if (which !== kind) return increment
        const text = latin1(increment)
        const changed = change(text)
        if (changed.length !== text.length || changed === text) throw new Error('The plant must keep the length.')
        return Buffer.from(changed, 'latin1')
      },
    })

/** Replaces text by other text of the same length, filled up with spaces. */
const swap = (was: string, is: string) => (text: string) => text.replace(was, is.padEnd(was.length))

const byteRange = (change: (range: number[]) => readonly number[]) => (text: string) =>
  text.replace(/\/ByteRange \[([\d ]+)\] */, (whole: string, list: string) =>
    `/ByteRange [${change(list.trim().split(/ +/).map(Number)).join(' ')}]`.padEnd(whole.length),
  )

/** Changes the last characters of the first signature's hole, long after it was signed. */
const behindCms = (characters: string) => async () => {
  const text = latin1(await signedFile())
  const end = text.indexOf('>', text.indexOf('/Contents <'))
  return Buffer.from(text.slice(0, end - characters.length) + characters + text.slice(end), 'latin1')
}

const attributes = (change: (items: Uint8Array[]) => Uint8Array[]): Interference => ({
  signedAttributes: (der, _, kind) =>
    kind === 'first' ? setOf(change(childrenOf(readDer(der)).map(encodingOf))) : der,
})
const signingTime = attribute('1.2.840.113549.1.9.5', Buffer.concat(wrap(Tag.utcTime, [Buffer.from('261122120000Z')])))
const signingCertificateV2 = Buffer.from(oid('1.2.840.113549.1.9.16.2.47'))

const claimed = (milliseconds: number): Interference => ({
  signingTime: (kind) => new Date(clock.now.getTime() + (kind === 'first' ? milliseconds : 0)),
})
const hour = 3_600_000
const failedRange = ['BYTE_RANGE', 'CMS_SIGNATURE']

export const signaturePlants: readonly Plant[] = [
  {
    name: 'a byte changed in the upload',
    file: async () => Buffer.from(latin1(await signedFile()).replace('100 kroner', '900 kroner'), 'latin1'),
    caughtBy: ['CMS_SIGNATURE'],
  },
  {
    name: 'a gap in the ByteRange wider than the hole',
    file: withHole(
      'first',
      byteRange(([a = 0, b = 0, c = 0, d = 0]) => [a, b - 10, c, d]),
    ),
    caughtBy: failedRange,
  },
  {
    name: 'a ByteRange that begins at the second byte',
    file: withHole(
      'first',
      byteRange(([, b = 0, c = 0, d = 0]) => [1, b - 1, c, d]),
    ),
    caughtBy: failedRange,
  },
  {
    name: 'a ByteRange of one pair',
    file: withHole(
      'first',
      byteRange(([a = 0, b = 0]) => [a, b]),
    ),
    caughtBy: failedRange,
  },
  {
    name: 'a ByteRange of three pairs',
    file: withHole(
      'first',
      byteRange(([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, 9, c + 9, d - 9]),
    ),
    caughtBy: failedRange,
  },
  {
    name: 'a ByteRange whose parts overlap',
    file: withHole(
      'first',
      byteRange(([a = 0, b = 0, c = 0, d = 0]) => [a, c, b, d]),
    ),
    caughtBy: failedRange,
  },
  {
    name: 'a ByteRange beyond the end of the file',
    file: withHole(
      'first',
      byteRange(([a = 0, b = 0, c = 0]) => [a, b, c, 99_999_999]),
    ),
    caughtBy: ['COVERS_REVISION', 'CMS_SIGNATURE'],
  },
  {
    name: 'a signature over less than its revision',
    file: withHole(
      'first',
      byteRange(([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 20]),
    ),
    caughtBy: ['COVERS_REVISION', 'LATER_CHANGES'],
  },
  { name: 'bytes hidden behind the CMS in its hole', file: behindCms('deadbeef'), caughtBy: ['CONTENTS_PADDING'] },
  { name: 'white space hidden in the hole', file: behindCms(' \t\n '), caughtBy: ['CONTENTS_PADDING'] },
  {
    name: 'a SubFilter that is not PAdES',
    file: withHole('first', swap('ETSI.CAdES.detached', 'adbe.pkcs7.detached')),
    caughtBy: ['SIGNATURE_DICTIONARY'],
  },
  {
    name: 'a certificate in the dictionary',
    file: withHole('first', swap('/Filter /Adobe.PPKLite', '/Filter /A /Cert (x)')),
    caughtBy: ['SIGNATURE_DICTIONARY'],
  },
  {
    name: 'a dictionary without time',
    file: withHole('first', swap('/M (D:', '/X (D:')),
    caughtBy: ['SIGNATURE_DICTIONARY'],
  },
  {
    name: 'a document time-stamp that does not say so',
    file: withHole('archive', swap('/DocTimeStamp', '/Sig')),
    caughtBy: ['SIGNATURE_DICTIONARY'],
  },
  {
    name: 'a claimed time before the certificate',
    file: () => signedFile(claimed(-24 * hour)),
    caughtBy: ['CLAIMED_TIME'],
  },
  {
    name: 'a claimed time after the certificate',
    file: () => signedFile(claimed(24 * hour)),
    caughtBy: ['CLAIMED_TIME'],
  },
  {
    name: 'a claimed time after the time-stamp',
    file: () => signedFile(claimed(hour / 6)),
    caughtBy: ['CLAIMED_TIME'],
  },
  {
    name: 'a time-stamp after the end of the certificate',
    file: () =>
      signedFile({
        first: person('Kari', 'Kort', { lifetime: 300 }),
        token: (imprint, kind) => {
          if (kind === 'first') clock.now = new Date(clock.now.getTime() + hour)
          return stamp(imprint)
        },
      }),
    caughtBy: ['TIME_STAMP', 'CERTIFICATE_PATH'],
    verdict: 'INDETERMINATE',
  },
  {
    name: 'a time-stamp over other bytes',
    file: () => signedFile({ token: (imprint, kind) => stamp(kind === 'first' ? randomBytes(32) : imprint) }),
    caughtBy: ['TIME_STAMP'],
  },
  {
    name: 'a document time-stamp over other bytes',
    file: () => signedFile({ token: (imprint, kind) => stamp(kind === 'archive' ? randomBytes(32) : imprint) }),
    caughtBy: ['CMS_SIGNATURE'],
  },
  {
    name: 'a CMS that is none',
    file: () => signedFile({ cms: (der, kind) => (kind === 'first' ? randomBytes(der.length) : der) }),
    caughtBy: ['CMS_SIGNATURE'],
  },
  {
    name: 'a signing-time attribute',
    file: () => signedFile(attributes((items) => [...items, signingTime])),
    caughtBy: ['SIGNED_ATTRIBUTES'],
  },
  {
    name: 'a signature that does not name its certificate',
    file: () =>
      signedFile(attributes((items) => items.filter((item) => !Buffer.from(item).includes(signingCertificateV2)))),
    caughtBy: ['SIGNED_ATTRIBUTES', 'CMS_SIGNATURE'],
  },
  {
    name: 'another certificate of the same key in the CMS',
    file: () =>
      signedFile({
        swapped: (identity, kind) =>
          kind === 'first' ? person('Siri', 'Annen', { key: identity.key }).certificate : identity.certificate,
      }),
    caughtBy: ['CMS_SIGNATURE'],
    verdict: 'INDETERMINATE',
  },
  {
    name: 'a time-stamp’s certificate exchanged in a hole that nothing covers',
    file: async () => {
      const file = latin1(await signedFile())
      const issuer = Buffer.from(pki.certificateOf('tsa')).subarray(-40).toString('hex')
      const at = file.lastIndexOf(issuer)
      return Buffer.from(
        `${file.slice(0, at + 78)}${file.slice(at + 78, at + 80) === '00' ? '01' : '00'}${file.slice(at + 80)}`,
        'latin1',
      )
    },
    caughtBy: ['CMS_COMPLETE'],
  },
  {
    name: 'an object that cannot be read',
    file: () => signedFile({ upload: upload({ 9: '<</A 1 /A 2>>' }) }),
    caughtBy: ['OBJECTS_READABLE'],
    verdict: 'INDETERMINATE',
  },
  {
    name: 'a certification that forbids signing, and a second signer',
    file: withHole('first', certifies(1), { locks: locksSpare }),
    caughtBy: ['DOC_MDP'],
  },
  {
    name: 'a certification of a level that does not exist',
    file: withHole('first', certifies(4), { locks: locksSpare }),
    caughtBy: ['DOC_MDP'],
  },
  {
    name: 'a certification that is not the first signature',
    file: withHole('second', certifies(2), { locks: locksSpare }),
    caughtBy: ['DOC_MDP'],
  },
]

function locksSpare(kind: string): readonly string[] {
  return kind === 'seal' ? [] : ['Segl-Sig-04']
}

/** A first signature that certifies and lets others sign: allowed. */
export const certifiedFirst: Interference = {
  locks: locksSpare,
  hole: (increment, kind) => (kind === 'first' ? Buffer.from(certifies(2)(latin1(increment)), 'latin1') : increment),
}

/** Makes a DocMDP of the FieldMDP that the kernel wrote. */
function certifies(level: number): (text: string) => string {
  return (text) =>
    swap(
      '/TransformMethod /FieldMDP',
      '/TransformMethod /DocMDP',
    )(text).replace(/\/Action \/Include \/Fields \[[^\]]*\]/, (whole) => `/P ${level}`.padEnd(whole.length))
}
