// Reading CSC requests: the standard's error, and the typed fields of a JSON body.

/** CSC 2.0.0.2 §10: an error is `{error, error_description}` with a status. */
export class CscError extends Error {
  readonly status: number
  readonly error: string
  constructor(status: number, error: string, description: string) {
    super(description)
    this.status = status
    this.error = error
  }
}

export type Body = Record<string, unknown>

export const invalidRequest = (description: string): CscError => new CscError(400, 'invalid_request', description)
export const invalidToken = (description: string): CscError => new CscError(401, 'invalid_token', description)

export const text = (body: Body, key: string): string | undefined => {
  const value = body[key]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value === '') throw invalidRequest(`Invalid type string parameter ${key}`)
  return value
}

export const required = (body: Body, key: string): string => {
  const value = text(body, key)
  if (value === undefined) throw invalidRequest(`Missing (or invalid type) string parameter ${key}`)
  return value
}

export const flag = (body: Body, key: string): boolean => {
  const value = body[key] ?? false
  if (typeof value !== 'boolean') throw invalidRequest(`Invalid type boolean parameter ${key}`)
  return value
}

const isBase64 = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(value) &&
  value !== ''

/** `hashes`: base64, each as long as the hash algorithm's digests. */
export const hashesIn = (body: Body, length: number): Buffer[] => {
  const hashes = body['hashes']
  if (!Array.isArray(hashes) || hashes.length === 0) {
    throw invalidRequest('Missing (or invalid type) array parameter hashes')
  }
  return hashes.map((hash: unknown) => {
    if (!isBase64(hash)) throw invalidRequest('Invalid Base64 hashes string parameter')
    const bytes = Buffer.from(hash, 'base64')
    if (bytes.length !== length) throw invalidRequest('Invalid digest value length')
    return bytes
  })
}

export const base64In = (body: Body, key: string): Buffer => {
  const value = required(body, key)
  if (!isBase64(value)) throw invalidRequest(`Invalid Base64 ${key} string parameter`)
  return Buffer.from(value, 'base64')
}
