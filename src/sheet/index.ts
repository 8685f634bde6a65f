// The room's door: sheets and appearances for documents that are signed.
export { type AuditAppearanceInput, type AuditSigner, auditAppearance } from './audit-appearance.ts'
export type { AuditEvent } from './audit-events.ts'
export { type SignatureAppearanceInput, signatureAppearance } from './signature-appearance.ts'
export { drawSheets, mostSlots, type SheetsInput, slotSize } from './signature-sheets.ts'
