// The pages of a visit: one question each, plain forms that work without script (but for the passkey, which is script by nature).
import { hashAlgorithms } from './algorithms.ts'
import type { View } from './ceremony.ts'
import { type Html, html, page } from './html.ts'
import { nameOf } from './people.ts'
import { type Language, type Texts, texts } from './texts.ts'

type Field = {
  name: string
  label: string
  help: string
  type?: 'password'
  attributes: Html
  value?: string | undefined
  wrong: boolean
  focus?: boolean
}

const field = ({ name, label, help, type, attributes, value, wrong, focus = true }: Field): Html =>
  html`<label for="${name}">${label}</label>
<p class="help" id="${name}-help">${help}</p>
<input id="${name}" name="${name}" type="${type ?? 'text'}" ${attributes} required${focus && html` autofocus`}
 value="${value ?? ''}" aria-describedby="${name}-help${wrong && ' message'}"${wrong && html` aria-invalid="true"`}>`

const digits = (length: number, autocomplete = 'off'): Html =>
  html`inputmode="numeric" autocomplete="${autocomplete}" maxlength="${length}"`

const fieldsOf = (view: View, words: Texts): Html => {
  const wrong = view.message !== undefined
  switch (view.step) {
    case 'number':
      return field({
        name: 'number',
        label: words.number,
        help: words.numberHelp,
        attributes: digits(14),
        value: view.hint.number,
        wrong,
      })
    case 'mobile':
      return html`${field({ name: 'mobile', label: words.mobile, help: words.mobileHelp, attributes: digits(12), value: view.hint.mobile, wrong })}
${field({ name: 'birth', label: words.birth, help: words.birthHelp, attributes: digits(8), value: view.hint.birth, wrong, focus: false })}`
    case 'code':
      return field({
        name: 'code',
        label: words.code,
        help: words.codeHelp,
        attributes: digits(8, 'one-time-code'),
        wrong,
      })
    case 'words':
      return field({
        name: 'code',
        label: words.phoneCode,
        help: words.phoneCodeHelp,
        attributes: digits(8, 'one-time-code'),
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
        // What is signed stands above the field and is read first.
        focus: view.step !== 'approve' || wrong,
      })
  }
}

const messageOf = (view: View, words: Texts): Html | undefined => {
  if (!view.message) return undefined
  const said = words[view.message.key]
  const text = typeof said === 'string' ? said : said(view.message.left ?? 0)
  return html`<p class="message" id="message" role="alert">${text}</p>`
}

export const documentList = (
  documents: readonly { label: string; hash: string }[],
  algorithm: string | undefined,
  words: Texts,
): Html =>
  html`<ol class="documents">${documents.map(
    ({ hash, label }) => html`<li><p class="label">${label}</p>
<details><summary>${words.hash(algorithm ?? '')}</summary><code>${Buffer.from(hash, 'base64').toString('hex')}</code></details></li>`,
  )}</ol>`

const approvalOf = (view: View, client: string, words: Texts): Html | undefined => {
  const { approval, person, step } = view
  if (!approval || step !== 'approve') return undefined
  const algorithm = hashAlgorithms[approval.hashAlgorithmOID]?.name
  return html`<p>${words.approveIntro(client, approval.documentDigests.length)}</p>
${documentList(approval.documentDigests, algorithm, words)}
<dl class="person"><dt>${words.signingAs}</dt><dd>${person && nameOf(person)}</dd></dl>
<p class="help">${words.whatHappens}</p>`
}

/** What stands above the fields of a step: what to do, and where the simulated thing is that it takes. */
const guidanceOf = (view: View, language: Language, words: Texts): Html | undefined => {
  const link = (text: string): Html =>
    html`<p class="help"><a href="/devices?lang=${language}" target="_blank" rel="noopener">${text}</a></p>`
  switch (view.step) {
    case 'number':
    case 'mobile':
    case 'code':
      return link(words.whereDevice)
    case 'push':
      return html`<h2>${words.pushTitle}</h2><p>${words.pushText}</p><p role="status">${words.pushWait}</p>${link(words.whereTelephone)}`
    case 'words':
      return html`<dl class="words"><dt>${words.words}</dt><dd>${view.words}</dd></dl><p class="help">${words.wordsHelp}</p>${link(words.whereTelephone)}`
    case 'passkey':
      return html`<p>${words.passkeyText}</p>${link(words.whereDevice)}`
    default:
      return undefined
  }
}

/** Nothing can be typed that would help: only the way back is offered. */
const deadEnds = new Set(['locked', 'revoked', 'underAge'])

const submitWord = (view: View, words: Texts): string => {
  switch (view.step) {
    case 'approve':
      return words.approve
    case 'password':
    case 'words':
      return words.login
    case 'passkey':
      return words.passkeyUse
    case 'push':
      return words.goOn
    default:
      return words.next
  }
}

const button = (value: string, text: string, quiet: boolean): Html =>
  html`<button type="submit" name="step" value="${value}"${quiet && html` class="quiet" formnovalidate`}>${text}</button>`

export const ceremonyPage = (options: {
  language: Language
  view: View
  client: string
  csrf: string
  /** WebAuthn request options, for the step `passkey`. */
  passkey?: object
}): string => {
  const { language, view, client, csrf, passkey } = options
  const words = texts[language]
  const title = view.approval ? words.approveTitle : words.loginTitle
  const stuck = view.message !== undefined && deadEnds.has(view.message.key)
  const hasFields = !['push', 'passkey'].includes(view.step)
  const body = html`<h1>${title}</h1>
<p class="client">${words.forClient(client)}</p>
${view.step !== 'approve' && view.steps[1] > 1 && html`<p class="step">${words.means[view.means]} – ${words.step(...view.steps)}</p>`}
${approvalOf(view, client, words)}
${messageOf(view, words)}
${!stuck && guidanceOf(view, language, words)}
<form method="post"${passkey && html` data-passkey="use" data-options="${JSON.stringify(passkey)}"`}>
<input type="hidden" name="csrf" value="${csrf}">
${passkey && html`<input type="hidden" name="response" value="">`}
${!stuck && hasFields && fieldsOf(view, words)}
<p class="buttons">${!stuck && view.step !== 'push' && button(view.step, submitWord(view, words), false)}
${button('cancel', words.cancel, true)}</p>
${!stuck && view.others.length > 0 && html`<p class="others"><span>${words.otherMeans}</span>${view.others.map((means) => button(`means:${means}`, words.means[means] ?? means, true))}</p>`}
</form>`
  return page(language, title, body, {
    ...(view.step === 'push' && !stuck && { refreshSeconds: 2 }),
    ...(passkey && { script: '/assets/passkey.js' }),
  })
}

export const noticePage = (language: Language, kind: 'expired' | 'error'): string => {
  const words = texts[language]
  const title = kind === 'expired' ? words.expiredTitle : words.errorTitle
  return page(language, title, html`<h1>${title}</h1><p>${kind === 'expired' ? words.expired : words.error}</p>`)
}
