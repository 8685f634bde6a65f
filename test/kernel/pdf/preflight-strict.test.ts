// STRICT_VALIDATORS predicts what pyHanko, strict, says of the signed file; each kind is judged by it.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { writePem } from '../../../src/kernel/der/index.ts'
import { bytesSource, preflight } from '../../../src/kernel/pdf/index.ts'
import { rootElement } from '../../../src/kernel/pdf/xml-form.ts'
import { type Case, programs, pyhanko } from '../../conformance/judges.ts'
import { needs } from '../../support/outside.ts'
import { clock, pki } from '../checks/world.ts'
import { wholeWay } from '../whole-way.ts'
import { appendClassic, classicPdf, streamPdf } from './build.ts'

const link = '<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /Border [0 0 0]>>'
const page = (members: string, objects: Record<number, string> = {}) =>
  classicPdf({
    objects: {
      3: `<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Contents 4 0 R ${members}>>`,
      ...objects,
    },
  })
const catalog = (members: string, objects: Record<number, string> = {}) =>
  classicPdf({ objects: { 1: `<</Type /Catalog /Pages 2 0 R ${members}>>`, ...objects } })
const replaced = (bytes: Buffer, what: string | RegExp, by: string): Buffer => {
  const text = bytes.toString('latin1')
  const changed = text.replace(what, by)
  assert.notEqual(changed, text)
  return Buffer.from(changed, 'latin1')
}
const rdf =
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="">%</rdf:Description></rdf:RDF>'
const packet = (inside: string) =>
  `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">${inside}</x:xmpmeta>\n<?xpacket end="w"?>`
const good = packet(rdf.replace('%', ''))
const xmp = (text: string | Buffer, entries = '') => {
  const data = Buffer.from(text)
  const stream = `<</Type /Metadata /Subtype /XML ${entries} /Length ${data.length}>>\nstream\n${data.toString('latin1')}\nendstream`
  return catalog('/Metadata 6 0 R', { 6: stream })
}
const utf16 = Buffer.from(`\uFEFF${good}`, 'utf16le')
const outline = (items: number) =>
  catalog('/Outlines 6 0 R', {
    6: `<</Type /Outlines /First 7 0 R /Last ${6 + items} 0 R /Count ${items}>>`,
    ...Object.fromEntries(
      Array.from({ length: items }, (_, index) => [
        7 + index,
        `<</Title (a) /Parent 6 0 R ${index > 0 ? `/Prev ${6 + index} 0 R` : ''} ${index < items - 1 ? `/Next ${8 + index} 0 R` : ''}>>`,
      ]),
    ),
  })
/** A second revision, whose table also frees object 6, as `entry` says. */
const freeing = (entry: string) =>
  replaced(
    appendClassic(classicPdf({ objects: { 6: '(x)' } }), { 7: '(x)' }, 8),
    /xref\n7 1\n(.{20})trailer/s,
    `xref\n6 2\n${entry} \n$1trailer`,
  )

