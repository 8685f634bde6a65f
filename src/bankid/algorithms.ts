// The algorithms of the signing API: which signature algorithm goes with which hash and which key (RFC 5758, RFC 8017).

export const keyAlgorithms = ['EC', 'RSA'] as const
export type KeyAlgorithm = (typeof keyAlgorithms)[number]

type HashAlgorithm = {
  readonly name: string
  /** Bytes of a digest. */
  readonly length: number
  readonly signAlgo: Readonly<Record<KeyAlgorithm, string>>
  /** DER of DigestInfo up to the digest itself (RFC 8017 §9.2 note 1). */
  readonly digestInfo: string
}

export const hashAlgorithms: Readonly<Record<string, HashAlgorithm>> = {
  '2.16.840.1.101.3.4.2.1': {
    name: 'SHA-256',
    length: 32,
    signAlgo: { EC: '1.2.840.10045.4.3.2', RSA: '1.2.840.113549.1.1.11' },
    digestInfo: '3031300d060960864801650304020105000420',
  },
  '2.16.840.1.101.3.4.2.2': {
    name: 'SHA-384',
    length: 48,
    signAlgo: { EC: '1.2.840.10045.4.3.3', RSA: '1.2.840.113549.1.1.12' },
    digestInfo: '3041300d060960864801650304020205000430',
  },
  '2.16.840.1.101.3.4.2.3': {
    name: 'SHA-512',
    length: 64,
    signAlgo: { EC: '1.2.840.10045.4.3.4', RSA: '1.2.840.113549.1.1.13' },
    digestInfo: '3051300d060960864801650304020305000440',
  },
}

/** The bare RSA key OID: CSC allows it together with hashAlgorithmOID. */
const rsaEncryption = '1.2.840.113549.1.1.1'

/** CSC's `key` object of a credential. */
export const keyDescription = {
  EC: { len: 256, curve: '1.2.840.10045.3.1.7' },
  RSA: { len: 3072 },
} as const satisfies Record<KeyAlgorithm, { len: number; curve?: string }>

export const signAlgosOf = (key: KeyAlgorithm): string[] => [
  ...Object.values(hashAlgorithms).map(({ signAlgo }) => signAlgo[key]),
  ...(key === 'RSA' ? [rsaEncryption] : []),
]

/** Whether a signAlgo names this hash with this kind of key. */
export const matches = (signAlgo: string, key: KeyAlgorithm, hash: HashAlgorithm): boolean =>
  signAlgo === hash.signAlgo[key] || (key === 'RSA' && signAlgo === rsaEncryption)
