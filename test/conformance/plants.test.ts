// The plants that nobody may overlook: each is seen by our own check and by at least one judge from outside, for its reason.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { needs } from '../support/outside.ts'
import { programs } from './judges.ts'
import { everyPlant, judgePlants, type Outside, outside, plantTable, type Said } from './plants.ts'

type Wanted = { readonly own: readonly string[]; readonly others: Partial<Readonly<Record<Outside, RegExp>>> }
const changed = /Segl-(Sig-01|Seal): the changes after it are not harmless/

const wanted: Readonly<Record<string, Wanted>> = {
  'the content of a page replaced afterwards': {
    own: ['LATER_CHANGES', 'AFTER_SEAL'],
    others: { pyhanko: changed, dss: /Segl-Seal: changes after it beyond/, pdfsig: /covers the total document/ },
  },
  'a page exchanged in the tree afterwards': { own: ['LATER_CHANGES', 'UPLOAD_KEPT'], others: { pyhanko: changed } },
  'a page changed between two signers': {
    own: ['LATER_CHANGES', 'SHEETS_ONLY'],
    others: { pyhanko: changed, dss: /Segl-Sig-01: changes after it beyond/ },
  },
  'the audit sheet replaced after the seal': { own: ['LATER_CHANGES', 'AFTER_SEAL'], others: { pyhanko: changed } },
  'a stranger in an unused slot after the seal': {
    own: ['FIELD_LOCK', 'AFTER_SEAL'],
    others: { pyhanko: changed, dss: /4 signatures, expected 2 signers and 1 seal/ },
  },
  'a claimed time before the certificate': {
    own: ['CLAIMED_TIME'],
    others: { dss: /Segl-Sig-01: INDETERMINATE SIG_CONSTRAINTS_FAILURE: .*'signing-time' is not within/ },
  },
  'a claimed time after the certificate': {
    own: ['CLAIMED_TIME'],
    others: { dss: /Segl-Sig-01: INDETERMINATE SIG_CONSTRAINTS_FAILURE: .*'signing-time' is not within/ },
  },
  'a time-stamp after the end of the certificate': {
    own: ['CERTIFICATE_PATH', 'TIME_STAMP'],
    others: { pyhanko: /Segl-Sig-01: INDETERMINATE/, dss: /Segl-Sig-01: INDETERMINATE OUT_OF_BOUNDS_NOT_REVOKED/ },
  },
}

describe('plants before all judges', {
  skip: needs(programs.python, programs.java, programs.dssJar, 'faketime'),
}, () => {
  let said: readonly Said[] = []
  before(async () => {
    said = await judgePlants(everyPlant.filter(({ name }) => name in wanted))
  })
  const of = (name: string) => said.find((one) => one.name === name) ?? assert.fail(`nobody spoke of ${name}`)

  it('nobody has anything against a file that nobody touched', (t) => {
    for (const line of plantTable(said).split('\n')) t.diagnostic(line)
    const { own, others } = of('nothing')
    assert.deepEqual(own, [])
    for (const judge of outside) assert.deepEqual(others[judge], [], judge)
  })
  for (const [name, { own, others }] of Object.entries(wanted)) {
    it(`${name}: seen by our own check and by ${Object.keys(others).join(', ')}`, () => {
      const one = of(name)
      for (const id of own) assert.ok(one.own.includes(id), `${id} says nothing, only ${one.own.join(', ')}`)
      for (const judge of outside) {
        const reason = others[judge]
        if (reason !== undefined) assert.match(one.others[judge].join('\n'), reason)
      }
    })
  }
})
