// Hashes a revision with a hole: the signed bytes, and the finished file, in one pass over the base.

import { createHash, type Hash } from 'node:crypto'
import { type ByteSource, readInPieces } from '../pdf/index.ts'
import type { SigningDigest } from '../x509/index.ts'

function hashSource(source: ByteSource, ...hashes: Hash[]): void {
  for (const piece of readInPieces(source, 0, source.size)) for (const hash of hashes) hash.update(piece)
}

/** Digest over the ByteRange: base and head, then tail. */
export function digestByteRange(
  base: ByteSource,
  head: Uint8Array,
  tail: Uint8Array,
  algorithm: SigningDigest,
): Uint8Array {
  const hash = createHash(algorithm)
  hashSource(base, hash)
  return hash.update(head).update(tail).digest()
}

/** Digest over the ByteRange and SHA-256 of the whole file with `contents` (brackets included) in the hole. */
export function digestFilled(
  base: ByteSource,
  head: Uint8Array,
  contents: Uint8Array,
  tail: Uint8Array,
  algorithm: SigningDigest,
): { readonly document: Uint8Array; readonly file: Uint8Array } {
  const signed = createHash(algorithm)
  let whole: Hash
  if (algorithm === 'sha256') {
    hashSource(base, signed)
    signed.update(head)
    whole = signed.copy()
  } else {
    whole = createHash('sha256')
    hashSource(base, signed, whole)
    signed.update(head)
    whole.update(head)
  }
  return { document: signed.update(tail).digest(), file: whole.update(contents).update(tail).digest() }
}
