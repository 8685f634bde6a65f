import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { catalogue, type ErrorCode } from '../../src/errors.ts'
import {
  clockTime,
  eventSentence,
  exactDateTime,
  fileSize,
  hashGroups,
  languageFromHeader,
  languages,
  list,
  longDate,
  longDateTime,
  orderEvents,
  organisationNumber,
  personCodes,
  personEvents,
  problemText,
  roleName,
  text,
  utcDateTime,
  wholeNumber,
} from '../../src/text/index.ts'

/** Codes that only a program or an operator meets: their words are `detail`, in English. */
const notForPeople = new Set<ErrorCode>([
  'TEST_DOOR_CLOSED',
  'KEY_SET_INVALID',
  'ROLES_MISSING',
  'RETENTION_NOT_OVER',
  'LEGAL_HOLD',
  'ORDER_DELETED',
  'UNAUTHENTICATED',
  'RANGE_NOT_SATISFIABLE',
  'PRECONDITION_FAILED',
  'UNSUPPORTED_MEDIA_TYPE',
  'IDEMPOTENCY_KEY_MISSING',
  'IDEMPOTENCY_KEY_INVALID',
  'IDEMPOTENCY_KEY_REUSED',
  'IDEMPOTENCY_IN_FLIGHT',
  'KIND_UNKNOWN',
  'METADATA_MISSING',
  'METADATA_INVALID',
  'ORGANISATION_NUMBER_INVALID',
  'NATIONAL_IDENTITY_NUMBER_INVALID',
  'NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC',
  'SIGNERS_INVALID',
  'SIGNATURE_PLACE_INVALID',
  'RETURN_URL_NOT_ALLOWED',
  'BOARD_MISSING',
  'REGISTERED_SIGNATORY_MISSING',
  'BOARD_QUORUM',
  'AUDITOR_MISSING',
  'AUDITOR_TOO_EARLY',
  'AUDITORS_REPORT_TOO_EARLY',
  'FISCAL_YEAR_NOT_OVER',
  'ACCOUNTS_DIFFER',
  'SIGNATURE_RIGHT_NOT_MET',
  'ON_BEHALF_OF_UNKNOWN',
  'FOUR_EYES_MISSING',
  'AMOUNT_LIMIT_EXCEEDED',
  'AUTHORITY_WITHOUT_PRINCIPAL',
  'AMOUNT_LIMIT_OUT_OF_PLACE',
  'OVERRIDE_NOT_ALLOWED',
  'DOCUMENT_IN_USE',
  'FINISHED_FILE_REJECTED',
  'FINISHED_FILE_UNPROVEN',
  'CONSUMER_BUSY',
  'CONSUMER_LEASE_LOST',
  'WEBHOOK_URL_NOT_ALLOWED',
  'LIMIT_REACHED',
  'MALFORMED_DER',
  'CONFIG_INVALID',
  'SECRET_MISSING',
  'SECRET_WRONG',
  'TOO_MANY_CONNECTIONS',
  'DATABASE_UNAVAILABLE',
  'SCHEMA_MISMATCH',
  'PORT_TAKEN',
  'START_FAILED',
])

/** Every string of a catalogue, functions called with plausible values. */
function strings(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') return [[path, String(value(2, 3, 4)) + String(value('Kari', 2, 3))]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => strings(member, `${path}.${key}`))
}

