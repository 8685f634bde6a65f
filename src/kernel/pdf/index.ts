// PDF files as signatures need them: read strictly and lazily, appended to and never rewritten (ISO 32000-2).

export * from './byte-source.ts'
export * from './file.ts'
export * from './object.ts'
export * from './sheet-objects.ts'
