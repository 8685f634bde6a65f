// One visit of one person: number, code, password; or password for given hashes. What comes next, and what went wrong.
import { createHash, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import type { Provider } from 'oidc-provider'
import { type Approval, readApproval } from './approval.ts'
import { type Clock, plusSeconds } from './clock.ts'
import type { Credentials } from './credentials.ts'
import type { Devices } from './devices.ts'
import { acr, lifetime, subjectOf } from './oidc.ts'
import { ageOf, type Person, personById, personByNumber } from './people.ts'
import { createShelf, type Shelf } from './state-files.ts'

export type Step = 'number' | 'code' | 'password' | 'approve'

/** A sentence for the person: a key of texts.ts, with the attempts that are left where it counts them. */
export type Message = {
  key: 'wrongNumber' | 'wrongCode' | 'usedCode' | 'wrongPassword' | 'locked' | 'revoked' | 'underAge' | 'otherPerson'
  left?: number
}

type State = { step: Step; personId?: string; message?: Message }

/** What a login leaves for the calls that follow it: the browser it happened in. */
export type Login = { personId: string; browser: string }

export type View = { step: Step; person?: Person; message?: Message; approval?: Approval; steps: [number, number] }

export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

export type Outcome = { kind: 'again' } | { kind: 'done'; personId: string; grantId: string } | { kind: 'cancelled' }

const parseState = (value: unknown): State => value as State
const parseLogin = (value: unknown): Login => value as Login

export const browserHash = (cookie: string): string => createHash('sha256').update(cookie).digest('hex')

const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

const approvalOf = (interaction: Interaction): Approval | undefined => {
  const details = interaction.params['authorization_details']
  if (typeof details !== 'string') return undefined
  const first: unknown = JSON.parse(details)[0]
  return typeof first === 'object' && first !== null ? readApproval(first) : undefined
}

export type Ceremonies = {
  view(interaction: Interaction, browser: string | undefined): View
  /** Takes one submitted form; `again` means: show the page anew. */
  submit(interaction: Interaction, form: Record<string, unknown>, browser: string): Promise<Outcome>
  loginOf(grantId: string): Login | undefined
  forget(grantId: string): void
  sweep(): number
}

export const createCeremonies = (options: {
  folder: string
  clock: Clock
  devices: Devices
  credentials: Credentials
  provider: Provider
  cscResource: string
}): Ceremonies => {
  const { folder, clock, devices, credentials, provider, cscResource } = options
  const states: Shelf<State> = createShelf(join(folder, 'ceremonies'), clock, parseState)
  const logins: Shelf<Login> = createShelf(join(folder, 'logins'), clock, parseLogin)

  const ownerOf = (approval: Approval): Person | undefined =>
    personById(credentials.find(approval.credentialID)?.personId ?? '')

  /** In the browser that logged in, the password is enough; elsewhere the person identifies himself from the start. */
  const firstState = (approval: Approval | undefined, browser: string | undefined): State => {
    const credential = approval && credentials.find(approval.credentialID)
    return credential && browser !== undefined && credential.browser === browserHash(browser)
      ? { step: 'approve', personId: credential.personId }
      : { step: 'number' }
  }

  const stateOf = (interaction: Interaction, browser: string | undefined): State =>
    states.get(interaction.uid) ?? firstState(approvalOf(interaction), browser)

  const refusalOf = (person: Person, interaction: Interaction, approval: Approval | undefined): Message | undefined => {
    if (person.revoked) return { key: 'revoked' }
    if (devices.isLocked(person)) return { key: 'locked' }
    const signs = approval || textOf(interaction.params['scope']).split(' ').includes('service')
    if (signs && ageOf(person, clock()) < 18) return { key: 'underAge' }
    if (approval && ownerOf(approval)?.id !== person.id) return { key: 'otherPerson' }
    return undefined
  }

  const complete = async (
    interaction: Interaction,
    person: Person,
    approval: Approval | undefined,
    browser: string,
  ) => {
    const scopes = textOf(interaction.params['scope']).split(' ')
    const grant = new provider.Grant({
      accountId: subjectOf(person),
      clientId: String(interaction.params['client_id']),
    })
    grant.addOIDCScope(scopes.filter((scope) => ['openid', 'profile', 'nnin_altsub'].includes(scope)).join(' '))
    if (approval) grant.addRar(approval)
    if (scopes.includes('service')) grant.addResourceScope(cscResource, 'service')
    if (scopes.includes('credential')) grant.addResourceScope(cscResource, 'credential')
    const grantId = await grant.save()
    logins.put(grantId, { personId: person.id, browser: browserHash(browser) }, plusSeconds(clock(), lifetime.service))
    states.remove(interaction.uid)
    return grantId
  }

  return {
    view(interaction, browser) {
      const state = stateOf(interaction, browser)
      const person = personById(state.personId ?? '')
      const approval = approvalOf(interaction)
      const refusal = person && refusalOf(person, interaction, approval)
      const order: Step[] = approval ? ['number', 'code', 'approve'] : ['number', 'code', 'password']
      const message = refusal ?? state.message
      return {
        step: state.step,
        ...(person && { person }),
        ...(message && { message }),
        ...(approval && { approval }),
        steps: [order.indexOf(state.step) + 1, order.length],
      }
    },

    async submit(interaction, form, browser) {
      if (form['step'] === 'cancel') {
        states.remove(interaction.uid)
        return { kind: 'cancelled' }
      }
      const state = stateOf(interaction, browser)
      const approval = approvalOf(interaction)
      const again = (next: State): Outcome => {
        states.put(interaction.uid, next, plusSeconds(clock(), lifetime.interaction))
        return { kind: 'again' }
      }
      // A form of another step: sent twice, or from a page that the back button brought up. The page itself says what is next.
      if (form['step'] !== state.step) return { kind: 'again' }

      if (state.step === 'number') {
        const person = personByNumber(textOf(form['number']).replace(/\s/g, ''))
        if (!person) return again({ step: 'number', message: { key: 'wrongNumber' } })
        const refusal = refusalOf(person, interaction, approval)
        if (refusal) return again({ step: 'number', message: refusal })
        return again({ step: 'code', personId: person.id })
      }

      const person = personById(state.personId ?? '')
      if (!person) return again({ step: 'number' })
      if (refusalOf(person, interaction, approval)) return { kind: 'again' }
      const { step, personId } = { step: state.step, personId: person.id }

      if (step === 'code') {
        const verdict = devices.check(person, textOf(form['code']).replace(/\s/g, ''))
        if (verdict === 'used') return again({ step, personId, message: { key: 'usedCode' } })
        if (verdict === 'wrong') {
          return again({ step, personId, message: { key: 'wrongCode', left: devices.countFailure(person) } })
        }
        return again({ step: approval ? 'approve' : 'password', personId })
      }

      if (!sameText(String(form['password'] ?? ''), person.password)) {
        return again({ step, personId, message: { key: 'wrongPassword', left: devices.countFailure(person) } })
      }
      devices.clearFailures(person)
      return { kind: 'done', personId, grantId: await complete(interaction, person, approval, browser) }
    },

    loginOf: (grantId) => logins.get(grantId),
    forget: (grantId) => logins.remove(grantId),
    sweep: () => states.sweep() + logins.sweep(),
  }
}

/** What the OpenID provider is told when the person is through. */
export const resultOf = (personId: string, grantId: string, now: Date) => {
  const person = personById(personId)
  if (!person) throw new Error(`There is no person ${personId}`)
  return {
    login: {
      accountId: subjectOf(person),
      acr: acr.high,
      amr: ['bid'],
      remember: false,
      ts: Math.floor(now.getTime() / 1000),
    },
    consent: { grantId },
  }
}
