// What honest programs of others do to a file behind a signature: what shows nothing and what was foreseen keeps every signature.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Report } from '../../../src/kernel/checks/index.ts'
import { wholeWay } from '../whole-way.ts'
import { certifying, drawing, filled, formObjects, signedByOthers, widget, withAnnotation } from './by-others.ts'
import { complaints, judge } from './judge.ts'
import { appendRevision, bodyOf, contentStream, type Objects, object, trailerValue, upload } from './raw-pdf.ts'
import { signedFile } from './signed-file.ts'

const sized = (bytes: Buffer): number => Number(trailerValue(bytes, 'Size'))
const ids = [
  'BYTE_RANGE',
  'COVERS_REVISION',
  'LATER_CHANGES',
  'DOC_MDP',
  'FIELD_LOCK',
  'NOTHING_BEHIND',
  'CMS_SIGNATURE',
]
/** What is said about the file itself; whom to trust is another question. */
const aboutTheFile = (report: Report): readonly string[] =>
  complaints(report).filter((line) => ids.some((id) => line.startsWith(`${id} `)))
const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../verify/fixtures/signed-before/${name}`, import.meta.url))

describe('archived by others behind the seal, a finished file passes', () => {
  test('with a time-stamp whose widget a page of the upload lists, and it is named', async () => {
    const bytes = signedByOthers(await signedFile(), { kind: 'time-stamp', name: 'Archive of others' })
    const report = await judge(bytes)
    assert.deepEqual(complaints(report), [])
    assert.equal(report.verdict, 'PASSED')
    const last = report.signatures.at(-1)
    assert.equal(last?.field, 'Archive of others')
    assert.equal(last?.kind, 'timestamp')
    assert.match(last?.signer?.name ?? '', /Time-stamping/)
    assert.equal(report.revisions.at(-1)?.change, 'archiving')
  })

  test('with a time-stamp whose widget stands before the others, and one in an object of its own', async () => {
    const bytes = await signedFile()
    const next = sized(bytes)
    const split = signedByOthers(bytes, {
      kind: 'time-stamp',
      change: () => ({
        [next]: `<</FT /Sig /T (Others) /V ${next + 1} 0 R /Kids [${next + 3} 0 R]>>`,
        [next + 3]: `<</Type /Annot /Subtype /Widget /Parent ${next} 0 R /F 132 /H /N /Rect [0 0 0 0] /P 3 0 R>>`,
        [object.page1]: bodyOf(bytes, object.page1).replace('<<', `<</Annots [${next + 3} 0 R] `),
      }),
    })
    const second = sized(split)
    const first = signedByOthers(split, {
      kind: 'time-stamp',
      name: 'Others2',
      change: () => ({
        [object.page1]: bodyOf(split, object.page1).replace('/Annots [', `/Annots [${second} 0 R `),
      }),
    })
    assert.deepEqual(complaints(await judge(first)), [])
    assert.equal((await judge(first)).verdict, 'PASSED')
  })

  test('with validation data alone, a new /Info and a new second half of /ID', async () => {
    const bytes = await signedFile()
    const [store, next] = [Number(/\/DSS (\d+) 0 R/.exec(bodyOf(bytes, object.catalog))?.[1]), sized(bytes)]
    const report = await judge(
      appendRevision(
        bytes,
        {
          [store]: bodyOf(bytes, store).replace('/Certs [', `/Certs [${next} 0 R `),
          [next]: contentStream('a certificate'),
          [next + 1]: '<</Producer (others)>>',
        },
        { trailer: `/Info ${next + 1} 0 R`, id: trailerValue(bytes, 'ID').replace(/<[^<]*>\]/, '<0102>]') },
      ),
    )
    assert.deepEqual(complaints(report), [])
    assert.equal(report.verdict, 'PASSED')
    assert.ok(report.notProven.includes('BYTES_AFTER_LAST_SIGNATURE'))
  })
})

describe('behind the signature of somebody else, the file is as it was', () => {
  const signed = signedByOthers(upload(), { kind: 'signature' })

  for (const [name, change] of [
    ['an object that nothing refers to', () => appendRevision(signed, { 200: '<</Type /Font>>' })],
    ['objects that refer to each other alone', () => appendRevision(signed, { 200: '[201 0 R]', 201: '[200 0 R]' })],
    ['another identity', () => appendRevision(signed, {}, { free: [], id: '[<01><02>]' })],
    ['no /Info in the trailer any more', () => appendRevision(signed, { 200: 'null' }, { trailer: '' })],
    [
      'a note of a program to itself in the trailer',
      () => appendRevision(signed, {}, { trailer: '/Info 8 0 R /DocChecksum /0A' }),
    ],
    [
      'an object written again as it was',
      () => appendRevision(signed, { [object.content1]: bodyOf(signed, object.content1) }),
    ],
    [
      'a form written into the catalog itself, with an empty field that shows nothing',
      () => {
        const inside = bodyOf(signed, Number(/\/AcroForm (\d+)/.exec(bodyOf(signed, 1))?.[1])).replace('[', '[200 0 R ')
        const catalog = bodyOf(signed, object.catalog).replace(/\/AcroForm \d+ 0 R/, `/AcroForm ${inside}`)
        return appendRevision(signed, { 1: catalog, 200: widget('/FT /Sig /T (Next) /Rect [0 0 0 0]') })
      },
    ],
    [
      'a page that repeats what it inherited, as OpenPDF writes it',
      () => {
        const own = '/MediaBox [0 0 595 842] /Resources <</Font <</F1 7 0 R>>>>'
        return signedByOthers(signed, {
          kind: 'signature',
          name: 'Second',
          change: () => ({
            3: bodyOf(signed, 3)
              .replace('<<', `<<${own} `)
              .replace(' 0 R] ', ` 0 R ${sized(signed)} 0 R] `),
          }),
        })
      },
    ],
    [
      'another drawing in /DR of the form, as PDFBox puts one there for each visible signature',
      () => {
        const number = Number(/\/AcroForm (\d+)/.exec(bodyOf(signed, 1))?.[1])
        const plain = bodyOf(signed, number)
        const drawn = (one: number) => plain.replace('<<', `<</DR <</XObject <</FRM ${one} 0 R>>>> `)
        const first = appendRevision(signed, { [number]: drawn(200), 200: drawing('') })
        return appendRevision(first, { [number]: drawn(201), 201: drawing('') })
      },
    ],
    [
      'the number of a cross-reference stream given to a new field, as PDFBox does',
      () => {
        const streamed = withStream(signed, { 8: '<</Title (Avtale)>>' })
        const [number, field] = [Number(/\/AcroForm (\d+)/.exec(bodyOf(signed, 1))?.[1]), sized(signed)]
        return withStream(streamed, {
          [number]: bodyOf(signed, number).replace('[', `[${field} 0 R `),
          [field]: widget('/FT /Sig /T (Next) /Rect [0 0 0 0]'),
        })
      },
    ],
    [
      'fonts for the form and what signatures of others bring with them',
      () => {
        const number = Number(/\/AcroForm (\d+)/.exec(bodyOf(signed, 1))?.[1])
        const grown = bodyOf(signed, number).replace('<<', '<</DA (/Helv 0 Tf 0 g) /DR <</Font <</Helv 200 0 R>>>> ')
        return signedByOthers(
          appendRevision(signed, { [number]: grown, 200: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>' }),
          {
            kind: 'signature',
            name: 'Second',
            field: '/F 132 /Rect [0 0 0 0] /H /P /MK <<>> /DA (/Helv 0 Tf 0 g) /Q 0',
          },
        )
      },
    ],
  ] as const) {
    test(`with ${name}`, async () => assert.deepEqual(aboutTheFile(await judge(change())), []))
  }

  test('with /Info brought up to date where a cross-reference stream names it', async () => {
    const report = await judge(informedAnew())
    assert.deepEqual(aboutTheFile(report), [])
  })

  for (const name of ['earlier-then-portal-bytes.pdf', 'earlier-then-orphan-font.pdf']) {
    test(`${name}: an order through us passes, the earlier signature is sound`, async () => {
      const { accepted, broke, failed, verdict, report } = await wholeWay(fixture(name))
      assert.deepEqual([accepted, broke, verdict], [true, undefined, 'PASSED'])
      // Its maker's root is not given here.
      assert.deepEqual(
        failed.filter((line) => !line.startsWith('CERTIFICATE_PATH ')),
        [],
      )
      assert.ok(report?.signatures.some(({ earlier }) => earlier))
    })
  }

  test('bytes of a portal at the very end leave it open, not broken', async () => {
    const report = await judge(fixture('earlier-then-portal-bytes.pdf'))
    assert.deepEqual(aboutTheFile(report), [
      'NOTHING_BEHIND on Sig1: INDETERMINATE, 18 bytes stand behind the last revision, which no signature covers.',
    ])
  })
})

describe('filling in a form that a certification allows to be filled in', () => {
  const certified = (level: number): Buffer =>
    signedByOthers(upload(formObjects()), { kind: 'signature', dictionary: certifying(level) })

  test('P=2: DOC_MDP and LATER_CHANGES hold, and it is told', async () => {
    const report = await judge(fixture('certified-p2-then-filled.pdf'))
    assert.deepEqual(aboutTheFile(report), [])
    const told = report.signatures[0]?.checks.find(({ id }) => id === 'LATER_CHANGES')
    assert.equal(told?.detail, 'Revision 2: the field amount was filled in.')
    assert.equal(report.revisions.at(-1)?.change, 'filling')
  })

  for (const level of [2, 3]) {
    test(`P=${level}: new appearance, and the old one written again in its place`, async () => {
      assert.deepEqual(aboutTheFile(await judge(filled(certified(level)))), [])
      const bytes = certified(level)
      const again = { 10: bodyOf(bytes, 10).replace('/FT', '/V (100) /FT'), 12: drawing('0 0 m 150 20 l S') }
      assert.deepEqual(aboutTheFile(await judge(appendRevision(bytes, again))), [])
    })
  }

  test('P=3: comments are allowed by the certification, and leave open what is shown', async () => {
    const bytes = certified(3)
    const comment = {
      3: withAnnotation(bodyOf(bytes, 3), 200),
      200: '<</Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (ok)>>',
    }
    const report = await judge(appendRevision(bytes, comment))
    assert.deepEqual(aboutTheFile(report), [
      'LATER_CHANGES on Others: INDETERMINATE, Revision 2: annotations of the page in object 3 were changed.',
    ])
    assert.equal(report.revisions.at(-1)?.change, 'annotating')
  })

  test('who signs after the certification knows that the form will be filled in', async () => {
    const both = signedByOthers(certified(2), { kind: 'signature', name: 'Approval' })
    assert.deepEqual(aboutTheFile(await judge(filled(both))), [])
  })
})

/** Signed by others, then a revision with a cross-reference stream that names its /Info, twice. */
function informedAnew(): Buffer {
  let bytes = signedByOthers(upload(), { kind: 'signature' })
  for (const title of ['first', 'second']) bytes = withStream(bytes, { 8: `<</Title (${title})>>` })
  return bytes
}

/** A revision with a cross-reference stream. */
function withStream(bytes: Buffer, objects: Objects): Buffer {
  const text = bytes.toString('latin1')
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]
  const size = Math.max(...[...text.matchAll(/\/Size (\d+)/g)].map(([, one]) => Number(one)))
  let written = ''
  const index: string[] = []
  const entries: Buffer[] = []
  const enter = (number: number): void => {
    const entry = Buffer.alloc(7)
    entry.writeUInt8(1, 0)
    entry.writeUInt32BE(bytes.length + written.length, 1)
    entries.push(entry)
    index.push(`${number} 1`)
  }
  for (const [number, body] of Object.entries(objects)) {
    enter(Number(number))
    written += `${number} 0 obj\n${body}\nendobj\n`
  }
  enter(size)
  const startxref = bytes.length + written.length
  written +=
    `${size} 0 obj\n<</Type /XRef /Size ${size + 1} /W [1 4 2] /Index [${index.join(' ')}] /Root 1 0 R /Info 8 0 R ` +
    `/ID [<00112233445566778899aabbccddeeff><00>] /Prev ${previous} /Length ${7 * entries.length}>>\nstream\n`
  return Buffer.concat([
    bytes,
    Buffer.from(written, 'latin1'),
    ...entries,
    Buffer.from(`\nendstream\nendobj\nstartxref\n${startxref}\n%%EOF\n`, 'latin1'),
  ])
}
