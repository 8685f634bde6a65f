// The pages that the OpenID provider itself shows: errors that cannot be sent back to the client, and log-out.
import type { KoaContextWithOIDC } from 'oidc-provider'
import { Html, html, page, pageHeaders } from './html.ts'
import { type Language, languageFrom, texts } from './texts.ts'

const languageOf = (ctx: KoaContextWithOIDC): Language => {
  const wish: unknown = ctx.query['ui_locales']
  return languageFrom(typeof wish === 'string' ? wish : ctx.get('accept-language'))
}

const answer = (ctx: KoaContextWithOIDC, title: string, body: Html): void => {
  ctx.set(pageHeaders())
  ctx.body = page(languageOf(ctx), title, body)
}

/** @param out what OAuth would have told the client; shown for its developer */
export const renderProviderError = (
  ctx: KoaContextWithOIDC,
  out: { error: string; error_description?: string | undefined },
): void => {
  const words = texts[languageOf(ctx)]
  const sessionGone = out.error === 'invalid_request' && /session|expired/.test(out.error_description ?? '')
  const title = sessionGone ? words.expiredTitle : words.errorTitle
  answer(
    ctx,
    title,
    html`<h1>${title}</h1><p>${sessionGone ? words.expired : words.error}</p>
<p class="technical"><code>${out.error}</code> ${out.error_description ?? ''}</p>`,
  )
}

/** @param form the library's own form with its CSRF token; it is submitted by the buttons outside it */
export const renderSignOut = (ctx: KoaContextWithOIDC, form: string): void => {
  const words = texts[languageOf(ctx)]
  answer(
    ctx,
    words.signOutTitle,
    html`<h1>${words.signOutTitle}</h1><p>${words.signOut}</p>${new Html(form)}
<p class="buttons"><button type="submit" form="op.logoutForm" value="yes" name="logout">${words.signOutTitle}</button>
<button type="submit" form="op.logoutForm" class="quiet">${words.cancel}</button></p>`,
  )
}

export const renderSignedOut = (ctx: KoaContextWithOIDC): void => {
  const words = texts[languageOf(ctx)]
  answer(ctx, words.signOutTitle, html`<h1>${words.signOutTitle}</h1><p>${words.signedOut}</p>`)
}
