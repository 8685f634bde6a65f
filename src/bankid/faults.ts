// Faults on demand: everything that can go wrong at a trust service, ordered by a test, a demo or a curious person. Simulation only.
import { randomUUID } from 'node:crypto'

/** The kinds, each with what it does and what `value` means. */
export const faultKinds = {
  slow: 'answers after `value` milliseconds',
  down: 'answers 503',
  malformed: 'answers 200 with a body that is not what it should be',
  cut: 'does the work, then cuts the connection in the middle of the answer',
  'id-token': 'puts the claims of `value` (a JSON object) into the ID token, e.g. {"nonce":"wrong"}',
  'wrong-hash': 'signHash signs something else',
  'expired-certificate': 'issues a certificate that has expired',
  'wrong-person-certificate': 'issues a certificate to somebody else',
  'number-in-certificate': 'puts the national identity number into the certificate (2.16.578.1.61.2.4)',
  'revoked-in-between': 'revokes the certificate right after it has signed',
  'ocsp-try-later': 'the OCSP responder says tryLater',
  'ocsp-unknown': 'the OCSP responder does not know the certificate',
  'tsa-skew': 'the time-stamp is `value` seconds off',
  'tsa-wrong-imprint': 'the time-stamp is over another hash',
  'tsa-wrong-nonce': 'the time-stamp has another nonce',
  'tsa-reject': 'the time-stamping authority rejects',
} as const

export type FaultKind = keyof typeof faultKinds
export const isFaultKind = (text: unknown): text is FaultKind =>
  typeof text === 'string' && Object.hasOwn(faultKinds, text)

export type Fault = {
  id: string
  kind: FaultKind
  /** The beginning of a path, e.g. /csc/v2/signatures; without it everywhere. */
  at?: string
  /** Id of a person; where the service cannot know the person the fault does not happen. */
  person?: string
  client?: string
  /** How many times; 0 is until it is removed. */
  times: number
  value?: string
}

export type Circumstances = { at?: string; person?: string | undefined; client?: string | undefined }

export class FaultRefused extends Error {}

export type Faults = {
  /** @throws FaultRefused with a sentence about the field */
  order(fault: Record<string, unknown>): Fault
  list(): Fault[]
  clear(): void
  /** The fault that strikes now, if any; counts it. */
  strike(kind: FaultKind, where?: Circumstances): Fault | undefined
  /** Whether any fault of these kinds asks for a person or client. */
  arePersonal(kinds: readonly FaultKind[]): boolean
}

const textIn = (given: Record<string, unknown>, key: string): string | undefined => {
  const value = given[key]
  if (value === undefined || value === '') return undefined
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

const checkValue = (kind: FaultKind, value: string | undefined): void => {
  const isNumber = value !== undefined && /^-?\d{1,9}$/.test(value)
  if ((kind === 'slow' || kind === 'tsa-skew') && !isNumber) throw new FaultRefused(`${kind} needs a number as value`)
  if (kind !== 'id-token') return
  try {
    if (typeof JSON.parse(value ?? '') === 'object') return
  } catch {}
  throw new FaultRefused('id-token needs a JSON object as value')
}

export const createFaults = (): Faults => {
  let ordered: Fault[] = []
  return {
    order(given) {
      const { kind } = given
      if (!isFaultKind(kind)) throw new FaultRefused(`kind must be one of ${Object.keys(faultKinds).join(', ')}`)
      const times = Number(given['times'] ?? 1)
      if (!Number.isInteger(times) || times < 0) throw new FaultRefused('times must be a whole number, 0 for always')
      const [at, person, client, value] = ['at', 'person', 'client', 'value'].map((key) => textIn(given, key))
      checkValue(kind, value)
      const fault: Fault = {
        id: randomUUID(),
        kind,
        times,
        ...(at && { at }),
        ...(person && { person }),
        ...(client && { client }),
        ...(value && { value }),
      }
      ordered.push(fault)
      return fault
    },
    list: () => ordered.map((fault) => ({ ...fault })),
    clear() {
      ordered = []
    },
    strike(kind, where = {}) {
      const fault = ordered.find(
        (one) =>
          one.kind === kind &&
          (one.at === undefined || where.at?.startsWith(one.at)) &&
          (one.person === undefined || one.person === where.person) &&
          (one.client === undefined || one.client === where.client),
      )
      if (!fault) return undefined
      if (fault.times === 1) ordered = ordered.filter((one) => one !== fault)
      else if (fault.times > 1) fault.times -= 1
      return fault
    },
    arePersonal: (kinds) =>
      ordered.some((one) => kinds.includes(one.kind) && (one.person !== undefined || one.client !== undefined)),
  }
}
