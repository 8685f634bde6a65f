// One operation of ours at each level: append state as JSON and a file in the page cache → the bytes of the increments.
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createFileBlobs } from '../src/adapters/blobs/file-blobs.ts'
import { fileByteSource } from '../src/adapters/blobs/file-byte-source.ts'
import { signedAttributesForm, signedDataBound, signedDataForm, signRaw } from '../src/kernel/cms/index.ts'
import {
  type AppendState,
  beginDocumentTimestamp,
  beginSignature,
  checkSigned,
  completeSignature,
  timestampRoom,
} from '../src/kernel/pades/index.ts'
import { type ByteSource, concatSource } from '../src/kernel/pdf/index.ts'
import { parseCertificate, type SignatureAlgorithm } from '../src/kernel/x509/index.ts'
import { signatureAppearance } from '../src/sheet/index.ts'
import { type Authority, type Identity, type KeyKind, openAuthority } from '../test/conformance/authority.ts'
import type { Subject } from './subjects.ts'
import { fastOcsp, fastTimestamps } from './trust-services.ts'

export type Operation = (subject: Subject) => Promise<Uint8Array> | Uint8Array

/** The physical limit: SHA-256 of the file's bytes, which are in memory, and signatures. */
export function limit(
  loaded: ReadonlyMap<string, Buffer>,
  key: KeyObject,
  { pss = false, hashes = 1, signatures = 1, verified = false, copied = false } = {},
) {
  const digestOf = copied ? copiedDigest : (bytes: Buffer) => createHash('sha256').update(bytes).digest()
  const options = pss ? { padding: 6, saltLength: 32 } : {}
  const publicKey = { key: createPublicKey(key), ...options }
  // A key alone is taken faster than one with options.
  const privateKey = pss ? { key, ...options } : key
  return (subject: Subject): Uint8Array => {
    const bytes = loaded.get(subject.path) ?? readFileSync(subject.path)
    let digest: Buffer = Buffer.alloc(0)
    for (let count = 0; count < hashes; count += 1) digest = digestOf(bytes)
    let signature: Buffer = digest
    for (let count = 0; count < signatures; count += 1) signature = sign('sha256', digest, privateKey)
    if (verified && !verify('sha256', digest, publicKey, signature)) throw new Error('The limit does not verify')
    return signature
  }
}

const piece = Buffer.alloc(131_072)

/** Where hashing waits for memory, it is faster to copy a piece that the processor's cache holds, and to hash that. */
function copiedDigest(bytes: Buffer): Buffer {
  const hash = createHash('sha256')
  for (let start = 0; start < bytes.length; start += piece.length) {
    hash.update(piece.subarray(0, bytes.copy(piece, 0, start)))
  }
  return hash.digest()
}

type Options = {
  readonly selfCheck?: boolean
  readonly durable?: boolean
  /** The file as the blob store keeps it, in two parts, instead of in one. */
  readonly parts?: boolean
}

export type Bench = {
  readonly authority: Authority
  readonly identities: Readonly<Record<'ecdsa-p256' | 'rsa-pkcs1-2048' | 'rsa-pss-3072', Identity>>
  signed(kind: KeyKind, options?: Options): Operation
  readonly timestamped: Operation
  readonly archived: Operation
}

/** Keys, certificates and the look of the signature are made once; each operation signs slot 1 of the document it is given. */
export function openBench(blobs: string): Bench {
  const authority = openAuthority(new Date())
  const identities = {
    'ecdsa-p256': authority.person(0, 'ecdsa-p256'),
    'rsa-pkcs1-2048': authority.person(1, 'rsa-pkcs1-2048'),
    'rsa-pss-3072': authority.person(2, 'rsa-pss-3072'),
  } as const
  const person = identities['ecdsa-p256']
  const [persons, , root] = authority.chain
  if (persons === undefined || root === undefined) throw new Error('The authority has a chain')
  const look = { name: person.name, role: 'chair', onBehalfOf: null, level: 'high', language: 'nb' } as const
  const appearance = signatureAppearance(look)
  const stamp = fastTimestamps(authority.tsa('tsa'))
  const answers = [
    fastOcsp(authority.responder('persons'), person.certificate, persons),
    fastOcsp(authority.responder('root'), persons, root),
    fastOcsp(authority.responder('root'), authority.tsa('tsa').certificate, root),
  ]
  const certificates = [root, persons, authority.tsa('tsa').certificate, person.certificate]
  const store = createFileBlobs(blobs)

  const signing = (identity: Identity, algorithm: SignatureAlgorithm) => {
    const input = {
      digestAlgorithm: 'sha256',
      signatureAlgorithm: algorithm,
      signingCertificate: identity.certificate,
      certificates: identity.chain,
    } as const
    const contentsSize = signedDataBound({ ...input, largestToken: 3000 })
    const attributesOf = signedAttributesForm(input)
    const signedDataOf = signedDataForm(input)
    return (source: ByteSource, state: AppendState, stamped: boolean) => {
      const now = new Date()
      const slot = { slot: 1, name: identity.name, signingTime: now, appearance, contentsSize } as const
      const begun = beginSignature(source, state, { ...slot, digestAlgorithm: 'sha256' })
      const signedAttributes = attributesOf(Buffer.from(begun.documentDigest, 'base64'))
      const signature = signRaw({ privateKey: identity.key, algorithm, data: signedAttributes })
      const token = stamped ? { timestampToken: stamp(createHash('sha256').update(signature).digest(), now) } : {}
      return { begun, ...completeSignature(begun, signedDataOf({ signedAttributes, signature, ...token })) }
    }
  }

  const open = <T>(subject: Subject, work: (source: ByteSource, state: AppendState) => T, parts = false): T => {
    const source = fileByteSource(subject.folder, parts ? subject.parts : subject.whole)
    try {
      return work(source, JSON.parse(subject.state) as AppendState)
    } finally {
      source.close()
    }
  }
  const signEc = signing(person, 'ecdsa-p256-sha256')

  return {
    authority,
    identities,
    signed(kind, { selfCheck = false, durable = false, parts = false } = {}) {
      const identity = kind in identities ? identities[kind as keyof typeof identities] : authority.person(3, kind)
      const algorithm: SignatureAlgorithm = kind.startsWith('ecdsa')
        ? 'ecdsa-p256-sha256'
        : kind.startsWith('rsa-pss')
          ? 'rsa-pss-sha256'
          : 'rsa-pkcs1-sha256'
      const work = signing(identity, algorithm)
      const certificate = parseCertificate(identity.certificate)
      if (!selfCheck && !durable) {
        return (subject) => open(subject, (source, state) => work(source, state, false).increment, parts)
      }
      return async (subject) => {
        const { begun, increment } = open(subject, (source, state) => work(source, state, false))
        if (selfCheck) checkSigned(begun, increment, certificate)
        if (durable) await store.put(increment)
        return increment
      }
    },
    timestamped: (subject) => open(subject, (source, state) => signEc(source, state, true).increment),
    archived: (subject) =>
      open(subject, (source, before) => {
        const now = new Date()
        const { increment, state } = signEc(source, before, true)
        const base = concatSource([source, increment])
        const begun = beginDocumentTimestamp(base, state, {
          digestAlgorithm: 'sha256',
          contentsSize: timestampRoom(3000),
          validationData: { certificates, crls: [], ocsps: answers.map((answer) => answer(now)) },
        })
        const last = completeSignature(begun, stamp(Buffer.from(begun.documentDigest, 'base64'), now))
        return Buffer.concat([increment, last.increment])
      }),
  }
}
