import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createMail, mailFor, openMailbox } from '../../../src/adapters/notify/mail.ts'
import type { Message } from '../../../src/flow/ports/notify.ts'
import { languages } from '../../../src/text/index.ts'

const message: Message = {
  kind: 'invited',
  tenantId: 't',
  orderId: 'o',
  signerId: '0193-signer',
  language: 'nb',
  to: { name: 'Åse Blåbær', email: 'ase@example.com' },
  linkToken: 'tokenOfTheLink',
  documentKind: 'annualAccounts',
  organisation: { number: '310000019', name: 'Nordlys Demo AS' },
  deadline: new Date('2026-07-31T21:59:59Z'),
  number: 0,
}
const settings = { from: 'Segl <segl@localhost>', publicUrl: 'http://127.0.0.1:8080', simulated: true }

describe('mail to signers', () => {
  test('says in his language who asks, for what kind of document, until when, and where to begin', () => {
    const seen = languages.map((language) => mailFor({ ...message, language }, settings))
    for (const mail of seen) {
      assert.match(mail.subject, /^Nordlys Demo AS /)
      assert.match(mail.text, /http:\/\/127\.0\.0\.1:8080\/sign\/tokenOfTheLink\n/)
      assert.match(mail.text, /31\.?\s(juli|July)\s2026/)
      assert.match(mail.text, /SIMUL/)
    }
    assert.equal(new Set(seen.map(({ text }) => text)).size, 3)
    assert.match(
      mailFor({ ...message, kind: 'reminded', number: 2, organisation: null, deadline: null }, settings).subject,
      /^Påminnelse: En virksomhet/,
    )
  })

  test('without a mail server it lands in a folder, once however often it is sent, and is shown from there', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'segl-mail-')), 'mail')
    assert.deepEqual(await openMailbox(folder).list(), [])
    const mail = createMail({ ...settings, smtpUrl: null, folder })
    await mail.send(message)
    await mail.send(message)
    await mail.send({ ...message, kind: 'reminded', number: 1 })
    const kept = await openMailbox(folder).list()
    assert.equal(kept.length, 2)
    assert.equal(kept.at(-1)?.to, 'ase@example.com')
    assert.match(kept.at(-1)?.text ?? '', /Årsregnskap/)
    const [eml] = (await readdir(folder)).filter((name) => name.endsWith('.eml'))
    const source = await readFile(join(folder, eml ?? ''), 'utf8')
    assert.match(source, /^Message-ID: <0193-signer\.invited\.0@127\.0\.0\.1>$/m)
    assert.match(source, /^Auto-Submitted: auto-generated$/m)
  })

  test('over SMTP it is handed to the server; one that refuses or hangs is an error, so that it is tried again', async () => {
    const taken: string[] = []
    let mood: 'takes' | 'refuses' = 'takes'
    const server = createServer((socket: Socket) => {
      socket.write('220 test\r\n')
      let data = false
      socket.on('data', (chunk) => {
        for (const line of chunk.toString('utf8').split('\r\n').slice(0, -1)) {
          if (data) {
            if (line === '.') {
              data = false
              socket.write('250 ok\r\n')
            } else taken.push(line)
          } else if (/^DATA/i.test(line)) {
            data = true
            socket.write('354 go on\r\n')
          } else if (/^RCPT/i.test(line) && mood === 'refuses') socket.write('450 later\r\n')
          else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
          else socket.write('250 ok\r\n')
        }
      })
      socket.on('error', () => {})
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const smtpUrl = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
    const mail = createMail({ ...settings, smtpUrl, folder: '' })
    await mail.send(message)
    assert.ok(
      taken.some((line) => /^To: .*<ase@example\.com>$/.test(line)),
      taken.join('\n'),
    )
    mood = 'refuses'
    await assert.rejects(mail.send(message), { code: 'UNAVAILABLE' })
    await new Promise((resolve) => server.close(resolve))
    await assert.rejects(mail.send(message), { code: 'UNAVAILABLE' })
  })
})
