// A name is a claim: what a log-in is for a signer who was given by number, by name and birth date, by name only, or not at all.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, test } from 'node:test'
import { checkIdentity, subjectPseudonym } from '../../src/flow/identity-check.ts'
import type { Identity, IdentityResult, NameMismatchPolicy, Signer } from '../../src/flow/model.ts'

const vault = {
  personHmac: (tenantId: string, value: string) =>
    createHmac('sha256', 'key').update(`${tenantId} ${value}`).digest('hex'),
}
const tenantId = 'tenant'
const number = '14836821050'
type Given = Partial<Parameters<typeof checkIdentity>[0]['signer']> & Pick<Signer, 'name'>

const bankid = (name: string): Identity => ({
  name,
  givenName: '',
  familyName: '',
  birthDate: '1968-03-14',
  nationalIdentityNumber: number,
  bankidAltsub: `altsub of ${name}`,
  level: 'high',
  acr: 'urn:bankid:bid;LOA=4',
  amr: ['bid'],
  authenticatedAt: new Date('2026-12-01T10:00:00Z'),
})

const check = (given: Given, proved: string, onNameMismatch: NameMismatchPolicy = 'hold') =>
  checkIdentity(
    {
      order: { tenantId, onNameMismatch },
      signer: {
        personHmac: null,
        birthDate: null,
        anyone: false,
        level: 'high',
        methods: [],
        identityClaim: null,
        ...given,
      },
    },
    bankid(proved),
    vault,
  )

const agrees = true
const differs = false
/** As ordered, as BankID says, and whether that is one name. */
const pairs: readonly (readonly [string, string, boolean])[] = [
  ['Ingrid Solbakken', 'Ingrid Solbakken', agrees],
  ['  ingrid   SOLBAKKEN ', 'Ingrid Solbakken', agrees],
  ['Åse Kjærstad', 'Aase Kjaerstad', agrees],
  ['Aase Kjaerstad', 'Åse Kjærstad', agrees],
  ['Ase Kjærstad', 'Åse Kjærstad', agrees],
  ['A\u030ase Kjærstad', 'Åse Kjærstad', agrees],
  ['Øystein Bråthen', 'Oeystein Braathen', agrees],
  ['Oystein Brathen', 'Øystein Bråthen', agrees],
  ['Björn Sætre', 'Bjørn Sætre', agrees],
  ['Håkon Løvaas', 'Haakon Lovås', agrees],
  ['Anne Marie Lie Haugen', 'Anne-Marie Lie-Haugen', agrees],
  ['Anne\u2011Marie Lie\u2013Haugen', 'Anne-Marie Lie-Haugen', agrees],
  ['Kari Nordmann', 'Kari Anne Sofie Nordmann', agrees],
  ['Kari Sofie Nordmann', 'Kari Anne Sofie Nordmann', agrees],
  ['Ánte Gáŋgaviika', 'Ante Gangaviika', agrees],
  ['Ante Gaŋgaviika', 'Ánte Gáŋgaviika', agrees],
  ['Biret Cahppagiettis', 'Biret Čáhppagiettis', agrees],
  ['Piera Duolljá', 'Piera Duollja', agrees],
  ['Niillas Ŧiŋ Đorte', 'Niillas Tin Dorte', agrees],
  ['Sǩoavlla Ǥiđđ', 'Skoavlla Gidd', agrees],
  ["Siobhán O'Brien", 'Siobhan O’Brien', agrees],
  ['Jón Þór Sigurðsson', 'Jon Thor Sigurdsson', agrees],
  ['Leila Mäkinen', 'Leila Makinen', agrees],
  ['Kari Nordmann', 'Ola Nordmann', differs],
  ['Kari Nordmann', 'Kari Hansen', differs],
  ['Solbakken Ingrid', 'Ingrid Solbakken', differs],
  ['Solbakken, Ingrid', 'Ingrid Solbakken', differs],
  ['I. Solbakken', 'Ingrid Solbakken', differs],
  ['Kari A. Nordmann', 'Kari Anne Nordmann', differs],
  ['Kari Anne Nordmann', 'Kari Nordmann', differs],
  ['Kari Kari Nordmann', 'Kari Nordmann', differs],
  ['Ingrid', 'Ingrid Solbakken', differs],
  ['Sverre Lie', 'Sverre Lie-Haugen', differs],
  ['Anne Marie', 'Anne-Marie Lie', differs],
  ['Guðrún Jónsdóttir', 'Guðrún Jónsson', differs],
  ['Olga Ivanova', 'Olga Ivanov', differs],
  ['Jon Moe', 'Jon Mo', differs],
  ['Per Bakke', 'Per Backe', differs],
  ['Ola Hansen', 'Ola Hanssen', differs],
  ['Иван Петров', 'Ivan Petrov', differs],
  ['Kаri Nordmann', 'Kari Nordmann', differs], // the second letter is Cyrillic
  ['王伟', 'Wei Wang', differs],
  ['Somebody in accounts', 'Tuva Myrvold', differs],
  ['Nordlys Demo AS', 'Ingrid Solbakken', differs],
  ['-', 'Ingrid Solbakken', differs],
  ['\u200b', 'Ingrid Solbakken', differs],
]

