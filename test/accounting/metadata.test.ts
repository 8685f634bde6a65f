// What accounting systems say about a document: accepted, or refused with every mistake at once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { compareAmounts, parseAmount } from '../../src/accounting/amounts.ts'
import { addMonths, isDate } from '../../src/accounting/dates.ts'
import { annualAccountsDeadlines } from '../../src/accounting/deadlines.ts'
import { readMetadata } from '../../src/accounting/metadata.ts'
import { retentionOf } from '../../src/accounting/retention.ts'
import { SeglError } from '../../src/errors.ts'
import { MetadataSchema } from '../../src/http/schemas/metadata.ts'
import { registerFormats } from '../../src/http/validation.ts'

const accounts = {
  kind: 'annualAccounts',
  title: 'Årsregnskap 2025',
  organisationNumber: '987654325',
  organisationName: 'Fjordlys Regnskap AS',
  fiscalYear: 2025,
  parts: ['incomeStatement', 'balanceSheet', 'notes'],
}
const contract = {
  kind: 'contract',
  title: 'Oppdragsavtale',
  parties: [{ name: 'Fjordlys Regnskap AS' }, { name: 'Kari Nordmann' }],
}
const voucher = {
  kind: 'voucher',
  title: 'Bilag 1042',
  series: 'IF',
  number: '1042',
  date: '2025-03-31',
  amount: '12500.00',
  currency: 'NOK',
  counterparty: { name: 'Papir & Penn AS', organisationNumber: '123456785' },
  accountCodes: ['6800', '2710'],
}

function refused(value: unknown): SeglError {
  try {
    readMetadata(value)
  } catch (error) {
    assert.ok(error instanceof SeglError)
    return error
  }
  assert.fail('it was accepted')
}
const told = (value: unknown) =>
  refused(value)
    .errors.map(({ pointer, code }) => `${pointer} ${code}`)
    .sort()

test('each kind is accepted with what its law asks for', () => {
  const year = { from: '2025-01-01', to: '2025-12-31' }
  assert.deepEqual(readMetadata(accounts), { ...accounts, fiscalYear: year })
  assert.deepEqual(readMetadata(contract), contract)
  assert.deepEqual(readMetadata(voucher), voucher)
  const short = { ...accounts, fiscalYear: { from: '2025-07-01', to: '2026-06-30' } }
  assert.deepEqual(readMetadata(short), short)
})

test('every mistake of annual accounts comes in one answer, each with its pointer and code', () => {
  const wrong = {
    kind: 'annualAccounts',
    organisationNumber: '987654321',
    fiscalYear: { from: '2025-02-30', to: 12 },
    parts: ['poem'],
    extra: 1,
  }
  assert.deepEqual(told(wrong), [
    '/metadata/extra METADATA_INVALID',
    '/metadata/fiscalYear/from METADATA_INVALID',
    '/metadata/fiscalYear/to METADATA_INVALID',
    '/metadata/organisationName METADATA_MISSING',
    '/metadata/organisationNumber ORGANISATION_NUMBER_INVALID',
    '/metadata/parts/0 METADATA_INVALID',
    '/metadata/title METADATA_MISSING',
  ])
  assert.equal(refused(wrong).code, 'METADATA_INVALID')
})

test('a fiscal year ends after it begins and lasts 18 months at most', () => {
  const year = (from: string, to: string) => ({ ...accounts, fiscalYear: { from, to } })
  assert.ok(readMetadata(year('2024-07-01', '2025-12-31')))
  assert.deepEqual(told(year('2024-07-01', '2026-01-01')), ['/metadata/fiscalYear/to METADATA_INVALID'])
  assert.deepEqual(told(year('2025-12-31', '2025-01-01')), ['/metadata/fiscalYear/to METADATA_INVALID'])
})

test('a contract has at least two parties with names', () => {
  assert.deepEqual(told({ ...contract, parties: [{ name: 'A' }] }), ['/metadata/parties METADATA_INVALID'])
  assert.deepEqual(told({ ...contract, parties: undefined }), ['/metadata/parties METADATA_MISSING'])
  assert.deepEqual(told({ ...contract, parties: [{ name: ' ' }, { organisationNumber: '1' }] }), [
    '/metadata/parties/0/name METADATA_INVALID',
    '/metadata/parties/1/name METADATA_MISSING',
    '/metadata/parties/1/organisationNumber ORGANISATION_NUMBER_INVALID',
  ])
})

test('a voucher has a number, a date, and an amount as a decimal string with its currency', () => {
  for (const amount of ['12 500,00', '1e3', '.5', '01.00', '1.23456', '', 12500, '+1']) {
    assert.deepEqual(told({ ...voucher, amount }), ['/metadata/amount METADATA_INVALID'])
  }
  assert.ok(readMetadata({ ...voucher, amount: '-0.10' }))
  assert.deepEqual(told({ ...voucher, currency: 'kroner' }), ['/metadata/currency METADATA_INVALID'])
  assert.equal(refused({ kind: 'voucher', title: 'Bilag' }).code, 'METADATA_MISSING')
})

