// A judge is worth what it refuses: each outside judge is proven on a file that is right and on files that are not.
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findProgram, needs } from '../support/outside.ts'
import {
  type Case,
  dss,
  forge,
  isHybrid,
  pdfsig,
  prefix,
  programs,
  pyhanko,
  qpdf,
  run,
  type Verdict,
} from './judges.ts'

const day = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()
const hybrid = fileURLToPath(new URL('fixtures/hybrid-xref.pdf', import.meta.url))

/** Each file that must be refused: why, as pyHanko and as EU DSS say it; undefined where that judge cannot see it. */
const refusals: readonly [file: string, pyhanko: RegExp, dss: RegExp][] = [
  ['original', /0 signatures, expected 2/, /0 signatures, expected 2/],
  ['level-b', /no valid signature time-stamp/, /no signature time-stamp/],
  ['level-t', /below B-LT\b/, /level PAdES-BASELINE-T, not/],
  ['level-lt', /the last signature is not a document time-stamp/, /level PAdES-BASELINE-LT, not/],
  ['byte-modified', /HASH_FAILURE/, /HASH_FAILURE/],
  ['no-revocation-data', /CERTIFICATE_CHAIN_GENERAL_FAILURE/, /No revocation data found/],
  ['not-cades', /not \/ETSI\.CAdES\.detached/, /level PKCS7-LTA/],
  ['page-changed-after-first', /Signer1: the changes after it are not harmless/, /Signer1: changes after it beyond/],
  ['page-changed-at-the-end', /not cover the entire file|last signature/, /not cover the entire file/],
  ['bytes-at-the-end', /not cover the entire file/, /not cover the entire file/],
  ['cut-off', /EOF marker not found/, /not cover the entire file/],
  ['no-seal', /2 signatures, expected 2 signers and 1 seal/, /2 signatures, expected 2 signers and 1 seal/],
  ['same-person-twice', /share a certificate or a key/, /without a certificate of its own/],
  ['person-as-seal', /kind person for a seal/, /kind person for a seal/],
  ['wrong-key-usage', /Signer1: INDETERMINATE CHAIN_CONSTRAINTS_FAILURE/, /Signer1: .* not nonRepudiation/],
  ['signer-of-a-stranger', /Signer2: .*NO_CERTIFICATE_CHAIN_FOUND/, /Signer2: .*NO_CERTIFICATE_CHAIN_FOUND/],
]

let folder = ''
const isForged = findProgram(programs.python) !== undefined

before(async () => {
  if (!isForged) return
  folder = await mkdtemp(join(tmpdir(), 'segl-judges-'))
  const { code, err } = await run(programs.python, [forge, folder, hybrid])
  assert.equal(code, 0, err)
})

after(async () => {
  if (folder !== '') await rm(folder, { recursive: true })
})

const caseOf = (name: string, other: Partial<Case> = {}): Case => ({
  file: join(folder, `${name}.pdf`),
  trust: join(folder, 'root.pem'),
  signers: 2,
  at: [],
  strict: true,
  ...other,
})

function accepted(verdicts: readonly Verdict[]): void {
  assert.ok(verdicts.length > 0)
  for (const one of verdicts) assert.deepEqual(one.reasons, [], `${one.judge} at ${one.at}`)
}

function refused(verdicts: readonly Verdict[], reason: RegExp): void {
  assert.ok(verdicts.length > 0)
  for (const one of verdicts) {
    assert.equal(one.passed, false, `${one.judge} accepts ${one.file} at ${one.at}`)
    assert.match(one.reasons.join('\n'), reason)
  }
}

describe('pyHanko as judge', () => {
  it('accepts a complete file now, in 2 days and in 400 days', { skip: needs(programs.python) }, async () => {
    accepted(await pyhanko(caseOf('good', { at: [0, 2, 400].map(inDays) })))
  })
  for (const [name, reason] of refusals) {
    it(`refuses ${name}`, { skip: needs(programs.python) }, async () => {
      refused(await pyhanko(caseOf(name)), reason)
    })
  }
  it("refuses a stranger's root", { skip: needs(programs.python) }, async () => {
    refused(await pyhanko(caseOf('good', { trust: join(folder, 'stranger.pem') })), /NO_CERTIFICATE_CHAIN_FOUND/)
  })
  it('refuses one signer fewer and one signer more than expected', { skip: needs(programs.python) }, async () => {
    for (const signers of [1, 3]) refused(await pyhanko(caseOf('good', { signers })), /3 signatures, expected/)
  })
  it('refuses after 400 days what a stamping authority of 30 days holds together', {
    skip: needs(programs.python),
  }, async () => {
    const brief = caseOf('brief-stamping-authority', { trust: join(folder, 'brief-root.pem') })
    accepted(await pyhanko({ ...brief, at: [inDays(2)] }))
    refused(await pyhanko({ ...brief, at: [inDays(400)] }), /NO_POE/)
  })
  it('says the same under a moved system clock as at a validation time of ours', {
    skip: needs(programs.python, 'faketime'),
  }, async () => {
    const judge = fileURLToPath(new URL('pyhanko_judge.py', import.meta.url))
    const at400 = async (name: string, root: string) => {
      const question = [judge, join(folder, name), '--trust', join(folder, root), '--signers', '2']
      const { code, out } = await run('faketime', ['+400 days', programs.python, ...question])
      assert.ok(Date.parse((JSON.parse(out) as Verdict).at) > Date.now() + 399 * day, 'the clock was not moved')
      return code
    }
    assert.equal(await at400('good.pdf', 'root.pem'), 0)
    assert.equal(await at400('brief-stamping-authority.pdf', 'brief-root.pem'), 1)
  })
  it('accepts a hybrid-reference file with strictness off only', { skip: needs(programs.python) }, async () => {
    refused(await pyhanko(caseOf('hybrid')), /hybrid-reference/)
    accepted(await pyhanko(caseOf('hybrid', { strict: false })))
    assert.deepEqual([await isHybrid(caseOf('hybrid').file), await isHybrid(caseOf('good').file)], [true, false])
  })
})

