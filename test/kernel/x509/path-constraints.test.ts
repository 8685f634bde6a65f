// Constraints of CAs, purposes and extensions along a path: each refusal with its clause, and with openssl's word where it looks too.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Purpose } from '../../../src/kernel/x509/index.ts'
import {
  caExtensions,
  type Issued,
  signerExtensions,
  temporaryFolder,
  tsaExtensions,
  withoutOpenssl,
} from './openssl-authority.ts'
import { pathJudges } from './path-judges.ts'

describe('the path of a certificate', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const { root, ca, validate, assertRefused, opensslAccepts, signer } = pathJudges(folder)

  const refusals: readonly {
    readonly name: string
    readonly citation: string
    readonly make: () => { leaf: Issued; chain: Issued[] }
    readonly purpose?: Purpose
    /** Whether openssl refuses it as well; it does not look at everything we do. */
    readonly openssl: boolean
  }[] = [
    {
      name: 'an issuer that is no CA',
      citation: 'RFC 5280 6.1.4 (k)',
      make: () => {
        const one = root.subordinate({
          subject: '/CN=Ingen CA',
          extensions: [
            'basicConstraints = critical, CA:FALSE',
            'keyUsage = keyCertSign',
            'subjectKeyIdentifier = hash',
          ],
        })
        return { leaf: signer(one), chain: [one] }
      },
      openssl: true,
    },
    {
      name: 'an issuer without basic constraints',
      citation: 'RFC 5280 6.1.4 (k)',
      make: () => {
        const one = root.subordinate({
          subject: '/CN=Uten',
          extensions: ['keyUsage = keyCertSign', 'subjectKeyIdentifier = hash'],
        })
        return { leaf: signer(one), chain: [one] }
      },
      openssl: true,
    },
    {
      name: 'an issuer that may not sign certificates',
      citation: 'RFC 5280 6.1.4 (n)',
      make: () => {
        const one = root.subordinate({
          subject: '/CN=Bare CRL',
          extensions: [
            'basicConstraints = critical, CA:TRUE',
            'keyUsage = critical, cRLSign',
            'subjectKeyIdentifier = hash',
          ],
        })
        return { leaf: signer(one), chain: [one] }
      },
      openssl: true,
    },
    {
      name: 'more CAs than a path length allows',
      citation: 'RFC 5280 6.1.4 (l)',
      make: () => {
        const short = root.subordinate({
          subject: '/CN=Kort',
          extensions: ['basicConstraints = critical, CA:TRUE, pathlen:0', ...caExtensions.slice(1)],
        })
        const below = short.subordinate({ subject: '/CN=Under' })
        return { leaf: signer(below), chain: [short, below] }
      },
      openssl: true,
    },
    {
      name: 'an unknown critical extension',
      citation: 'RFC 5280 6.1.4 (o), 6.1.5 (f)',
      make: () => ({
        leaf: signer(ca, { extensions: [...signerExtensions, '1.2.3.4 = critical, DER:0500'] }),
        chain: [ca],
      }),
      openssl: true,
    },
    {
      name: 'an unknown critical extension in the CA',
      citation: 'RFC 5280 6.1.4 (o), 6.1.5 (f)',
      make: () => {
        const one = root.subordinate({
          subject: '/CN=Kritisk',
          extensions: [...caExtensions, '1.2.3.4 = critical, DER:0500'],
        })
        return { leaf: signer(one), chain: [one] }
      },
      openssl: true,
    },
    {
      name: 'a signer whose key may only encipher',
      citation: 'RFC 5280 4.2.1.3',
      make: () => ({
        leaf: signer(ca, {
          extensions: [
            'keyUsage = critical, keyAgreement',
            'authorityKeyIdentifier = keyid',
            'subjectKeyIdentifier = hash',
          ],
        }),
        chain: [ca],
      }),
      openssl: false,
    },
    {
      name: 'a signer issued for web servers',
      citation: 'RFC 5280 4.2.1.12',
      make: () => ({
        leaf: signer(ca, { extensions: [...signerExtensions, 'extendedKeyUsage = serverAuth'] }),
        chain: [ca],
      }),
      openssl: false,
    },
    {
      name: 'ocsp-nocheck on a signer',
      citation: 'RFC 6960 4.2.2.2.1',
      make: () => ({ leaf: signer(ca, { extensions: [...signerExtensions, 'noCheck = yes'] }), chain: [ca] }),
      openssl: false,
    },
    {
      name: 'a time-stamping purpose that is not critical',
      citation: 'RFC 3161 2.3',
      make: () => ({
        leaf: signer(ca, {
          extensions: [
            'keyUsage = critical, digitalSignature',
            'extendedKeyUsage = timeStamping',
            'subjectKeyIdentifier = hash',
            'authorityKeyIdentifier = keyid',
          ],
        }),
        chain: [ca],
      }),
      purpose: 'timestamping',
      openssl: false,
    },
    {
      name: 'a time-stamping purpose among others',
      citation: 'RFC 3161 2.3',
      make: () => ({
        leaf: signer(ca, {
          extensions: [
            'keyUsage = critical, digitalSignature',
            'extendedKeyUsage = critical, timeStamping, emailProtection',
            'subjectKeyIdentifier = hash',
            'authorityKeyIdentifier = keyid',
          ],
        }),
        chain: [ca],
      }),
      purpose: 'timestamping',
      openssl: false,
    },
    {
      name: 'a TSA below a CA that may only issue for mail',
      citation: 'RFC 5280 4.2.1.12',
      make: () => {
        const one = root.subordinate({
          subject: '/CN=Post',
          extensions: [...caExtensions, 'extendedKeyUsage = emailProtection'],
        })
        return { leaf: signer(one, { extensions: tsaExtensions }), chain: [one] }
      },
      purpose: 'timestamping',
      openssl: false,
    },
  ]

  for (const { name, citation, make, purpose = 'signing', openssl: judged } of refusals) {
    test(`is refused for ${name}`, async () => {
      const { leaf, chain } = make()
      await assertRefused(leaf, chain, citation, purpose)
      if (judged) assert.ok(!opensslAccepts(leaf, chain), 'openssl accepts it')
    })
  }

  test('is accepted up to the path length and not counting self-issued CAs', async () => {
    const short = root.subordinate({
      subject: '/CN=Kort',
      extensions: ['basicConstraints = critical, CA:TRUE, pathlen:0', ...caExtensions.slice(1)],
    })
    const rollover = short.subordinate({ subject: '/CN=Kort' })
    const leaf = signer(rollover)
    const result = await validate(leaf, [short, rollover])
    assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
  })
})
