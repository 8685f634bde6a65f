// What there is to ask about before Schemathesis begins: orders in several states, webhooks, a client with its key.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSegl, type Order, type OrderRequest } from '../../../src/client/index.ts'
import { smallPdf } from '../../http/harness.ts'
import type { RunningSegl } from './segl.ts'

/** Synthetic people of the simulated BankID. */
const people = [
  { name: 'Ingrid Solbakken', number: '14836821050' },
  { name: 'Sverre Lie-Haugen', number: '19926437782' },
  { name: 'Tuva Myrvold', number: '23889416068' },
  { name: 'Håkon Rødseth', number: '30857929957' },
]

/** Everything that hooks.py is told. */
export async function seed({ url, key }: RunningSegl) {
  const segl = createSegl({ url, key })
  const document = async () => {
    const parties = [{ name: 'Fjordlys Regnskap AS' }, { name: 'Papir & Penn AS' }]
    const metadata = { kind: 'contract' as const, title: 'Oppdragsavtale', parties }
    return (await segl.documents.upload({ file: smallPdf(randomUUID()), fileName: 'avtale.pdf', metadata })).id
  }
  const order = async (more: Partial<OrderRequest> = {}): Promise<Order> =>
    segl.orders.create({
      title: 'Oppdragsavtale',
      documents: [{ id: await document() }],
      signers: people.slice(0, 2).map(({ name, number }) => ({
        role: 'party',
        name,
        person: { nationalIdentityNumber: number },
      })),
      ...more,
    })
  const signed = []
  for (let made = 0; made < 2; made++) {
    const { id, signers } = await order()
    await segl.orders.waitFor(id, ({ state }) => state === 'open')
    for (const signer of signers) await segl.test.sign(signer.id)
    signed.push(await segl.orders.waitFor(id))
  }
  const draft = await order({ draft: true })
  const open = await order()
  const cancelled = await order()
  await segl.orders.waitFor(cancelled.id, ({ state }) => state === 'open')
  await segl.orders.cancel(cancelled.id)

  const receiver = await receive()
  const webhooks = []
  for (let made = 0; made < 3; made++) webhooks.push((await segl.webhooks.add({ url: receiver })).id)

  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const client = await segl.call<{ id: string }>('/v1/clients', {
    method: 'POST',
    body: { name: 'regnskap', scopes: ['system', 'reader'], jwks: { keys: [jwk] } },
  })
  const { problems } = await segl.call<{ problems: { code: string }[] }>('/problems')
  const { keys } = await segl.call<{ keys: { id: string }[] }>('/v1/keys')
  return {
    url,
    key,
    keyId: keys[0]?.id,
    people,
    receiver,
    webhooks,
    documents: signed.flatMap(({ documents }) => documents.map(({ id }) => id)),
    orders: [...signed, draft, open, cancelled].map(({ id }) => id),
    client: { id: client.id, jwk, pem: privateKey.export({ format: 'pem', type: 'pkcs8' }) },
    problems: problems.map(({ code }) => code),
    company: '310000019',
  }
}

/** An address that takes every webhook, for as long as this process lives. */
async function receive(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  server.unref()
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`
}