describe('EU DSS as judge', () => {
  it('accepts a complete file now, in 2 days and in 400 days', {
    skip: needs(programs.python, programs.java, programs.dssJar),
  }, async () => {
    accepted(await dss([caseOf('good', { at: [0, 2, 400].map(inDays) }), caseOf('hybrid')]))
  })
  it('refuses each file that is not complete, with its reason', {
    skip: needs(programs.python, programs.java, programs.dssJar),
  }, async (t) => {
    const verdicts = await dss(refusals.map(([name]) => caseOf(name)))
    for (const [index, [name, , reason]] of refusals.entries()) {
      await t.test(name, () => refused(verdicts.slice(index, index + 1), reason))
    }
  })
  it("refuses a stranger's root, wrong counts and an aged stamping authority", {
    skip: needs(programs.python, programs.java, programs.dssJar),
  }, async () => {
    const brief = caseOf('brief-stamping-authority', { trust: join(folder, 'brief-root.pem') })
    const [stranger, fewer, more, young, aged] = await dss([
      caseOf('good', { trust: join(folder, 'stranger.pem') }),
      caseOf('good', { signers: 1 }),
      caseOf('good', { signers: 3 }),
      { ...brief, at: [inDays(2)] },
      { ...brief, at: [inDays(400)] },
    ])
    assert.ok(stranger && fewer && more && young && aged)
    refused([stranger], /NO_CERTIFICATE_CHAIN_FOUND/)
    refused([fewer, more], /3 signatures, expected/)
    accepted([young])
    refused([aged], /INDETERMINATE/)
  })
})

describe('pdfsig as judge', () => {
  it('accepts a complete file', { skip: needs(programs.python, programs.pdfsig) }, async () => {
    accepted(await pdfsig(caseOf('good')))
  })
  const blind = new Set([
    'level-b',
    'no-revocation-data',
    'page-changed-after-first',
    'same-person-twice',
    'person-as-seal',
  ])
  const reasons: Readonly<Record<string, RegExp>> = {
    original: /0 signatures, expected/,
    'byte-modified': /Digest Mismatch/,
    'not-cades': /not ETSI\.CAdES\.detached/,
    'no-seal': /2 signatures, expected/,
    'level-t': /no document time-stamp/,
    'level-lt': /no document time-stamp/,
    'bytes-at-the-end': /covers the total document/,
    'page-changed-at-the-end': /covers the total document/,
  }
  for (const [name, reason] of Object.entries(reasons)) {
    it(`refuses ${name}`, { skip: needs(programs.python, programs.pdfsig) }, async () => {
      refused(await pdfsig(caseOf(name)), reason)
    })
  }
  it('sees neither levels nor who signed nor what was changed in between: the others are asked for that', {
    skip: needs(programs.python, programs.pdfsig),
  }, async () => {
    for (const name of blind) accepted(await pdfsig(caseOf(name)))
  })
})

describe('qpdf and cmp as judges', () => {
  it('accept a complete file that begins with its original', {
    skip: needs(programs.python, programs.qpdf, programs.cmp),
  }, async () => {
    accepted(await qpdf(caseOf('good')))
    accepted(await prefix(caseOf('good', { original: join(folder, 'original.pdf') })))
  })
  it('refuse a cut-off file', { skip: needs(programs.python, programs.qpdf) }, async () => {
    refused(await qpdf(caseOf('cut-off')), /./)
  })
  it('refuse a file that does not begin with its original', {
    skip: needs(programs.python, programs.cmp),
  }, async () => {
    refused(await prefix(caseOf('byte-modified', { original: join(folder, 'original.pdf') })), /differ/)
    refused(await prefix(caseOf('original', { original: join(folder, 'good.pdf') })), /EOF/)
  })
})
