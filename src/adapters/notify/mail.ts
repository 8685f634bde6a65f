// Mail to signers and senders: over SMTP, or, where there is none, into a folder that a developer looks at.
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { SeglError } from '../../errors.ts'
import type { KeptMail, Mailbox, Message, Notify, SenderMessage } from '../../flow/ports/notify.ts'
import { type Language, longDateTime, mailWords, text } from '../../text/index.ts'

export type MailOptions = {
  /** `smtp://user:password@host:587` or `smtps://…`; null: `folder`. */
  readonly smtpUrl: string | null
  readonly folder: string
  /** `Segl <segl@example.no>` */
  readonly from: string
  /** As browsers see Segl, without a slash at the end. */
  readonly publicUrl: string
  readonly simulated: boolean
}

type Mail = {
  readonly from: string
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
  /** Twice the same message has the same, so that a reader shows it once. */
  readonly messageId: string
  readonly headers: Readonly<Record<string, string>>
}
type Look = Pick<MailOptions, 'from' | 'publicUrl' | 'simulated'>

/** Milliseconds that a mail server may take for each part of the conversation. */
const limitMs = 10_000

export function createMail(options: MailOptions): Notify {
  const { smtpUrl } = options
  if (smtpUrl === null) return { send: (message) => intoFolder(options.folder, mailFor(message, options)) }
  const limits = { connectionTimeout: limitMs, greetingTimeout: limitMs, socketTimeout: limitMs }
  const transport = createTransport(smtpUrl, { from: options.from, ...limits })
  return {
    async send(message) {
      try {
        await transport.sendMail(mailFor(message, options))
      } catch (cause) {
        throw new SeglError('UNAVAILABLE', 'The mail server did not take the message.', { cause })
      }
    },
  }
}

/** What nobody sent: the mails of the folder, newest first, for `/dev/mail`. */
export function openMailbox(folder: string): Mailbox {
  return {
    async list() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'))
      const mails = await Promise.all(
        names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as KeptMail),
      )
      return mails.sort((a, b) => b.at.localeCompare(a.at)).slice(0, 100)
    },
  }
}

/** The message in its reader's language. */
export const mailFor = (message: Message | SenderMessage, look: Look): Mail =>
  message.kind === 'ended' ? toSender(message, look) : toSigner(message, look)

function toSigner(message: Message, look: Look): Mail {
  const { kind, language, to, organisation, deadline, linkToken, number } = message
  const words = mailWords(language)
  const who = organisation?.name || words.somebody
  const matter = text(language).kinds[message.documentKind]
  const lines = [
    words.greeting(to.name),
    words[kind](who, matter),
    ...(deadline ? [words.deadline(longDateTime(deadline, language))] : []),
    `${words.link}\n${look.publicUrl}/sign/${linkToken}`,
    `${words.careful} ${words.how}`,
    words.unknown,
  ]
  const subject = words.subject[kind](who)
  const id = `${message.signerId}.${kind}.${number}`
  return written({ to: { name: to.name, address: to.email }, language, subject, lines, id }, look)
}

function toSender(message: SenderMessage, look: Look): Mail {
  const { orderId, language, to, organisation, state, number, signed, asked } = message
  const words = mailWords(language)
  const { greeting, what, ended, ...said } = words.sender
  const matter = what(text(language).kinds[message.documentKind], organisation?.name || undefined)
  const lines = [
    greeting,
    `${matter}\n${said.order(orderId)}`,
    `${ended[state].happened} ${said.signed(signed, asked)}`,
    said.more,
    said.why,
  ]
  const subject = ended[state].subject(matter)
  const id = `${orderId}.${state}.${number}`
  return written({ to: { name: '', address: to.email }, language, subject, lines, id }, look)
}

type Written = Pick<Mail, 'to' | 'subject'> & {
  readonly language: Language
  readonly lines: readonly string[]
  /** The same whenever the same message is sent. */
  readonly id: string
}

function written({ to, language, subject, lines, id }: Written, { from, publicUrl, simulated }: Look): Mail {
  const all = simulated ? [...lines, mailWords(language).simulated] : lines
  return {
    from,
    to,
    subject,
    text: `${all.join('\n\n')}\n`,
    messageId: `<${id}@${new URL(publicUrl).hostname}>`,
    // RFC 3834: nobody's absence answers it.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  }
}

/** Under its Message-ID, as a mail and as what it says: the same message again replaces itself. Never half a file. */
async function intoFolder(folder: string, mail: Mail): Promise<void> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  const { message } = await transport.sendMail(mail)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept: KeptMail = { at: new Date().toISOString(), to: mail.to.address, subject: mail.subject, text: mail.text }
  for (const [extension, bytes] of [
    ['eml', message as Buffer],
    ['json', JSON.stringify(kept)],
  ] as const) {
    const path = join(folder, `${mail.messageId.replace(/[<>]/g, '').split('@')[0]}.${extension}`)
    await writeFile(`${path}.tmp`, bytes, { mode: 0o600 })
    await rename(`${path}.tmp`, path)
  }
}
