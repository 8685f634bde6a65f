import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createMail, mailFor, openMailbox } from '../../../src/adapters/notify/mail.ts'
import { toldStates } from '../../../src/flow/model.ts'
import type { Message, SenderMessage } from '../../../src/flow/ports/notify.ts'
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

const ended: SenderMessage = {
  kind: 'ended',
  tenantId: 't',
  orderId: '0193-order',
  language: 'nb',
  to: { email: 'regnskap@example.com' },
  documentKind: 'annualAccounts',
  organisation: { number: '310000019', name: 'Nordlys Demo AS' },
  state: 'completed',
  number: 1,
  signed: 2,
  asked: 3,
}

describe('mail to senders', () => {
  test('says in the language asked for what became of which order, and how many have signed', () => {
    const seen = languages.flatMap((language) =>
      toldStates.map((state) => mailFor({ ...ended, language, state }, settings)),
    )
    for (const mail of seen) {
      assert.match(mail.subject, /: (Årsregnskap for|Årsrekneskap for|Annual accounts of) Nordlys Demo AS$/)
      assert.match(mail.text, /0193-order/)
      assert.match(mail.text, /\b2 (av|of) 3 /)
      assert.match(mail.text, /SIMUL/)
      assert.doesNotMatch(mail.text, /https?:|undefined|null/)
    }
    assert.equal(new Set(seen.map(({ text }) => text)).size, seen.length)
    assert.equal(new Set(seen.map(({ messageId }) => messageId)).size, toldStates.length)
    const plain = mailFor({ ...ended, organisation: null, state: 'failed' }, { ...settings, simulated: false })
    assert.match(plain.subject, /: Årsregnskap$/)
    assert.doesNotMatch(plain.text, /SIMUL/)
  })

  test('lands in the folder once however often it is sent, and once more when the order failed again', async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'segl-mail-')), 'mail')
    const mail = createMail({ ...settings, smtpUrl: null, folder })
    const failed = { ...ended, state: 'failed' } as const
    for (const message of [ended, ended, failed, { ...failed, number: 2 }, { ...failed, number: 2 }]) {
      await mail.send(message)
    }
    assert.deepEqual((await readdir(folder)).filter((name) => name.endsWith('.eml')).sort(), [
      '0193-order.completed.1.eml',
      '0193-order.failed.1.eml',
      '0193-order.failed.2.eml',
    ])
    const source = await readFile(join(folder, '0193-order.completed.1.eml'), 'utf8')
    assert.match(source, /^To: regnskap@example\.com$/m)
    assert.match(source, /^Auto-Submitted: auto-generated$/m)
    assert.match(source, /^Content-Language: nb$/m)
  })
})

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
    taken.length = 0
    for (const _ of [1, 2]) await mail.send(ended)
    const ids = taken.filter((line) => /^Message-ID:/i.test(line))
    assert.deepEqual(ids, Array(2).fill('Message-ID: <0193-order.completed.1@127.0.0.1>'))
    assert.equal(taken.filter((line) => line === 'To: regnskap@example.com').length, 2)
    mood = 'refuses'
    await assert.rejects(mail.send(message), { code: 'UNAVAILABLE' })
    await new Promise((resolve) => server.close(resolve))
    await assert.rejects(mail.send(message), { code: 'UNAVAILABLE' })
  })
})
