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
  const { root, ca, validate, opensslAccepts, signer } = pathJudges(folder)

  // RFC 5280 accepts any policy unless told otherwise; openssl wants that said.
  const anyPolicy = ['-policy_check', '-policy', '2.5.29.32.0']

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
    ...[
      { constraint: 'permitted;dirName:tre', subject: '/C=SE/CN=Utenfor', extra: [], citation: 'names', refused: true },
      {
        constraint: 'excluded;dirName:tre',
        subject: '/C=NO/O=Innenfor/CN=A',
        extra: [],
        citation: 'names',
        refused: true,
      },
      {
        constraint: 'permitted;DNS:example.no',
        subject: '/CN=A',
        extra: ['subjectAltName = DNS:badexample.no'],
        refused: true,
      },
      {
        constraint: 'excluded;DNS:example.no',
        subject: '/CN=A',
        extra: ['subjectAltName = DNS:a.EXAMPLE.no'],
        refused: true,
      },
      {
        constraint: 'permitted;email:example.no',
        subject: '/CN=A',
        extra: ['subjectAltName = email:a@sub.example.no'],
        refused: true,
      },
      {
        constraint: 'permitted;email:.example.no',
        subject: '/CN=A',
        extra: ['subjectAltName = email:a@example.no'],
        refused: true,
      },
      {
        constraint: 'permitted;email:example.no',
        subject: '/CN=A/emailAddress=a@example.com',
        extra: [],
        refused: true,
      },
      {
        constraint: 'excluded;URI:.example.no',
        subject: '/CN=A',
        extra: ['subjectAltName = URI:http://x@a.example.no:80/'],
        refused: true,
      },
      {
        constraint: 'permitted;URI:.example.no',
        subject: '/CN=A',
        extra: ['subjectAltName = URI:http://10.0.0.1/'],
        refused: true,
      },
      {
        constraint: 'permitted;IP:10.0.0.0/255.0.0.0',
        subject: '/CN=A',
        extra: ['subjectAltName = IP:11.0.0.1'],
        refused: true,
      },
      {
        constraint: 'excluded;IP:10.0.0.0/255.0.0.0',
        subject: '/CN=A',
        extra: ['subjectAltName = IP:10.200.0.1'],
        refused: true,
      },
      { constraint: 'excluded;RID:1.2.3.4', subject: '/CN=A', extra: ['subjectAltName = RID:1.2.3.5'], refused: true },
    ].map(({ constraint, subject, extra }) => ({
      name: `${constraint} against ${subject} ${extra.join()}`,
      citation: 'RFC 5280 6.1.3 (b), (c)',
      make: () => {
        const one = root.subordinate({
          subject: '/CN=Begrenset',
          extensions: [...caExtensions, `nameConstraints = critical, ${constraint}`, '', '[tre]', 'C = NO', ''],
        })
        return { leaf: signer(one, { subject, extensions: [...signerExtensions, ...extra] }), chain: [one] }
      },
      openssl: true,
    })),
  ]

  for (const { name, citation, make, purpose = 'signing', openssl: judged } of refusals) {
    test(`is refused for ${name}`, async () => {
      const { leaf, chain } = make()
      const result = await validate(leaf, chain, { purpose })
      assert.equal(result.verdict, 'INDETERMINATE')
      assert.equal(result.subIndication, 'CHAIN_CONSTRAINTS_FAILURE')
      assert.ok(
        result.reasons.some((reason) => reason.citation === citation),
        JSON.stringify(result.reasons),
      )
      if (judged) assert.ok(!opensslAccepts(leaf, chain), 'openssl accepts it')
    })
  }

  test('is accepted with names inside all constraints', async () => {
    const one = root.subordinate({
      subject: '/C=NO/CN=Begrenset',
      extensions: [
        ...caExtensions,
        'nameConstraints = critical, permitted;dirName:tre, permitted;DNS:example.no, permitted;email:.example.no,' +
          ' permitted;URI:.example.no, permitted;IP:10.0.0.0/255.0.0.0, excluded;DNS:x.example.no',
        '',
        '[tre]',
        'C = NO',
      ],
    })
    const names = 'subjectAltName = DNS:a.example.no, email:a@b.example.no, URI:https://a.example.no/q, IP:10.1.2.3'
    const leaf = signer(one, { subject: '/C=NO/CN=Ola', extensions: [...signerExtensions, names] })
    const result = await validate(leaf, [one])
    assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
    assert.ok(opensslAccepts(leaf, [one]))
  })

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

  test('is refused when it lacks a policy that a CA demands, and accepted with it', async () => {
    const strict = root.subordinate({
      subject: '/CN=Policy',
      extensions: [
        ...caExtensions,
        'certificatePolicies = 1.2.3.4',
        'policyConstraints = critical, requireExplicitPolicy:0',
        'inhibitAnyPolicy = critical, 0',
      ],
    })
    const withPolicy = (policy: string) =>
      signer(strict, { extensions: [...signerExtensions, `certificatePolicies = ${policy}`] })
    for (const [policy, verdict] of [
      ['1.2.3.4', 'PASSED'],
      ['1.2.3.5', 'INDETERMINATE'],
      ['2.5.29.32.0', 'INDETERMINATE'],
    ] as const) {
      const leaf = withPolicy(policy)
      const result = await validate(leaf, [strict])
      assert.equal(result.verdict, verdict, policy)
      assert.equal(opensslAccepts(leaf, [strict], anyPolicy), verdict === 'PASSED', policy)
    }
  })

  test('follows policy mappings, unless a CA inhibits them', async () => {
    const top = (inhibit: boolean) =>
      root.subordinate({
        subject: `/CN=Avbildning ${inhibit}`,
        extensions: [
          ...caExtensions,
          'certificatePolicies = 1.2.3.4',
          `policyConstraints = critical, requireExplicitPolicy:0${inhibit ? ', inhibitPolicyMapping:0' : ''}`,
        ],
      })
    for (const inhibit of [false, true]) {
      const above = top(inhibit)
      const mapping = above.subordinate({
        subject: '/CN=Kartlegger',
        extensions: [...caExtensions, 'certificatePolicies = 1.2.3.4', 'policyMappings = critical, 1.2.3.4:1.9.9'],
      })
      const leaf = signer(mapping, { extensions: [...signerExtensions, 'certificatePolicies = 1.9.9'] })
      const result = await validate(leaf, [above, mapping])
      assert.equal(result.verdict, inhibit ? 'INDETERMINATE' : 'PASSED', JSON.stringify(result.reasons))
      assert.equal(opensslAccepts(leaf, [above, mapping], anyPolicy), !inhibit)
    }
  })

  test('takes a CA of any policy for one that has the policy demanded, unless one above inhibits that', async () => {
    const below = (inhibit: boolean) => {
      const above = root.subordinate({
        subject: `/CN=Krav ${inhibit}`,
        extensions: [
          ...caExtensions,
          'certificatePolicies = 1.2.3.4',
          'policyConstraints = critical, requireExplicitPolicy:0',
          ...(inhibit ? ['inhibitAnyPolicy = critical, 0'] : []),
        ],
      })
      const any = above.subordinate({
        subject: '/CN=Alle',
        extensions: [...caExtensions, 'certificatePolicies = 2.5.29.32.0'],
      })
      const leaf = signer(any, { extensions: [...signerExtensions, 'certificatePolicies = 1.2.3.4'] })
      return { leaf, chain: [above, any] }
    }
    for (const inhibit of [false, true]) {
      const { leaf, chain } = below(inhibit)
      const result = await validate(leaf, chain)
      assert.equal(result.verdict, inhibit ? 'INDETERMINATE' : 'PASSED', JSON.stringify(result.reasons))
      assert.equal(opensslAccepts(leaf, chain, anyPolicy), !inhibit)
    }
  })

  test('is refused when a CA maps the policy that means any', async () => {
    const mapping = root.subordinate({
      subject: '/CN=Kartlegger alt',
      extensions: [...caExtensions, 'certificatePolicies = 1.2.3.4', 'policyMappings = critical, 2.5.29.32.0:1.9.9'],
    })
    const leaf = signer(mapping)
    const result = await validate(leaf, [mapping])
    assert.deepEqual(
      [result.subIndication, result.reasons[0]?.citation],
      ['CHAIN_CONSTRAINTS_FAILURE', 'RFC 5280 6.1.4 (a)'],
    )
    assert.ok(!opensslAccepts(leaf, [mapping], anyPolicy))
  })
})
