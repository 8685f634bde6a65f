// Strict DER: what the rooms above may use.
export * from './ber.ts'
export * from './cursor.ts'
export * from './length.ts'
export * from './pem.ts'
export * from './read.ts'
export * from './values.ts'
export * from './write.ts'
