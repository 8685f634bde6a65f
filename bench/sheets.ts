// The sheets that every bench prepares its documents with.
import type { SheetObjects } from '../src/kernel/pdf/index.ts'
import { drawSheets } from '../src/sheet/index.ts'

/** With places for so many signers. */
export const sheetsFor = (signers: number): Promise<SheetObjects> =>
  drawSheets({
    language: 'nb',
    title: 'Årsregnskap 2025',
    organisation: { number: '987654325', name: 'Fjordlys Regnskap AS' },
    reference: null,
    uploadSha256: '0'.repeat(64),
    slots: Array.from({ length: signers }, (_, index) => ({ slot: index + 1, role: 'chair' })),
  })
