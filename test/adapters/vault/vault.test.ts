// What the vault promises: confidentiality bound to its place, persons per tenant, links that can be voided.
import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { createVault, sameSecret } from '../../../src/adapters/vault/index.ts'
import { isSeglError } from '../../../src/errors.ts'

const keys = () => ({ encryptionKey: randomBytes(32), hmacKey: randomBytes(32), linkKey: randomBytes(32) })

describe('vault', () => {
  it('gives back what it encrypted, and encrypts the same text differently each time', () => {
    const vault = createVault(keys())
    const first = vault.encrypt('Kari Nordmann æøå', 'tenant-1/ceremony-1')
    const second = vault.encrypt('Kari Nordmann æøå', 'tenant-1/ceremony-1')
    assert.equal(vault.decrypt(first, 'tenant-1/ceremony-1'), 'Kari Nordmann æøå')
    assert.notDeepEqual(first, second)
    assert.ok(!Buffer.from(first).includes('Nordmann'))
  })

  it('does not decrypt what was moved to another context', () => {
    const vault = createVault(keys())
    const ciphertext = vault.encrypt('secret', 'tenant-1/row-1')
    assert.throws(
      () => vault.decrypt(ciphertext, 'tenant-2/row-1'),
      (error) => isSeglError(error, 'INTERNAL'),
    )
  })

  it('refuses every single altered byte and every truncation', () => {
    const vault = createVault(keys())
    const ciphertext = vault.encrypt('secret', 'row')
    for (let at = 0; at < ciphertext.length; at++) {
      const altered = Uint8Array.from(ciphertext)
      altered[at] = (altered[at] ?? 0) ^ 1
      assert.throws(
        () => vault.decrypt(altered, 'row'),
        (error) => isSeglError(error, 'INTERNAL', 'SECRET_WRONG'),
      )
      assert.throws(
        () => vault.decrypt(ciphertext.subarray(0, at), 'row'),
        (error) => isSeglError(error),
      )
    }
  })

  it('says SECRET_WRONG for data under a key it does not have, and reads it when that key is listed as an earlier one', () => {
    const old = keys()
    const ciphertext = createVault(old).encrypt('secret', 'row')
    const rotated = { ...old, encryptionKey: randomBytes(32) }
    assert.throws(
      () => createVault(rotated).decrypt(ciphertext, 'row'),
      (error) => isSeglError(error, 'SECRET_WRONG'),
    )
    const both = createVault({ ...rotated, earlierEncryptionKeys: [old.encryptionKey] })
    assert.equal(both.decrypt(ciphertext, 'row'), 'secret')
  })

  it('knows a person within a tenant and not across tenants', () => {
    const vault = createVault(keys())
    const synthetic = '01815012345'
    assert.equal(vault.personHmac('a', synthetic), vault.personHmac('a', synthetic))
    assert.notEqual(vault.personHmac('a', synthetic), vault.personHmac('b', synthetic))
    assert.match(vault.personHmac('a', synthetic), /^[0-9a-f]{64}$/)
  })

  it('makes link tokens that name their signer and change with the version', () => {
    const vault = createVault(keys())
    const signer = randomUUID()
    const token = vault.linkToken(signer, 1)
    assert.match(token, /^[A-Za-z0-9_-]{54}$/)
    assert.equal(vault.signerOfLinkToken(token), signer)
    assert.ok(sameSecret(token, vault.linkToken(signer, 1)))
    assert.ok(!sameSecret(token, vault.linkToken(signer, 2)))
    assert.ok(!sameSecret(token, createVault(keys()).linkToken(signer, 1)))
  })

  it('takes nothing for a token that is not spelt exactly as one', () => {
    const vault = createVault(keys())
    const token = vault.linkToken(randomUUID(), 1)
    for (const other of ['', 'x', `${token}=`, `${token}A`, token.slice(1), `${token.slice(0, 20)} ${token.slice(20)}`])
      assert.equal(vault.signerOfLinkToken(other), undefined, JSON.stringify(other))
  })

  it('gives check values that differ for another key and are no part of the key', () => {
    const mine = keys()
    const check = createVault(mine).keyCheck()
    assert.deepEqual(createVault(mine).keyCheck(), check)
    assert.notEqual(createVault({ ...mine, hmacKey: randomBytes(32) }).keyCheck().HMAC_KEY, check.HMAC_KEY)
    assert.ok(!Buffer.from(mine.hmacKey).toString('hex').includes(check.HMAC_KEY))
  })

  it('refuses a key that is not 32 bytes', () => {
    assert.throws(
      () => createVault({ ...keys(), linkKey: randomBytes(16) }),
      (error) => isSeglError(error, 'SECRET_MISSING'),
    )
  })
})
