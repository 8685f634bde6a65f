// The whole PKI in one declaration: who issues what, to whom, for how long, with which extensions (EN 319 412, RFC 5280).

const year = 365 * 86_400

/** The enterprise number for documentation (RFC 5612): these policies exist nowhere but here. */
export const policy = {
  person: '1.3.6.1.4.1.32473.8081.1.1',
  organisation: '1.3.6.1.4.1.32473.8081.1.2',
  timeStampingAuthority: '1.3.6.1.4.1.32473.8081.1.3',
  timeStamp: '1.3.6.1.4.1.32473.8081.2.1',
} as const

export const authorityNames = ['root', 'persons', 'organisations'] as const
export type AuthorityName = (typeof authorityNames)[number]

export const tsaNames = ['tsa', 'tsa2'] as const
export type TsaName = (typeof tsaNames)[number]

export type Curve = 'P-256' | 'P-384'

/** One attribute of a distinguished name, by its X.520 short name. */
export type NamePart = readonly [
  'C' | 'O' | 'OU' | 'CN' | 'GN' | 'SN' | 'serialNumber' | 'organizationIdentifier',
  string,
]

export type Profile = {
  /** Seconds from notBefore to notAfter. */
  readonly lifetime: number
  readonly keyUsage: readonly ('nonRepudiation' | 'digitalSignature' | 'keyCertSign' | 'cRLSign')[]
  /** Present on CA certificates only; the number is pathLenConstraint. */
  readonly ca?: { readonly pathLength?: number }
  /** The only EKU, and critical where RFC 3161 §2.3 says so. */
  readonly purpose?: { readonly oid: string; readonly critical: boolean }
  /** RFC 6960 §4.2.2.2.1; on responder certificates only, anywhere else EU DSS refuses it. */
  readonly noCheck?: true
  readonly policies: readonly string[]
  /** QCStatements: QcType and PDS only. QcCompliance and QcSSCD would claim what a simulation is not. */
  readonly qcType?: 'esign' | 'eseal'
  /** AIA and CRL DP: everything but the root and the responders, which are not checked. */
  readonly revocable: boolean
}

const operator: readonly NamePart[] = [
  ['C', 'NO'],
  ['O', 'TEST - SimBankID'],
  ['organizationIdentifier', 'NTRNO-987654325'],
]

export const subjectOf = {
  authority: {
    root: [...operator, ['CN', 'TEST - SimBankID Root CA']],
    persons: [...operator, ['CN', 'TEST - SimBankID Person CA']],
    organisations: [...operator, ['CN', 'TEST - SimBankID Organisation CA']],
  },
  responder: {
    root: [...operator, ['CN', 'TEST - SimBankID Root OCSP']],
    persons: [...operator, ['CN', 'TEST - SimBankID Person OCSP']],
    organisations: [...operator, ['CN', 'TEST - SimBankID Organisation OCSP']],
  },
  tsa: {
    tsa: [...operator, ['CN', 'TEST - SimBankID Time-stamping 1']],
    tsa2: [...operator, ['CN', 'TEST - SimBankID Time-stamping 2']],
  },
} as const satisfies {
  authority: Record<AuthorityName, readonly NamePart[]>
  responder: Record<AuthorityName, readonly NamePart[]>
  tsa: Record<TsaName, readonly NamePart[]>
}

export const keyOf = {
  authority: { root: 'P-384', persons: 'P-384', organisations: 'P-384' },
  responder: { root: 'P-256', persons: 'P-256', organisations: 'P-256' },
  tsa: { tsa: 'P-256', tsa2: 'P-384' },
} as const satisfies {
  authority: Record<AuthorityName, Curve>
  responder: Record<AuthorityName, Curve>
  tsa: Record<TsaName, Curve>
}

const anyPolicy = '2.5.29.32.0'

export const profiles = {
  root: { lifetime: 20 * year, keyUsage: ['keyCertSign', 'cRLSign'], ca: {}, policies: [], revocable: false },
  authority: {
    lifetime: 20 * year,
    keyUsage: ['keyCertSign', 'cRLSign'],
    ca: { pathLength: 0 },
    policies: [anyPolicy],
    revocable: true,
  },
  responder: {
    lifetime: 20 * year,
    keyUsage: ['digitalSignature'],
    purpose: { oid: '1.3.6.1.5.5.7.3.9', critical: false },
    noCheck: true,
    policies: [],
    revocable: false,
  },
  tsa: {
    lifetime: 15 * year,
    keyUsage: ['digitalSignature'],
    purpose: { oid: '1.3.6.1.5.5.7.3.8', critical: true },
    policies: [policy.timeStampingAuthority],
    revocable: true,
  },
  // EN 319 412-2 §4.3.2 type A: nonRepudiation alone. The lifetime comes from the configuration.
  person: {
    lifetime: 3600,
    keyUsage: ['nonRepudiation'],
    policies: [policy.person],
    qcType: 'esign',
    revocable: true,
  },
  seal: {
    lifetime: 5 * year,
    keyUsage: ['nonRepudiation'],
    policies: [policy.organisation],
    qcType: 'eseal',
    revocable: true,
  },
} as const satisfies Record<string, Profile>

/** A certificate is valid this long before it was made: clocks differ. */
export const backdatedSeconds = 60

/**
 * How long an answer about a certificate may be relied on. For those that live long it is years: a signed document carries the
 * answer with it and is checked long after. Never beyond the certificate itself (see ocsp.ts).
 */
export const revocationLifetime: Record<AuthorityName, number> = {
  root: 10 * year,
  persons: 86_400,
  organisations: 10 * year,
}

/** id-etsi-qcs-QcPDS: where the disclosure statement is, relative to the service, and its language. */
export const disclosure = { path: '/pds', language: 'en' } as const