describe('words for people', () => {
  test('every error that a signer or an uploader can meet has words; a new code must be sorted here', () => {
    const internal: ReadonlySet<string> = notForPeople
    const people = Object.keys(catalogue).filter((code) => !internal.has(code))
    assert.deepEqual(people.sort(), [...personCodes].sort())
  })

  for (const language of languages) {
    test(`in ${language}, each of them says what happened and what to do, in sentences`, () => {
      for (const code of personCodes) {
        const { title, explanation, next } = problemText(code, language)
        assert.match(title, /^\p{Lu}.*[^.]$/u, `${code}: a heading`)
        assert.match(explanation, /^\p{Lu}.*\.$/u, `${code}: a sentence`)
        assert.match(next, /^\p{Lu}.*\.$/u, `${code}: a sentence`)
      }
    })

    test(`in ${language}, no string is empty or shows a missing value`, () => {
      for (const [path, value] of strings(text(language))) {
        assert.ok(value.trim() !== '', `${path} is empty`)
        assert.doesNotMatch(value, /undefined|NaN|\[object|TODO/, path)
      }
    })
  }

  test('every event of the trail has a sender, and no words are of none', () => {
    const folder = new URL('../../src/flow/', import.meta.url)
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'))
    const said = sources.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
    for (const type of [...orderEvents, ...personEvents]) assert.ok(said.includes(`'${type}'`), type)
    for (const language of languages) {
      const { trail } = text(language)
      assert.deepEqual(Object.keys(trail.events).sort(), [...orderEvents].sort())
      assert.deepEqual(Object.keys(trail.personEvents).sort(), [...personEvents].sort())
      for (const type of [...orderEvents, ...personEvents])
        assert.ok(!eventSentence(type, 'Kari', language).includes(type))
    }
  })

  test('nynorsk is nynorsk and bokmål is bokmål', () => {
    const bokmål =
      /(?<!\p{L})(ikke|jeg|hva|hvem|hvordan|noe|noen|kommer|gjøre|fra deres|være|hvis|bare|også|signaturene|virksomhet|ble|uten|filen)(?!\p{L})/iu
    const nynorsk =
      /(?<!\p{L})(ikkje|eg|kva|kven|korleis|noko|nokon|kjem|gjere|vere|berre|òg|signaturane|verksemd|vart|utan|fila|ein|ei)(?!\p{L})/iu
    for (const [path, value] of strings(text('nn'))) assert.doesNotMatch(value, bokmål, path)
    for (const [path, value] of strings(text('nb'))) assert.doesNotMatch(value, nynorsk, path)
  })

  test('each language says on pages and sheets that signatures are simulated', () => {
    for (const language of languages) {
      const { audit, sheet, simulated } = text(language)
      for (const words of [simulated.notice, sheet.simulated, audit.simulated]) {
        assert.match(words, /simul/i)
        assert.match(words, /kvalifiserte|qualified/)
      }
    }
  })

  test('a code that is nobody’s business is told as something wrong on our side', () => {
    assert.equal(problemText('SECRET_WRONG', 'nb').title, 'Noe gikk galt hos oss')
    assert.equal(problemText('DATABASE_UNAVAILABLE', 'nb').title, 'Tjenesten svarer ikke akkurat nå')
    assert.equal(problemText('constructor', 'en').title, 'Something went wrong on our side')
  })

  test('roles and events that orders make up themselves stay as they are written', () => {
    assert.equal(roleName('chair', 'nn'), 'Styreleiar')
    assert.equal(roleName('Kasserer', 'nb'), 'Kasserer')
    assert.equal(roleName('toString', 'nb'), 'toString')
    assert.equal(eventSentence('signer.identified', 'Kari', 'nb'), 'Kari logget inn med BankID')
    assert.equal(eventSentence('signer.identified', null, 'nn'), 'Underskrivaren logga inn med BankID')
    assert.equal(eventSentence('order.sealed', 'Kari', 'en'), 'The document was sealed')
    assert.equal(eventSentence('order.somethingNew', null, 'en'), 'order.somethingNew')
  })
})

describe('dates, sizes and numbers', () => {
  const winter = new Date('2026-11-22T23:03:07Z')
  const summer = new Date('2026-06-30T21:59:59Z')

  test('clock times are those of Oslo, in winter and in summer, on the right day', () => {
    assert.equal(longDateTime(winter, 'nb'), '23.\u00a0november 2026 kl.\u00a000.03')
    assert.equal(longDateTime(summer, 'nn'), '30.\u00a0juni 2026 kl.\u00a023.59')
    assert.equal(longDateTime(winter, 'en'), '23\u00a0November 2026 at 00:03')
    assert.equal(longDate(summer, 'nb'), '30.\u00a0juni 2026')
    assert.equal(exactDateTime(winter, 'nb'), '23.11.2026 kl.\u00a000.03.07')
    assert.equal(exactDateTime(winter, 'en'), '23\u00a0Nov\u00a02026, 00:03:07')
    assert.equal(clockTime(summer, 'nb'), '23.59.59')
  })

  test('the hour that is passed twice in autumn is told apart by UTC', () => {
    const [first, second] = [new Date('2026-10-25T00:30:00Z'), new Date('2026-10-25T01:30:00Z')]
    assert.equal(exactDateTime(first, 'nb'), exactDateTime(second, 'nb'))
    assert.equal(utcDateTime(first), '2026-10-25 00:30:00 UTC')
    assert.equal(utcDateTime(second), '2026-10-25 01:30:00 UTC')
  })

  test('sizes and numbers use the comma and the space of each language', () => {
    assert.equal(fileSize(999, 'nb'), '999\u00a0byte')
    assert.equal(fileSize(75_565, 'nb'), '76\u00a0kB')
    assert.equal(fileSize(999_499, 'nb'), '999\u00a0kB')
    assert.equal(fileSize(999_500, 'nb'), '1,0\u00a0MB')
    assert.equal(fileSize(1_171_821, 'en'), '1.2\u00a0MB')
    assert.equal(fileSize(500_000_000, 'nn'), '500\u00a0MB')
    assert.equal(fileSize(2_147_483_647, 'nn'), '2,1\u00a0GB')
    assert.equal(wholeNumber(1_234_567, 'nb'), '1\u00a0234\u00a0567')
    assert.equal(wholeNumber(999, 'en'), '999')
    assert.equal(wholeNumber(75_565, 'en'), '75,565')
  })

  test('organisation numbers, hashes and lists are cut for reading', () => {
    assert.equal(organisationNumber('987654325'), '987\u00a0654\u00a0325')
    assert.equal(organisationNumber('SE5560'), 'SE5560')
    assert.deepEqual(hashGroups('ABCDEF0123456789'), ['abcdef01', '23456789'])
    assert.equal(list(['Kari', 'Ola', 'Per'], 'nb'), 'Kari, Ola og Per')
    assert.equal(list(['Kari', 'Ola'], 'en'), 'Kari and Ola')
    assert.equal(list([], 'en'), '')
  })
})

describe('the language of a browser', () => {
  for (const [header, language] of [
    [undefined, 'nb'],
    ['', 'nb'],
    ['nn-NO,nn;q=0.9,no;q=0.8,en;q=0.5', 'nn'],
    ['no', 'nb'],
    ['de-DE,de;q=0.9,en;q=0.4,nn;q=0.6', 'nn'],
    ['en-GB', 'en'],
    ['sv-SE,en;q=0.5', 'nb'],
    ['nb;q=0,en', 'en'],
    ['*', 'nb'],
    [';;;q=,,', 'nb'],
    ['x'.repeat(100_000), 'nb'],
  ] as const) {
    test(`"${header?.slice(0, 40)}" is answered in ${language}`, () => {
      assert.equal(languageFromHeader(header), language)
    })
  }
})