type Row = { readonly name: string; readonly bytes: Buffer; readonly told: boolean; readonly judged?: true }
const rows: readonly Row[] = [
  { name: 'nothing odd', bytes: classicPdf(), told: false, judged: true },
  { name: 'a cross-reference stream', bytes: streamPdf(), told: false },
  { name: 'a link in the list of annotations', bytes: page(`/Annots [${link}]`), told: true, judged: true },
  { name: 'such a link beside others', bytes: page(`/Annots [6 0 R ${link}]`, { 6: link }), told: true },
  { name: 'such a link in a list of its own', bytes: page('/Annots 6 0 R', { 6: `[${link}]` }), told: true },
  { name: '/Annots that is an annotation', bytes: page('/Annots 6 0 R', { 6: link }), told: true },
  { name: '/Annots null', bytes: page('/Annots null'), told: true },
  { name: 'null among the annotations', bytes: page('/Annots [null]'), told: true },
  {
    name: 'annotations that are objects',
    bytes: page('/Annots 7 0 R', { 6: link, 7: '[6 0 R]' }),
    told: false,
    judged: true,
  },
  { name: 'no annotations in the list', bytes: page('/Annots []'), told: false },
  {
    name: 'a page without /Type',
    bytes: classicPdf({ objects: { 3: '<</Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>>' } }),
    told: true,
    judged: true,
  },
  { name: '/Thumb that leads nowhere', bytes: page('/Thumb 9 0 R', { 10: 'null' }), told: true, judged: true },
  { name: 'a destination on a page that is gone', bytes: catalog('/OpenAction [99 0 R /Fit]'), told: true },
  { name: '/Info that leads nowhere', bytes: classicPdf({ trailer: '/Info 9 0 R' }), told: true },
  {
    name: 'a /Parent that leads nowhere',
    bytes: page('/X <</Parent 9 0 R>>', { 10: 'null' }),
    told: false,
    judged: true,
  },
  { name: 'what nothing refers to leads nowhere', bytes: classicPdf({ objects: { 6: '[99 0 R]' } }), told: false },
  {
    name: '/Info in the trailer itself',
    bytes: classicPdf({ trailer: '/Info <</Title (x)>>' }),
    told: true,
    judged: true,
  },
  {
    name: '/Info as it shall be',
    bytes: classicPdf({ objects: { 6: '<</Title (x)>>' }, trailer: '/Info 6 0 R' }),
    told: false,
  },
  { name: 'no /Size', bytes: replaced(classicPdf(), '/Size 6', '       '), told: true },
  { name: 'a generation out of nothing', bytes: generation(), told: true, judged: true },
  { name: 'a free number with its next generation', bytes: freeing('0000000000 00001 f'), told: false, judged: true },
  { name: 'a free number without one', bytes: freeing('0000000000 00000 f'), told: true, judged: true },
  {
    name: 'a freed number used again as it was',
    bytes: appendClassic(freeing('0000000000 00001 f'), { 6: '(y)' }, 8),
    told: true,
    judged: true,
  },
  { name: 'XMP', bytes: xmp(good), told: false, judged: true },
  { name: 'XMP with a byte order mark', bytes: xmp(`\uFEFF${good}`), told: false },
  { name: 'XMP without a packet', bytes: xmp(good.replace(/<\?xpacket.*?\?>\n?/g, '')), told: false },
  { name: 'XMP in UTF-16, little end first', bytes: xmp(utf16), told: true },
  { name: 'XMP in UTF-16, big end first', bytes: xmp(Buffer.from(utf16).swap16()), told: true, judged: true },
  {
    name: 'XMP in Latin-1',
    bytes: xmp(Buffer.from(packet(rdf.replace('%', 'å')).replace('\uFEFF', ''), 'latin1')),
    told: true,
  },
  { name: 'XMP that is not closed', bytes: xmp(good.replace('</rdf:RDF>', '')), told: true, judged: true },
  { name: 'XMP with a bare ampersand', bytes: xmp(packet(rdf.replace('%', 'a & b'))), told: true },
  { name: 'XMP with zeros behind it', bytes: xmp(`${good}\0\0`), told: true },
  { name: 'XMP whose root is rdf:RDF', bytes: xmp(rdf.replace('%', '')), told: true, judged: true },
  {
    name: 'XMP with a filter that pyHanko does not know',
    bytes: xmp(`\x00a\x80`, '/Filter /RunLengthDecode'),
    told: true,
  },
  { name: '/Metadata that is no stream', bytes: catalog('/Metadata 6 0 R', { 6: '<<>>' }), told: true },
  { name: '/Metadata null', bytes: catalog('/Metadata null'), told: true },
  { name: 'an outline of 200 items in a row', bytes: outline(200), told: false, judged: true },
  { name: 'an outline of 400 items in a row', bytes: outline(400), told: true, judged: true },
]

function generation(): Buffer {
  const text = page('').toString('latin1').replace('4 0 obj', '4 7 obj').replace('/Contents 4 0 R', '/Contents 4 7 R')
  const lines = text.split('\n')
  const line = lines.indexOf('0 6') + 5
  lines[line] = (lines[line] ?? '').replace('00000 n', '00007 n')
  return Buffer.from(lines.join('\n'), 'latin1')
}

describe('STRICT_VALIDATORS', () => {
  for (const { name, bytes, told } of rows) {
    test(`${told ? 'told' : 'not told'}: ${name}`, () => {
      const report = preflight(bytesSource(bytes))
      assert.ok(report.accepted, JSON.stringify(report.findings))
      const found = report.findings.filter(({ code }) => code === 'STRICT_VALIDATORS')
      assert.equal(found.length, told ? 1 : 0)
      if (told) assert.ok(Number.isSafeInteger(found[0]?.offset))
    })
  }

  test('several reasons are one finding', () => {
    const bytes = classicPdf({
      objects: { 1: '<</Type /Catalog /Pages 2 0 R /Metadata null>>' },
      trailer: '/Info <<>>',
    })
    const found = preflight(bytesSource(bytes)).findings.filter(({ code }) => code === 'STRICT_VALIDATORS')
    assert.equal(found.length, 1)
    assert.match(found[0]?.detail ?? '', /Info.*metadata/)
  })
})