describe('a signer given by name only', () => {
  for (const [given, proved, same] of pairs) {
    test(`"${given}" ${same ? 'is' : 'is not'} "${proved}"`, () => {
      assert.equal(check({ name: given }, proved).result, same ? 'nameOnly' : 'nameDiffers')
    })
  }

  test('the table has thirty pairs at least, and both verdicts', () => {
    assert.ok(pairs.length >= 30)
    assert.ok(pairs.filter(([, , same]) => same).length >= 10 && pairs.filter(([, , same]) => !same).length >= 10)
  })

  test('is never a match, and the sender sees what differs', () => {
    assert.deepEqual(check({ name: 'Kari Nordmann' }, 'Kari Anne Nordmann').differs, ['name'])
    assert.deepEqual(check({ name: 'Aase Kjaerstad' }, 'Åse Kjærstad').differs, [])
    const held = check({ name: 'Kari Nordmann' }, 'Ola Hansen')
    assert.deepEqual([held.comparedWith, held.differs, held.name], ['name', ['name'], 'Ola Hansen'])
  })

  test('an order may have another name refused at once; a stranger is not named to the sender then', () => {
    assert.deepEqual(pick(check({ name: 'Kari Nordmann' }, 'Ola Hansen', 'refuse')), ['mismatch', null])
    assert.deepEqual(pick(check({ name: 'Kari Nordmann' }, 'Kari Hansen', 'refuse')), ['nearMiss', 'Kari Hansen'])
    assert.equal(check({ name: 'Kari Nordmann' }, 'Kari Nordmann', 'refuse').result, 'nameOnly')
  })

  test('whom the sender accepted passes, under whatever name, and nobody else does', () => {
    const subject = subjectPseudonym(vault, tenantId, bankid('Ola Hansen'))
    const accepted = { subject, decision: 'accepted' } as const
    const given = { name: 'Kari Nordmann', identityClaim: accepted }
    assert.equal(check(given, 'Ola Hansen').result, 'acceptedBySender')
    assert.equal(check(given, 'Kari Nordmann').result, 'mismatch')
    assert.equal(check({ ...given, level: 'high', methods: ['passkey'] }, 'Ola Hansen').result, 'methodNotAccepted')
  })

  test('whom the sender refused is refused at once; the right person and other strangers are not', () => {
    const subject = subjectPseudonym(vault, tenantId, bankid('Ola Hansen'))
    const given = { name: 'Kari Nordmann', identityClaim: { subject, decision: 'refused' } as const }
    assert.equal(check(given, 'Ola Hansen').result, 'mismatch')
    assert.equal(check(given, 'Kari Nordmann').result, 'nameOnly')
    assert.equal(check(given, 'Per Hansen').result, 'nameDiffers')
  })

  test('the pseudonym of a person means nothing to another tenant', () => {
    const person = bankid('Ola Hansen')
    assert.notEqual(subjectPseudonym(vault, 'one', person), subjectPseudonym(vault, 'other', person))
  })
})

test('a number that agrees signs, and another name beside it is told', () => {
  const personHmac = vault.personHmac(tenantId, number)
  const told = (name: string): readonly [IdentityResult, readonly string[], string | null] => {
    const { result, differs: what, name: proved } = check({ name, personHmac }, 'Ingrid Marie Solbakken')
    return [result, what, proved]
  }
  assert.deepEqual(told('Ingrid Marie Solbakken'), ['match', [], 'Ingrid Marie Solbakken'])
  assert.deepEqual(told('Ingrid Solbakken'), ['match', ['name'], 'Ingrid Marie Solbakken'])
  assert.deepEqual(told('Ingrid Hansen'), ['matchNameDiffers', ['name'], 'Ingrid Marie Solbakken'])
  assert.deepEqual(told('Styret i Nordlys'), ['matchNameDiffers', ['name'], 'Ingrid Marie Solbakken'])
})

test('another number is another person, whatever the name', () => {
  const personHmac = vault.personHmac(tenantId, '02917533361')
  assert.equal(check({ name: 'Ingrid Solbakken', personHmac }, 'Ingrid Solbakken').result, 'nearMiss')
  assert.equal(check({ name: 'Ola Hansen', personHmac }, 'Ingrid Solbakken').result, 'mismatch')
})

test('a name and a birth date are one person when the first and the last name agree; what differs is told', () => {
  const born = { birthDate: '1968-03-14' }
  const middle = check({ name: 'Ingrid Solbakken', ...born }, 'Ingrid Marie Solbakken')
  assert.deepEqual([middle.result, middle.differs, middle.comparedWith], ['match', ['name'], 'nameAndBirthDate'])
  assert.equal(check({ name: 'Åse Kjærstad', ...born }, 'Aase Kjaerstad').result, 'match')
  assert.equal(check({ name: 'Ingrid Solbakk', ...born }, 'Ingrid Solbakken').result, 'nearMiss')
  assert.equal(check({ name: 'Ingrid Solbakken', birthDate: '1968-03-15' }, 'Ingrid Solbakken').result, 'nearMiss')
  assert.equal(check({ name: 'Ola Nordmann', ...born }, 'Ingrid Solbakken').result, 'mismatch')
})

test('whoever has the link signs only where the order says so, and is not called a match', () => {
  const anyone = check({ name: 'The tenant', anyone: true }, 'Ola Hansen')
  assert.deepEqual([anyone.result, anyone.comparedWith, anyone.name], ['anyone', 'open', 'Ola Hansen'])
})

test('the longest names that an order takes are compared in little time, whatever they are made of', () => {
  const [a, b] = ['å'.repeat(99), 'a'.repeat(150)]
  const begun = process.cpuUsage()
  check({ name: `${a} ${a}` }, `${b}b ${b}b`)
  const { user } = process.cpuUsage(begun)
  assert.ok(user < 1_000_000, `${user} µs`)
})

const pick = ({ result, name }: ReturnType<typeof check>) => [result, name]
