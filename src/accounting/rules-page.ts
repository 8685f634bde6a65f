// docs/rules.md, written from the rules themselves: their laws, their words, and their examples.

import type { DocumentRule, Kind } from './document-rule.ts'
import { factsOf, requestOf } from './example-facts.ts'
import { judge } from './judge.ts'
import type { OrderRule } from './order-rule.ts'
import { documentRules, orderRules } from './rules.ts'

const introduction = `# Accounting rules

Segl knows what it is asked to have signed. Each rule is one file in \`src/accounting/\` with the law behind it; this page is written by
\`npm run rules\`, its examples are those of the tests and of [openapi.yaml](../openapi.yaml), and what the rules say in them is what they
answer. \`GET /v1/rules\` lists the same rules.

- A rule of the stage _document_ is asked at \`POST /v1/documents\`, one of the stage _order_ at \`POST /v1/orders\` (of a draft: when it is
  activated) and at \`POST /v1/orders/check\`, which stores nothing.
- **Refusals** come all in one answer, each with its \`pointer\`, \`code\` (for orders the rule's id) and \`detail\` in the order's language.
  Where the table says _yes_, the order may break the rule: \`"overrides": [{"rule": "…", "reason": "…"}]\`. Rule, reason and what was
  found are kept in the order and in its audit trail.
- **Warnings** stand in the order: \`warnings[{code, pointer, detail, date}]\`.
- Who is on the board comes from a company register (\`COMPANY_REGISTER_FILE\`; \`GET /v1/companies/{organisationNumber}/signatories\`
  suggests the signers). It may lag behind, so what it says can always be overridden.
- Several vouchers may go in one order, signed by the same people in one act; or one voucher per order, when they are to be closed one
  by one. An order holds documents to sign of one kind; annexes may be of any.
- Four eyes are asked again when attestant and approver have logged in with BankID, so that links given on change nothing.
`

const kinds: readonly (readonly [string, readonly Kind[]])[] = [
  ['Annual accounts', ['annualAccounts']],
  ['Contracts', ['contract']],
  ['Vouchers', ['voucher']],
  ['Every kind', ['annualAccounts', 'contract', 'voucher']],
]

const retention = `## How long documents are kept

\`retention\` of an order says until when, and why: the document that must be kept longest decides (bokføringsloven § 13).

| Kind | Kept for | Counted from |
|---|---|---|
| Annual accounts, vouchers | 5 years | the end of their fiscal year: the one they name, for a voucher else the calendar year of its date |
| Contracts | 3.5 years | the same; without a date the year in which the order was completed |
| \`"retention": {"years": 10}\` | 10 years | the same; construction accounts, adjustment of VAT on real property, banks |
| \`"retention": {"until": "…", "reason": "…"}\` | until that day | – ; not before the law's own last day |
`

/** The text of docs/rules.md. */
export function rulesPage(): string {
  const all: readonly (DocumentRule | OrderRule)[] = [...documentRules, ...orderRules]
  const sections = kinds.map(([title, of]) => {
    const rules = all.filter((rule) => rule.kinds.join() === of.join())
    return [`## ${title}`, '', table(rules), '', ...rules.map(details)].join('\n')
  })
  return [introduction, ...sections, retention].join('\n')
}

const table = (rules: readonly (DocumentRule | OrderRule)[]): string =>
  [
    '| Rule | What holds | Law | Stage | Severity | Override |',
    '|---|---|---|---|---|---|',
    ...rules.map(
      ({ id, title, law, stage, severity, overridable }) =>
        `| \`${id}\` | ${title} | ${law} | ${stage} | ${severity} | ${overridable ? 'yes' : 'no'} |`,
    ),
  ].join('\n')

function details(rule: DocumentRule | OrderRule): string {
  const [passing, failing, said] =
    rule.stage === 'document'
      ? [rule.passing, rule.failing, rule.check(rule.failing)]
      : [shown(rule.passing), shown(rule.failing), saidOf(rule)]
  return [
    `<details><summary><code>${rule.id}</code>: examples</summary>`,
    '',
    'Passes:',
    '',
    json(passing),
    '',
    'Fails:',
    '',
    json(failing),
    '',
    ...said.map(({ pointer, detail }) => `- \`${pointer}\`: ${detail}`),
    '',
    '</details>',
    '',
  ].join('\n')
}

function saidOf(rule: OrderRule) {
  const { errors, warnings } = judge(factsOf(rule.failing), [], 'en')
  return [...errors, ...warnings].filter(({ code }) => code === rule.id)
}

const shown = (example: OrderRule['passing']) => ({
  ...(example.company && { companyRegister: example.company }),
  today: example.today,
  metadata: example.metadata,
  order: requestOf(example),
})

/** One line per member, and per element of a list in it: short enough to compare, long enough to read. */
function json(value: object): string {
  const members = Object.entries(value).map(([name, member]) => {
    const lines = Array.isArray(member) ? `[\n${member.map((one) => `    ${spaced(one)}`).join(',\n')}\n  ]` : undefined
    const inner = name === 'order' && typeof member === 'object' ? json(member).split('\n').slice(1, -1) : undefined
    return `  ${JSON.stringify(name)}: ${inner ? inner.join('\n  ') : (lines ?? spaced(member))}`
  })
  return ['```json', `{\n${members.join(',\n')}\n}`, '```'].join('\n')
}

/** JSON on one line, with spaces where people expect them. */
const spaced = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ')