describe('pyHanko, strict, refuses what was told, and nothing else', { skip: needs(programs.python) }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'segl-strict-'))
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('one whole way for each kind', async () => {
    const trust = join(folder, 'root.pem')
    writeFileSync(trust, writePem(pki.certificateOf('root'), 'CERTIFICATE'))
    const judged = rows.filter((row) => row.judged)
    const cases: Case[] = []
    for (const [index, { name, bytes }] of judged.entries()) {
      const way = await wholeWay(bytes)
      assert.equal(way.broke, undefined, name)
      assert.equal(way.verdict, 'PASSED', `${name}: ${way.failed.join('; ')}`)
      const file = join(folder, `${index}.pdf`)
      writeFileSync(file, way.bytes ?? assert.fail())
      cases.push({ file, trust, signers: 2, at: [clock.now.toISOString()], strict: true })
    }
    const verdicts = await pyhanko(cases)
    // Paths hold at the world's time, and not always at the time of the machine that pyHanko looks at as well.
    const against = judged.map((_, index) =>
      (verdicts[index]?.reasons ?? ['nothing said']).filter((reason) => !reason.includes('OUT_OF_BOUNDS_NO_POE')),
    )
    const wrong = judged.flatMap(({ name, told }, index) => {
      const reasons = against[index] ?? []
      return reasons.length > 0 === told ? [] : [`${name}: ${reasons.join('; ')}`]
    })
    assert.deepEqual(wrong, [])
  })
})

describe('XML', () => {
  const right: readonly string[] = [
    '<a/>',
    '<?xml version="1.0"?><a>&lt;&#65;&#x41;&amp;</a>',
    '<a b="1" c=\'2"\'/>',
    '<!-- a - b --><!DOCTYPE a [<!ENTITY b "c">]><a><![CDATA[ & < ]]></a> ',
    '<a xmlns="u"><b:c xmlns:b="v" b:d="" d=""/></a>',
  ]
  const wrong: readonly string[] = [
    ...[
      '',
      'a',
      '<a>',
      '<a></b>',
      '<a/><b/>',
      'x<a/>',
      '<a/>x',
      '<a b=c/>',
      '<a b="1"c="2"/>',
      '<a b="<"/>',
      '<a b="1" b="2"/>',
    ],
    ...[
      '<a>&b;</a>',
      '<a>&</a>',
      '<a>&#0;</a>',
      '<a>&#x110000;</a>',
      '<a b="&"/>',
      '<a>]]></a>',
      '<a>\u0001</a>',
      '<a>\uFFFE</a>',
    ],
    ...[
      '<b:a/>',
      '<a b:c=""/>',
      '<a:b:c xmlns:a="u"/>',
      '<a xmlns:b=""/>',
      '<a xmlns:b="u" xmlns:c="u" b:d="" c:d=""/>',
    ],
    ...[' <?xml version="1.0"?><a/>', '<a><?xml version="1.0"?></a>', '<a><!-- b -- c --></a>', '<a/><!DOCTYPE a>'],
    `${'<a>'.repeat(300)}${'</a>'.repeat(300)}`,
  ]
  test('well-formed documents have a root', () => {
    for (const text of right) assert.equal(rootElement(text)?.name, 'a', text)
    assert.deepEqual(rootElement('<x:y xmlns:x="adobe:ns:meta/"/>'), { namespace: 'adobe:ns:meta/', name: 'y' })
  })
  test('what is not well-formed has none', () => {
    for (const text of wrong) assert.equal(rootElement(text), undefined, text)
  })
  test('long text costs no more than its length', () => {
    const begun = process.cpuUsage()
    rootElement(`<a>${'<'.repeat(200_000)}`)
    rootElement(`<a ${'b="1" '.repeat(30_000)}>`)
    rootElement(`<!--${'-a'.repeat(200_000)}`)
    assert.ok(process.cpuUsage(begun).user < 2_000_000)
  })
})
