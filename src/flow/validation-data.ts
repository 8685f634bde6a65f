// Validation data of several certificates as one list without repeats: what the DSS will hold (EN 319 142-1 Table 1 (s)).
import type { StoredValidation } from './ports/store.ts'
import type { ValidationData } from './ports/trust-services.ts'

export function storedValidation(found: readonly ValidationData[]): readonly StoredValidation[] {
  const all = found.flatMap(({ certificates, ocsps, crls }): StoredValidation[] => [
    ...certificates.map((der) => ({ kind: 'certificate' as const, der })),
    ...ocsps.map((der) => ({ kind: 'ocsp' as const, der })),
    ...crls.map((der) => ({ kind: 'crl' as const, der })),
  ])
  return withoutRepeats(all)
}

export function withoutRepeats(all: readonly StoredValidation[]): readonly StoredValidation[] {
  return [...new Map(all.map((item) => [`${item.kind}:${Buffer.from(item.der).toString('base64')}`, item])).values()]
}
