// Uploads one case's document and orders its signatures, under keys that make repeating it safe.
import { basename } from 'node:path'
import type { AccountingSystem, Order } from './accounting-system.ts'
import type { Begun } from './journal.ts'
import type { Person } from './signer.ts'

/** Answers the order, the same one when `begun` was placed before. Throws Refused. */
export async function placeOrder(
  system: AccountingSystem,
  everybody: readonly Person[],
  { demo, key }: Pick<Begun, 'demo' | 'key'>,
  reference: string,
): Promise<Order> {
  const signers = demo.signers.map(({ role, group, bankid }) => {
    const person = everybody.find((candidate) => candidate.role === bankid)
    if (!person) throw new Error(`The simulated BankID has nobody in the role ${bankid}.`)
    return { role, group, name: person.name, person: { nationalIdentityNumber: person.number } }
  })
  const documentId = await system.upload({
    file: demo.file,
    fileName: basename(demo.file),
    metadata: { ...demo.metadata, title: demo.title },
    key: `${key}-document`,
  })
  return system.createOrder({ key, title: demo.title, reference, documentId, signers })
}
