// A company register kept in a file on this machine; Brønnøysundregistrene's own API would be another one of these.
import { readFile, stat } from 'node:fs/promises'
import type { RegisteredCompany, RegisteredRole } from '../../accounting/company.ts'
import { isDate } from '../../accounting/dates.ts'
import { checkOrganisationNumber } from '../../accounting/identifiers.ts'
import { SeglError } from '../../errors.ts'
import type { CompanyRegister } from '../../flow/ports/company-register.ts'

/** Knows the given companies. */
export function companiesOf(companies: readonly RegisteredCompany[]): CompanyRegister {
  return { company: async (number) => companies.find(({ organisationNumber }) => organisationNumber === number) }
}

/**
 * Knows the companies in a JSON file, a list of `{organisationNumber, name, asOf, roles: [{role, name, birthDate?}]}`. Throws
 * CONFIG_INVALID, which names what to mend; once it was read, a later version that is broken is passed over for the last good one.
 */
export async function companiesInFile(file: string): Promise<CompanyRegister> {
  const read = async () => {
    const unreadable = () => refuse('names a file that cannot be read.')
    const { mtimeMs: changed } = await stat(file).catch(unreadable)
    return { changed, companies: parseCompanies(await readFile(file, 'utf8').catch(unreadable)) }
  }
  let last = await read()
  return {
    async company(number) {
      const found = await stat(file).catch(() => undefined)
      if (found && found.mtimeMs !== last.changed) last = await read().catch(() => last)
      return companiesOf(last.companies).company(number)
    },
  }
}

/** Throws CONFIG_INVALID with the place of the first mistake. */
export function parseCompanies(json: string): readonly RegisteredCompany[] {
  let list: unknown
  try {
    list = JSON.parse(json)
  } catch {
    return refuse('is not JSON.')
  }
  if (!Array.isArray(list)) return refuse('must hold a list of companies.')
  return list.map((entry: unknown, index) => {
    const place = `entry ${index}`
    if (!isRecord(entry)) return refuse(`${place} must be an object.`)
    const organisationNumber = text(entry, 'organisationNumber', place)
    if (!checkOrganisationNumber(organisationNumber).valid) return refuse(`${place}: wrong check digit.`)
    const roles = entry['roles']
    if (!Array.isArray(roles)) return refuse(`${place}: \`roles\` must be a list.`)
    return {
      organisationNumber,
      name: text(entry, 'name', place),
      asOf: date(entry, 'asOf', place),
      roles: roles.map((role: unknown, position) => roleOf(role, `${place}, role ${position}`)),
    }
  })
}

function roleOf(value: unknown, place: string): RegisteredRole {
  if (!isRecord(value)) return refuse(`${place} must be an object.`)
  const named = { role: text(value, 'role', place), name: text(value, 'name', place) }
  return value['birthDate'] === undefined ? named : { ...named, birthDate: date(value, 'birthDate', place) }
}

function text(entry: Record<string, unknown>, name: string, place: string): string {
  const value = entry[name]
  return typeof value === 'string' && value.trim() !== '' ? value : refuse(`${place}: \`${name}\` must be a text.`)
}

function date(entry: Record<string, unknown>, name: string, place: string): string {
  const value = text(entry, name, place)
  return isDate(value) ? value : refuse(`${place}: \`${name}\` must be a date, YYYY-MM-DD.`)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function refuse(what: string): never {
  throw new SeglError('CONFIG_INVALID', `COMPANY_REGISTER_FILE ${what}`)
}
