// The roles that rules know, in the words of orders; any other word is a role of the sender's own.

const board = ['chair', 'deputyChair', 'boardMember', 'employeeRepresentative']

export const annualAccountsRoles: {
  /** Members of the board, the one who leads it first; without deputies. */
  readonly board: readonly string[]
  /** Who may sit in the board's place when somebody is away. */
  readonly deputies: readonly string[]
  /** Who signs where there is neither board nor general manager: regnskapsloven § 3-5. */
  readonly owners: readonly string[]
  /** Everybody who has to sign: the board and the general manager, or the owners. */
  readonly signatories: readonly string[]
  readonly auditors: readonly string[]
} = {
  board,
  deputies: ['deputyBoardMember'],
  owners: ['owner', 'partner'],
  signatories: [...board, 'generalManager', 'owner', 'partner'],
  auditors: ['auditor'],
}
