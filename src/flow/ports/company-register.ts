// Who is on the board of a company and manages it, as a register knows it: a suggestion, never the last word.
import type { RegisteredCompany } from '../../accounting/company.ts'

export interface CompanyRegister {
  /** Undefined when the register does not know the number, or cannot be asked now: no order waits for a register. */
  company(organisationNumber: string): Promise<RegisteredCompany | undefined>
}
