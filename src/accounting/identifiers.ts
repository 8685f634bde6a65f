// The numbers that name a person or an organisation in Norway, and whether their check digits hold.
import type { ErrorCode } from '../errors.ts'

/** `detail` is a sentence for the sender; it never repeats the number. */
export type Refused = { readonly valid: false; readonly code: ErrorCode; readonly detail: string }

export type NationalIdentityNumber = {
  readonly valid: true
  /** Month + 80: made up for tests (Tenor, Test-Norge); no living person has it. */
  readonly synthetic: boolean
  /** Day + 40: given to people who are not resident in Norway. */
  readonly dNumber: boolean
}

export type OrganisationNumber = { readonly valid: true }

// Weights of Skatteetaten's two control digits; the second one is counted as a digit of its own sum with weight 1.
const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]

// Enhetsregisteret, modulus 11; the control digit counts with weight 1.
const organisationWeights = [3, 2, 7, 6, 5, 4, 3, 2, 1]

/**
 * Checks a fødselsnummer or D-number: eleven digits, a day that exists and both control digits. Numbers issued from
 * 2032 on may leave a remainder of 0, 1, 2 or 3 in the first control (Skatteetaten, "fødselsnummer fra 2032"); both rules
 * hold side by side, and neither century nor sex is read from the number.
 */
export function checkNationalIdentityNumber(text: string): NationalIdentityNumber | Refused {
  const refuse = (detail: string): Refused => ({ valid: false, code: 'NATIONAL_IDENTITY_NUMBER_INVALID', detail })
  const digits = digitsOf(text, 11)
  if (digits === undefined) return refuse('A national identity number has eleven digits and nothing else.')
  const day = Number(text.slice(0, 2))
  const month = Number(text.slice(2, 4))
  const dNumber = day > 40
  const synthetic = month > 80
  // Month + 40 was used by hospitals (H-number) and is no identity number; month + 80 is synthetic.
  if (!dayExists(dNumber ? day - 40 : day, synthetic ? month - 80 : month)) {
    return refuse('The national identity number does not begin with a day and a month that exist.')
  }
  if (remainder(digits, firstWeights) > 3 || remainder(digits, secondWeights) !== 0) {
    return refuse('The control digits of the national identity number do not match. Check it for a typing error.')
  }
  return { valid: true, synthetic, dNumber }
}

/** Checks an organisasjonsnummer: nine digits, the last one the control digit modulo 11 (Enhetsregisteret). */
export function checkOrganisationNumber(text: string): OrganisationNumber | Refused {
  const refuse = (detail: string): Refused => ({ valid: false, code: 'ORGANISATION_NUMBER_INVALID', detail })
  const digits = digitsOf(text, 9)
  if (digits === undefined) return refuse('An organisation number has nine digits, without spaces or "NO" and "MVA".')
  if (remainder(digits, organisationWeights) !== 0) {
    return refuse('The control digit of the organisation number does not match. Check it for a typing error.')
  }
  return { valid: true }
}

function digitsOf(text: string, count: number): number[] | undefined {
  return /^[0-9]+$/.test(text) && text.length === count ? [...text].map(Number) : undefined
}

/** Weighted sum of the leading digits, modulo 11; 0 when the control digit, weighted with 1, fits. */
function remainder(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * (digits[place] ?? 0), 0) % 11
}

/** The century is not in the number, so 29 February always exists. */
function dayExists(day: number, month: number): boolean {
  const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day >= 1 && day <= (lengths[month - 1] ?? 0)
}
