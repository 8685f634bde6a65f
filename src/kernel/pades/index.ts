// PAdES baseline signatures in typed phases: prepared, to be signed, signed, extended (EN 319 142-1).

export { digestByteRange } from './digest.ts'
export {
  appendValidationData,
  beginDocumentTimestamp,
  type TimestampRequest,
  timestampRoom,
  type ValidationData,
} from './extend.ts'
export { sealName, slotName, timestampName } from './field.ts'
export type { DrawnWith } from './placed.ts'
export { mostSlots, prepareRevision } from './prepare.ts'
export { type Archived, type Renewal, readArchived, renewalDue } from './renewal.ts'
export { prepareSigned, reopen } from './reopen.ts'
export { checkSigned } from './self-check.ts'
export { beginSignature, completeSignature, digestSigned, type SignatureRequest } from './sign.ts'
export type { SignatureText } from './signature-dictionary.ts'
export type * from './state.ts'
