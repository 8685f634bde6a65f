// Check digits of people and organisations, against the vectors of facts/bankid.md § 5.1.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkNationalIdentityNumber, checkOrganisationNumber } from '../../src/accounting/identifiers.ts'

// Numbers of tables in Skatteetaten's and NAV's documentation; nobody has them.
test('numbers by the rule of before 2032 and by the one from 2032 both hold', () => {
  for (const number of ['02013299997', '30108299920', '27034698436', '30108299939']) {
    const answer = checkNationalIdentityNumber(number)
    assert.deepEqual(answer, { valid: true, synthetic: false, dNumber: false })
  }
})

test('synthetic numbers are told from real ones, also as D-numbers and by the rule from 2032', () => {
  for (const number of ['15858549970', '15858549709', '10915596784', '15858599900']) {
    assert.deepEqual(checkNationalIdentityNumber(number), { valid: true, synthetic: true, dNumber: false })
  }
  assert.deepEqual(checkNationalIdentityNumber('55858549964'), { valid: true, synthetic: true, dNumber: true })
})

test('a wrong control digit, day, month or length is refused with a sentence that does not repeat the number', () => {
  for (const number of [
    '12345678910',
    '17029012345',
    '07025312345',
    '15858549971',
    '1585854997',
    '158585499700',
    'x5858549970',
  ]) {
    const answer = checkNationalIdentityNumber(number)
    assert.equal(answer.valid, false)
    assert.ok(!answer.valid && answer.code === 'NATIONAL_IDENTITY_NUMBER_INVALID' && !answer.detail.includes(number))
  }
})

test('every single-digit mistake in a synthetic number is found, but for the ones that the rule from 2032 lets through', () => {
  const old = '15858549970'
  let missed = 0
  for (let place = 0; place < old.length; place += 1) {
    for (const digit of '0123456789') {
      if (digit === old[place]) continue
      if (checkNationalIdentityNumber(old.slice(0, place) + digit + old.slice(place + 1)).valid) missed += 1
    }
  }
  // The second control digit stays strict, and it alone finds any mistake in a single digit.
  assert.equal(missed, 0)
})

test('organisation numbers hold by modulus 11', () => {
  for (const number of ['987654325', '123456785', '974760673', '889640782']) {
    assert.deepEqual(checkOrganisationNumber(number), { valid: true })
  }
  for (const number of ['123456789', '987654321', '98765432', '9876543250', 'NO987654325', '987 654 325']) {
    assert.equal(checkOrganisationNumber(number).valid, false)
  }
})

test('of all numbers with one beginning, one or no last digit makes an organisation number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000_000, max: 99_999_999 }), (beginning) => {
      const valid = [...'0123456789'].filter((digit) => checkOrganisationNumber(`${beginning}${digit}`).valid)
      assert.ok(valid.length <= 1)
    }),
  )
})
