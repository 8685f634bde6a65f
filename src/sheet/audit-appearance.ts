// The audit sheet's text, which is the appearance of the organisation's seal: one page, whatever there is to tell.
import type { Appearance } from '../kernel/pdf/index.ts'
import { exactDateTime, type Language, organisationNumber, roleName, text, utcDateTime } from '../text/index.ts'
import { type AuditEvent, drawEvents, eventsHeight } from './audit-events.ts'
import { type Canvas, canvas, type TextStyle, textWidth } from './canvas.ts'
import {
  column,
  drawFoot,
  drawHash,
  drawHead,
  drawMark,
  drawSection,
  ink,
  muted,
  tint,
  wax,
  waxTint,
  wholePage,
} from './design.ts'
import { drawingResources } from './resources.ts'
import { breakAtMost, cut, shrink } from './typesetting.ts'

export type AuditSigner = {
  /** As BankID gave it. */
  readonly name: string
  /** As the order had it, where that is another name. */
  readonly orderedName?: string
  readonly role: string
  readonly onBehalfOf: string | null
  /** Time of the signature's time-stamp. */
  readonly signedAt: Date
  readonly level: 'substantial' | 'high'
  /** Serial number in hex and common name of the issuer. */
  readonly certificate: { readonly serial: string; readonly issuer: string }
}

export type AuditAppearanceInput = {
  readonly language: Language
  /** The document's title. */
  readonly title: string
  readonly organisation: { readonly number: string; readonly name: string } | null
  readonly reference: string | null
  readonly orderId: string
  readonly outcome: 'completed' | 'declined' | 'cancelled' | 'expired'
  /** SHA-256 of the upload, hex. */
  readonly uploadSha256: string
  /** SHA-256 of what was sent, where that was rewritten on request: the upload is then the rewritten file. */
  readonly originalSha256?: string | undefined
  /** SHA-256 of the file with all signatures, before the seal, hex. */
  readonly signedSha256?: string | undefined
  readonly kind?: 'annualAccounts' | 'contract' | 'voucher' | undefined
  /** Pages of the upload. */
  readonly pages?: number | undefined
  /** Signatures in the document, in the order in which they were made. */
  readonly signers: readonly AuditSigner[]
  /** Those who were asked and did not sign. */
  readonly notSigned?: readonly { readonly name: string; readonly role: string }[] | undefined
  /** The trail, oldest first. */
  readonly events: readonly AuditEvent[]
  /** Hash of the last trail event, hex. */
  readonly trailHead: string
  /** Who seals. When, only the seal's time-stamp tells: the sheet is part of what is sealed. */
  readonly sealOrganisation: string
}

/** How dense the middle of the page is set: size of its text in points, lines of a signature, and the gap after it in sizes. */
type Density = { readonly size: number; readonly roomy: boolean; readonly gap: number }

const densities: readonly Density[] = [
  { size: 8, roomy: true, gap: 1 },
  { size: 7.5, roomy: true, gap: 1 },
  { size: 7, roomy: false, gap: 0.7 },
  { size: 6.5, roomy: false, gap: 0.7 },
  { size: 6, roomy: false, gap: 0.7 },
  { size: 5.5, roomy: false, gap: 0.7 },
  { size: 5, roomy: false, gap: 0.7 },
]
/** Forty signatures, the most there can be, and still a line of events. */
const densest: Density = { size: 5, roomy: false, gap: 0.1 }

const bottom = 156
const gutter = 18
const half = (column.width - gutter) / 2
/** Events that are worth smaller print before they are left to the machine-readable trail. */
const eventsWanted = 12

/** The appearance of the seal: all the sheet's text. Signatures are always all there; events as many as fit. */
export function auditAppearance(input: AuditAppearanceInput): Appearance {
  const on = canvas()
  const top = drawTop(on, input)
  const room = top - bottom
  const fits = (density: Density, events: number) =>
    signersHeight(input, density) + eventsHeight(events, density.size) <= room
  const density =
    densities.find((candidate) => fits(candidate, input.events.length)) ??
    densities.find((candidate) => fits(candidate, Math.min(input.events.length, eventsWanted))) ??
    densities.find((candidate) => fits(candidate, 2)) ??
    densest
  const below = drawSigners(on, input, top, density)
  drawEvents(on, input.events, { top: below, floor: bottom }, density.size, input.language)
  drawBottom(on, input)
  return { content: on.bytes(), bbox: wholePage, resources: drawingResources() }
}

