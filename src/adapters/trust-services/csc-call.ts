// One call to the CSC API: JSON in, JSON out, and its errors in our words, in the standard's shape as well as in BankID's.
import { SeglError } from '../../errors.ts'
import { failedStatus, isObject, jsonObjectOf, type OutsideCall } from './outside-call.ts'

export const cscName = 'BankID (signing)'

export type CscAnswer = { readonly status: 200 | 202; readonly body: Readonly<Record<string, unknown>> }

export type CscCall = {
  /**
   * Answers 200 alone. Where a person decides (`approval`), 202 means not yet (CSC 2.0.0.2 §11.6), and `access_denied` that
   * he has said no: CEREMONY_CANCELLED. Other failures are TRUST_SERVICE_…
   */
  post(
    method: string,
    body: Readonly<Record<string, unknown>>,
    options?: { readonly token?: string; readonly approval?: boolean },
  ): Promise<CscAnswer>
}

/** `cscUrl`: the base of the API, without a slash at the end. */
export function createCscCall(call: OutsideCall, cscUrl: string): CscCall {
  return {
    async post(method, body, { token, approval = false } = {}) {
      const answer = await call.send(cscName, `${cscUrl}/${method}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(body),
      })
      const { status } = answer
      if (status === 200 || (status === 202 && approval)) return { status, body: jsonObjectOf(cscName, answer) }
      const code = standardErrorCode(answer.body) ?? bankIdErrorCode(answer.body)
      if (approval && code?.startsWith('access_denied'))
        throw new SeglError(
          'CEREMONY_CANCELLED',
          'The signing was not approved at BankID. Open the link again to sign.',
        )
      throw failedStatus(`${cscName}, ${method},`, answer, code)
    },
  }
}

/** `error` of `{error, error_description}` (CSC 2.0.0.2 §10.1); never its free text. */
function standardErrorCode(body: Uint8Array): string | undefined {
  return codeIn(objectIn(body)?.['error'])
}

/**
 * `errorCode` of BankID's own `{errorCode, errorDescription, errorReference}`, with the reference, by which BankID's people
 * find what happened; never the free text.
 */
export function bankIdErrorCode(body: Uint8Array): string | undefined {
  const { errorCode, errorReference } = objectIn(body) ?? {}
  const [code, reference] = [codeIn(errorCode), codeIn(errorReference)]
  return code === undefined || reference === undefined ? code : `${code}, reference ${reference}`
}

function codeIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z0-9_.:-]{1,64}$/.test(value) ? value : undefined
}

function objectIn(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
