// The simulated world outside BankID: everybody's phone and code device, on one page.
import { type Html, html, page } from './html.ts'
import { documentList } from './pages.ts'
import { nameOf, type Person, personById } from './people.ts'
import type { PhoneRequest } from './phone.ts'
import { type Language, texts } from './texts.ts'

export type DeviceRow = { person: Person; code: string; locked: boolean; passkeys: number }

const requestItem = (request: PhoneRequest, language: Language): Html => {
  const words = texts[language]
  const person = personById(request.personId)
  return html`<li class="request"><p><strong>${person && nameOf(person)}</strong>: ${words.phoneKinds[request.kind]} ${words.phoneFrom(request.client)}</p>
${request.words && html`<p>${words.words}: <strong>${request.words}</strong></p>`}
${request.documents.length > 0 && documentList(request.documents, undefined, words)}
${request.status === 'approved' && html`<p>${words.code}: <code class="code">${request.code}</code></p>`}
${
  request.status === 'pending' &&
  html`<form method="post" action="/devices/requests"><input type="hidden" name="request" value="${request.id}">
<input type="hidden" name="lang" value="${language}"><p class="buttons row"><button type="submit" name="answer" value="approve">${words.phoneApprove}<span class="hidden"> ${person && nameOf(person)}</span></button>
<button type="submit" name="answer" value="reject" class="quiet">${words.phoneReject}<span class="hidden"> ${person && nameOf(person)}</span></button></p></form>`
}</li>`
}

export const devicesPage = (
  language: Language,
  rows: readonly DeviceRow[],
  requests: readonly PhoneRequest[],
): string => {
  const words = texts[language]
  const row = ({ person, code, locked, passkeys }: DeviceRow): Html => html`<tr>
<th scope="row">${nameOf(person)}<br><span class="help">${words.roles[person.role] ?? person.role}</span></th>
<td data-label="${words.number}"><code>${person.number}</code></td>
<td data-label="${words.code}"><code class="code">${code}</code></td>
<td data-label="${words.password}"><code>${person.password}</code></td>
<td data-label="${words.mobile}"><code>${person.mobile}</code><br><code>${birthOf(person)}</code></td>
<td data-label="${words.status}">${person.revoked ? words.revokedShort : locked ? words.lockedShort : words.open}${
    locked &&
    html`<form method="post" action="/devices/unlock"><input type="hidden" name="person" value="${person.id}">
<input type="hidden" name="lang" value="${language}"><button type="submit" class="small">${words.unlock}<span class="hidden"> ${nameOf(person)}</span></button></form>`
  }<br><a href="/devices/passkey?person=${person.id}&amp;lang=${language}">${words.passkeyMake}</a>${passkeys > 0 && ` (${passkeys})`}</td></tr>`
  return page(
    language,
    words.devicesTitle,
    html`<section aria-labelledby="phone" class="phone"><h1 id="phone">${words.phoneTitle}</h1>
${requests.length > 0 ? html`<ul class="requests">${requests.map((request) => requestItem(request, language))}</ul>` : html`<p>${words.phoneEmpty}</p>`}</section>
<h1>${words.devicesTitle}</h1><p>${words.devicesIntro}</p>
<p><a href="/devices?lang=${language}">${words.refresh}</a></p>
<table><thead><tr><th scope="col">${words.name}</th><th scope="col">${words.number}</th><th scope="col">${words.code}</th>
<th scope="col">${words.password}</th><th scope="col">${words.mobile}, ${words.birth.toLowerCase()}</th><th scope="col">${words.status}</th></tr></thead>
<tbody>${rows.map(row)}</tbody></table>`,
    { wide: true, script: '/assets/devices.js' },
  )
}

/** DDMMYY. */
export const birthOf = ({ birthdate }: Person): string => {
  const [year = '', month = '', day = ''] = birthdate.split('-')
  return `${day}${month}${year.slice(2)}`
}

export const passkeyPage = (options: {
  language: Language
  person: Person
  creation: object
  outcome?: 'made' | 'failed'
}): string => {
  const { language, person, creation, outcome } = options
  const words = texts[language]
  return page(
    language,
    words.passkeyMake,
    html`<h1>${words.passkeyMake}</h1><p>${words.passkeyMakeText(nameOf(person))}</p>
${outcome && html`<p class="message${outcome === 'made' && ' good'}" role="alert">${outcome === 'made' ? words.passkeyMade : words.passkeyFailed}</p>`}
<form method="post" data-passkey="make" data-options="${JSON.stringify(creation)}">
<input type="hidden" name="person" value="${person.id}"><input type="hidden" name="lang" value="${language}"><input type="hidden" name="response" value="">
<p class="buttons"><button type="submit">${words.passkeyMake}</button></p></form>
<p><a href="/devices?lang=${language}">${words.devicesTitle}</a></p>`,
    { script: '/assets/passkey.js' },
  )
}
