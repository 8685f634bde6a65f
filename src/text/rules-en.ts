// English: what the accounting rules say about an order.
import type { rulesNb } from './rules-nb.ts'

export const rulesEn: typeof rulesNb = {
  boardMissing:
    'The chair of the board is not among the signers. All board members sign the annual accounts, or the owners where there is no board.',
  registeredSignatoryMissing: (name, role, date) =>
    `${name} (${role}) is not among the signers. The company register said so on ${date}. If that is out of date, override the rule and say why.`,
  boardQuorum:
    'All board members and the general manager sign the annual accounts. It is not enough that some of them do.',
  generalManagerNotNamed: 'No general manager is among the signers. If the company has one, that person signs too.',
  auditorTooEarly: (name) =>
    `${name} is the auditor and signs after the board and the general manager. Put the auditor into a later group.`,
  auditorMissing: "The auditor's report is one of the parts, but no auditor is among the signers.",
  reportTooEarly: (date, today) =>
    `The auditor's report is dated ${date}, but the board signs on ${today} at the earliest. The report cannot be older than the board's signing.`,
  signingDatePast: (date, today) =>
    `The document says that the board signed on ${date}. The time-stamps will show ${today} or later.`,
  partsIncomplete: (parts) => `The annual accounts are not complete: ${parts} missing.`,
  accountsDiffer:
    'The document is about another company or fiscal year than the first one. Make one order for each annual accounts.',
  fiscalYearNotOver: (date) => `The fiscal year is not over until ${date}.`,
  adoptionOverdue: (date) => `The annual accounts should have been adopted by ${date}.`,
  adoptionNotSure: (date) =>
    `The annual accounts must be adopted by ${date}. Set a deadline before that, so that everybody has signed in time.`,
  filingOverdue: (date) =>
    `The annual accounts should have been sent to the Register of Company Accounts by ${date}. The late fee is running.`,
  filingNotSure: (date) =>
    `The annual accounts must be sent to the Register of Company Accounts by ${date}. Set a deadline before that.`,
  notBound: (party, way) => `Those who sign for ${party} cannot bind it. It takes ${way}.`,
  notBoundByAny: (party, ...ways) => `Those who sign for ${party} cannot bind it. It takes ${ways.join(', or ')}.`,
  principalUnknown: (name, parties) => `${name} is not one of the parties. The parties are ${parties}.`,
  partyWithoutSigner: (party) => `Nobody signs for ${party}.`,
  attestantMissing: 'The voucher needs somebody who attests it (attestant). Nobody in the order is sure to do so.',
  approverMissing: 'The voucher needs somebody who approves it (approver). Nobody in the order is sure to do so.',
  samePersonTwice: (name) => `${name} both attests and approves. That takes two different people.`,
  approvalTooEarly: (name) =>
    `${name} can approve before the voucher is attested. Put the approver into a later group.`,
  amountLimitExceeded: (number, amount, currency) =>
    `Voucher ${number} is for ${amount} ${currency}, more than any of the approvers may approve.`,
  voucherTwice: (number) =>
    `Voucher ${number} is there twice in the same series and year. Unless it is one voucher in several files, there is one too many.`,
  voucherDateInFuture: (number, date) => `Voucher ${number} is dated ${date}, which has not come yet.`,
  authorityWithoutPrincipal: (name) => `${name} signs by an authority, but it is not said for whom.`,
  limitOutOfPlace: (name) => `Only whoever approves a voucher has an amount limit. ${name} does not do that here.`,
  anyoneMaySign: (name) => `Anyone with the link can sign for ${name}: the name is not compared with anything.`,

  binding: (by, count, holders) =>
    `${count === '1' ? `one with ${by}` : `${count} with ${by} jointly`}${holders === '' ? '' : ` (${holders})`}`,
  authorities: {
    signatureRight: 'signature right',
    procuration: 'procuration',
    powerOfAttorney: 'power of attorney',
  },
  parts: {
    incomeStatement: 'income statement',
    balanceSheet: 'balance sheet',
    cashFlowStatement: 'cash flow statement',
    notes: 'notes',
    directorsReport: "directors' report",
    auditorsReport: "auditor's report",
  },
  retention: (years, date) =>
    `Kept for ${years} years after the fiscal year, which ended on ${date} (the Bookkeeping Act § 13)`,
}