test('an unknown kind, missing metadata and things that are no object have codes of their own', () => {
  assert.equal(refused({ kind: 'poem', title: 'x' }).code, 'KIND_UNKNOWN')
  assert.equal(refused({ kind: 'constructor', title: 'x' }).code, 'KIND_UNKNOWN')
  assert.equal(refused(undefined).code, 'METADATA_MISSING')
  assert.equal(refused({}).code, 'METADATA_MISSING')
  assert.equal(refused([]).code, 'METADATA_INVALID')
  assert.equal(refused('kind').code, 'METADATA_INVALID')
})

test('nothing that is sent as metadata makes it crash', () => {
  const kinds = fc.constantFrom('annualAccounts', 'contract', 'voucher', '__proto__', 1)
  const fields = fc.dictionary(
    fc.constantFrom(...Object.keys({ ...accounts, ...contract, ...voucher })),
    fc.jsonValue(),
  )
  fc.assert(
    fc.property(fields, kinds, (rest, kind) => {
      const error = refused({ ...rest, kind, unknownField: true })
      assert.ok(error.errors.every(({ pointer, detail }) => pointer.startsWith('/metadata') && detail.length > 10))
    }),
  )
})

test('openapi.yaml and the rules agree on what is accepted', () => {
  registerFormats()
  const schema = Compile(MetadataSchema)
  const good = [accounts, contract, voucher, { ...accounts, fiscalYear: { from: '2025-01-01', to: '2025-12-31' } }]
  for (const value of good) assert.ok(schema.Check(value), JSON.stringify([...schema.Errors(value)]))
  const value = fc.oneof(fc.constantFrom(...good.flatMap((whole) => Object.values(whole as object))), fc.jsonValue())
  const changed = fc
    .tuple(fc.constantFrom(...good), fc.string({ maxLength: 3 }), value)
    .chain(([whole, odd, replacement]) =>
      fc.constantFrom(...Object.keys(whole), odd).map((key): unknown => ({ ...whole, [key]: replacement })),
    )
  fc.assert(
    fc.property(changed, (candidate) => {
      const sent: unknown = JSON.parse(JSON.stringify(candidate))
      let accepted = true
      try {
        readMetadata(sent)
      } catch {
        accepted = false
      }
      // The schema may be wider (blank texts, length of a year), never narrower.
      if (accepted) assert.ok(schema.Check(sent), JSON.stringify(sent))
    }),
    { numRuns: 2000 },
  )
})

test('amounts compare as numbers, whatever their decimals', () => {
  const compare = (a: string, b: string) => {
    const [left, right] = [parseAmount(a), parseAmount(b)]
    assert.ok(left && right)
    return compareAmounts(left, right)
  }
  assert.equal(compare('0.1', '0.10'), 0)
  assert.equal(compare('-0.3', '0.2999'), -1)
  assert.equal(compare('100000000000000.01', '100000000000000'), 1)
})

test('deadlines and retention count from the end of the fiscal year', () => {
  assert.deepEqual(annualAccountsDeadlines('2025-12-31'), { adoption: '2026-06-30', filing: '2026-07-31' })
  assert.deepEqual(annualAccountsDeadlines('2026-06-30'), { adoption: '2026-12-31', filing: '2027-01-31' })
  const keptUntil = (metadata: object, day = '2026-01-02') => retentionOf(readMetadata(metadata), day).until
  assert.equal(keptUntil(accounts), '2030-12-31')
  assert.equal(keptUntil(voucher), '2030-12-31')
  assert.equal(keptUntil({ ...contract, date: '2025-05-05' }), '2029-06-30')
  assert.equal(keptUntil(contract, '2026-03-01'), '2030-06-30', 'no date: the year in which it was signed')
  const year = { from: '2024-07-01', to: '2025-06-30' }
  assert.equal(keptUntil({ ...accounts, fiscalYear: year }), '2030-06-30')
  assert.equal(keptUntil({ ...voucher, fiscalYear: year }), '2030-06-30')
  assert.equal(keptUntil({ ...voucher, retention: { years: 10 } }), '2035-12-31')
  assert.equal(keptUntil({ ...voucher, retention: { until: '2041-01-01', reason: 'Byggeregnskap' } }), '2041-01-01')
})

test('adding months gives days that exist, and the last of a month stays the last', () => {
  assert.equal(addMonths('2024-02-29', 12), '2025-02-28')
  assert.equal(addMonths('2025-02-28', 12), '2026-02-28')
  assert.equal(addMonths('2023-02-28', 12), '2024-02-29')
  assert.equal(addMonths('2025-01-30', 1), '2025-02-28')
  const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2500-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(day, fc.integer({ min: -600, max: 600 }), (date, months) =>
      isDate(addMonths(date.toISOString().slice(0, 10), months)),
    ),
  )
})
