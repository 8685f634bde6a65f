// Opens the blob store that BLOB_URL names.
import { fileURLToPath } from 'node:url'
import { SeglError } from '../../errors.ts'
import type { FileParts } from '../../flow/ports/pdf-work.ts'
import { createFileBlobs, type FileBlobs } from './file-blobs.ts'
import { type FileByteSource, fileByteSource } from './file-byte-source.ts'

/** Blobs for asynchronous use, and the same blobs as synchronous sources for the kernel. */
export type BlobStore = FileBlobs & {
  byteSource(parts: FileParts): FileByteSource
}

/** `url`: `file:///folder`, one that all processes of this installation see. Anything else is CONFIG_INVALID. */
export function openBlobs(url: string): BlobStore {
  const directory = blobDirectory(url)
  return { ...createFileBlobs(directory), byteSource: (parts) => fileByteSource(directory, parts) }
}

function blobDirectory(url: string): string {
  if (!URL.canParse(url) || new URL(url).protocol !== 'file:')
    throw new SeglError(
      'CONFIG_INVALID',
      'BLOB_URL must be a file: URL that names a folder, such as file:///var/lib/segl/blobs.',
    )
  try {
    return fileURLToPath(url)
  } catch (cause) {
    throw new SeglError('CONFIG_INVALID', 'BLOB_URL must name a folder on this machine, without a host.', { cause })
  }
}
