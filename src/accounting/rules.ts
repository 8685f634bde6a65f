// Every rule there is, in the order in which docs/rules.md and the API list them.
import { adoption } from './annual-accounts/adoption.ts'
import { auditorLast } from './annual-accounts/auditor-last.ts'
import { auditorNamed } from './annual-accounts/auditor-named.ts'
import { board } from './annual-accounts/board.ts'
import { complete } from './annual-accounts/complete.ts'
import { everybody } from './annual-accounts/everybody.ts'
import { filing } from './annual-accounts/filing.ts'
import { fiscalYear } from './annual-accounts/fiscal-year.ts'
import { generalManager } from './annual-accounts/general-manager.ts'
import { oneCompany } from './annual-accounts/one-company.ts'
import { organisation } from './annual-accounts/organisation.ts'
import { parts } from './annual-accounts/parts.ts'
import { registeredSignatories } from './annual-accounts/registered-signatories.ts'
import { reportDate } from './annual-accounts/report-date.ts'
import { signingDates } from './annual-accounts/signing-dates.ts'
import { signingDay } from './annual-accounts/signing-day.ts'
import { yearOver } from './annual-accounts/year-over.ts'
import { bound } from './contract/bound.ts'
import { everyParty } from './contract/every-party.ts'
import { knownPrincipal } from './contract/known-principal.ts'
import { parties } from './contract/parties.ts'
import { signatureRights } from './contract/signature-rights.ts'
import type { DocumentRule } from './document-rule.ts'
import { anyone } from './every-kind/anyone.ts'
import { authority } from './every-kind/authority.ts'
import { limitInPlace } from './every-kind/limit-in-place.ts'
import { retention } from './every-kind/retention.ts'
import type { OrderRule } from './order-rule.ts'
import { accountCodes } from './voucher/account-codes.ts'
import { amount } from './voucher/amount.ts'
import { amountLimit } from './voucher/amount-limit.ts'
import { approvalLast } from './voucher/approval-last.ts'
import { counterparty } from './voucher/counterparty.ts'
import { datePast } from './voucher/date-past.ts'
import { entry } from './voucher/entry.ts'
import { fourEyes } from './voucher/four-eyes.ts'
import { numberedOnce } from './voucher/numbered-once.ts'
import { twoPeople } from './voucher/two-people.ts'

/** About the metadata of one document; `readMetadata` applies them at upload. */
export const documentRules: readonly DocumentRule[] = [
  organisation,
  fiscalYear,
  parts,
  signingDates,
  parties,
  signatureRights,
  entry,
  amount,
  counterparty,
  accountCodes,
  retention,
]

/** About an order; `judge` applies them. */
export const orderRules: readonly OrderRule[] = [
  board,
  registeredSignatories,
  everybody,
  generalManager,
  auditorNamed,
  auditorLast,
  reportDate,
  signingDay,
  complete,
  oneCompany,
  yearOver,
  adoption,
  filing,
  bound,
  knownPrincipal,
  everyParty,
  fourEyes,
  twoPeople,
  approvalLast,
  amountLimit,
  numberedOnce,
  datePast,
  authority,
  limitInPlace,
  anyone,
]