function drawTop(on: Canvas, input: AuditAppearanceInput): number {
  const { language } = input
  const words = text(language)
  let y = drawHead(on, words.audit.title) - 34
  on.text(column.left, y, words.audit.title, { weight: 'semibold', size: 22, colour: ink })
  on.text(column.left, y - 15, words.audit.subtitle, { size: 9.5, colour: muted })
  y -= 38
  const label: TextStyle = { size: 8, colour: muted }
  const facts = factsOf(input)
  const hashes: (readonly [string, string])[] =
    input.originalSha256 === undefined
      ? [[words.audit.originalFile, input.uploadSha256]]
      : [
          [words.audit.originalFile, input.originalSha256],
          [words.audit.normalisedFile, input.uploadSha256],
        ]
  if (input.signedSha256 !== undefined) hashes.push([words.audit.revisionFile, input.signedSha256])
  const widest = Math.max(...[...facts, ...hashes].map(([title]) => textWidth(title, label)))
  const indent = column.left + Math.min(widest + 14, 168)
  for (const [index, [title, content]] of facts.entries()) {
    const value: TextStyle = { weight: index === 0 ? 'semibold' : 'regular', size: 8, colour: ink }
    on.text(column.left, y, title, label)
    on.text(indent, y, cut(content, value, column.right - indent), value)
    y -= 12
  }
  for (const [title, hash] of hashes) {
    on.text(column.left, y, title, label)
    drawHash(on, indent, y, hash, { size: 7, colour: ink }, 1)
    y -= 12
  }
  return y - 2
}

function factsOf(input: AuditAppearanceInput): readonly (readonly [string, string])[] {
  const { kind, language, orderId, organisation, outcome, pages, reference, title } = input
  const words = text(language)
  const facts: (readonly [string, string])[] = [[words.sheet.document, title]]
  const what = [kind && words.kinds[kind], pages && words.sheet.pagesValue(pages)].filter(Boolean).join(', ')
  if (what !== '') facts.push([words.sheet.kind, what])
  if (organisation !== null) {
    const number = words.sheet.organisationNumber(organisationNumber(organisation.number))
    facts.push([words.sheet.organisation, `${organisation.name}, ${number}`])
  }
  facts.push([words.sheet.order, reference === null ? orderId : `${orderId} (${reference})`])
  facts.push([words.audit.outcome, words.outcomes[outcome]])
  return facts
}

/** Lines of one signature: bold name first. */
function signerLines(
  signer: AuditSigner,
  language: Language,
  roomy: boolean,
  commonIssuer: string | undefined,
): readonly string[] {
  const words = text(language)
  const role = roleName(signer.role, language)
  const capacity = signer.onBehalfOf === null ? role : `${role} ${words.sheet.onBehalfOf(signer.onBehalfOf)}`
  const oslo = exactDateTime(signer.signedAt, language)
  const how = `BankID (${words.simulated.label}), ${words.audit.level(words.levels[signer.level])}`
  const certificate = `${words.audit.certificate} ${signer.certificate.serial}`
  const issuer = `${words.audit.issuedBy} ${signer.certificate.issuer}`
  return roomy
    ? [
        signer.name,
        capacity,
        `${oslo} (${words.audit.oslo}) · ${utcDateTime(signer.signedAt)}`,
        how,
        certificate,
        issuer,
      ]
    : [
        signer.name,
        capacity,
        `${oslo} · ${utcDateTime(signer.signedAt)} · ${words.audit.level(words.levels[signer.level])}`,
        commonIssuer === undefined ? `${certificate}, ${issuer}` : certificate,
      ]
}

/** Both names where they are two: BankID's first, then the order's, in a line of its own or before the last one. */
function withOrderedName(
  lines: readonly string[],
  { orderedName }: AuditSigner,
  language: Language,
  density: Density,
): readonly string[] {
  if (orderedName === undefined) return lines
  const line = text(language).audit.orderedName(orderedName)
  const [name = '', capacity = '', ...rest] = lines
  if (density !== densest) return [name, capacity, line, ...rest]
  return [name, capacity, ...rest.slice(0, -1), `${line} · ${rest.at(-1) ?? ''}`]
}

const lineStep = (size: number) => size * 1.32
const headHeight = (size: number) => size * 3.4
/** Lines of a signature; one more where the order had another name for somebody, unless there is no room for that. */
const linesOf = ({ signers }: Pick<AuditAppearanceInput, 'signers'>, density: Density): number =>
  (density.roomy ? 6 : 3) + (density !== densest && signers.some(isRenamed) ? 1 : 0)
const entryHeight = (input: AuditAppearanceInput, density: Density) =>
  linesOf(input, density) * lineStep(density.size) + density.size * density.gap
const isRenamed = ({ orderedName }: AuditSigner): boolean => orderedName !== undefined

