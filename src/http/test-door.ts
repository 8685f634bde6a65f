// What integrators' own tests may have done for a signer, on the simulated BankID only.

/** Who goes to BankID: whom the signer names, or anybody by his role at the simulated BankID. */
export type TestPerson = {
  readonly tenantId: string
  readonly personHmac: string | null
  readonly birthDate: string | null
  readonly name: string
  readonly role?: string
}

/** Plays a person before a browser, through the pages and the protocols that everybody uses. */
export type TestDoor = {
  /** `sign` the one order of the link, or `all` that waits; `cancel` at BankID. Comes back when there is nothing left to do. */
  visit(link: string, who: TestPerson, deed: 'sign' | 'all' | 'cancel'): Promise<void>
  decline(link: string, reason: string): Promise<void>
}
