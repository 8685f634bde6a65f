// Uploads one case's document and orders its signatures, under keys that make repeating it safe.
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Metadata, Order, Segl } from '../client/index.ts'
import type { Person } from '../visitor/visitor.ts'
import type { Begun } from './journal.ts'

/** Answers the order, the same one when `begun` was placed before. Throws SeglProblem. */
export async function placeOrder(
  segl: Segl,
  everybody: readonly Person[],
  { demo, key }: Pick<Begun, 'demo' | 'key'>,
  reference: string,
): Promise<Order> {
  const signers = demo.signers.map(({ role, group, bankid, onBehalfOf }) => {
    const person = everybody.find((candidate) => candidate.role === bankid)
    if (!person) throw new Error(`The simulated BankID has nobody in the role ${bankid}.`)
    return {
      role,
      group,
      name: person.name,
      person: { nationalIdentityNumber: person.number },
      ...(onBehalfOf !== undefined && { onBehalfOf }),
    }
  })
  const document = await segl.documents.upload({
    file: await openAsBlob(demo.file, { type: 'application/pdf' }),
    fileName: basename(demo.file),
    metadata: { ...demo.metadata, title: demo.title } as Metadata,
    idempotencyKey: `${key}-document`,
  })
  return segl.orders.create(
    { title: demo.title, reference, documents: [{ id: document.id }], signers },
    { idempotencyKey: key },
  )
}
