// One visit of one person: the steps of the chosen means, or the password for given hashes. What comes next, what went wrong.
import { createHash, timingSafeEqual } from 'node:crypto'
import { join } from 'node:path'
import type { Provider } from 'oidc-provider'
import { type Approval, readApproval } from './approval.ts'
import { type Clock, plusSeconds } from './clock.ts'
import type { Credentials } from './credentials.ts'
import type { Devices } from './devices.ts'
import { allowedMeans, type Hint, type Means, meansInOrder, proofOf, readHint } from './means.ts'
import { lifetime, subjectOf } from './oidc.ts'
import type { Passkeys } from './passkeys.ts'
import { ageOf, type Person, personById, personByMobile, personByNumber } from './people.ts'
import type { Phone } from './phone.ts'
import { createShelf, type Shelf } from './state-files.ts'
import type { MessageKey } from './texts.ts'

export type Step = 'number' | 'code' | 'password' | 'approve' | 'push' | 'mobile' | 'words' | 'passkey'

/** A sentence for the person, with the attempts that are left where it counts them. */
export type Message = { key: MessageKey; left?: number }

type State = { step: Step; means: Means; personId?: string; requestId?: string; message?: Message }

/** What a login leaves for the calls that follow it: who, and in which browser. */
export type Login = { personId: string; browser: string }

export type View = {
  step: Step
  means: Means
  /** Other means that the request allows. */
  others: Means[]
  hint: Hint
  person?: Person
  message?: Message
  approval?: Approval
  /** The reference words to compare with the phone's. */
  words?: string
  /** Which step of how many. */
  steps: [number, number]
}

export type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

export type Outcome =
  | { kind: 'again' }
  | { kind: 'done'; person: Person; means: Means; grantId: string }
  | { kind: 'cancelled' }

type Form = Record<string, unknown>

const browserHash = (cookie: string): string => createHash('sha256').update(cookie).digest('hex')

const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const digitsOf = (value: unknown): string => textOf(value).replace(/[\s.-]/g, '')

const approvalOf = (interaction: Interaction): Approval | undefined => {
  const details = interaction.params['authorization_details']
  if (typeof details !== 'string') return undefined
  const first: unknown = JSON.parse(details)[0]
  return typeof first === 'object' && first !== null ? readApproval(first) : undefined
}

const scopesOf = (interaction: Interaction): string[] => textOf(interaction.params['scope']).split(' ')

/** The steps of each means; a visit that approves hashes ends with the password in any case. */
const stepsOf = (means: Means, approves: boolean): Step[] => {
  const last = approves ? ('approve' as const) : undefined
  switch (means) {
    case 'device':
      return ['number', 'code', last ?? 'password']
    case 'app':
      return ['number', 'push', last ?? 'password']
    case 'mobile':
      return last ? ['mobile', 'words', last] : ['mobile', 'words']
    case 'passkey':
      return ['passkey']
  }
}

export type Ceremonies = {
  view(interaction: Interaction, browser: string | undefined): View
  /** Takes one submitted form; `again` means: show the page anew. */
  submit(interaction: Interaction, form: Form, browser: string): Promise<Outcome>
  loginOf(grantId: string): Login | undefined
  forget(grantId: string): void
  sweep(): number
}

