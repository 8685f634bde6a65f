// The synthetic people of a made-up company. Month + 80 marks a number that belongs to nobody (Tenor, Test-Norge).

export type Person = {
  readonly id: string
  /** What the person does in the demo's company; also how programs pick one. */
  readonly role: string
  readonly givenName: string
  readonly familyName: string
  /** Eleven digits, synthetic. Never in a URL, log line or certificate. */
  readonly number: string
  /** ISO date. */
  readonly birthdate: string
  /** The PID, not sensitive: claim `bankid_altsub`, and in the certificate after `UN:NO-`. */
  readonly pid: string
  readonly password: string
  /** Eight digits with zeros in front: no such subscriber number exists. */
  readonly mobile: string
  readonly device: 'hotp' | 'totp'
  /** A BankID that its bank has withdrawn. */
  readonly revoked?: true
}

type Row = [string, string, string, string, string, string, Person['device']?, true?]

const rows: Row[] = [
  ['1001', 'chairman', 'Ingrid', 'Solbakken', '14836821050', '1968-03-14'],
  ['1002', 'member', 'Øystein', 'Bråthen', '02917533361', '1975-11-02'],
  ['1003', 'generalManager', 'Åse', 'Kjærstad', '27868112021', '1981-06-27'],
  ['1004', 'auditor', 'Bjørn', 'Sætre', '09897245156', '1972-09-09'],
  ['1005', 'contractPartyA', 'Ánte', 'Gáŋgaviika', '06829024142', '1990-02-06'],
  ['1006', 'contractPartyB', 'Sverre', 'Lie-Haugen', '19926437782', '1964-12-19'],
  ['1007', 'attestant', 'Tuva', 'Myrvold', '23889416068', '1994-08-23'],
  ['1008', 'approver', 'Håkon', 'Rødseth', '30857929957', '1979-05-30'],
  ['1009', 'deputy', 'Gro', 'Fjellvang', '17818640668', '1986-01-17', 'totp'],
  ['1010', 'stranger', 'Live', 'Østmoen', '28909913251', '1999-10-28'],
  ['1011', 'minor', 'Sondre', 'Nygård', '11841064072', '2010-04-11'],
  ['1012', 'revoked', 'Arvid', 'Fjære', '05875828977', '1958-07-05', 'hotp', true],
]

/** BankID test users' password everywhere, as in the real test environment. */
const password = 'qwer1234'

export const people: readonly Person[] = rows.map(
  ([id, role, givenName, familyName, number, birthdate, device = 'hotp', revoked]) => ({
    id,
    role,
    givenName,
    familyName,
    number,
    birthdate,
    pid: `9578-6000-4-10${id}`,
    mobile: `0000${id}`,
    password,
    device,
    ...(revoked && { revoked }),
  }),
)

export const nameOf = (person: Person): string => `${person.givenName} ${person.familyName}`

export const personByNumber = (number: string): Person | undefined => people.find((person) => person.number === number)

/** @param birth DDMMYY, as BankID på mobil asks for it */
export const personByMobile = (mobile: string, birth: string): Person | undefined =>
  people.find((person) => {
    const [year = '', month = '', day = ''] = person.birthdate.split('-')
    return person.mobile === mobile && birth === `${day}${month}${year.slice(2)}`
  })

export const personById = (id: string): Person | undefined => people.find((person) => person.id === id)

/** Whole years lived at `now` (UTC). */
export const ageOf = (person: Person, now: Date): number => {
  const born = new Date(`${person.birthdate}T00:00:00Z`)
  const hadBirthday =
    now.getUTCMonth() > born.getUTCMonth() ||
    (now.getUTCMonth() === born.getUTCMonth() && now.getUTCDate() >= born.getUTCDate())
  return now.getUTCFullYear() - born.getUTCFullYear() - (hadBirthday ? 0 : 1)
}

const checkDigit = (digits: readonly number[], weights: readonly number[]): number =>
  (11 - (weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0) % 11)) % 11

/** Eleven digits, month + 80, both check digits right (Skatteetaten's rule for numbers issued before 2032). */
export const isSyntheticNumber = (number: string): boolean => {
  if (!/^\d{2}[89]\d{8}$/.test(number)) return false
  const digits = [...number].map(Number)
  return (
    checkDigit(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2]) === digits[9] &&
    checkDigit(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) === digits[10]
  )
}
