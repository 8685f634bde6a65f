// The form with which a signer names somebody else in his place, where the sender has allowed it.
import { text } from '../../text/index.ts'
import { type Html, html, link } from './html.ts'
import { type Frame, fields, type PostForm } from './layout.ts'

/** Longest values that the form takes. */
export const longestName = 200
export const longestEmail = 254

export function delegateForm({ language }: Frame, delegate: PostForm, sender: string): Html {
  const words = text(language).delegate
  return html`<details class="ds-details" data-variant="default">
<summary>${words.title}</summary>
<div>
<p>${words.help(sender)}</p>
<form method="post" action="${link(delegate.action)}" data-once>
<input type="hidden" name="${fields.csrf}" value="${delegate.csrf}">
<label class="field" for="delegate-name">${words.name}</label>
<input class="ds-input" id="delegate-name" name="${fields.name}" required maxlength="${longestName}" autocomplete="off">
<label class="field" for="delegate-birth">${words.birthDate}</label>
<input class="ds-input" type="date" id="delegate-birth" name="${fields.birthDate}" required>
<label class="field" for="delegate-email">${words.email}</label>
<input class="ds-input" type="email" id="delegate-email" name="${fields.email}" maxlength="${longestEmail}" autocomplete="off">
<div class="actions"><button class="ds-button" type="submit" data-variant="secondary">${words.confirm}</button></div>
</form>
</div>
</details>`
}
