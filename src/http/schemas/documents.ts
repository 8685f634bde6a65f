// Documents as the API shows them.
import { type Static, Type } from 'typebox'
import { Id, Language, Nullable, Sha256, Time } from './common.ts'

export const RevisionView = Type.Object(
  {
    number: Type.Integer({ description: '0 is the upload.' }),
    kind: Type.String({ description: 'upload, prepared, signature, seal or archive.' }),
    start: Type.Integer({ description: 'Offset of what this revision appended.' }),
    length: Type.Integer({ description: 'Bytes that this revision appended.' }),
    sha256: Sha256,
    fileSha256: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'SHA-256 of the whole file up to the end of this revision.',
    }),
    createdAt: Time,
  },
  { title: 'Revision' },
)

export const OriginalView = Type.Object(
  {
    sha256: Sha256,
    size: Type.Integer(),
    changes: Type.Array(Type.String(), {
      description: 'FORM_FLATTENED, XFA_REMOVED, XREF_REWRITTEN, HEADER_MOVED, REVISIONS_MERGED, STRUCTURE_REPAIRED, …',
    }),
    fields: Type.Integer({ description: 'Form fields that became part of their pages.' }),
  },
  {
    title: 'Original',
    description:
      'What was sent, when it was rewritten because of `normalise`: /original gives it. `sha256` and `size` of the ' +
      'document are then those of the rewritten file, which is signed: /revisions/0 gives that.',
  },
)

export const DocumentView = Type.Object(
  {
    id: Id,
    order: Nullable(Id),
    kind: Type.String(),
    title: Type.String(),
    fileName: Type.String(),
    language: Language,
    sha256: Sha256,
    size: Type.Integer({ description: 'Bytes of the upload.' }),
    original: Nullable(OriginalView),
    pages: Type.Integer(),
    metadata: Type.Unsafe<Record<string, unknown>>(Type.Object({}, { additionalProperties: true })),
    findings: Type.Array(
      Type.Object(
        {
          code: Type.String({ description: 'docs/preflight.md lists them.' }),
          severity: Type.String({ description: 'refuse, warn or info.' }),
          detail: Type.String(),
          offset: Type.Optional(Type.Integer({ description: 'Byte in the upload where the cause lies.' })),
          check: Type.Optional(
            Type.String({ description: 'Id of the check that the finished file would fail (docs/checks.md).' }),
          ),
          page: Type.Optional(Type.Integer({ description: 'Page, from 1; the first one where it concerns several.' })),
        },
        { title: 'Finding', description: 'What the pre-flight noticed.' },
      ),
    ),
    revisions: Type.Array(RevisionView),
    sealed: Type.Boolean({
      description: 'False: whatever signatures are in it, the order is not closed over them, or failed to close.',
    }),
    createdAt: Time,
  },
  { title: 'Document' },
)
export type DocumentBody = Static<typeof DocumentView>
