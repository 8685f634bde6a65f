// /dev/mail: the mails that nobody sent, for whoever develops against this Segl.
import type { KeptMail } from '../../flow/ports/notify.ts'
import { type Html, html } from './html.ts'
import { type Frame, layout } from './layout.ts'

/** In English only: developers read it, never signers. */
export function devMailPage(frame: Frame, mails: readonly KeptMail[]): string {
  const content = html`<h1 class="ds-heading" data-size="lg">Mail</h1>
<p>There is no mail server (SMTP_URL), so mail to signers and senders is kept here instead. Newest first.</p>
${mails.length === 0 ? html`<p>Nothing yet: give a signer an <code>email</code>, and this is where the invitation arrives.</p>` : mails.map(mailCard)}`
  return layout(frame, { title: 'Mail', content })
}

const mailCard = ({ at, to, subject, text }: KeptMail): Html => html`<article class="ds-card">
<h2 class="ds-heading" data-size="xs">${subject}</h2>
<p>To ${to}, <time datetime="${at}">${at}</time></p>
<div class="mail">${text.trim().split('\n\n').map(paragraph)}</div>
</article>`

/** A line that is an address becomes a link: it is why one looks here. */
const paragraph = (text: string): Html =>
  html`<p>${text.split('\n').map((line, index) => html`${index > 0 && html`<br>`}${/^https?:\/\/\S+$/.test(line) ? html`<a href="${line}">${line}</a>` : line}`)}</p>`
