// Object identifiers of CMS, CAdES attributes, time-stamps and certification requests.

export const contentTypes = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
} as const

export const attributeOids = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signatureTimestamp: '1.2.840.113549.1.9.16.2.14',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  /** PKCS#9 extensionRequest of a certification request (RFC 2985 5.4.2). */
  extensionRequest: '1.2.840.113549.1.9.14',
} as const

/** id-ri-ocsp-response: an OCSP response among the revocation data (RFC 5940 2.1). */
export const ocspRevocationInfo = '1.3.6.1.5.5.7.16.2'
