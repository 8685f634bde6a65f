// The pages a person meets: log in, approve, devices. Plain forms, one question each; they work without script.
import type { View } from './ceremony.ts'
import { type Html, html, page } from './html.ts'
import { nameOf, type Person } from './people.ts'
import { type Language, type Texts, texts } from './texts.ts'

const hashNames: Record<string, string> = {
  '2.16.840.1.101.3.4.2.1': 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

const field = (options: {
  name: string
  label: string
  help: string
  type: 'text' | 'password'
  attributes: Html
  value?: string | undefined
  wrong: boolean
}): Html => html`<label for="${options.name}">${options.label}</label>
<p class="help" id="${options.name}-help">${options.help}</p>
<input id="${options.name}" name="${options.name}" type="${options.type}" ${options.attributes} required autofocus
 value="${options.value ?? ''}" aria-describedby="${options.name}-help${options.wrong ? ' message' : ''}"${options.wrong ? html` aria-invalid="true"` : ''}>`

const fieldOf = (view: View, words: Texts, hint: string | undefined): Html => {
  const wrong = view.message !== undefined
  switch (view.step) {
    case 'number':
      return field({
        name: 'number',
        label: words.number,
        help: words.numberHelp,
        type: 'text',
        attributes: html`inputmode="numeric" autocomplete="off" maxlength="14"`,
        value: hint,
        wrong,
      })
    case 'code':
      return field({
        name: 'code',
        label: words.code,
        help: words.codeHelp,
        type: 'text',
        attributes: html`inputmode="numeric" autocomplete="one-time-code" maxlength="8"`,
        wrong,
      })
    default:
      return field({
        name: 'password',
        label: words.password,
        help: words.passwordHelp,
        type: 'password',
        attributes: html`autocomplete="current-password"`,
        wrong,
      })
  }
}

const messageOf = (view: View, words: Texts): Html | undefined => {
  if (!view.message) return undefined
  const said = words[view.message.key]
  const text = typeof said === 'string' ? said : said(view.message.left ?? 0)
  return html`<p class="message" id="message" role="alert">${text}</p>`
}

const documentsOf = (view: View, words: Texts): Html | undefined => {
  const { approval } = view
  if (!approval) return undefined
  const algorithm = hashNames[approval.hashAlgorithmOID] ?? approval.hashAlgorithmOID
  return html`<ol class="documents">${approval.documentDigests.map(
    ({ hash, label }) => html`<li><p class="label">${label}</p>
<details><summary>${words.hash(algorithm)}</summary><code>${Buffer.from(hash, 'base64').toString('hex')}</code></details></li>`,
  )}</ol>`
}

/** Nothing can be typed that would help: only the way back is offered. */
const deadEnds = new Set(['locked', 'revoked', 'underAge'])

export const ceremonyPage = (options: {
  language: Language
  view: View
  client: string
  csrf: string
  /** From login_hint; put into the field, nothing more. */
  hint: string | undefined
}): string => {
  const { language, view, client, csrf, hint } = options
  const words = texts[language]
  const { approval, person } = view
  const title = approval ? words.approveTitle : words.loginTitle
  const stuck = view.message !== undefined && deadEnds.has(view.message.key)
  const submit = view.step === 'approve' ? words.approve : view.step === 'password' ? words.login : words.next
  const showsDocuments = approval !== undefined && view.step === 'approve'
  const body = html`<h1>${title}</h1>
<p class="client">${words.forClient(client)}</p>
${
  showsDocuments &&
  html`<p>${words.approveIntro(client, approval.documentDigests.length)}</p>${documentsOf(view, words)}
<dl class="person"><dt>${words.signingAs}</dt><dd>${person && nameOf(person)}</dd></dl>
<p class="help">${words.whatHappens}</p>`
}
${!showsDocuments && html`<p class="step">${words.step(...view.steps)}</p>`}
${messageOf(view, words)}
<form method="post">
<input type="hidden" name="csrf" value="${csrf}">
${
  !stuck &&
  html`${fieldOf(view, words, hint)}
${view.step === 'code' && html`<p class="help"><a href="/devices?lang=${language}" target="_blank" rel="noopener">${words.whereDevice}</a></p>`}
<p class="buttons"><button type="submit" name="step" value="${view.step}">${submit}</button>
<button type="submit" name="step" value="cancel" class="quiet" formnovalidate>${words.cancel}</button></p>`
}
${stuck && html`<p class="buttons"><button type="submit" name="step" value="cancel" formnovalidate>${words.cancel}</button></p>`}
</form>`
  return page(language, title, body)
}

export type DeviceRow = { person: Person; code: string; locked: boolean }

export const devicesPage = (language: Language, rows: readonly DeviceRow[]): string => {
  const words = texts[language]
  const row = ({ person, code, locked }: DeviceRow): Html => html`<tr>
<th scope="row">${nameOf(person)}<br><span class="help">${words.roles[person.role] ?? person.role}</span></th>
<td data-label="${words.number}"><code>${person.number}</code></td>
<td data-label="${words.code}"><code class="code">${code}</code></td>
<td data-label="${words.password}"><code>${person.password}</code></td>
<td data-label="${words.status}">${person.revoked ? words.revokedShort : locked ? words.lockedShort : words.open}${
    locked &&
    html`<form method="post" action="/devices/unlock"><input type="hidden" name="person" value="${person.id}">
<input type="hidden" name="lang" value="${language}"><button type="submit" class="small">${words.unlock}<span class="hidden"> ${nameOf(person)}</span></button></form>`
  }</td></tr>`
  return page(
    language,
    words.devicesTitle,
    html`<h1>${words.devicesTitle}</h1><p>${words.devicesIntro}</p>
<p><a href="/devices?lang=${language}">${words.refresh}</a></p>
<table><thead><tr><th scope="col">${words.name}</th><th scope="col">${words.number}</th><th scope="col">${words.code}</th>
<th scope="col">${words.password}</th><th scope="col">${words.status}</th></tr></thead>
<tbody>${rows.map(row)}</tbody></table>`,
    true,
  )
}

export const noticePage = (language: Language, kind: 'expired' | 'error'): string => {
  const words = texts[language]
  const title = kind === 'expired' ? words.expiredTitle : words.errorTitle
  return page(language, title, html`<h1>${title}</h1><p>${kind === 'expired' ? words.expired : words.error}</p>`)
}
