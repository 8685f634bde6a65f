// Every rule of every kind, by the examples that the documents and openapi.yaml show too.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { suggestedSigners } from '../../src/accounting/company.ts'
import { exampleDocumentId, factsOf, requestOf } from '../../src/accounting/example-facts.ts'
import { judge } from '../../src/accounting/judge.ts'
import { readMetadata } from '../../src/accounting/metadata.ts'
import type { OrderExample } from '../../src/accounting/order-rule.ts'
import { nordlys } from '../../src/accounting/people.ts'
import { documentRules, orderRules } from '../../src/accounting/rules.ts'
import { rulesPage } from '../../src/accounting/rules-page.ts'
import { catalogue, SeglError } from '../../src/errors.ts'
import { languages } from '../../src/text/index.ts'

const errorsOf = (metadata: object) => {
  try {
    readMetadata(metadata)
    return []
  } catch (error) {
    assert.ok(error instanceof SeglError)
    return error.errors
  }
}
const judged = (example: OrderExample) => judge(factsOf(example), [], 'en')
const codes = ({ errors, warnings }: ReturnType<typeof judged>) => [...errors, ...warnings].map(({ code }) => code)

describe('rules about one document', () => {
  for (const rule of documentRules) {
    test(`${rule.id}: ${rule.title}`, () => {
      assert.deepEqual(errorsOf(rule.passing), [])
      assert.deepEqual(rule.check(rule.passing), [])
      const broken = rule.check(rule.failing)
      assert.ok(broken.length > 0)
      assert.deepEqual(errorsOf(rule.failing), broken, 'the upload is refused for this rule and nothing else')
    })
  }
})

describe('rules about an order', () => {
  for (const rule of orderRules) {
    test(`${rule.id}: ${rule.title}`, () => {
      assert.ok(!codes(judged(rule.passing)).includes(rule.id))
      assert.deepEqual(judged(rule.passing).errors, [], 'the passing example is accepted')
      assert.ok(rule.check(factsOf(rule.failing)).length > 0)
      const { errors, warnings } = judged(rule.failing)
      const told = rule.severity === 'refusal' ? errors : warnings
      assert.ok(told.some(({ code }) => code === rule.id))
      assert.deepEqual(
        [...new Set(errors.map(({ code }) => code))],
        rule.severity === 'refusal' ? [rule.id] : [],
        'the failing example is refused for this rule and nothing else',
      )
    })

    test(`${rule.id} tells what is wrong in sentences, and points to a place of the request`, () => {
      for (const finding of rule.check(factsOf(rule.failing))) {
        let place: unknown = requestOf(rule.failing)
        const names = finding.pointer.split('/').slice(1)
        const last = names.at(-1)
        for (const name of names) {
          if (typeof place !== 'object' || place === null) assert.fail(finding.pointer)
          // What is missing may be pointed to as the place where it would stand.
          if (name === last && !Object.hasOwn(place, name)) break
          place = (place as Record<string, unknown>)[name]
        }
        for (const language of languages) {
          const { errors, warnings } = judge(factsOf(rule.failing), [], language)
          for (const { detail } of [...errors, ...warnings]) {
            assert.match(detail, /^\p{Lu}.*\.$/u)
            assert.doesNotMatch(detail, /undefined|NaN|\[object/)
          }
        }
      }
    })
  }

  test('a refusal has its own code with a status, a warning has none', () => {
    for (const { id, severity } of orderRules) {
      assert.equal(Object.hasOwn(catalogue, id), severity === 'refusal', id)
    }
  })

  test('ids are unique, and each rule names its law and its kinds', () => {
    const all = [...documentRules, ...orderRules]
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
    for (const { id, law, kinds } of all) assert.ok(law.length > 5 && kinds.length > 0, id)
    assert.equal(exampleDocumentId(0).length, 36)
  })
})

test('docs/rules.md is what the rules say', () => {
  const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8')
  assert.equal(page, rulesPage(), 'run "npm run rules" and commit docs/rules.md')
})

test('the register suggests each person once, the auditor after the board and no deputy', () => {
  const both = { ...nordlys, roles: [...nordlys.roles, { role: 'generalManager', name: 'Ingrid Marie Solbakken' }] }
  assert.deepEqual(
    suggestedSigners(both).map(({ role, name, group }) => `${group} ${role} ${name}`),
    [
      '1 chair Ingrid Solbakken',
      '1 boardMember Øystein Bråthen',
      '1 generalManager Åse Kjærstad',
      '2 auditor Bjørn Sætre',
    ],
  )
})

describe('a quorum does not make the rules empty', () => {
  test('a group of which one of two signs is sure of neither of them', () => {
    const rule = orderRules.find(({ id }) => id === 'FOUR_EYES_MISSING')
    assert.ok(rule)
    const signers = rule.passing.signers.map((signer) => ({ ...signer, group: 1 }))
    const found = (required: number) =>
      rule.check(factsOf({ ...rule.passing, signers, groups: [{ number: 1, required }] })).length
    assert.deepEqual([found(1), found(2)], [2, 0])
  })

  test('two of three holders bind a party that two bind jointly, one of three does not', () => {
    const rule = orderRules.find(({ id }) => id === 'SIGNATURE_RIGHT_NOT_MET')
    assert.ok(rule)
    const holders = ['Ingrid Solbakken', 'Øystein Bråthen', 'Gro Fjellvang']
    const signers = [
      ...holders.map((name) => ({ role: 'party', name, onBehalfOf: '310000019' })),
      { role: 'party', group: 2, name: 'Sverre Lie-Haugen', onBehalfOf: '987654325' },
    ]
    const found = (required: number) =>
      rule.check(factsOf({ ...rule.passing, signers, groups: [{ number: 1, required }] })).length
    assert.deepEqual([found(1), found(2), found(3)], [1, 0, 0])
  })
})

describe('overrides', () => {
  const failing = (id: string) => {
    const rule = orderRules.find((one) => one.id === id)
    assert.ok(rule)
    return factsOf(rule.failing)
  }

  for (const rule of orderRules.filter(({ overridable }) => overridable)) {
    test(`${rule.id} can be overridden with a reason, which keeps what it found`, () => {
      const { errors, overridden } = judge(failing(rule.id), [{ rule: rule.id, reason: 'We know.' }], 'nb')
      assert.deepEqual(errors, [])
      assert.equal(overridden[0]?.reason, 'We know.')
      assert.ok((overridden[0]?.findings.length ?? 0) > 0)
    })
  }

  test('an unknown rule, a warning, a rule that is absolute and one named twice are refused, each in its place', () => {
    const overrides = [
      'NO_SUCH_RULE',
      'ADOPTION_DEADLINE',
      'FOUR_EYES_SAME_PERSON',
      'FISCAL_YEAR',
      'FOUR_EYES_MISSING',
      'FOUR_EYES_MISSING',
    ]
    const { errors } = judge(
      failing('FOUR_EYES_MISSING'),
      overrides.map((rule) => ({ rule, reason: 'x' })),
      'en',
    )
    assert.deepEqual(
      errors.map(({ pointer, code }) => `${pointer} ${code}`),
      [0, 1, 2, 3, 5].map((index) => `/overrides/${index}/rule OVERRIDE_NOT_ALLOWED`),
    )
  })
})
