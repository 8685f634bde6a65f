// Metadata of a document as it is written in openapi.yaml. src/accounting judges it; a test keeps the two in step.
import { Type } from 'typebox'
import { amountPattern } from '../../accounting/amounts.ts'
import { annualAccountsParts } from '../../accounting/annual-accounts/parts.ts'
import { authorities } from '../../accounting/contract/signature-rights.ts'
import { retentionYears } from '../../accounting/every-kind/retention.ts'
import { Language, PlainText } from './common.ts'

const OrganisationNumber = Type.String({
  format: 'organisation-number',
  pattern: '^[0-9]{9}$',
  description: 'Organisasjonsnummer: nine digits with a control digit.',
  examples: ['987654325'],
})
const Name = PlainText({ maxLength: 200 })
const CalendarDate = Type.String({ format: 'date' })

const common = {
  title: PlainText({ maxLength: 200, description: 'What the signers read.' }),
  fileName: Type.Optional(PlainText({ maxLength: 200, pattern: '^[^/\\\\]+$' })),
  language: Type.Optional(Language),
  normalise: Type.Optional(
    Type.Boolean({
      description:
        'Rewrite a file that cannot be signed as it is, or only with a warning: form fields become part of their pages, a ' +
        'hybrid cross-reference becomes a plain one, a slightly damaged structure is repaired where all readers agree about it. ' +
        'Both hashes are kept. Without it every byte stays, or the file is refused.',
    }),
  ),
  retention: Type.Optional(
    Type.Union(
      [
        Type.Object(
          {
            years: Type.Enum([...retentionYears]),
            reason: Type.Optional(PlainText({ maxLength: 200 })),
          },
          { additionalProperties: false },
        ),
        Type.Object(
          { until: Type.String({ format: 'date' }), reason: PlainText({ maxLength: 200 }) },
          { additionalProperties: false },
        ),
      ],
      { description: 'A period of storage of your own, not shorter than the law demands (bokføringsloven § 13).' },
    ),
  ),
}

const FiscalYear = Type.Union([
  Type.Integer({ minimum: 1900, maximum: 2999, description: 'A calendar year.' }),
  Type.Object({ from: CalendarDate, to: CalendarDate }, { additionalProperties: false }),
])

export const AnnualAccountsMetadata = Type.Object(
  {
    kind: Type.Literal('annualAccounts'),
    ...common,
    organisationNumber: OrganisationNumber,
    organisationName: Name,
    fiscalYear: FiscalYear,
    parts: Type.Optional(
      Type.Array(Type.Enum([...annualAccountsParts]), {
        minItems: 1,
        maxItems: annualAccountsParts.length,
        uniqueItems: true,
      }),
    ),
    signedOn: Type.Optional(
      Type.String({ format: 'date', description: 'Day of the board’s signing, when it is printed in the file.' }),
    ),
    auditorsReportDate: Type.Optional(
      Type.String({ format: 'date', description: 'Date of the auditor’s report, when it is printed in the file.' }),
    ),
  },
  { title: 'AnnualAccountsMetadata', additionalProperties: false },
)

const SignatureRight = Type.Object(
  {
    by: Type.Enum([...authorities], { description: 'Firmategning, prokura or fullmakt.' }),
    count: Type.Integer({ minimum: 1, maximum: 20, description: 'How many together: 1 is alone, 2 two jointly.' }),
    holders: Type.Optional(
      Type.Array(Name, {
        minItems: 1,
        maxItems: 20,
        description: 'Who they are; anybody with that authority without.',
      }),
    ),
  },
  { additionalProperties: false, title: 'SignatureRight' },
)

export const ContractMetadata = Type.Object(
  {
    kind: Type.Literal('contract'),
    ...common,
    parties: Type.Array(
      Type.Object(
        {
          name: Name,
          organisationNumber: Type.Optional(OrganisationNumber),
          signatureRights: Type.Optional(
            Type.Array(SignatureRight, {
              minItems: 1,
              maxItems: 10,
              description:
                'Ways to bind the party, any one of which is enough. Without them nothing is asked of its signers.',
            }),
          ),
        },
        { additionalProperties: false },
      ),
      { minItems: 2, maxItems: 40 },
    ),
    organisationNumber: Type.Optional(OrganisationNumber),
    organisationName: Type.Optional(Name),
    date: Type.Optional(CalendarDate),
    fiscalYear: Type.Optional(FiscalYear),
  },
  { title: 'ContractMetadata', additionalProperties: false },
)

export const VoucherMetadata = Type.Object(
  {
    kind: Type.Literal('voucher'),
    ...common,
    series: Type.Optional(PlainText({ maxLength: 40 })),
    number: PlainText({ maxLength: 40 }),
    date: CalendarDate,
    amount: Type.String({ pattern: amountPattern.source, description: 'Decimal string.', examples: ['12500.00'] }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217.', examples: ['NOK'] }),
    counterparty: Type.Optional(
      Type.Object(
        { name: Name, organisationNumber: Type.Optional(OrganisationNumber) },
        { additionalProperties: false },
      ),
    ),
    accountCodes: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{3,10}$' }), { minItems: 1, maxItems: 100 })),
    organisationNumber: Type.Optional(OrganisationNumber),
    organisationName: Type.Optional(Name),
    fiscalYear: Type.Optional(FiscalYear),
  },
  { title: 'VoucherMetadata', additionalProperties: false },
)

export const MetadataSchema = Type.Union([AnnualAccountsMetadata, ContractMetadata, VoucherMetadata], {
  title: 'Metadata',
  discriminator: {
    propertyName: 'kind',
    mapping: {
      annualAccounts: '#/components/schemas/AnnualAccountsMetadata',
      contract: '#/components/schemas/ContractMetadata',
      voucher: '#/components/schemas/VoucherMetadata',
    },
  },
})