function signersHeight(input: AuditAppearanceInput, density: Density): number {
  const { signers, notSigned = [] } = input
  const rows = Math.ceil(signers.length / 2) * entryHeight(input, density)
  const missing = notSigned.length === 0 ? 0 : (Math.ceil(notSigned.length / 2) + 0.6) * lineStep(density.size)
  return headHeight(density.size) + rows + missing
}

function drawSigners(on: Canvas, input: AuditAppearanceInput, top: number, density: Density): number {
  const { language, notSigned = [], signers } = input
  const { size, roomy } = density
  const words = text(language).audit
  // One issuer for all of them is said once, where the lines are short.
  const issuers = new Set(signers.map(({ certificate }) => certificate.issuer))
  const [issuer] = issuers
  const commonIssuer = !roomy && issuers.size === 1 ? issuer : undefined
  const title = words.signers(signers.length)
  const note = commonIssuer === undefined ? '' : `${words.certificates} ${words.issuedBy} ${commonIssuer}`
  drawSection(on, title, top, size, note)
  let y = top - headHeight(size)
  for (const [index, signer] of signers.entries()) {
    const x = column.left + (index % 2) * (half + gutter)
    const at = y - Math.floor(index / 2) * entryHeight(input, density)
    const lines = signerLines(signer, language, roomy, commonIssuer)
    drawSigner(on, withOrderedName(lines, signer, language, density), x, at, density)
  }
  y -= Math.ceil(signers.length / 2) * entryHeight(input, density)
  for (const [index, person] of notSigned.entries()) {
    const style: TextStyle = { size, colour: muted }
    const line = `${words.notSigned}: ${person.name}, ${roleName(person.role, language)}`
    const x = column.left + (index % 2) * (half + gutter)
    on.text(x, y - Math.floor(index / 2) * lineStep(size), cut(line, style, half), style)
  }
  return top - signersHeight(input, density)
}

function drawSigner(on: Canvas, lines: readonly string[], x: number, y: number, { size, roomy }: Density): void {
  const [name = '', capacity = '', ...rest] = lines
  const strong: TextStyle = { weight: 'semibold', size: roomy ? size + 1 : size, colour: ink }
  const plain: TextStyle = { size, colour: ink }
  const faint: TextStyle = { size: roomy ? size - 0.5 : size, colour: muted }
  let at = y
  if (roomy) {
    const fitted = { ...strong, size: shrink(name, strong, half, size - 1.5) }
    on.text(x, at, cut(name, fitted, half), fitted)
    at -= lineStep(size)
    on.text(x, at, cut(capacity, plain, half), plain)
  } else {
    // The name keeps most of the line, however long the capacity is.
    const shown = cut(name, strong, half * 0.72)
    const start = x + textWidth(shown, strong) + size * 0.6
    on.text(x, at, shown, strong)
    on.text(start, at, cut(capacity, plain, x + half - start), plain)
  }
  for (const line of rest) {
    at -= lineStep(size)
    on.text(x, at, cut(line, faint, half), faint)
  }
}

function drawBottom(on: Canvas, { language, sealOrganisation, trailHead }: AuditAppearanceInput): void {
  const words = text(language)
  const top = 146
  const height = 62
  on.fill(column.left, top - height, column.width, height, tint)
  drawMark(on, column.left + 32, top - height / 2, 21)
  const x = column.left + 66
  const style: TextStyle = { size: 7.5, colour: ink }
  const name: TextStyle = { weight: 'semibold', size: 9, colour: ink }
  on.text(x, top - 15, cut(`${words.audit.seal}: ${sealOrganisation}`, name, column.right - x - 8), name)
  on.text(x, top - 26, words.sheet.timeInStamp, { size: 7.5, colour: muted })
  for (const [index, line] of breakAtMost(
    words.audit.sealText(sealOrganisation),
    style,
    column.right - x - 8,
    3,
  ).entries()) {
    on.text(x, top - 37 - index * 9.5, line, style)
  }
  const hashAt = top - height - 12
  const label: TextStyle = { size: 7, colour: muted }
  on.text(column.left, hashAt, words.audit.trailHead, label)
  drawHash(
    on,
    column.left + textWidth(words.audit.trailHead, label) + 10,
    hashAt,
    trailHead,
    { size: 7, colour: ink },
    1,
  )
  const notice: TextStyle = { weight: 'semibold', size: 7.2, colour: wax }
  on.fill(column.left, hashAt - 21, column.width, 15, waxTint)
  on.fill(column.left, hashAt - 21, 3, 15, wax)
  on.text(column.left + 10, hashAt - 16, cut(words.audit.simulated, notice, column.width - 16), notice)
  drawFoot(on, words.sheet.verify, words.simulated.short)
}
