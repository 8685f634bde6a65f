// CMS, CAdES attributes, time-stamps and certification requests: what the rooms above may use.
export * from './ess.ts'
export * from './oids.ts'
export * from './read.ts'
export * from './sign.ts'
export * from './signed-attributes.ts'
export * from './signed-data.ts'
