// PAdES baseline signatures in typed phases: prepared, to be signed, signed, extended (EN 319 142-1).

export * from './state.ts'
