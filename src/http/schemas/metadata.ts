// Metadata of a document as it is written in openapi.yaml. src/accounting judges it; a test keeps the two in step.
import { Type } from 'typebox'
import { amountPattern } from '../../accounting/amounts.ts'
import { annualAccountsParts } from '../../accounting/annual-accounts/parts.ts'
import { Language } from './common.ts'

const OrganisationNumber = Type.String({
  format: 'organisation-number',
  pattern: '^[0-9]{9}$',
  description: 'Organisasjonsnummer: nine digits with a control digit.',
  examples: ['987654325'],
})
const Name = Type.String({ minLength: 1, maxLength: 200 })
const CalendarDate = Type.String({ format: 'date' })

const common = {
  title: Type.String({ minLength: 1, maxLength: 200, description: 'What the signers read.' }),
  fileName: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^/\\\\]+$' })),
  language: Type.Optional(Language),
}

export const AnnualAccountsMetadata = Type.Object(
  {
    kind: Type.Literal('annualAccounts'),
    ...common,
    organisationNumber: OrganisationNumber,
    organisationName: Name,
    fiscalYear: Type.Union([
      Type.Integer({ minimum: 1900, maximum: 2999, description: 'A calendar year.' }),
      Type.Object({ from: CalendarDate, to: CalendarDate }, { additionalProperties: false }),
    ]),
    parts: Type.Optional(
      Type.Array(Type.Enum([...annualAccountsParts]), {
        minItems: 1,
        maxItems: annualAccountsParts.length,
        uniqueItems: true,
      }),
    ),
  },
  { title: 'AnnualAccountsMetadata', additionalProperties: false },
)

export const ContractMetadata = Type.Object(
  {
    kind: Type.Literal('contract'),
    ...common,
    parties: Type.Array(
      Type.Object(
        { name: Name, organisationNumber: Type.Optional(OrganisationNumber) },
        { additionalProperties: false },
      ),
      { minItems: 2, maxItems: 40 },
    ),
    organisationNumber: Type.Optional(OrganisationNumber),
    organisationName: Type.Optional(Name),
    date: Type.Optional(CalendarDate),
  },
  { title: 'ContractMetadata', additionalProperties: false },
)

export const VoucherMetadata = Type.Object(
  {
    kind: Type.Literal('voucher'),
    ...common,
    series: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    number: Type.String({ minLength: 1, maxLength: 40 }),
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
