// The sample order of `segl up`: one document that waits to be signed by hand in a browser.
import { randomUUID } from 'node:crypto'
import type { Order } from '../client/index.ts'
import { people } from '../visitor/visitor.ts'
import { type DemoCase, standardCases } from './cases.ts'
import { connectTo } from './connection.ts'
import { type Begun, openJournal } from './journal.ts'
import { placeOrder } from './place-order.ts'

export type Sample = {
  readonly title: string
  /** Signers whose turn it is, with the link and what to type at BankID but the number. */
  readonly signers: readonly { readonly name: string; readonly role: string; readonly url: string }[]
}

export type SampleInput = {
  readonly seglUrl: string
  readonly apiKey: string
  readonly bankidUrl: string
  /** Folder in which the sample is remembered, so that a second start shows the same one. */
  readonly journal: string
  readonly fixtures: string
}

const waitMs = 60_000

/** The sample that still waits, or a new one when the last was signed. */
export async function openSample(input: SampleInput): Promise<Sample> {
  const segl = connectTo(input)
  const journal = await openJournal(input.journal)
  const [demo] = standardCases(input.fixtures)
  if (!demo) throw new Error('There is no document to sign.')
  const everybody = await people(input.bankidUrl)

  const carryOn = async ({ key }: Begun): Promise<Order> => {
    const { id } = await placeOrder(segl, everybody, { demo, key }, 'sample')
    return segl.orders.waitFor(id, ({ state }) => state !== 'received' && state !== 'prepared', { timeoutMs: waitMs })
  }

  let order: Order | undefined
  for (const begun of await journal.unfinished()) {
    const earlier = await carryOn(begun)
    if (earlier.state === 'open') order = earlier
    else await journal.write({ ...begun, orderId: earlier.id, finished: true })
  }
  if (!order) {
    const begun: Begun = { key: randomUUID(), demo: sampleCase(demo) }
    await journal.write(begun)
    order = await carryOn(begun)
  }
  return {
    title: demo.title,
    signers: order.signers.flatMap(({ name, role, url, state }) =>
      url !== undefined && ['ready', 'atBankid', 'identified'].includes(state) ? [{ name, role, url }] : [],
    ),
  }
}

const sampleCase = (demo: DemoCase): DemoCase => ({ ...demo, name: 'sample' })
