// The test door: people at the simulated BankID who sign, decline or fail for an integrator's own tests, through the real protocol.
import type { components } from './api.ts'
import type { Transport } from './transport.ts'

export type TestVisitResult = components['schemas']['TestVisitResult']

export function createTestDoor(transport: Transport) {
  // Through browser pages and BankID it takes a while.
  const visit = (path: string, body: object = {}): Promise<TestVisitResult> =>
    transport.json(`/v1/test/${path}`, { method: 'POST', body, timeoutMs: 180_000 })
  return {
    /** `as`: role of a person at the simulated BankID, when the order names nobody or somebody else is to try. */
    sign: (signer: string, options: { readonly as?: string } = {}) => visit(`signers/${signer}/sign`, options),
    decline: (signer: string, reason?: string) =>
      visit(`signers/${signer}/decline`, reason === undefined ? {} : { reason }),
    fail: (signer: string, how: 'cancelled' | 'wrongPerson' = 'cancelled') => visit(`signers/${signer}/fail`, { how }),
    /** Everything that waits for the person whom this signer names, with one log-in and one approval. */
    signAll: (signer: string): Promise<TestVisitResult> =>
      transport.json(`/v1/test/people/${signer}/sign-all`, { method: 'POST', timeoutMs: 180_000 }),
  }
}
