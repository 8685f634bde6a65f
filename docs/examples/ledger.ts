// A small accounting system: sends the PDFs of a folder to be signed, and files what comes back signed. Written from docs/integrators.md.
import { createHash } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSegl, SeglProblem } from 'segl/client'

const [inbox = 'inbox', archive = 'archive'] = process.argv.slice(2)
const segl = createSegl({ url: process.env['SEGL_URL'] ?? '', key: process.env['SEGL_KEY'] ?? '' })
const stop = new AbortController()
await mkdir(archive, { recursive: true })

// The file's own hash is the key: however often this is started, each file is sent once.
const open = new Set<string>()
for (const name of (await readdir(inbox)).filter((one) => one.endsWith('.pdf'))) {
  const key = createHash('sha256').update(await readFile(join(inbox, name))).digest('hex')
  try {
    const document = await segl.documents.upload({
      file: await openAsBlob(join(inbox, name)),
      fileName: name,
      metadata: { kind: 'contract', title: name, parties: [{ name: 'Min Bedrift AS' }, { name: 'Kunde AS' }] },
      idempotencyKey: `${key}-upload`,
    })
    const signers = [
      { role: 'party', name: 'Ingrid Solbakken', email: 'ingrid@example.com' },
      { role: 'party', name: 'Sverre Lie-Haugen', email: 'sverre@example.com' },
    ]
    const order = { title: name, reference: `ledger ${name}`, documents: [{ id: document.id }], signers }
    const { id, signers: invited } = await segl.orders.create(order, { idempotencyKey: `${key}-order` })
    open.add(id)
    console.log(`sent ${name}: ${invited.map(({ id: signer }) => signer).join(' ')}`)
  } catch (error) {
    if (!(error instanceof SeglProblem)) throw error
    console.log(`refused ${name}: ${error.code}`)
  }
}

if (open.size > 0) {
  await segl.events.consume(
    'ledger-example',
    async ({ type, order: id }) => {
      if (id === null || !open.has(id) || !/^order\.(completed|declined|expired|cancelled|failed)$/.test(type)) return
      const order = await segl.orders.get(id)
      for (const document of order.state === 'completed' ? order.documents : []) {
        await writeFile(join(archive, document.fileName), await segl.documents.signed(document.id))
      }
      console.log(`${order.state} ${order.title}`)
      open.delete(id)
      if (open.size === 0) stop.abort()
    },
    { signal: stop.signal },
  )
}
