// Validation data in the DSS and a document time-stamp over everything: what closes a document, and what keeps it provable later.
import { isSeglError, SeglError } from '../errors.ts'
import { type AppendState, type Renewal, renewalDue } from '../kernel/pades/index.ts'
import type { Revision } from './model.ts'
import type { Ports } from './ports/index.ts'
import type { Appended, FileParts } from './ports/pdf-work.ts'
import type { StoredValidation } from './ports/store.ts'
import { timestampCertificates } from './sign.ts'
import { storedValidation, withoutRepeats } from './validation-data.ts'

export type Stored = Appended & { readonly blobSha256: string }
/** `stampedAt`: the time of its document time-stamp. */
export type Archive = Stored & { readonly renewal: Renewal; readonly stampedAt: Date }

/** Two time-stamp authorities may take turns; a third try is with the one that answered the second. */
const mostTries = 3

/**
 * A revision with a document time-stamp. EN 319 142-1 Table 1 (x): all validation material is in the file before it, that of the
 * authority which issues it included. `earlier` is the file's newest token, or one of the authority that will most likely issue
 * this one; when another one did, the revision is built again with its data in it.
 */
export async function archived(
  file: FileParts,
  state: AppendState,
  earlier: Uint8Array,
  validation: readonly StoredValidation[],
  at: Date,
  ports: Ports,
): Promise<Archive> {
  let material = validation
  let expected = timestampCertificates(earlier)
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const data = await dataOf(expected, at, ports, attempt === 1)
    material = withoutRepeats([...material, ...storedValidation(data)])
    const hole = await ports.pdf.beginArchive({ file, state, validation: material })
    const { token, time: stampedAt } = await ports.timestamps.timestamp(Buffer.from(hole.documentDigest, 'base64'))
    const issued = timestampCertificates(token)
    if (data.length > 0 && Buffer.compare(issued.tsaCertificate, expected.tsaCertificate) === 0) {
      const stored = await store(await ports.pdf.complete({ file, toBeSigned: hole, cms: token }), ports)
      return { ...stored, renewal: renewalDue(token, ofKinds(material)), stampedAt }
    }
    expected = issued
  }
  throw new SeglError(
    'TRUST_SERVICE_UNAVAILABLE',
    'The time-stamp authorities take turns too fast; it is tried again later.',
  )
}

/** What is known at `at` about the authority of the file's newest document time-stamp; nothing when it has none. */
export async function ofEarlierArchive(
  file: FileParts,
  revisions: readonly Revision[],
  at: Date,
  ports: Ports,
): Promise<readonly StoredValidation[]> {
  if (!revisions.some(({ kind }) => kind === 'archive')) return []
  const { token } = await ports.pdf.readArchived({ file })
  return token ? storedValidation(await dataOf(timestampCertificates(token), at, ports, true)) : []
}

/** An earlier authority may be gone by now: what the file holds about it has to do. The one that stamps now must be proven. */
async function dataOf(
  { tsaCertificate: certificate, certificates: candidates }: ReturnType<typeof timestampCertificates>,
  at: Date,
  { revocation }: Ports,
  isEarlier: boolean,
) {
  try {
    return [await revocation.validationData({ certificate, candidates, at })]
  } catch (error) {
    if (isEarlier && isSeglError(error, 'CERTIFICATE_INVALID', 'REVOCATION_DATA_INVALID')) return []
    throw error
  }
}

export const store = async (appended: Appended, { blobs }: Ports): Promise<Stored> => ({
  ...appended,
  blobSha256: await blobs.put(appended.increment),
})

/** The row of a revision that begins at `start` of the file. */
export const revisionRow = ({ blobSha256, fileSha256, increment }: Stored, start: number) => ({
  blobSha256,
  fileSha256,
  start,
  length: increment.length,
  signatureId: null,
})

/** The earliest of several. */
export const firstDue = (renewals: readonly Renewal[]): Date | undefined =>
  renewals.map(({ due }) => due).sort((a, b) => a.getTime() - b.getTime())[0]

const ofKinds = (material: readonly StoredValidation[]) => {
  const of = (wanted: StoredValidation['kind']) => material.filter(({ kind }) => kind === wanted).map(({ der }) => der)
  return { certificates: of('certificate'), ocsps: of('ocsp'), crls: of('crl') }
}
