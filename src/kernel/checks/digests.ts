// Hashes the file once, however many signatures and revisions it has: what a ByteRange covers is a prefix and a short rest.
import { type ByteSource, type EmbeddedSignature, type Revision, readInPieces } from '../pdf/index.ts'
import type { Crypto, DigestAlgorithm, RunningDigest } from '../x509/index.ts'
import { readCms, readToken } from './cms-in-file.ts'

export type FileDigests = {
  /** SHA-256 of the whole file, hex. */
  readonly file: string
  /** SHA-256 of the first bytes of the file, hex; for ends of revisions and for the lengths asked for. */
  readonly prefix: (length: number) => string | undefined
  /** Over the ByteRange, by the algorithm of the signature or token; undefined when the range makes no sense. */
  readonly signed: (signature: EmbeddedSignature) => Uint8Array | undefined
}

type Stop = { readonly at: number; readonly take: (running: ReadonlyMap<DigestAlgorithm, RunningDigest>) => void }

/** One pass over the file; `lengths` are prefixes wanted besides the revisions. */
export function hashFile(
  source: ByteSource,
  revisions: readonly Revision[],
  signatures: readonly EmbeddedSignature[],
  lengths: readonly number[],
  crypto: Crypto,
): FileDigests {
  const prefixes = new Map<number, string>()
  const signed = new Map<EmbeddedSignature, Uint8Array>()
  const algorithms = new Set<DigestAlgorithm>(['sha256'])
  const stops: Stop[] = []
  for (const length of new Set([...revisions.map(({ end }) => end), ...lengths, source.size])) {
    if (length < 0 || length > source.size) continue
    const take: Stop['take'] = (running) => prefixes.set(length, hex(running.get('sha256')?.copy().finish()))
    stops.push({ at: length, take })
  }
  for (const signature of signatures) {
    const [range, algorithm] = [sensibleRange(signature, source.size), algorithmOf(signature)]
    if (!range || !algorithm) continue
    algorithms.add(algorithm)
    const [before, from, to] = range
    const take: Stop['take'] = (running) => {
      const rest = running.get(algorithm)?.copy()
      for (const piece of readInPieces(source, from, to)) rest?.update(piece)
      if (rest) signed.set(signature, rest.finish())
    }
    stops.push({ at: before, take })
  }
  const running = new Map([...algorithms].map((algorithm) => [algorithm, crypto.running(algorithm)]))
  let at = 0
  for (const stop of stops.sort((a, b) => a.at - b.at)) {
    for (const piece of readInPieces(source, at, stop.at)) for (const digest of running.values()) digest.update(piece)
    at = stop.at
    stop.take(running)
  }
  return {
    file: prefixes.get(source.size) ?? '',
    prefix: (length) => prefixes.get(length),
    signed: (signature) => signed.get(signature),
  }
}

/** End of the first part, start and end of the second; the first begins at 0. */
function sensibleRange({ byteRange }: EmbeddedSignature, size: number): readonly [number, number, number] | undefined {
  if (byteRange?.length !== 4) return undefined
  const [start = -1, before = -1, from = -1, length = -1] = byteRange
  const fits = start === 0 && before >= 0 && from >= before && length >= 0 && from + length <= size
  return fits ? [before, from, from + length] : undefined
}

function algorithmOf(signature: EmbeddedSignature): DigestAlgorithm | undefined {
  if (signature.subFilter === 'ETSI.RFC3161') return readToken(signature)?.digestAlgorithm
  // What is signed there is the SHA-1 of the bytes (ISO 32000-1, 12.8.3.3.1).
  if (signature.subFilter === 'adbe.pkcs7.sha1') return 'sha1'
  return readCms(signature).cms?.signerInfos[0]?.digestAlgorithm
}

const hex = (bytes: Uint8Array | undefined): string => (bytes ? Buffer.from(bytes).toString('hex') : '')
