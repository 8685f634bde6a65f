// PDF files as signatures need them: read strictly and lazily, appended to and never rewritten (ISO 32000-2).

export * from './byte-source.ts'
export * from './dss.ts'
export * from './file.ts'
export * from './form.ts'
export * from './increment.ts'
export * from './object.ts'
export { objectsAfter, openPdf } from './open.ts'
export type { Positions } from './parser.ts'
export * from './revision.ts'
export * from './serialise.ts'
export * from './sheet-objects.ts'
