// Name constraints, and the policies that CAs demand, map and inhibit.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { caExtensions, signerExtensions, temporaryFolder, withoutOpenssl } from './openssl-authority.ts'
import { pathJudges } from './path-judges.ts'

describe('names and policies along the path of a certificate', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const { root, validate, assertRefused, opensslAccepts, signer } = pathJudges(folder)

  // RFC 5280 accepts any policy unless told otherwise; openssl wants that said.
  const anyPolicy = ['-policy_check', '-policy', '2.5.29.32.0']

  for (const { constraint, subject, extra } of [
    { constraint: 'permitted;dirName:tre', subject: '/C=SE/CN=Utenfor', extra: [] },
    {
      constraint: 'excluded;dirName:tre',
      subject: '/C=NO/O=Innenfor/CN=A',
      extra: [],
    },
    {
      constraint: 'permitted;DNS:example.no',
      subject: '/CN=A',
      extra: ['subjectAltName = DNS:badexample.no'],
    },
    {
      constraint: 'excluded;DNS:example.no',
      subject: '/CN=A',
      extra: ['subjectAltName = DNS:a.EXAMPLE.no'],
    },
    {
      constraint: 'permitted;email:example.no',
      subject: '/CN=A',
      extra: ['subjectAltName = email:a@sub.example.no'],
    },
    {
      constraint: 'permitted;email:.example.no',
      subject: '/CN=A',
      extra: ['subjectAltName = email:a@example.no'],
    },
    {
      constraint: 'permitted;email:example.no',
      subject: '/CN=A/emailAddress=a@example.com',
      extra: [],
    },
    {
      constraint: 'excluded;URI:.example.no',
      subject: '/CN=A',
      extra: ['subjectAltName = URI:http://x@a.example.no:80/'],
    },
    {
      constraint: 'permitted;URI:.example.no',
      subject: '/CN=A',
      extra: ['subjectAltName = URI:http://10.0.0.1/'],
    },
    {
      constraint: 'permitted;IP:10.0.0.0/255.0.0.0',
      subject: '/CN=A',
      extra: ['subjectAltName = IP:11.0.0.1'],
    },
    {
      constraint: 'excluded;IP:10.0.0.0/255.0.0.0',
      subject: '/CN=A',
      extra: ['subjectAltName = IP:10.200.0.1'],
    },
    { constraint: 'excluded;RID:1.2.3.4', subject: '/CN=A', extra: ['subjectAltName = RID:1.2.3.5'] },
  ]) {
    test(`is refused for ${constraint} against ${subject} ${extra.join()}`, async () => {
      const one = root.subordinate({
        subject: '/CN=Begrenset',
        extensions: [...caExtensions, `nameConstraints = critical, ${constraint}`, '', '[tre]', 'C = NO', ''],
      })
      const leaf = signer(one, { subject, extensions: [...signerExtensions, ...extra] })
      await assertRefused(leaf, [one], 'RFC 5280 6.1.3 (b), (c)')
      assert.ok(!opensslAccepts(leaf, [one]), 'openssl accepts it')
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
