// The only two scripts that the island sends to a browser, as files of their own (the CSP allows none inside a page).

/** Passkeys: fills the form's hidden field with the authenticator's answer and sends it. */
export const passkeyScript = `'use strict'
for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.addEventListener('submit', async (event) => {
    const { submitter } = event
    const field = form.elements.namedItem('response')
    if (field.value || (submitter && submitter.formNoValidate)) return
    event.preventDefault()
    const options = JSON.parse(form.dataset.options)
    try {
      const credential = form.dataset.passkey === 'make'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
      field.value = JSON.stringify(credential.toJSON())
    } catch (error) {
      field.value = JSON.stringify({ error: error.name })
    }
    form.requestSubmit(submitter)
  })
}
`

/** The devices page: fetches itself every few seconds, so that codes roll and requests appear without a reload. */
export const devicesScript = `'use strict'
const refresh = async () => {
  if (document.hidden || document.activeElement?.tagName === 'BUTTON') return
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main')
    const shown = document.querySelector('main')
    if (fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh)
  } catch {}
}
setInterval(refresh, 2000)
`
