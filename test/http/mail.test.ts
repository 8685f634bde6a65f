// The invitation by mail, from the order that names an address to what the signer reads: into the folder, and over SMTP.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSegl, type Order } from '../../src/client/index.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { smallPdf } from './harness.ts'

const title = 'Oppsigelse av avtalen med Papir og Penn'
/** Synthetic: month + 80. */
const number = '14836821050'

const signers = (['nb', 'nn', 'en'] as const).map((language, index) => ({
  role: 'party',
  name: ['Ingrid Solbakken', 'Øystein Bråthen', 'Åse Kjærstad'][index] ?? '',
  language,
  email: `${language}@example.com`,
  ...(language === 'nb' && { person: { nationalIdentityNumber: number } }),
}))

async function placeOrder({ seglUrl, newTenant }: Installation): Promise<Order> {
  const { apiKey } = await newTenant()
  const segl = createSegl({ url: seglUrl, key: apiKey })
  const document = await segl.documents.upload({
    file: smallPdf(randomUUID()),
    fileName: 'hemmelig.pdf',
    metadata: {
      kind: 'contract',
      title,
      parties: [{ name: 'Nordlys Demo AS', organisationNumber: '310000019' }, { name: 'Papir & Penn AS' }],
      organisationNumber: '310000019',
      organisationName: 'Nordlys Demo AS',
    },
  })
  const order = await segl.orders.create({
    title,
    reference: 'PERSONALSAK-7',
    documents: [{ id: document.id }],
    signers,
  })
  return segl.orders.waitFor(order.id, ({ state }) => state === 'open', { timeoutMs: 120_000 })
}

type Mail = { readonly to: string; readonly text: string }

/** What each signer reads, and what no mail may hold. */
function look(mails: readonly Mail[], order: Order): void {
  const subjects = { nb: /ber om signaturen din/, nn: /Lenkja er di åleine/, en: /asks you to read and sign/ }
  for (const [index, { language, email, name }] of signers.entries()) {
    const mine = mails.filter(({ to }) => to === email)
    assert.equal(mine.length, 1, `${email}: ${mine.length} mails`)
    const { text } = mine[0] ?? { text: '' }
    assert.match(text, subjects[language])
    assert.ok(text.includes(name) && text.includes('Nordlys Demo AS'), text)
    assert.ok(text.includes(order.signers[index]?.url ?? 'no link'), 'his own link')
    for (const other of order.signers.filter((_, place) => place !== index))
      assert.ok(!text.includes(other.url ?? ''), 'the link of somebody else')
    for (const secret of [title, 'hemmelig', 'PERSONALSAK', number, number.slice(0, 6), order.id])
      assert.ok(!text.includes(secret), `it tells ${secret}`)
  }
}

async function until<T>(ready: () => T | undefined): Promise<T> {
  for (const end = Date.now() + 120_000; ; await sleep(100)) {
    const found = ready()
    if (found !== undefined) return found
    assert.ok(Date.now() < end, 'no mail came')
  }
}

test('without a mail server each invitation lies in the data folder and is shown at /dev/mail, in the signer’s language', async () => {
  const installation = await startInstallation()
  try {
    const order = await placeOrder(installation)
    const folder = join(installation.dataDir, 'mail')
    const names = await until(() => {
      // The first mail makes the folder.
      if (!existsSync(folder)) return undefined
      const found = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.name.endsWith('.json'))
      return found.length === signers.length ? found.map((entry) => entry.name) : undefined
    })
    const kept = names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    look(
      kept.map(({ to, subject, text }) => ({ to, text: `${subject}\n${text}` })),
      order,
    )
    const page = await (await fetch(`${installation.seglUrl}/dev/mail`)).text()
    for (const { email } of signers) assert.ok(page.includes(email), email)
    for (const { url } of order.signers) assert.ok(page.includes(url ?? 'no link'))
    assert.ok(!page.includes(title))
  } finally {
    await installation.close()
  }
})

test('with a mail server each signer gets one message over SMTP, and nothing is kept or shown', async () => {
  const mailServer = await listen()
  const installation = await startInstallation({
    env: { SMTP_URL: mailServer.url, MAIL_FROM: 'Segl <post@example.no>' },
  })
  try {
    const order = await placeOrder(installation)
    await until(() => (mailServer.taken.length === signers.length ? true : undefined))
    look(mailServer.taken, order)
    for (const { from, source } of mailServer.taken) {
      assert.equal(from, 'post@example.no')
      assert.match(source, /^Auto-Submitted: auto-generated\r$/m)
    }
    assert.throws(() => readdirSync(join(installation.dataDir, 'mail')), /ENOENT/)
    assert.equal((await fetch(`${installation.seglUrl}/dev/mail`)).status, 404)
  } finally {
    await installation.close()
    mailServer.close()
  }
})

/** A mail server that takes everything (RFC 5321, without extensions). */
async function listen() {
  const taken: (Mail & { readonly from: string; readonly source: string })[] = []
  const server = createServer((socket) => {
    let [buffer, from, to, data] = ['', '', '', false]
    socket.setEncoding('latin1').on('error', () => {})
    const say = (line: string) => socket.write(`${line}\r\n`)
    say('220 here')
    socket.on('data', (chunk) => {
      buffer += chunk
      for (
        let end = buffer.indexOf(data ? '\r\n.\r\n' : '\r\n');
        end >= 0;
        end = buffer.indexOf(data ? '\r\n.\r\n' : '\r\n')
      ) {
        const line = buffer.slice(0, end)
        buffer = buffer.slice(end + (data ? 5 : 2))
        const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
        if (data) {
          data = false
          taken.push({ from, to, source: `${line}\r\n`, text: readable(line) })
          say('250 taken')
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
        else {
          if (/^MAIL FROM/i.test(line)) from = address
          if (/^RCPT TO/i.test(line)) to = address
          data = /^DATA/i.test(line)
          say(data ? '354 go on' : '250 ok')
        }
      }
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, taken, close: () => server.close() }
}

/** Subject and text as a person reads them (RFC 2047, RFC 2045 § 6.7 and § 6.8). */
function readable(source: string): string {
  const cut = source.indexOf('\r\n\r\n')
  const head = source.slice(0, cut).replace(/\r\n[ \t]+/g, ' ')
  const body = source.slice(cut + 4).replace(/^\.\./gm, '.')
  const quoted = (text: string) =>
    Buffer.from(
      text
        .replace(/=\r?\n/g, '')
        .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
      'latin1',
    ).toString('utf8')
  const subject = /^Subject: (.*)$/im.exec(head)?.[1] ?? ''
  const words = subject
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?utf-8\?(q|b)\?(.*?)\?=/gi, (_, how: string, text: string) =>
      how.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : quoted(text.replaceAll('_', ' ')),
    )
  const encoding = /^Content-Transfer-Encoding: (\S+)/im.exec(head)?.[1]?.toLowerCase()
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? quoted(body)
        : Buffer.from(body, 'latin1').toString('utf8')
  return `${words}\n${text.replaceAll('\r\n', '\n')}`
}
