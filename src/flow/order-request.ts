// A request for an order as the story takes it, and what is wrong with one by itself, without a look at the database.
import { checkNationalIdentityNumber } from '../accounting/identifiers.ts'
import type { Override } from '../accounting/judge.ts'
import { type FieldError, SeglError } from '../errors.ts'
import type {
  GroupRule,
  Language,
  Level,
  LoginMethod,
  Mandate,
  NameMismatchPolicy,
  Placement,
  Reminders,
  SenderMail,
} from './model.ts'
import { returnUrlAllowed } from './return-url.ts'
import { maximumSlots, spareSlots } from './slots.ts'

export type OrderedSigner = {
  readonly role: string
  readonly group: number
  readonly name: string
  /** Who must log in: this number, else this name and birth date, else somebody of this name. */
  readonly person: { readonly nationalIdentityNumber?: string; readonly birthDate?: string }
  /** Whoever has the link. */
  readonly anyone?: boolean
  readonly level: Level
  /** Ways to log in that are accepted; empty: any of the level. */
  readonly methods: readonly LoginMethod[]
  readonly language: Language
  readonly onBehalfOf?: string
  readonly email?: string
  readonly mayDelegate?: boolean
  readonly placements?: readonly Placement[]
  /** By what authority he binds the one he signs for, and how much he may approve. */
  readonly mandate?: Mandate
}

export type OrderedDocument = { readonly id: string; readonly role: 'sign' | 'annex' }

export type OrderRequest = {
  readonly tenantId: string
  /** What a draft is changed from: the request as it came. Only a draft has one. */
  readonly draft?: unknown
  readonly title: string
  readonly reference?: string
  readonly language: Language
  readonly documents: readonly OrderedDocument[]
  readonly signers: readonly OrderedSigner[]
  /** Groups of which fewer than all have to sign. */
  readonly groups?: readonly GroupRule[]
  readonly returnUrl?: string
  readonly activateAt?: Date
  readonly deadline?: Date
  readonly reminders?: Reminders
  readonly notify?: SenderMail
  /** `hold` by default. */
  readonly onNameMismatch?: NameMismatchPolicy
  /** The failed order in whose place this one is. */
  readonly replaces?: string
  /** Accounting rules that the sender goes on in spite of, and why. */
  readonly overrides?: readonly Override[]
}

export type OrderRules = {
  /** Origins that `returnUrl` may have (see return-url.ts). */
  readonly returnUrlAllow: readonly string[]
  /** Refuse numbers that a living person may have. */
  readonly syntheticOnly: boolean
}

/** What is wrong with the request by itself, without a look at the database. */
export function mistakes(
  request: Omit<OrderRequest, 'tenantId' | 'title' | 'language'>,
  rules: OrderRules,
): readonly FieldError[] {
  const errors: FieldError[] = []
  const { signers, documents, returnUrl } = request
  const least = request.draft === undefined ? 1 : 0
  if (signers.length < least || signers.length > maximumSlots - spareSlots) {
    errors.push(wrongSigners('/signers', `An order has 1 to ${maximumSlots - spareSlots} signers.`))
  }
  const groups = new Set(signers.map((signer) => signer.group))
  if (signers.length > 0 && Math.max(...groups) !== groups.size) {
    errors.push(wrongSigners('/signers', 'Groups are numbered 1, 2, 3 … without gaps: the lowest group signs first.'))
  }
  errors.push(...groupMistakes(request.groups ?? [], signers))
  for (const [index, { level, methods }] of signers.entries()) {
    if (level !== 'high' || methods.length === 0 || methods.some((method) => method !== 'passkey')) continue
    errors.push(
      wrongSigners(`/signers/${index}/methods`, 'A passkey is of the level `substantial`; this needs `high`.'),
    )
  }
  for (const [index, signer] of signers.entries())
    errors.push(...personMistakes(signer, `/signers/${index}`, rules.syntheticOnly))
  const ids = documents.map((document) => document.id)
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) < index) errors.push(invalid(`/documents/${index}/id`, 'The document is named twice.'))
  }
  if (!documents.some((document) => document.role === 'sign')) {
    errors.push(invalid('/documents', 'At least one document must have the role `sign`.'))
  }
  if (request.activateAt && request.deadline && request.deadline <= request.activateAt) {
    errors.push(invalid('/deadline', 'The deadline must lie after the activation.'))
  }
  if (returnUrl !== undefined && !returnUrlAllowed(returnUrl, rules.returnUrlAllow)) {
    errors.push({
      pointer: '/returnUrl',
      code: 'RETURN_URL_NOT_ALLOWED',
      detail:
        'Its origin is not on the allow-list of this installation (RETURN_URL_ORIGINS). Ask its operator to add it.',
    })
  }
  return errors
}

/** `required` of a group is a number of signers that it has. */
function groupMistakes(groups: readonly GroupRule[], signers: readonly OrderedSigner[]): readonly FieldError[] {
  return groups.flatMap(({ number, required }, index) => {
    const size = signers.filter(({ group }) => group === number).length
    if (groups.findIndex((other) => other.number === number) < index) {
      return [wrongSigners(`/groups/${index}/number`, 'The group is named twice.')]
    }
    if (size === 0) return [wrongSigners(`/groups/${index}/number`, 'No signer is in this group.')]
    if (required <= size) return []
    return [wrongSigners(`/groups/${index}/required`, `Only ${size} can sign in this group.`)]
  })
}

/** `at`: pointer to the signer. */
export function personMistakes(
  signer: Pick<OrderedSigner, 'person' | 'anyone'>,
  at: string,
  syntheticOnly: boolean,
): readonly FieldError[] {
  const { nationalIdentityNumber: number, birthDate } = signer.person
  if (signer.anyone && (number !== undefined || birthDate !== undefined)) {
    return [
      wrongSigners(`${at}/anyone`, 'Somebody is named in `person`: that is not anyone. Leave out one of the two.'),
    ]
  }
  if (number === undefined) return []
  const pointer = `${at}/person/nationalIdentityNumber`
  const answer = checkNationalIdentityNumber(number)
  if (!answer.valid) return [{ pointer, code: answer.code, detail: answer.detail }]
  if (answer.synthetic || !syntheticOnly) return []
  const detail =
    'This installation signs with a simulated BankID: name synthetic people only (month + 80, as Tenor has them).'
  return [{ pointer, code: 'NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC', detail }]
}

/** What is wrong with the request at this time: whatever is to happen must still lie ahead. */
export function lateness(request: Pick<OrderRequest, 'activateAt' | 'deadline'>, now: Date): readonly FieldError[] {
  const { activateAt, deadline } = request
  return [
    ...(activateAt && activateAt <= now ? [invalid('/activateAt', 'The activation must lie in the future.')] : []),
    ...(deadline && deadline <= now ? [invalid('/deadline', 'The deadline must lie in the future.')] : []),
  ]
}

export const invalid = (pointer: string, detail: string): FieldError => ({ pointer, code: 'INVALID_REQUEST', detail })
const wrongSigners = (pointer: string, detail: string): FieldError => ({ pointer, code: 'SIGNERS_INVALID', detail })

/** Throws with all mistakes, under the code they share, or INVALID_REQUEST when they differ. */
export function refuseAny(errors: readonly FieldError[]): void {
  const first = errors[0]
  if (first === undefined) return
  const same = errors.every((error) => error.code === first.code)
  const detail =
    errors.length === 1
      ? first.detail
      : `${errors.length} fields of the request are wrong. Each is named in \`errors\`.`
  throw new SeglError(same ? first.code : 'INVALID_REQUEST', detail, { errors })
}