export const createCeremonies = (options: {
  folder: string
  clock: Clock
  devices: Devices
  phone: Phone
  passkeys: Passkeys
  credentials: Credentials
  provider: Provider
  cscResource: string
  clientName(clientId: string): string
}): Ceremonies => {
  const { folder, clock, devices, phone, passkeys, credentials, provider, cscResource } = options
  const states: Shelf<State> = createShelf(join(folder, 'ceremonies'), clock, (value) => value as State)
  const logins: Shelf<Login> = createShelf(join(folder, 'logins'), clock, (value) => value as Login)

  const signs = (interaction: Interaction): boolean =>
    approvalOf(interaction) !== undefined || scopesOf(interaction).includes('service')

  const allowed = (interaction: Interaction): Means[] =>
    allowedMeans(textOf(interaction.params['acr_values']), signs(interaction))

  const hintOf = (interaction: Interaction): Hint => readHint(textOf(interaction.params['login_hint']))

  const startOf = (means: Means): State => ({ means, step: stepsOf(means, false)[0] ?? 'number' })

  /** In the browser that logged in, the password is enough; elsewhere the person identifies himself from the start. */
  const firstState = (interaction: Interaction, browser: string | undefined): State => {
    const approval = approvalOf(interaction)
    const credential = approval && credentials.find(approval.credentialID)
    if (credential && browser !== undefined && credential.browser === browserHash(browser)) {
      return { step: 'approve', means: 'device', personId: credential.personId }
    }
    const choices = allowed(interaction)
    const hinted = hintOf(interaction).means
    return startOf(hinted && choices.includes(hinted) ? hinted : (choices[0] ?? 'device'))
  }

  /** Where the visit is, the phone's answer included. */
  const stateOf = (interaction: Interaction, browser: string | undefined): State => {
    const state = states.get(interaction.uid) ?? firstState(interaction, browser)
    if (state.requestId === undefined) return state
    const request = phone.find(state.requestId)
    if (!request) return { ...startOf(state.means), message: { key: 'timedOut' } }
    if (request.status === 'rejected') return { ...startOf(state.means), message: { key: 'rejected' } }
    if (request.status === 'approved' && state.step === 'push') {
      return { step: signsNow(interaction) ? 'approve' : 'password', means: state.means, ...personOf(state) }
    }
    return state
  }
  const signsNow = (interaction: Interaction): boolean => approvalOf(interaction) !== undefined
  const personOf = ({ personId }: State) => ({ ...(personId !== undefined && { personId }) })

  const refusalOf = (person: Person, interaction: Interaction): Message | undefined => {
    const approval = approvalOf(interaction)
    if (person.revoked) return { key: 'revoked' }
    if (devices.isLocked(person)) return { key: 'locked' }
    if (signs(interaction) && ageOf(person, clock()) < 18) return { key: 'underAge' }
    if (approval && credentials.find(approval.credentialID)?.personId !== person.id) return { key: 'otherPerson' }
    return undefined
  }

  const complete = async (
    interaction: Interaction,
    person: Person,
    means: Means,
    browser: string,
  ): Promise<Outcome> => {
    devices.clearFailures(person)
    const scopes = scopesOf(interaction)
    const approval = approvalOf(interaction)
    const grant = new provider.Grant({
      accountId: subjectOf(person),
      clientId: String(interaction.params['client_id']),
    })
    grant.addOIDCScope(scopes.filter((scope) => ['openid', 'profile', 'nnin_altsub'].includes(scope)).join(' '))
    if (approval) grant.addRar(approval)
    for (const scope of ['service', 'credential'])
      if (scopes.includes(scope)) grant.addResourceScope(cscResource, scope)
    const grantId = await grant.save()
    logins.put(grantId, { personId: person.id, browser: browserHash(browser) }, plusSeconds(clock(), lifetime.service))
    states.remove(interaction.uid)
    return { kind: 'done', person, means, grantId }
  }

  return {
    view(interaction, browser) {
      const state = stateOf(interaction, browser)
      const person = personById(state.personId ?? '')
      const approval = approvalOf(interaction)
      const message = (person && refusalOf(person, interaction)) ?? state.message
      const words = phone.find(state.requestId ?? '')?.words
      const order = stepsOf(state.means, approval !== undefined)
      const atStart = order.indexOf(state.step) === 0
      return {
        step: state.step,
        means: state.means,
        others: atStart || state.step === 'code' ? allowed(interaction).filter((one) => one !== state.means) : [],
        hint: hintOf(interaction),
        steps: [order.indexOf(state.step) + 1, order.length],
        ...(person && { person }),
        ...(message && { message }),
        ...(approval && { approval }),
        ...(words && { words }),
      }
    },

    async submit(interaction, form, browser) {
      const state = stateOf(interaction, browser)
      const leavePhone = (): void => {
        if (state.requestId !== undefined) phone.remove(state.requestId)
      }
      if (form['step'] === 'cancel') {
        leavePhone()
        states.remove(interaction.uid)
        return { kind: 'cancelled' }
      }
      const again = (next: State): Outcome => {
        states.put(interaction.uid, next, plusSeconds(clock(), lifetime.interaction))
        return { kind: 'again' }
      }
      const { step, means } = state
      const switchTo = meansInOrder.find((one) => form['step'] === `means:${one}`)
      if (switchTo) {
        if (step === 'approve' || !allowed(interaction).includes(switchTo)) return { kind: 'again' }
        leavePhone()
        return again(startOf(switchTo))
      }
      // A form of another step: sent twice, or from a page that the back button brought up. The page itself says what is next.
      if (form['step'] !== step) return { kind: 'again' }

      const askPhone = (person: Person, kind: 'app' | 'mobile', next: Step): Outcome => {
        const request = phone.ask({
          personId: person.id,
          kind,
          client: options.clientName(String(interaction.params['client_id'])),
          documents: approvalOf(interaction)?.documentDigests ?? [],
        })
        return again({ step: next, means, personId: person.id, requestId: request.id })
      }

      if (step === 'number' || step === 'mobile') {
        const person =
          step === 'number'
            ? personByNumber(digitsOf(form['number']))
            : personByMobile(digitsOf(form['mobile']), digitsOf(form['birth']))
        if (!person) return again({ step, means, message: { key: step === 'number' ? 'wrongNumber' : 'wrongMobile' } })
        const refusal = refusalOf(person, interaction)
        if (refusal) return again({ step, means, message: refusal })
        if (step === 'mobile') return askPhone(person, 'mobile', 'words')
        return means === 'app' ? askPhone(person, 'app', 'push') : again({ step: 'code', means, personId: person.id })
      }
      if (step === 'passkey') {
        const person = await passkeys.verify(interaction.uid, readJson(form['response']))
        const refusal: Message | undefined = person ? refusalOf(person, interaction) : { key: 'wrongPasskey' }
        if (!person || refusal) return again({ step, means, ...(refusal && { message: refusal }) })
        return complete(interaction, person, means, browser)
      }

      const person = personById(state.personId ?? '')
      if (!person) return again(startOf(means))
      if (refusalOf(person, interaction)) return { kind: 'again' }
      const wrong = (key: MessageKey): Outcome =>
        again({ ...state, message: { key, left: devices.countFailure(person) } })
      const approves = signsNow(interaction)

      switch (step) {
        case 'push':
          return { kind: 'again' }
        case 'code': {
          const verdict = devices.check(person, digitsOf(form['code']))
          if (verdict === 'used') return again({ ...state, message: { key: 'usedCode' } })
          if (verdict === 'wrong') return wrong('wrongCode')
          return again({ step: approves ? 'approve' : 'password', means, personId: person.id })
        }
        case 'words': {
          const request = phone.find(state.requestId ?? '')
          if (request?.status !== 'approved') return again({ ...state, message: { key: 'notYetApproved' } })
          if (!sameText(digitsOf(form['code']), request.code ?? '')) return wrong('wrongCode')
          leavePhone()
          if (approves) return again({ step: 'approve', means, personId: person.id })
          return complete(interaction, person, means, browser)
        }
        default: {
          if (!sameText(String(form['password'] ?? ''), person.password)) return wrong('wrongPassword')
          return complete(interaction, person, means, browser)
        }
      }
    },

    loginOf: (grantId) => logins.get(grantId),
    forget: (grantId) => logins.remove(grantId),
    sweep: () => states.sweep() + logins.sweep() + phone.sweep() + passkeys.sweep(),
  }
}

const readJson = (value: unknown): unknown => {
  try {
    return JSON.parse(textOf(value))
  } catch {
    return undefined
  }
}

/** What the OpenID provider is told when the person is through. */
export const resultOf = (outcome: { person: Person; means: Means; grantId: string }, now: Date) => ({
  login: {
    accountId: subjectOf(outcome.person),
    acr: proofOf[outcome.means].acr,
    amr: [...proofOf[outcome.means].amr],
    remember: false,
    ts: Math.floor(now.getTime() / 1000),
  },
  consent: { grantId: outcome.grantId },
})
