// The room's door: sheets and appearances for documents that are signed.
export { type AuditAppearanceInput, type AuditSigner, auditAppearance } from './audit-appearance.ts'
export type { AuditEvent } from './audit-events.ts'
export { type Canvas, type Colour, canvas, type TextStyle, textWidth } from './canvas.ts'
export { appearanceResources, drawingResources, sharedResources } from './resources.ts'
export { type SignatureAppearanceInput, signatureAppearance } from './signature-appearance.ts'
export { drawSheets, mostSlots, placedSlots, type SheetsInput, slotSize } from './signature-sheets.ts'
export { face } from './typeface.ts'
export { breakLines } from './typesetting.ts'
